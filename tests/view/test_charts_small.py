"""The small charts: what they count, in which order, and what they keep hidden."""

import re

import pandas as pd
import pytest

from nps_app.view.charts.any_font import for_any_font
from nps_app.view.charts.before_after import before_after
from nps_app.view.charts.categories import categories
from nps_app.view.charts.distribution import distribution
from nps_app.view.charts.heatmap import heatmap
from nps_app.view.charts.intervals import intervals
from nps_core.language import speaking

NAN = float("nan")


def words(figure) -> str:
    return " | ".join(a.text for a in figure.layout.annotations)


def test_categories_read_without_their_colours_by_order_and_label() -> None:
    row = pd.Series({"promoters": 698, "passives": 313, "detractors": 193, "responses": 1204})
    figure = categories(row, "light")
    assert [bar.x[0] for bar in figure.data] == [698, 313, 193]
    said = words(figure)
    # 698/1204 = 57.97, 313/1204 = 26.00, 193/1204 = 16.03
    for share, name, count in (("58 %", "promoters", "698"), ("26 %", "passives", "313")):
        assert said.index(share) < said.index(name) < said.index(count)
    assert said.index("promoters") < said.index("passives") < said.index("detractors")


def test_categories_without_responses_say_so() -> None:
    row = pd.Series({"promoters": 0, "passives": 0, "detractors": 0, "responses": 0})
    figure = categories(row, "light")
    assert words(figure) == "No responses"
    assert not figure.data


def test_distribution_shows_all_eleven_scores_and_no_label_for_none() -> None:
    counts = pd.DataFrame({"score": [0, 6, 7, 9, 10], "n": [1, 49, 50, 60, 240]})
    bars = distribution(counts, "light").data[0]
    assert list(bars.x) == list(range(11))
    # of 400: 0.25, 12.25, 12.5, 15 and 60 per cent
    assert list(bars.text) == ["<1", "", "", "", "", "", "12", "13", "", "15", "60"]
    colours = list(bars.marker.color)
    assert len(set(colours[:7])) == len(set(colours[7:9])) == len(set(colours[9:])) == 1
    assert len(set(colours)) == 3


def test_the_number_of_the_highest_bar_stands_clear_of_the_unit_above_the_plot() -> None:
    figure = distribution(pd.DataFrame({"score": [0, 1, 10], "n": [6, 6, 5]}), "light")
    margin = figure.layout.margin
    plot = figure.layout.height - margin.t - margin.b
    top, highest = figure.layout.yaxis.range[1], max(figure.data[0].y)
    assert plot * (1 - highest / top) >= 1.6 * figure.data[0].textfont.size


def test_distribution_without_responses_says_so() -> None:
    assert words(distribution(pd.DataFrame({"score": [], "n": []}), "dark")) == "No responses"


# Thousandths of the type size, from the published metrics of Helvetica-Bold, whose widths Arial
# has too: a picture is drawn in one of them where the app's own font is not.
HELVETICA_BOLD = {"e": 556, "n": 611, " ": 278, "d": 611, "s": 556, "o": 611, "u": 611, "▼": 1000}


def test_the_widest_verdict_is_not_cut_in_the_font_of_a_picture() -> None:
    row = {"g": "Small", "nps": -16.0, "low": -19.0, "high": -12.0, "responses": 2509}
    with speaking("fr"):
        figure = intervals(pd.DataFrame([row | {"verdict": "down"}]), "g", "light")
    mark = next(a for a in figure.layout.annotations if "en dessous" in a.text)
    wide = 11 * sum(HELVETICA_BOLD[letter] for letter in "▼ en dessous") / 1000
    assert mark.x == 1
    assert mark.xanchor == "left"
    assert figure.layout.margin.r - mark.xshift >= wide


def test_a_picture_has_room_on_its_right_for_a_wider_font() -> None:
    row = {"g": "Small", "nps": -16.0, "low": -19.0, "high": -12.0, "responses": 2509}
    figure = intervals(pd.DataFrame([row]), "g", "light")
    # Arial's "n" and "e" are 0.556 em wide; Source Sans has 0.544 and 0.496 of them.
    assert for_any_font(figure).layout.margin.r >= 1.12 * figure.layout.margin.r


def groups() -> pd.DataFrame:
    return pd.DataFrame(
        [
            ("Enterprise", 51.0, 46.0, 56.0, 402, "up", ""),
            (None, 35.0, 20.0, 50.0, 21, "too few responses", ""),
            ("<script>x</script>", 27.0, 22.0, 33.0, 387, "down", ""),
            ("Agency", NAN, NAN, NAN, NAN, "", "fewer than 5 responses"),
        ],
        columns=["size", "nps", "low", "high", "responses", "verdict", "hidden"],
    )


