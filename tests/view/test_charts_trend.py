"""The trend chart shows what is known and how well, and never hides what is thin."""

import itertools

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nps_app.view.benchmarks import Benchmarks
from nps_app.view.charts import markers, trend

WEEKS = pd.date_range("2026-01-05", periods=6, freq="W-MON")


def table(responses: list[int], complete: list[bool] | None = None) -> pd.DataFrame:
    """Periods that all have an NPS of 20 but for silent ones, intervals 10 wide on each side."""
    heard = [n > 0 for n in responses]
    frame = pd.DataFrame(
        {
            "period": WEEKS[: len(responses)],
            "responses": responses,
            "nps": [20.0 if h else float("nan") for h in heard],
            "low": [10.0 if h else float("nan") for h in heard],
            "high": [30.0 if h else float("nan") for h in heard],
            "complete": complete or [True] * len(responses),
        }
    )
    return frame.assign(
        **{f"window_{name}": frame[name] for name in ("responses", "nps", "low", "high")}
    )


def change(day: str, title: str = "Billing v2", **more: object) -> dict[str, object]:
    return {
        "change": 0,
        "date": pd.Timestamp(day),
        "title": title,
        "before_nps": 40.0,
        "after_nps": 46.0,
        "before_responses": 310,
        "after_responses": 287,
        "difference": 6.0,
        "low": 1.0,
        "high": 11.0,
        "verdict": "up",
        **more,
    }


def trace(figure, name: str):
    return next(t for t in figure.data if t.name == name)


def test_periods_under_30_are_hollow_and_under_5_have_no_point() -> None:
    figure = trend.trend(table([100, 29, 30, 4, 5, 60]), "light", every="week")
    points = trace(figure, "NPS")
    assert [point.removeprefix("period ") for point in points.customdata] == [
        "2026-01-05",
        "2026-01-12",
        "2026-01-19",
        "2026-02-02",
        "2026-02-09",
    ]
    hollow = [colour == "#ffffff" for colour in points.marker.color]
    assert hollow == [False, True, False, True, False]


def test_every_period_keeps_its_responses_as_a_bar_thin_ones_too() -> None:
    figure = trend.trend(table([100, 0, 30, 4, 5, 60]), "light", every="week")
    assert list(trace(figure, "Responses").y) == [100, 0, 30, 4, 5, 60]


def test_a_silent_period_breaks_line_and_ribbon_instead_of_being_bridged() -> None:
    figure = trend.trend(table([100, 90, 0, 80, 70, 60]), "light", every="week")
    ribbons = [t for t in figure.data if t.name == "95 % interval"]
    assert [len(ribbon.x) for ribbon in ribbons] == [4, 6]
    line = next(t for t in figure.data if t.mode == "lines")
    assert pd.isna(line.y[2])


def test_the_running_period_hangs_on_a_dotted_line_and_is_not_in_the_solid_one() -> None:
    figure = trend.trend(table([100, 90, 80], complete=[True, True, False]), "light", every="week")
    tail = trace(figure, "Running period")
    assert tail.line.dash == "dot"
    assert [f"{pd.Timestamp(day):%Y-%m-%d}" for day in tail.x] == ["2026-01-12", "2026-01-19"]
    solid = next(t for t in figure.data if t.mode == "lines" and t.name != "Running period")
    assert pd.isna(solid.y[2])


def test_no_point_falls_off_the_axis_when_the_line_is_a_smooth_window() -> None:
    rough = table([50] * 6).assign(nps=[20.0, -60.0, 20.0, 90.0, 20.0, 20.0])
    figure = trend.trend(rough, "light", every="week", window=True)
    low, high = figure.layout.yaxis.range
    assert low < -60
    assert high > 90


def test_no_responses_says_so_and_draws_no_zero() -> None:
    figure = trend.trend(table([0, 0]), "light", every="week")
    assert figure.layout.annotations[0].text == "No responses"
    assert not figure.data


def test_a_change_is_labelled_with_its_verdict_and_escaped() -> None:
    changes = pd.DataFrame([change("2026-01-20", "<b>Bill</b>", note="<a href='x'>n</a>")])
    figure = trend.trend(table([50] * 6), "light", every="week", changes=changes)
    label = next(a for a in figure.layout.annotations if "Bill" in a.text)
    assert "&lt;b&gt;Bill&lt;/b&gt;" in label.text
    assert "▲ up 6" in label.text
    hover = trace(figure, markers.NAME).hovertext[0]
    assert "NPS 40 before, 46 after" in hover
    assert "up 6 (1 to 11)" in hover
    assert "n 310 and 287" in hover
    assert "&lt;a href='x'&gt;" in hover
    assert "<a" not in hover


def test_a_change_outside_the_dates_has_no_marker() -> None:
    changes = pd.DataFrame([change("2025-01-20")])
    figure = trend.trend(table([50] * 6), "light", every="week", changes=changes)
    assert markers.NAME not in [t.name for t in figure.data]


def test_height_does_not_jump_with_the_number_of_markers() -> None:
    many = pd.DataFrame([change(str(day)[:10]) for day in WEEKS])
    bare = trend.trend(table([50] * 6), "light", every="week")
    full = trend.trend(table([50] * 6), "light", every="week", changes=many)
    assert bare.layout.height == full.layout.height


