"""The waterfall: each row begins where the last ended, and says so in words that fit."""

import re

import pytest

from nps_app.view.charts.waterfall import End, Step, waterfall

NAN = float("nan")
BEFORE = End("Before", "1 Sep to 30 Sep", 28.0, 23.0, 33.0, 945)
AFTER = End("After", "1 Oct to 31 Oct", 18.0, 11.0, 24.0, 691, "down")
STEPS = [
    Step("Small", -3.5, "−14 → −25", "unclear"),
    Step("Enterprise", 2.0, "54 → 60", "clear"),
    Step("Who answered", -8.5, tone="mix"),
]


def bars(figure) -> list:
    return [trace for trace in figure.data if trace.type == "bar"]


def words(figure) -> str:
    return " | ".join(a.text for a in figure.layout.annotations)


def test_each_step_begins_where_the_last_ended_and_the_end_is_reached():
    found = bars(waterfall(BEFORE, AFTER, STEPS, "light"))
    assert [(bar.base[0], bar.x[0]) for bar in found] == [(28, -3.5), (24.5, 2), (26.5, -8.5)]
    dots = [
        t
        for t in waterfall(BEFORE, AFTER, STEPS, "light").data
        if t.type == "scatter" and t.mode == "markers"
    ]
    assert [dot.x[0] for dot in dots] == [28, 18]


def test_the_direction_and_the_clearness_have_colours_of_their_own_and_the_mix_neither():
    up, down = Step("a", 1.0), Step("b", -1.0)
    pale = Step("c", 1.0, tone="unclear"), Step("d", -1.0, tone="unclear")
    mix = Step("e", 1.0, tone="mix"), Step("f", -1.0, tone="mix")
    colours = [
        bar.marker.color for bar in bars(waterfall(BEFORE, AFTER, [up, down, *pale, *mix], "dark"))
    ]
    assert len(set(colours)) == 5
    assert colours[4] == colours[5]


def test_every_row_says_its_number_signed_and_both_ends_their_responses():
    said = words(waterfall(BEFORE, AFTER, STEPS, "light"))
    for text in ("<b>28</b>", "n 945", "−3.5", "−14 → −25", "+2.0", "−8.5", "<b>18</b>", "n 691"):
        assert text in said


def test_a_step_of_nothing_has_its_number_but_no_bar():
    figure = waterfall(BEFORE, AFTER, [Step("Passives", 0.0, "28 → 25 %")], "light")
    assert not bars(figure)
    assert "<b>0.0</b>" in words(figure)


def test_a_side_without_responses_is_words_alone():
    empty = End("Before", "", NAN, NAN, NAN, 0)
    figure = waterfall(empty, AFTER, STEPS, "light")
    assert words(figure) == "No responses"
    assert not figure.data


def test_names_of_a_file_are_text():
    figure = waterfall(BEFORE, AFTER, [Step("<script>x</script>", 1.0)], "light")
    assert "<script" not in str(figure.to_plotly_json())


@pytest.mark.parametrize("width", [300, 326, 520, 1800])
def test_nothing_overlaps_in_a_row_on_a_phone_or_a_wall(width: int):
    steps = [
        Step("Healthcare and life sciences · Österreich", -103.5, "−100 → 100"),
        Step("12 groups too small to show", 100.25, "100 → 98 %"),
    ]
    before = End("Before", "29 Dec to 31 Dec", -100.0, -100.0, -98.0, 1_000_000)
    figure = waterfall(before, AFTER, steps, "light")
    margin = figure.layout.margin
    plot = width - margin.l - margin.r
    assert plot >= 60
    for text in figure.layout.annotations:
        lines = [re.sub("<[^>]*>", "", line) for line in text.text.split("<br>")]
        wide = max(len(line) for line in lines) * text.font.size * 0.52
        left = margin.l + text.x * plot + text.xshift - (wide if text.xanchor == "right" else 0)
        assert left >= 0
        assert left + wide <= width + 2
        if text.x == 0:
            assert left + wide <= margin.l
        else:
            assert left >= margin.l + plot
