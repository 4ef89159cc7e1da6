"""NPS over time, with its interval, its responses and the product changes."""

from typing import Any, Final

import pandas as pd
import plotly.graph_objects as go

from nps_app.view.benchmarks import Benchmarks
from nps_app.view.charts import markers, suggestions
from nps_app.view.charts.beside import Beside, label_beside
from nps_app.view.charts.canvas import Canvas, blank
from nps_app.view.charts.lines import line, ribbon
from nps_app.view.charts.scale import benchmark_lines, score_range
from nps_app.view.charts.theme import SMALL, Theme, palette, plain
from nps_app.view.period_words import NONE_HOLDS, period_word
from nps_app.view.said import capital
from nps_app.view.tables import (
    NO_RESPONSES,
    interval_text,
    nps_text,
    period_end,
    period_text,
    responses_text,
    value_label,
)
from nps_core.columns import HIGH, LOW, NPS, PERIOD, RESPONSES
from nps_core.language import tr

HEIGHT: Final = 520
MINIMUM: Final = 5
"""A point needs this many responses to be drawn at all."""

LOW_N: Final = 30
"""A point below this many responses is hollow."""

MAX_LINES: Final = 5
_BOTTOM: Final = 28
_RIGHT: Final = (8, 72, 92)
"""Pixels right of the axes: with nothing there, with benchmarks, with names of lines."""

_BARS: Final = (0.0, 0.13)
_SCORES: Final = (0.24, 1.0)
_SYMBOLS: Final = {
    "circle": "●",
    "square": "■",
    "diamond": "◆",
    "triangle-up": "▲",
    "star": "★",
}
_DAY: Final = 86_400_000
_TICKS: Final = [
    {"dtickrange": [None, "M1"], "value": "%-d %b"},
    {"dtickrange": ["M1", None], "value": "%b %Y"},
]
"""One line a date: Plotly's own second line for the year would be cut off."""

_STEP: Final = {"day": _DAY, "week": 7 * _DAY, "month": "M1", "quarter": "M3"}


def trend(
    table: pd.DataFrame,
    theme: Theme,
    *,
    every: str,
    window: bool = False,
    changes: pd.DataFrame | None = None,
    benchmarks: Benchmarks | None = None,
    lines: pd.DataFrame | None = None,
    by: str = "",
    height: int = HEIGHT,
    shifts: pd.DataFrame | None = None,
) -> go.Figure:
    """Draw the NPS per period with its interval as a ribbon, and the responses as bars below.

    `table` is the measured `trend` of all chosen responses: period, responses, nps, low, high,
    window_* and complete. With `window` the line and ribbon are those of the trailing window and
    the points stay single periods. Periods under MINIMUM responses have no point, those under
    LOW_N a hollow one; the running period hangs on a dashed line. `changes` is the measured
    `before_after` table, optionally with `note`. `lines` with `by` is a trend by one segment
    column: it replaces line and ribbon by one line a value, at most MAX_LINES, first come first
    drawn. `shifts` is what `nps_core.shifts` found and nobody announced. The `customdata` of a
    point is "period 2026-07-01" or "change 0" (its position).
    """
    answered = table[table[RESPONSES] > 0]
    if answered.empty:
        return blank(theme, height, tr(NO_RESPONSES))
    table = table[table[PERIOD].between(answered[PERIOD].min(), answered[PERIOD].max())]
    canvas = Canvas(theme, height)
    start = table[PERIOD].min()
    end = period_end(table[PERIOD].max(), every) + pd.Timedelta(days=1)
    column = "window_" if window else ""
    solo = lines is None
    shown = _from_first_full(_visible(table, column))
    parts = [] if lines is None else _split(lines, by)
    drawn = [shown] if solo else [_visible(part, column) for _, part in parts]
    points = [_visible(table, "")] if solo else drawn
    low, high = score_range(drawn, points, benchmarks, ribbon=solo)
    colours = palette(theme)
    named = benchmark_lines(canvas, benchmarks, theme, (low, high)) if benchmarks else []
    right = _RIGHT[2] if not solo else _RIGHT[1] if named else _RIGHT[0]
    placed = (
        [] if changes is None else markers.layout(changes, start, end, beyond=right - _RIGHT[0])
    )
    top = markers.height(placed)
    plot_height = height - top - _BOTTOM
    scale = (high - low) / (plot_height * (_SCORES[1] - _SCORES[0]))
    beside = [
        Beside(y, two_lines, 2, colours.muted) if solo else Beside(y, one_line, 1, colours.muted)
        for y, two_lines, one_line in named
    ]
    if solo:
        ribbon(canvas, shown, colours.ribbon, colours.blue)
        line(canvas, shown, colours.blue)
        _points(
            canvas,
            table,
            every,
            theme,
            colours.faint if window else colours.blue,
            "circle",
            faint=window,
        )
    else:
        for place, (value, part) in enumerate(parts):
            colour, view = colours.series[place], _visible(part, column)
            line(canvas, view, colour)
            # Five lines and five clouds of single periods around them would be unreadable.
            _points(
                canvas,
                view,
                every,
                theme,
                colour,
                list(_SYMBOLS)[place],
                name=value,
                pooled=window,
            )
            beside += _line_name(view, value, place, colour)
    _bars(canvas, table, every, theme)
    label_beside(canvas, beside, colours.ink, scale)
    # Periods are drawn at their middle; their data stay at their first day.
    canvas.each(xperiod=_STEP.get(every, "M12"), xperiod0=start, xperiodalignment="middle")
    markers.draw(canvas, placed, theme, top=high, plot_height=plot_height)
    if shifts is not None:
        suggestions.draw(canvas, shifts, theme, start=start, end=end, bottom=low, scores=_SCORES)
    # A pick is shown in words below the chart; the other points do not fade for it.
    canvas.each(unselected={"marker": {"opacity": 1}})
    canvas.layout(
        margin={"l": 34, "r": right, "t": top, "b": _BOTTOM},
        xaxis={"type": "date", "range": [start, end], "anchor": "y2", "tickformatstops": _TICKS},
        yaxis={"domain": _SCORES, "range": [low, high], "nticks": 6},
        yaxis2={
            "domain": _BARS,
            "range": [0, 1.15 * table[RESPONSES].max()],
            "nticks": 2,
            "tickformat": ",d",
            "tickfont": {"size": SMALL},
        },
    )
    if not any(part[NPS].notna().any() for part in drawn):
        canvas.label(
            tr(NONE_HOLDS[every], n=MINIMUM),
            x=0.5,
            y=0.6,
            xref="paper",
            yref="paper",
            bgcolor=colours.background,
        )
    return canvas.figure()


