"""The trend of a wall display as SVG: drawn in the units of the wall, coloured by its style."""

from html import escape
from math import ceil, floor
from typing import Final

import pandas as pd

from nps_app.view.charts import wall_markers
from nps_app.view.charts.lettering import pixels
from nps_app.view.charts.scale import score_range
from nps_app.view.charts.trend import LOW_N
from nps_app.view.charts.wall_markers import Label
from nps_app.view.tables import change_label, month_text, nps_text, period_end
from nps_core.columns import HIGH, LOW, NPS, PERIOD, RESPONSES
from nps_core.language import tr

WIDTH: Final = 1220
HEIGHT: Final = 531
_LEFT: Final = 66
_RIGHT: Final = 84
_BOTTOM: Final = 48
_ROW: Final = 72
_TEXT: Final = 28
_STEPS: Final = (1, 2, 5, 10, 20, 25, 50, 100)
_MOST_DATES: Final = 7
_DAY: Final = pd.Timedelta(days=1)


def wall_trend(table: pd.DataFrame, every: str, changes: pd.DataFrame, minimum: int) -> str:
    """Draw the NPS per period with its interval and the product changes, as an SVG element.

    `table` is the measured `trend`: period, responses, nps, low, high, complete. Periods under
    `minimum` responses are not drawn, those under LOW_N have a hollow point, the running one hangs
    on a dotted line. `changes` is the measured `before_after` table. "" when no period can be
    drawn.
    """
    view = _visible(table, minimum)
    if view.empty:
        return ""
    start = view[PERIOD].min()
    end = period_end(view[PERIOD].max(), every) + _DAY
    across = (WIDTH - _LEFT - _RIGHT) / ((end - start) / _DAY)
    labels = _labels(changes, start, end, across)
    top = 30 + _ROW * (1 + max((label.row for label in labels), default=-1))
    low, high = score_range([view], [view], None, ribbon=True)
    plot = _Plot(start, across, low, high, top)
    points = view.assign(
        x=[plot.x(day + (period_end(day, every) + _DAY - day) / 2) for day in view[PERIOD]]
    )
    return (
        f'<svg class="chart" viewBox="0 0 {WIDTH} {HEIGHT}" aria-hidden="true">'
        f"{_scores(plot)}{_dates(plot, start, end)}{_markers(labels, plot)}"
        f"{_line(points, plot)}{_last(points, plot)}</svg>"
    )


class _Plot:
    """Where days and scores lie."""

    def __init__(self, start: pd.Timestamp, across: float, low: float, high: float, top: float):
        self.start, self.across, self.low, self.high, self.top = start, across, low, high, top
        self.bottom = HEIGHT - _BOTTOM

    def x(self, day: pd.Timestamp) -> float:
        return round(_LEFT + float((day - self.start) / _DAY) * self.across, 1)

    def y(self, score: float) -> float:
        inside = min(max(score, self.low), self.high)
        share = (inside - self.low) / (self.high - self.low)
        return round(self.bottom - share * (self.bottom - self.top), 1)


def _visible(table: pd.DataFrame, minimum: int) -> pd.DataFrame:
    """The periods from the first to the last that can be shown; those between them without."""
    figures = [NPS, LOW, HIGH]
    shown = table[RESPONSES] >= minimum
    view = table[[PERIOD, "complete", RESPONSES, *figures]].copy()
    view[figures] = view[figures].where(shown)
    drawn = view.index[shown]
    return view.iloc[0:0] if drawn.empty else view.loc[drawn[0] : drawn[-1]]


def _labels(
    changes: pd.DataFrame, start: pd.Timestamp, end: pd.Timestamp, across: float
) -> list[Label]:
    if changes.empty:
        return []
    dated = changes.assign(date=pd.to_datetime(changes["date"]))
    inside = dated[dated["date"].between(start, end)]
    labels = [
        Label(
            round(_LEFT + float((row["date"] - start) / _DAY) * across, 1),
            str(row["title"]),
            change_label(str(row["verdict"]), row["difference"]),
            str(row["verdict"]),
        )
        for _, row in inside.iterrows()
    ]
    return wall_markers.place(labels, _LEFT, WIDTH, tr("{n} product changes"))


def _scores(plot: _Plot) -> str:
    step = next(step for step in _STEPS if (plot.high - plot.low) / step <= 5.5)
    scores = range(ceil(plot.low / step) * step, floor(plot.high / step) * step + 1, step)
    return "".join(
        f'<line class="grid" x1="{_LEFT}" x2="{WIDTH - _RIGHT}" y1="{plot.y(score)}" '
        f'y2="{plot.y(score)}"/>'
        f'<text class="tick" x="{_LEFT - 14}" y="{plot.y(score) + 9}" text-anchor="end">'
        f"{nps_text(score)}</text>"
        for score in scores
    )


