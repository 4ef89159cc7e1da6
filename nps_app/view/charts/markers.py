"""Product changes as labelled vertical markers that never cover one another."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Final

import pandas as pd

from nps_app.view.charts.canvas import Canvas
from nps_app.view.charts.lettering import pixels, wrapped
from nps_app.view.charts.theme import SMALL, Theme, palette, plain, verdict_colour
from nps_app.view.said import said
from nps_app.view.tables import change_label, count_text, date_text, difference_text, nps_text
from nps_app.view.widgets.text import visible
from nps_core.language import mark, tr

_LINE: Final = 14
"""Pixels a line of a label takes."""

ROWS: Final = 4
NAME: Final = mark("Product changes")
NARROWEST: Final = 560
"""Pixels between the axes from which labels are apart; on narrower plots the page shows numbers
in their place (widgets/style.py), and below the plot what they stand for."""

_CLEAR: Final = 9
"""Pixels between the score axis and the lowest label, for the triangle a pointer can hit."""

_TITLE: Final = (118, 230)
"""Pixels a line of a title may take: the room up to the next marker, between these."""


@dataclass(frozen=True)
class Marker:
    """One label: its day, words, hover text, the changes it stands for, and where it sits.

    A `title` of two lines has a line break in it; `lines` say the same of each change alone.
    """

    day: pd.Timestamp
    title: str
    lines: tuple[str, ...]
    words: str
    verdict: str
    hover: str
    changes: tuple[int, ...]
    row: int
    leftwards: bool


def layout(
    changes: pd.DataFrame,
    start: pd.Timestamp,
    end: pd.Timestamp,
    rows: int = ROWS,
    beyond: int = 0,
) -> list[Marker]:
    """Place the changes between `start` and `end`, in at most `rows` rows of labels.

    Labels may reach `beyond` pixels over the end of the axis.

    `changes` is the measured `before_after` table, optionally with `note`. An earlier label
    stands above a later one it would touch, so no line crosses a label. Where that needs more
    rows than there are, the two labels whose changes lie closest become one, until it fits.
    """
    dated = changes.assign(date=pd.to_datetime(changes["date"]))
    inside = dated[dated["date"].between(start, end)].sort_values("date")
    if inside.empty:
        return []
    hovers = [_hover(row) for _, row in inside.iterrows()]
    groups = [[place] for place in range(len(inside))]
    days = [pd.Timestamp(day) for day in inside["date"]]
    a_day = NARROWEST / max((end - start) / pd.Timedelta(days=1), 1)
    while True:
        ends = [days[group[0]] for group in groups[1:]] + [end]
        markers = _place(
            [
                _words(
                    inside.iloc[group],
                    [hovers[place] for place in group],
                    (until - days[group[0]]) / pd.Timedelta(days=1) * a_day - 8,
                )
                for group, until in zip(groups, ends, strict=True)
            ],
            start,
            a_day,
            NARROWEST + beyond,
        )
        if len(groups) < 2 or _rows(markers) <= rows:
            return markers
        # By all they would stand for together: the gap alone would let one label grow and grow.
        spans = [days[b[-1]] - days[a[0]] for a, b in pairwise(groups)]
        close = spans.index(min(spans))
        groups[close : close + 2] = [groups[close] + groups[close + 1]]


def _rows(placed: Sequence[Marker]) -> int:
    return max((marker.row for marker in placed), default=-1) + 1


def _row_height(placed: Sequence[Marker]) -> int:
    return _LINE * (2 + any("\n" in marker.title for marker in placed)) + 4


def _place(
    markers: Sequence[Marker], start: pd.Timestamp, a_day: float, edge: float
) -> list[Marker]:
    placed: list[tuple[float, float, Marker]] = []
    for marker in reversed(markers):
        at = (marker.day - start) / pd.Timedelta(days=1) * a_day
        wide = max(map(pixels, (*marker.title.split("\n"), marker.words))) + 8
        leftwards = at + wide > edge and at - wide >= 0
        left, right = (at - wide, at) if leftwards else (at, at + wide)
        taken = [m.row for a, b, m in placed if left < b and a < right]
        row = max(taken, default=-1) + 1
        placed.append((left, right, replace(marker, row=row, leftwards=leftwards)))
    return [marker for _, _, marker in reversed(placed)]


def _words(group: pd.DataFrame, hovers: Sequence[str], room: float) -> Marker:
    first = group.iloc[0]
    if len(group) == 1:
        title = str(first["title"])
        words = change_label(str(first["verdict"]), first["difference"])
    else:
        title = tr("{n} changes", n=len(group))
        words = tr("see hover or list")
    verdicts = set(group["verdict"])
    return Marker(
        day=pd.Timestamp(first["date"]),
        title="\n".join(wrapped(title, min(max(room, _TITLE[0]), _TITLE[1]))),
        lines=tuple(
            " · ".join(
                (
                    visible(row["title"], 80),
                    date_text(row["date"]),
                    change_label(str(row["verdict"]), row["difference"]),
                )
            )
            for _, row in group.iterrows()
        ),
        words=words,
        verdict=str(first["verdict"]) if len(verdicts) == 1 else "",
        hover="<br><br>".join(hovers),
        changes=tuple(int(position) for position in group["change"]),
        row=0,
        leftwards=False,
    )


def _hover(row: pd.Series) -> str:
    figures = difference_text(str(row["verdict"]), row["difference"], row["low"], row["high"])
    lines = [
        f"<b>{plain(row['title'], 60)}</b> · {date_text(row['date'])}",
        tr(
            "NPS {before} before, {after} after",
            before=nps_text(row["before_nps"]),
            after=nps_text(row["after_nps"]),
        ),
        figures,
        tr(
            "n {before} and {after}",
            before=count_text(row["before_responses"]),
            after=count_text(row["after_responses"]),
        ),
    ]
    lines += [plain(said(reason), 90) for reason in row.get("cut", ())]
    note = str(row.get("note", "") or "")
    if note:
        lines.insert(1, plain(note, 70))
    return "<br>".join(lines)


def height(placed: Sequence[Marker]) -> int:
    """Give the pixels the labels need above the score axis."""
    return _row_height(placed) * _rows(placed) + _CLEAR + 5


def draw(
    canvas: Canvas, markers: Sequence[Marker], theme: Theme, *, top: float, plot_height: int
) -> None:
    """Add lines, labels and hover points; `top` is the highest value of the score axis.

    `plot_height` is the height of the whole plotting area in pixels, under the labels. The
    figure's `meta.numbered` has the lines of each marker's changes, in the markers' order.
    """
    colours = palette(theme)
    row = _row_height(markers)
    for number, marker in enumerate(markers, 1):
        lift = marker.row * row
        canvas.shape(
            "line",
            x0=marker.day,
            x1=marker.day,
            y0=0,
            y1=1 + (lift + _CLEAR + row - 2) / plot_height,
            yref="paper",
            layer="below",
            line={"color": colours.muted, "width": 1, "dash": "dot"},
        )
        tone = verdict_colour(marker.verdict, colours)
        canvas.label(
            f"<b>{'<br>'.join(map(plain, marker.title.split(chr(10))))}</b><br>"
            f'<span style="color:{tone}">{plain(marker.words)}</span>',
            x=marker.day,
            y=1,
            yref="paper",
            xanchor="right" if marker.leftwards else "left",
            align="right" if marker.leftwards else "left",
            yanchor="bottom",
            yshift=lift + _CLEAR,
            xshift=-2 if marker.leftwards else 2,
            borderpad=1,
            font={"size": SMALL, "color": colours.ink},
            bgcolor=colours.background,
            hovertext=marker.hover,
            hoverlabel={"bgcolor": colours.background, "bordercolor": colours.muted},
        )
        canvas.label(
            f"<b>{number}</b>",
            x=marker.day,
            y=1,
            yref="paper",
            yanchor="bottom",
            yshift=_CLEAR + 2,
            borderpad=1,
            font={"color": colours.ink},
            bgcolor=colours.background,
            # Unseen, and in no picture, until the page of a narrow screen shows it.
            opacity=0,
        )
    if markers:
        canvas.layout(meta={"numbered": [list(marker.lines) for marker in markers]})
        canvas.add(
            "scatter",
            x=[marker.day for marker in markers],
            y=[top] * len(markers),
            mode="markers",
            name=tr(NAME),
            marker={"symbol": "triangle-down", "size": 11, "color": colours.ink},
            customdata=[f"change {marker.changes[0]}" for marker in markers],
            hovertext=[marker.hover for marker in markers],
            hoverinfo="text",
            cliponaxis=False,
        )
