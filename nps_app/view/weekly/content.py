"""What a weekly meeting's page says, as data: the page and every export show the same Report.

All text is finished, in the language it was made in, and plain: whoever shows it escapes it.
"""

from dataclasses import dataclass
from datetime import date
from typing import Final

import pandas as pd
import plotly.graph_objects as go

from nps_core.language import tr

KEYS: Final = ("where", "moved", "segments", "shipped", "people", "volume", "watch", "notes")
"""The sections of every report, in the order they are read."""


@dataclass(frozen=True)
class Number:
    """A figure that stands large: what it is, how it reads, and its interval and denominator."""

    label: str
    value: str
    beside: str = ""


@dataclass(frozen=True)
class Table:
    """Rows of finished text under a heading; `more` says what did not fit ("" when all did)."""

    title: str
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    more: str = ""


@dataclass(frozen=True)
class Link:
    """A way to another page of the app: its path ("change") and what stands behind the "?"."""

    label: str
    page: str
    query: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Typed:
    """What people typed, with their line breaks; `text` is "" when nothing was."""

    heading: str
    text: str


@dataclass(frozen=True, eq=False)
class Section:
    """One heading of the meeting: sentences first, the lead of them first, then what shows them.

    `chart` is a Plotly figure, titled by `chart_title`, said in words by `alt`, with what it
    draws, unrounded, in `data`; all four are empty together.
    """

    key: str
    heading: str
    sentences: tuple[str, ...]
    numbers: tuple[Number, ...] = ()
    tables: tuple[Table, ...] = ()
    chart: go.Figure | None = None
    chart_title: str = ""
    alt: str = ""
    data: pd.DataFrame | None = None
    links: tuple[Link, ...] = ()
    typed: tuple[Typed, ...] = ()

    @property
    def figures(self) -> tuple[str, ...]:
        """The numbers and tables as lines, for a speaker who is asked for them.

        >>> Section("where", "Where we are", (), (Number("NPS", "42", "38 to 46"),)).figures
        ('NPS: 42 (38 to 46)',)
        """
        lines = [number_line(number) for number in self.numbers]
        for table in self.tables:
            lines += [table.title] if table.title else []
            lines += [" · ".join(cell for cell in row if cell) for row in table.rows]
            lines += [table.more] if table.more else []
        return tuple(lines)


def number_line(number: Number) -> str:
    """A number with what stands beside it, on one line."""
    named = {"label": number.label, "value": number.value}
    if number.beside:
        return tr("{label}: {value} ({beside})", beside=number.beside, **named)
    return tr("{label}: {value}", **named)


@dataclass(frozen=True, eq=False)
class Report:
    """The page about one week or month: `period` as in its address, `first` and `last` its days.

    `view_words` say which responses and which score, `made_words` how fresh they are.
    """

    title: str
    period: str
    first: date
    last: date
    period_words: str
    view_words: str
    made_words: str
    sections: tuple[Section, ...]

    def section(self, key: str) -> Section:
        """The section of a key of `KEYS`. Raises StopIteration for any other."""
        return next(one for one in self.sections if one.key == key)
