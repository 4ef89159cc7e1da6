"""The address of a wall: what is asked for, and calm about what cannot be."""

import pytest

from nps_app.view.wall.asked import WallAsked, read_asked, within


@pytest.mark.parametrize(
    ("text", "views"),
    [("3,5", (3, 5)), (" 3 , 5 ,", (3, 5)), ("5,3,5", (5, 3)), ("", ()), ("7", (7,))],
)
def test_views_are_numbers_in_their_order(text: str, views: tuple[int, ...]) -> None:
    assert read_asked({"views": text}) == WallAsked(views)


@pytest.mark.parametrize("text", ["abc", "3;5", "-3", "3.5", "1e3", "9" * 30, "²"])
def test_what_is_no_number_is_said(text: str) -> None:
    asked = read_asked({"views": text})
    assert asked.views == ()
    assert len(asked.remarks) == 1


def test_a_list_that_is_partly_good_shows_what_is_good() -> None:
    asked = read_asked({"views": "3,x"})
    assert (asked.views, len(asked.remarks)) == ((3,), 1)


@pytest.mark.parametrize(("text", "every"), [("5", 5), ("3600", 3600), ("", 20)])
def test_seconds_from_five_to_an_hour(text: str, every: int) -> None:
    assert read_asked({"every": text}) == WallAsked(every=every)


@pytest.mark.parametrize("text", ["4", "3601", "0", "-20", "20.5", "nan", "twenty", "٢٠"])
def test_other_times_are_said_and_the_usual_one_taken(text: str) -> None:
    asked = read_asked({"every": text})
    assert (asked.every, len(asked.remarks)) == (20, 1)


def test_a_link_is_as_it_was_made_and_shows_its_own_views_alone() -> None:
    usual = WallAsked((), 60, "light")
    assert read_asked({}, usual) == usual
    assert within((9, 3), (3, 5)) == (3,)
    assert within((9,), ()) == ()


def test_the_data_is_looked_at_every_fifteen_seconds_at_the_least() -> None:
    assert [WallAsked(every=every).refresh for every in (5, 15, 20, 3600)] == [5, 15, 15, 15]


def test_no_display_turns_through_views_without_end() -> None:
    asked = read_asked({"views": ",".join(map(str, range(1, 100)))})
    assert (len(asked.views), len(asked.remarks)) == (24, 1)
