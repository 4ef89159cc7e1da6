"""How a delimited file is written: its delimiter, its quote and its escapes, from a sample."""

import csv
import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, NamedTuple

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
    cuts = [
        cut
        for delimiter in _USUAL + _RARE
        if delimiter in text and (cut := _cut(lines, delimiter, quote))
    ]
    best = max(cuts, key=lambda cut: cut.score, default=_Cut(_NO_DELIMITER, 1, 0, 0.0))
    if best.first:
        # Two exports glued together: the header tells which delimiter the file began with.
        same = [cut for cut in cuts if not cut.first and cut.width == best.width]
        best = max(same, key=lambda cut: cut.score, default=best)
    delimiter = best.delimiter
    spaced = f"{delimiter} {quote}" in text and f"{delimiter}{quote}" not in text
    return Dialect(delimiter, quote, escaped, spaced)


def _apostrophes(lines: list[str]) -> bool:
    """Whether the first lines are quoted with apostrophes throughout."""
    head = [line.strip() for line in lines[:5]]
    return bool(head) and all(len(h) > 1 and h[0] == h[-1] == "'" and '"' not in h for h in head)


class _Cut(NamedTuple):
    delimiter: str
    width: int
    first: int
    score: float


def _cut(lines: list[str], delimiter: str, quote: str) -> _Cut | None:
    """How well a delimiter cuts the lines into records of one width, or None when it does not."""
    widths = [
        len(row)
        for row in csv.reader(lines, delimiter=delimiter, quotechar=quote)
        if any(cell.strip() for cell in row)
    ]
    counted = Counter(width for width in widths if width > 1)
    if not counted:
        return None
    width = max(counted, key=lambda width: (counted[width], width))
    first = widths.index(width)
    after = widths[first:]
    share = after.count(width) / len(after)
    if delimiter in _RARE and (share < 0.9 or first):
        return None
    # A header cut like the records is the best witness; a title above it costs a little.
    likely = share >= (0.5 if first else 0.2)
    score = share + (0.5 if first else 1.0) + min(width, 100) / 1000 if likely else 0.0
    return _Cut(delimiter, width, first, score) if likely or widths[:2] == [width] * 2 else None
