"""What the Planner says fits the figures, one response and no pace included."""

import math
from datetime import date
from types import SimpleNamespace

import pandas as pd
import pytest

from nps_app.view import planner_tables, what_if_words
from nps_app.view import planner_words as words
from nps_app.view.planner_numbers import days_text, until_text
from nps_app.view.queries_planner import Now, Plan
from nps_core.measure.pace import Pace, Wait

TODAY = date(2026, 11, 22)
PACE = Pace(4.0, 360, 90, date(2026, 8, 24), date(2026, 11, 21), 1.0, 12)


def now_of(n: int = 360, pace: Pace | None = PACE, reason: str = "") -> Now:
    recent = pd.Series({"responses": n, "nps": 25.0, "low": 16.4, "high": 33.1})
    return Now(pace, recent, 8.35, n, 0, (0.25, 0.25, 0.5), reason)


def plan_of(**changed) -> Plan:
    usual = {
        "now": now_of(),
        "shares": (0.25, 0.25, 0.5),
        "needed": 1054,
        "missing": 694,
        "missing_wait": Wait(174, 150, 210),
        "needed_wait": Wait(264, 230, 310),
        "each": 1111,
        "each_wait": Wait(278, 240, 330),
        "visible_move": 17.6,
    }
    return Plan(**(usual | changed))


def test_the_recent_days_are_named_with_what_they_brought():
    assert words.now_sentence(now_of()) == (
        "The last 90 days (24 Aug to 21 Nov 2026) brought 360 responses, 4 a day: "
        "their NPS is 25, known to ±8.4 points."
    )
    silent = now_of(0, Pace(0.0, 0, 90, PACE.start, PACE.end, 1.0, 12))
    assert words.now_sentence(silent).endswith("brought no responses.")


def test_what_is_missing_gets_a_date_and_what_is_there_does_not():
    said = words.margin_sentence(plan_of(), 5, TODAY)
    assert "1,054 responses are needed. 694 are still missing." in said
    assert "until 15 May 2027 (likely between 21 Apr 2027 and 20 Jun 2027)" in said
    enough = words.margin_sentence(plan_of(missing=0, missing_wait=Wait(0, 0, 0)), 9, TODAY)
    assert enough.endswith("The 360 at hand are enough.")
    one = words.margin_sentence(plan_of(needed=1, missing=1, missing_wait=None), 50, TODAY)
    assert "1 response is needed. 1 is still missing." in one
    assert one.endswith("So few days or responses do not say how long that takes.")
    undated = plan_of(now=now_of(pace=None), missing_wait=None)
    assert words.margin_sentence(undated, 5, TODAY).endswith("how long that takes is not known.")


@pytest.mark.parametrize(
    ("wait", "said"),
    [
        (Wait(None, None, None), "At the present pace, that many never come in."),
        (Wait(5000, 4000, None), "come in over 10 years"),
        (Wait(10, 8, None), "(likely not before 30 Nov 2026, perhaps much later)"),
        (Wait(1, 1, 1), "come in about 1 day: until 23 Nov 2026."),
        (Wait(900_000, 800_000, None), "come in over 10 years"),
    ],
)
def test_waits_of_any_length_have_words(wait, said):
    assert said in words.move_sentence(plan_of(each_wait=wait), 10, 0.80, TODAY)


def test_the_smallest_move_that_shows_is_named_or_said_not_to_be():
    assert "as the last 90 days brought, moves from 18 points on" in words.visible_sentence(
        plan_of()
    )
    few = plan_of(now=now_of(1), visible_move=math.inf)
    assert words.visible_sentence(few) == (
        "With 1 response before and as many after, no move could be noticed."
    )
    assert words.visible_sentence(plan_of(now=now_of(0))) == ""


def test_an_old_export_is_said_to_be_old():
    assert words.stale_sentence(now_of(), TODAY) == ""
    assert "up to 21 Nov 2026" in words.stale_sentence(now_of(), date(2027, 3, 1))


def supposed(difference: float, of: int = 90):
    found = SimpleNamespace(
        before_nps=25.0,
        after_nps=25 + difference,
        difference=difference,
        people=9,
        of=of,
        responses=360,
        group_before_nps=10.0,
        group_after_nps=20.0,
    )
    return SimpleNamespace(found=found, low=16.4, high=33.1)


def test_a_what_if_says_people_points_and_that_others_stay():
    turn = ("passives", "promoters")
    assert what_if_words.what_if_sentence(supposed(2.5), turn, 10) == (
        "If 10 % of the passives (9 of 90) became promoters and everyone else answered as they "
        "did, the NPS of the 360 chosen responses would rise by 2.5 points, from 25 to 28."
    )
    assert "of Pro (9 of 90)" in what_if_words.what_if_sentence(supposed(2.5), turn, 10, "Pro")
    assert what_if_words.what_if_sentence(supposed(0, of=0), turn, 10) == (
        "There are no passives to win over."
    )
    assert "would stay at 25" in what_if_words.what_if_sentence(supposed(0), turn, 0)


def test_the_move_stands_beside_how_well_the_score_is_known():
    assert "±8.4 points (95 % interval 16 to 33): a move of this size is smaller" in (
        what_if_words.uncertainty_sentence(supposed(2.5))
    )
    assert "is larger than that" in what_if_words.uncertainty_sentence(supposed(12))


def test_the_analysts_table_has_each_method_beside_the_others():
    table = planner_tables.analyst_table(plan_of(), 5, 10, 0.8).set_index("figure")["value"]
    # z^2 V / m^2 = 3.841459 x 0.6875 / 0.0025 = 1056.4
    assert table["responses for the margin, wald"] == 1057
    assert table["responses for the margin, measuringu"] == 1054
    assert table["variance of one response"] == 0.6875


def test_days_without_end_have_no_date():
    assert until_text(float("nan"), TODAY) == "never at this rate"
    assert until_text(10**6, TODAY) == "in over 10 years"
    assert days_text(800) == "2.2 years"
