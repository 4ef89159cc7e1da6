"""The weeks around a change as drawn: which lines, how large the dots, and nothing claimed."""

import pandas as pd
import pytest

from nps_app.view.charts.interrupted import interrupted as draw
from nps_core.measure.interrupted import interrupted

AT = pd.Timestamp("2026-03-18")


def series(before: int = 10, after: int = 8, silent: int | None = None):
    rows = []
    for week in range(-before, after):
        n = 0 if week == silent else 90 + 40 * (week % 3)
        rows += [(AT + pd.Timedelta(days=7 * week), 3, n // 3)]
        rows += [(AT + pd.Timedelta(days=7 * week), 9, n // 3 + (30 if week >= 0 and n else 0))]
    counts = pd.DataFrame(rows, columns=["period", "score", "n"])
    ends = (AT - pd.Timedelta(days=7 * before), AT + pd.Timedelta(days=7 * after - 1))
    return interrupted(counts, AT, start=ends[0], end=ends[1])


def words(figure) -> str:
    return " | ".join(text.text for text in figure.layout.annotations)


def lines(figure) -> dict[str, list]:
    drawn: dict[str, list] = {}
    for trace in figure.data:
        if trace.mode == "lines":
            drawn.setdefault(trace.name, []).append(trace)
    return drawn


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_two_fitted_pieces_and_the_line_before_carried_on_dashed(theme) -> None:
    found = series()
    drawn = lines(draw(found, theme, title="Billing v2"))
    one, other = drawn["Fitted line"]
    assert max(one.x) < AT < min(other.x)
    (carried,) = drawn["Without the change"]
    assert carried.line.dash == "dash"
    assert min(carried.x) > AT
    assert list(carried.y) == found.bins["without_change"].iloc[10:].tolist()


def test_lines_are_named_where_they_end_and_the_change_at_its_day() -> None:
    figure = draw(series(), "light", title="Billing <b>v2")
    said = words(figure)
    assert "fitted line" in said
    assert "the line before" in said
    assert "Billing &lt;b&gt;v2</b> · 18 Mar 2026" in said
    assert [shape.x0 for shape in figure.layout.shapes] == [AT]


def test_a_dots_area_goes_with_its_responses_and_its_hover_has_the_interval() -> None:
    found = series()
    dots = next(t for t in draw(found, "light").data if t.mode == "markers")
    n = found.bins["responses"]
    most, least = n.idxmax(), n.idxmin()
    ratio = (dots.marker.size[most] / dots.marker.size[least]) ** 2
    assert ratio == pytest.approx(n[most] / n[least])
    assert dots.hovertext[10].startswith("<b>18 Mar to 24 Mar 2026</b><br>NPS ")
    assert "95 % interval" in dots.hovertext[10]
    assert f"n {n[10]}" in dots.hovertext[10]


def test_a_silent_week_has_no_dot() -> None:
    dots = next(t for t in draw(series(silent=-4), "light").data if t.mode == "markers")
    assert len(dots.x) == 17


def test_too_few_weeks_draw_dots_and_say_why_there_is_no_line() -> None:
    figure = draw(series(after=3), "light")
    assert not lines(figure)
    assert "Too few weeks for a line: 10 before and 3 after" in words(figure)
    assert "nan" not in figure.to_json().lower()


def test_no_responses_say_so() -> None:
    empty = pd.DataFrame({"period": pd.to_datetime([]), "score": [], "n": []})
    assert words(draw(interrupted(empty, AT), "light")) == "No responses"