def test_five_lines_at_most_each_named_at_its_end_without_touching() -> None:
    lines = pd.concat([table([50] * 6).assign(plan=name) for name in [*"abcdef", None]])
    figure = trend.trend(table([350] * 6), "light", every="week", lines=lines, by="plan")
    named = [t.name for t in figure.data if t.name in [*"abcdef", "Unknown"]]
    assert named == list("abcde")
    low, high = figure.layout.yaxis.range
    plot = (figure.layout.height - figure.layout.margin.t - figure.layout.margin.b) * 0.76
    heights = sorted(a.y for a in figure.layout.annotations if a.x == 1 and a.xanchor == "left")
    gaps = [(b - a) / (high - low) * plot for a, b in itertools.pairwise(heights)]
    assert len(gaps) == 4
    assert min(gaps) >= 14


def test_far_benchmarks_leave_the_scale_alone_and_near_ones_are_shown() -> None:
    near = trend.trend(table([50] * 6), "light", every="week", benchmarks=Benchmarks())
    words = [a.text for a in near.layout.annotations]
    assert "typical SaaS<br>28 to 31" in words
    assert "outstanding<br>50" in words
    far = trend.trend(
        table([50] * 6), "light", every="week", benchmarks=Benchmarks(-90.0, -80.0, 95.0)
    )
    assert far.layout.yaxis.range[0] > -50
    assert far.layout.yaxis.range[1] < 60


def test_only_thin_periods_say_what_to_do() -> None:
    figure = trend.trend(table([4, 3, 2]), "light", every="week")
    assert any("choose longer periods" in a.text for a in figure.layout.annotations)


def boxes(placed: list[markers.Marker], start: pd.Timestamp, end: pd.Timestamp, width: int):
    """Label boxes in pixels; letters 6 wide, as measured in the bold face of the charts at 11."""
    for marker in placed:
        x = (marker.day - start) / (end - start) * width
        wide = 6 * max(map(len, (*marker.title.split("\n"), marker.words))) + 4
        left = x - wide if marker.leftwards else x
        yield left, left + wide, marker.row


@pytest.mark.parametrize("width", [560, 860, 1340, 1820])
@given(
    days=st.lists(st.integers(0, 729), min_size=1, max_size=12),
    title=st.text("abcdefgh ", min_size=1, max_size=40),
)
@settings(max_examples=30, deadline=None)
def test_labels_never_touch_on_a_tablet_a_laptop_or_a_wall(
    width: int, days: list[int], title: str
) -> None:
    start, end = pd.Timestamp("2025-01-01"), pd.Timestamp("2027-01-01")
    changes = pd.DataFrame(
        [
            change(str(start + pd.Timedelta(days=day))[:10], title) | {"change": place}
            for place, day in enumerate(days)
        ]
    )
    placed = markers.layout(changes, start, end)
    shown = sorted(position for marker in placed for position in marker.changes)
    assert shown == list(range(len(days)))
    assert max(marker.row for marker in placed) < markers.ROWS
    for (a, b, row), (c, d, other) in itertools.combinations(boxes(placed, start, end, width), 2):
        assert row != other or b <= c or d <= a


def test_labels_share_a_row_with_whole_titles_where_there_is_room() -> None:
    titles = ("Single sign-on and audit log", "New price list", "New navigation")
    changes = pd.DataFrame(
        [
            change(day, title) | {"change": place}
            for place, (day, title) in enumerate(
                zip(("2025-03-20", "2025-10-01", "2026-03-17"), titles, strict=True)
            )
        ]
    )
    placed = markers.layout(changes, pd.Timestamp("2024-11-01"), pd.Timestamp("2026-11-01"))
    assert [marker.row for marker in placed] == [0, 0, 0]
    assert [marker.title.replace("\n", " ") for marker in placed] == list(titles)


def test_benchmarks_are_named_outside_the_axes_beside_their_lines() -> None:
    figure = trend.trend(table([50] * 6), "light", every="week", benchmarks=Benchmarks())
    names = [a for a in figure.layout.annotations if "<br>" in a.text]
    assert [(a.x, a.xanchor, a.y) for a in names] == [(1, "left", 29.5), (1, "left", 50.0)]
    assert figure.layout.margin.r >= 70


def test_changes_of_one_day_become_one_label_when_rows_run_out() -> None:
    changes = pd.DataFrame([change("2026-01-20") | {"change": place} for place in range(9)])
    placed = markers.layout(changes, WEEKS[0], WEEKS[-1])
    assert sum(len(marker.changes) for marker in placed) == 9
    assert any(marker.title.endswith("changes") for marker in placed)


def test_many_changes_share_labels_near_their_own_days() -> None:
    days = pd.date_range("2025-11-25", periods=60, freq="6D")
    changes = pd.DataFrame([change(f"{day:%Y-%m-%d}", f"Change {day:%j}") for day in days])
    changes["change"] = range(60)
    placed = markers.layout(changes, pd.Timestamp("2025-11-20"), pd.Timestamp("2026-11-20"))
    assert sum(len(marker.changes) for marker in placed) == 60
    # Each came six days after the one before: no label stands for a third of the year.
    assert max(len(marker.changes) for marker in placed) < 20
