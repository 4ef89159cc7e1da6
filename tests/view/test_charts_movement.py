"""The tables of who moved where: their words, their order, and no colour needed."""

import pandas as pd
import pytest

from nps_app.view.charts.movement import movement as draw
from nps_app.view.charts.movement import score_movement
from nps_core.measure.movement import movement

BEFORE, AFTER = ("2026-01-01", "2026-01-31"), ("2026-02-01", "2026-02-28")


def moved(*pairs: tuple[int, int, int]):
    rows = [(b, a) for b, a, n in pairs for _ in range(n)]
    frame = pd.DataFrame(
        {
            "respondent_id": [f"p{i}" for i in range(len(rows))] * 2,
            "responded_at": pd.to_datetime(["2026-01-09"] * len(rows) + ["2026-02-09"] * len(rows)),
            "score": [b for b, _ in rows] + [a for _, a in rows],
        }
    )
    return movement(frame, BEFORE, AFTER)


FOUND = moved((3, 10, 4), (8, 9, 6), (10, 2, 1), (9, 9, 30), (7, 8, 9))


def test_each_cell_says_its_count_its_share_and_its_direction() -> None:
    cells = draw(FOUND, "light").data[0].text
    # Promoters first: rows before, columns after. 50 respondents.
    assert cells[2][0].startswith("<b>4</b><br>8 %")
    assert "▲ won over" in cells[2][0]
    assert cells[1][0].startswith("<b>6</b><br>12 %")
    assert cells[0][2].startswith("<b>1</b><br>2 %")
    assert "▼ lost" in cells[0][2]
    assert cells[0][0].startswith("<b>30</b><br>60 %")
    assert all("stayed" in cells[i][i] for i in range(3))


def test_axes_name_side_category_and_total() -> None:
    layout = draw(FOUND, "light").layout
    assert list(layout.yaxis.ticktext) == [
        "promoters<br>before · 31",
        "passives<br>before · 15",
        "detractors<br>before · 4",
    ]
    assert layout.xaxis.ticktext[0] == "promoters<br>after · 40"


def test_the_colour_says_the_same_and_who_stayed_is_muted() -> None:
    colour = draw(FOUND, "dark").data[0].z
    assert colour[2][0] > 0 > colour[0][2]
    assert [colour[i][i] for i in range(3)] == [0, 0, 0]


def test_hover_says_the_move_in_words() -> None:
    hover = draw(FOUND, "light").data[0].customdata
    assert hover[2][0] == "4 of 50: detractors, now promoters"


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_scores_have_eleven_rows_ten_first_and_lines_between_categories(theme) -> None:
    figure = score_movement(FOUND, theme)
    cells = figure.data[0].text
    assert list(figure.layout.yaxis.ticktext) == [str(score) for score in range(10, -1, -1)]
    assert cells[7][0] == "4"
    assert cells[2][1] == "6"
    assert cells[0][0] == ""
    assert figure.data[0].customdata[0][8] == "1 went from 10 to 2"
    # Within a category nobody was won over: 7 to 8 keeps the muted colour.
    assert figure.data[0].z[3][2] == 0
    # 9 and 10 are promoters, 7 and 8 passives: lines after the second and the fourth row.
    assert sorted({shape.y0 for shape in figure.layout.shapes if shape.y0 == shape.y1}) == [
        1.5,
        3.5,
    ]


def test_nobody_on_both_sides_is_said() -> None:
    for chart in (draw, score_movement):
        figure = chart(moved(), "light")
        assert figure.layout.annotations[0].text == "Nobody answered both before and after"
        assert not figure.data
