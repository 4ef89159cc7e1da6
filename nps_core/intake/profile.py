"""What each column of a raw table looks like: its name, its question, its values."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from nps_core.intake.columnar import encode, sample
from nps_core.intake.dates import Moment, day_and_month, parse_date
from nps_core.intake.raw import RawTable
from nps_core.intake.scale import scale_of
from nps_core.intake.scores import parse_score
from nps_core.intake.text import fold_header, holds_no_answer
from nps_core.intake.vocabulary import OWNERS

_ROWS: Final = 5_000
_TEXTS: Final = 500
_CODE: Final = re.compile(r"(?:v|q|qid|column|col|question|frage|g\d+q|var|x) ?\d+")
_NUMBER: Final = re.compile(r"[+-]?\d+(?:[.,]\d+)?", re.ASCII)


@dataclass(frozen=True)
class Column:
    """A column in short; shares are of the cells that hold anything, 0 when none does.

    `name` and `asked` are the folded header and question text. `filled` is the number of cells
    (of at most 5,000 looked at) with an answer, `distinct` how many different ones, `texts` up
    to 500 of those. `scale` is the kind of scale they look like (see `scale_of`). `scores`,
    `dates`, `numbers`: the shares read as 0..10, as dates, as
    numbers. `length` is the mean number of characters, `words` of words.
    """

    header: str
    name: str
    asked: str
    filled: int
    distinct: int
    texts: tuple[str, ...]
    scale: str
    scores: float
    dates: float
    numbers: float
    length: float
    words: float

    @property
    def names(self) -> tuple[str, ...]:
        """What the column is called: by its header, and by its question if the header is a code."""
        if self.asked and _CODE.fullmatch(self.name):
            return (self.name, self.asked)
        return (self.name,)

    @property
    def loose_names(self) -> tuple[str, ...]:
        """Also without whose property it is ("person.plan") and custom-field marks ("plan_c")."""
        bare = (OWNERS.sub("", name).removesuffix(" c") for name in self.names)
        return tuple(dict.fromkeys((*self.names, *bare)))

    @property
    def wording(self) -> str:
        """Header and question in one, for looking for what is asked."""
        return f"{self.name} {self.asked}".strip()


def profile(raw: RawTable) -> tuple[Column, ...]:
    """Each column of a raw table in short, in the order of the file.

    >>> from nps_core.intake.raw import line_numbers, table_of
    >>> raw = RawTable(("Rating",), table_of([["9", "10", ""]]), line_numbers([2, 3, 4]))
    >>> column = profile(raw)[0]
    >>> column.name, column.filled, column.distinct, column.scores
    ('rating', 2, 2, 1.0)
    """
    return tuple(_column(raw, place) for place in range(len(raw.header)))


def _column(raw: RawTable, place: int) -> Column:
    values, codes = encode(sample(raw.table.column(place), _ROWS))
    counts = [0] * len(values)
    for code in codes[codes >= 0].tolist():
        counts[code] += 1
    answers = sorted(
        ((value, n) for value, n in zip(values, counts, strict=True) if not holds_no_answer(value)),
        key=lambda pair: (-pair[1], pair[0]),
    )
    looked = answers[:_TEXTS]
    cells = max(sum(n for _, n in looked), 1)

    def share(holds: Callable[[str], object]) -> float:
        return sum(n for value, n in looked if holds(value)) / cells

    return Column(
        raw.header[place],
        fold_header(raw.header[place]),
        fold_header(raw.questions[place]),
        sum(n for _, n in answers),
        len(answers),
        tuple(value for value, _ in looked),
        scale_of(dict(looked)).kind,
        share(lambda value: parse_score(value)[0] is not None),
        share(is_date),
        share(lambda value: _NUMBER.fullmatch(value.strip())),
        sum(n * len(value) for value, n in looked) / cells,
        sum(n * len(value.split()) for value, n in looked) / cells,
    )


def is_date(text: str) -> bool:
    """Whether a cell reads as a date in some order; bare numbers only as Unix or yyyymm stamps.

    >>> [is_date(cell) for cell in ("03/04/2025", "3 mars 2025", "1740823200", "45000", "7")]
    [True, True, True, False, False]
    """
    if len(text) > 60:
        return False
    if re.fullmatch(r"\d{1,5}(\.\d+)?", text.strip()):
        return False
    return day_and_month(text) is not None or isinstance(parse_date(text), Moment)