def _visible(table: pd.DataFrame, column: str) -> pd.DataFrame:
    """Give period, nps, low, high and complete, empty where too few answered."""
    names = {f"{column}{name}": name for name in (NPS, LOW, HIGH, RESPONSES)}
    view = table[[PERIOD, "complete", *names]].rename(columns=names)
    enough = view[RESPONSES] >= MINIMUM
    return view.assign(**{name: view[name].where(enough) for name in (NPS, LOW, HIGH)})


def _from_first_full(view: pd.DataFrame) -> pd.DataFrame:
    """Leave out the beginning while few have answered: there a window is a week on its own."""
    full = view[RESPONSES] >= LOW_N
    begun = full.cummax() if full.any() else ~full
    return view.assign(**{name: view[name].where(begun) for name in (NPS, LOW, HIGH)})


def _split(lines: pd.DataFrame, by: str) -> list[tuple[str, pd.DataFrame]]:
    values = list(dict.fromkeys(lines[by].map(value_label)))[:MAX_LINES]
    return [(value, lines[lines[by].map(value_label) == value]) for value in values]


def _points(
    canvas: Canvas,
    table: pd.DataFrame,
    every: str,
    theme: Theme,
    colour: str,
    symbol: str,
    *,
    name: str = "",
    faint: bool = False,
    pooled: bool = False,
) -> None:
    rows = table[table[RESPONSES] >= MINIMUM]
    full = rows[RESPONSES] >= LOW_N
    background = palette(theme).background
    canvas.add(
        "scatter",
        x=rows[PERIOD],
        y=rows[NPS],
        mode="markers",
        name=plain(name) if name else "NPS",
        marker={
            "symbol": symbol,
            "size": 5 if faint or pooled else 8,
            "color": [colour if filled else background for filled in full],
            "opacity": 1,
            "line": {"color": colour, "width": 1 if faint or pooled else 1.5},
        },
        customdata=[f"period {day:%Y-%m-%d}" for day in rows[PERIOD]],
        hovertext=[_hover(row, every, name, pooled) for row in rows.to_dict("records")],
        hoverinfo="text",
    )


def _hover(row: dict[Any, Any], every: str, name: str, pooled: bool) -> str:
    period = period_text(row[PERIOD], every)
    period = tr("window up to {period}", period=period) if pooled else period
    lines = [
        f"<b>{plain(name)}</b> · {period}" if name else f"<b>{capital(period)}</b>",
        tr(
            "NPS {nps}, 95 % interval {interval}",
            nps=nps_text(row[NPS]),
            interval=interval_text(row[LOW], row[HIGH]),
        ),
        responses_text(row[RESPONSES]),
    ]
    if row[RESPONSES] < LOW_N:
        lines.append(tr("fewer than {n}: read with care", n=LOW_N))
    if not row["complete"]:
        lines.append(tr("still running"))
    return "<br>".join(lines)


def _line_name(view: pd.DataFrame, value: str, place: int, colour: str) -> list[Beside]:
    """Name a line where it ends; a line nobody can see has no name."""
    drawn = view[NPS].dropna()
    if drawn.empty:
        return []
    sign = list(_SYMBOLS.values())[place]
    words = f'<span style="color:{colour}">{sign}</span> {plain(value, 13)}'
    return [Beside(float(drawn.iloc[-1]), words, 1, "")]


def _bars(canvas: Canvas, table: pd.DataFrame, every: str, theme: Theme) -> None:
    colours = palette(theme)
    canvas.add(
        "bar",
        x=table[PERIOD],
        y=table[RESPONSES],
        yaxis="y2",
        name=tr("Responses"),
        width=0.8 * (period_end(table[PERIOD].iloc[0], every) - table[PERIOD].iloc[0]).days * _DAY
        + 0.8 * _DAY,
        marker={
            "color": [colours.grey if done else colours.background for done in table["complete"]],
            "line": {"color": colours.grey, "width": 1},
        },
        customdata=[f"period {day:%Y-%m-%d}" for day in table[PERIOD]],
        hovertext=[
            f"{capital(period_text(day, every))}<br>{responses_text(n)}"
            for day, n in zip(table[PERIOD], table[RESPONSES], strict=True)
        ],
        hoverinfo="text",
        textposition="none",
    )
    canvas.label(
        tr("responses per {every}", every=period_word(every)),
        x=0,
        xref="paper",
        xanchor="left",
        y=_BARS[1],
        yref="paper",
        yanchor="bottom",
        font={"size": SMALL, "color": colours.muted},
        bgcolor=colours.background,
    )