def test_intervals_name_every_group_missing_and_hidden_ones_too() -> None:
    figure = intervals(groups(), "size", "light", overall=42.0)
    said = words(figure)
    assert "Enterprise" in said
    assert "▲ above" in said
    assert "▼ below" in said
    assert "Unknown" in said
    assert "fewer than 5 responses" in said
    assert "<script" not in said
    assert "all 42" in said
    dots = [t for t in figure.data if t.mode == "markers"]
    assert [t.x[0] for t in dots] == [51.0, 35.0, 27.0]


def texts_of(figure) -> list[tuple]:
    """Boxes of a row's texts in pixels from the plot's left edge, letters as wide as measured."""
    boxes = []
    for text in figure.layout.annotations:
        lines = [re.sub("<[^>]*>", "", line) for line in text.text.split("<br>")]
        size = text.font.size
        wide = max(len(line) for line in lines) * size * 0.52
        boxes.append((text.x, text.xshift or 0, text.y, wide, text.xanchor))
    return boxes


@pytest.mark.parametrize("width", [300, 326, 520, 1800])
def test_nothing_overlaps_in_a_row_on_a_phone_or_a_wall(width: int) -> None:
    long = groups().assign(
        size=["Enterprise", "Healthcare and life sciences", "Österreich", "Agencies of all kinds"],
        nps=[-100.0, 35.0, 100.0, NAN],
        responses=[1_000_000, 21, 12_345, NAN],
    )
    figure = intervals(long, "size", "light", overall=42.0)
    margin = figure.layout.margin
    plot = width - margin.l - margin.r
    assert plot >= 70
    for x, shift, y, wide, anchor in texts_of(figure):
        left = margin.l + x * plot + shift - (wide if anchor == "right" else 0)
        if y == 1:
            continue
        assert left >= 0
        assert left + wide <= width
        if x == 0 and shift:
            assert left + wide <= margin.l
        elif x == 1:
            assert left >= margin.l + plot
    # Names take two lines of 12 pixels at most, and rows stand 38 apart.
    assert (figure.layout.height - margin.t - margin.b) / len(long) == 38


def test_intervals_with_everything_hidden_still_say_why() -> None:
    figure = intervals(groups().tail(1), "size", "light")
    assert "fewer than 5 responses" in words(figure)
    assert not figure.data


def test_a_hidden_group_leaves_no_number_anywhere_in_the_figure() -> None:
    only = groups().tail(1).assign(hidden="hidden so that a smaller group cannot be worked out")
    assert "nan" not in intervals(only, "size", "light").to_json().lower()


def test_heatmap_hides_with_a_reason_and_leaves_absent_pairs_empty() -> None:
    pairs = pd.DataFrame(
        [
            ("Small", "Retail", -40.0, -60.0, -20.0, 30, ""),
            ("Small", "<b>Fintech", NAN, NAN, NAN, NAN, "fewer than 5 responses"),
            ("Large", "Retail", 60.0, 50.0, 70.0, 1200, ""),
        ],
        columns=["size", "industry", "nps", "low", "high", "responses", "hidden"],
    )
    drawn = heatmap(pairs, "size", "industry", "light", overall=10.0).data[0]
    assert drawn.text[0][0] == "<b>−40</b><br>n 30"
    assert drawn.text[1][0] == "<b>60</b><br>n 1,200"
    assert drawn.text[0][1] == "hidden"
    assert "fewer than 5" in drawn.customdata[0][1]
    assert drawn.z[1][1] is None
    assert drawn.z[0][0] == pytest.approx(-50.0)


def test_heatmap_labels_are_escaped() -> None:
    pairs = pd.DataFrame(
        [("<b>x", "<i>y", 1.0, 0.0, 2.0, 30, "")],
        columns=["size", "industry", "nps", "low", "high", "responses", "hidden"],
    )
    layout = heatmap(pairs, "size", "industry", "light").layout
    assert layout.xaxis.ticktext[0] == "&lt;i&gt;y"
    assert layout.yaxis.ticktext[0] == "&lt;b&gt;x"


def test_before_after_shows_both_windows_with_their_responses() -> None:
    row = pd.Series(
        {
            "before_start": pd.Timestamp("2026-07-15"),
            "before_end": pd.Timestamp("2026-08-11"),
            "before_nps": 40.0,
            "before_low": 35.0,
            "before_high": 45.0,
            "before_responses": 310,
            "after_start": pd.Timestamp("2026-08-12"),
            "after_end": pd.Timestamp("2026-09-08"),
            "after_nps": NAN,
            "after_low": NAN,
            "after_high": NAN,
            "after_responses": 0,
            "verdict": "too few responses",
        }
    )
    said = words(before_after(row, "light"))
    assert said.index("Before") < said.index("15 Jul to 11 Aug") < said.index("40")
    assert "n 310" in said
    assert "No responses" in said
    # Three answered, and their score is kept back.
    said = words(before_after(pd.Series(dict(row) | {"after_responses": 3}), "light"))
    assert "too few responses" in said
    assert "No responses" not in said
