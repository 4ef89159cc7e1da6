"""How a delimited file is written: its delimiter, its quote and its escapes, from a sample."""

import csv
import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    import _csv

_USUAL: Final = ",;\t|"
_RARE: Final = "^~¦§¬#:!\x01\x02\x1c\x1d\x1e\x1f"
_NO_DELIMITER: Final = "\x1f"
_SEP_LINE: Final = re.compile(r'^"?sep=(.)"?\s*$', re.IGNORECASE)
_ESCAPED: Final = re.compile(rb'[^\\,;\t|"\r\n]\\"[^,;\t|"\r\n]')
_DOUBLED: Final = re.compile(rb'[^,;\t|"\r\n]""[^,;\t|"\r\n]')
_BACKSLASHED: Final = re.compile(r'\\(["\\])')


@dataclass(frozen=True)
class Dialect:
    """`delimiter` and `quote` are one character each; `named` when the file's first line says so.

    `escaped`: a quote inside quotes is written backslash quote. `spaced`: a blank follows each
    delimiter, quotes come after it.
    """

    delimiter: str
    quote: str = '"'
    escaped: bool = False
    spaced: bool = False
    named: bool = False

    def records(self, lines: Iterable[str], strict: bool = False) -> "_csv.Reader":
        """The records of the lines, as `csv.reader` gives them.

        >>> list(Dialect(";").records(['a;"b;c"']))
        [['a', 'b;c']]
        """
        return csv.reader(
            lines,
            delimiter=self.delimiter,
            quotechar=self.quote,
            skipinitialspace=self.spaced,
            strict=strict,
        )

    def unescape(self, line: str) -> str:
        r"""A line with backslash escapes in the doubled form that `csv` reads.

        >>> Dialect(",", escaped=True).unescape(r'"a \"b\" \\ \n"')
        '"a ""b"" \\ \\n"'
        """
        return _BACKSLASHED.sub(lambda m: self.quote * 2 if m[1] == '"' else "\\", line)


def find_dialect(sample: list[str], data: bytes = b"") -> Dialect:
    """The dialect of a file from its first physical lines; `data` is searched for escapes.

    The delimiter is the character that cuts the header and most records into the same number of
    fields; a comma that is a decimal mark or sits inside quotes does not do that.

    >>> find_dialect(["id;score\\n", "a;9,5\\n", "b;8,0\\n"]).delimiter
    ';'
    """
    named = _SEP_LINE.match(sample[0].lstrip("\ufeff")) if sample else None
    escaped = b'\\"' in data and bool(_ESCAPED.search(data)) and not _DOUBLED.search(data)
    if named:
        return Dialect(named[1], escaped=escaped, named=True)
    lines = [line for line in sample if line.strip()]
    quote = "'" if _apostrophes(lines) else '"'
    text = "".join(lines)
    best, most = _NO_DELIMITER, 0.0
    for delimiter in _USUAL + _RARE:
        if delimiter in text:
            score = _score(lines, delimiter, quote)
            if score > most:
                best, most = delimiter, score
    spaced = f"{best} {quote}" in text and f"{best}{quote}" not in text
    return Dialect(best, quote, escaped, spaced)


def _apostrophes(lines: list[str]) -> bool:
    """Whether the first lines are quoted with apostrophes throughout."""
    head = [line.strip() for line in lines[:5]]
    return bool(head) and all(len(h) > 1 and h[0] == h[-1] == "'" and '"' not in h for h in head)


def _score(lines: list[str], delimiter: str, quote: str) -> float:
    widths = [
        len(row)
        for row in csv.reader(lines, delimiter=delimiter, quotechar=quote)
        if any(cell.strip() for cell in row)
    ]
    counted = Counter(width for width in widths if width > 1)
    if not counted:
        return 0.0
    width, _ = max(counted.items(), key=lambda pair: (pair[1], pair[0]))
    first = widths.index(width)
    after = widths[first:]
    share = after.count(width) / len(after)
    if share < (0.5 if first else 0.2) or (delimiter in _RARE and (share < 0.9 or first)):
        return 0.0
    # A header cut like the records is the best witness; a title above it costs a little.
    return share + (1.0 if first == 0 else 0.5) + min(width, 100) / 1000