def _dates(plot: _Plot, start: pd.Timestamp, end: pd.Timestamp) -> str:
    months = max((end - start) / _DAY / 30.4, 1)
    apart = next(step for step in (1, 2, 3, 4, 6, 12, 24, 60, 120) if months / step <= _MOST_DATES)
    firsts = pd.date_range(start.normalize(), end, freq="MS")
    marked = [day for day in firsts if (day.month - 1 + 12 * day.year) % apart == 0]
    drawn, free, year = [], 0.0, None
    for day in marked:
        text = month_text(day.month) if year == day.year else f"{month_text(day.month)} {day.year}"
        at, wide = plot.x(day), pixels(text, _TEXT)
        if at < free or at + wide > WIDTH:
            continue
        drawn.append(
            f'<line class="grid" x1="{at}" x2="{at}" y1="{plot.bottom}" y2="{plot.bottom + 12}"/>'
            f'<text class="tick" x="{at}" y="{HEIGHT - 4}">{escape(text)}</text>'
        )
        free, year = at + wide + 20, day.year
    return "".join(drawn)


def _markers(labels: list[Label], plot: _Plot) -> str:
    parts = []
    for label in labels:
        foot = plot.top - 22 - label.row * _ROW
        x, anchor = (label.right, "end") if label.leftwards else (label.left, "start")
        tone = {"up": "up", "down": "down"}.get(label.verdict, "quiet")
        parts.append(
            f'<line class="marker" x1="{label.at}" x2="{label.at}" y1="{foot + 8}" '
            f'y2="{plot.bottom}"/>'
            f'<text class="change" x="{x}" y="{foot - (34 if label.words else 0)}" '
            f'text-anchor="{anchor}">'
            f"{escape(label.title)}</text>"
            f'<text class="verdict {tone}" x="{x}" y="{foot}" text-anchor="{anchor}">'
            f"{escape(label.words)}</text>"
        )
    return "".join(parts)


def _line(points: pd.DataFrame, plot: _Plot) -> str:
    parts = []
    for run in _runs(points, LOW):
        upper = _path(run, HIGH, plot)
        lower = _path(run, LOW, plot)
        if len(run) == 1:
            parts.append(f'<path class="whisker" d="M{upper[0]}L{lower[0]}"/>')
        else:
            parts.append(f'<path class="ribbon" d="M{"L".join([*upper, *reversed(lower)])}Z"/>')
    for run in _runs(points, NPS):
        line = _path(run, NPS, plot)
        whole = len(line) if run["complete"].iloc[-1] else len(line) - 1
        parts.append(f'<path class="line" d="M{"L".join(line[:whole])}"/>' if whole > 1 else "")
        if 0 < whole < len(line):
            parts.append(f'<path class="line running" d="M{"L".join(line[whole - 1 :])}"/>')
    drawn = points[points[NPS].notna()]
    for at, n, complete in zip(
        _path(drawn, NPS, plot), drawn[RESPONSES], drawn["complete"], strict=True
    ):
        x, y = at.split()
        kind = "point hollow" if n < LOW_N or not complete else "point"
        parts.append(f'<circle class="{kind}" cx="{x}" cy="{y}" r="7"/>')
    return "".join(parts)


def _runs(points: pd.DataFrame, column: str) -> list[pd.DataFrame]:
    """The stretches of periods that have the figure, cut where it is missing."""
    known = points[points[column].notna()]
    gaps = points[column].isna().cumsum()[known.index]
    return [run for _, run in known.groupby(gaps)]


def _path(run: pd.DataFrame, column: str, plot: _Plot) -> list[str]:
    return [f"{x} {plot.y(y)}" for x, y in zip(run["x"], run[column], strict=True)]


def _last(points: pd.DataFrame, plot: _Plot) -> str:
    """The figure of the last whole period, beside its point or above it."""
    whole = points[points[NPS].notna() & points["complete"]]
    if whole.empty:
        return ""
    row = whole.iloc[-1]
    y = plot.y(row[NPS])
    last = row.name == points.index[-1]
    x, y = (row["x"] + 18, y + 15) if last else (row["x"], max(y - 24, 34))
    return (
        f'<text class="figure" x="{x}" y="{y}" text-anchor="{"start" if last else "middle"}">'
        f"{nps_text(row[NPS])}</text>"
    )
