"""One sentence tells a product change from its verdict and its rivals, and never names a cause."""

from dataclasses import replace
from datetime import date
from types import SimpleNamespace
from typing import Any

import pandas as pd
import pytest

from nps_app.view.verdict_reached import analyst_sentences, reached
from nps_app.view.verdict_words import summary
from nps_core.measure import ProductChange
from nps_core.measure.judge import ChangeVerdict
from nps_core.measure.rivals import Rival, RivalName, unchecked

NAN, INF = float("nan"), float("inf")
SHIPPED = date(2026, 8, 12)


def rival(
    name: RivalName,
    verdict: Any,
    difference: float,
    low: float,
    high: float,
    *columns: str,
    n: int = 300,
    detail: Any = None,
) -> Rival:
    return Rival(name, verdict, difference, low, high, 0.01, n, n, columns, "", detail)


def others(verdict: str, difference: float, low: float, high: float) -> SimpleNamespace:
    moved = SimpleNamespace(verdict=verdict, difference=difference, low=low, high=high)
    return SimpleNamespace(control=moved)


UP_6 = {"verdict": "up", "total_verdict": "up", "difference": 6.2, "low": 1.3, "high": 11.0}
DOWN_15 = {"verdict": "down", "total_verdict": "down", "difference": -15.1} | {
    "low": -24.9,
    "high": -5.2,
}
UNCLEAR = {"verdict": "no clear change", "total_verdict": "no clear change"} | {
    "difference": 1.0,
    "low": -8.8,
    "high": 10.9,
}
TOO_FEW = {"verdict": "too few responses", "total_verdict": "too few responses"}
SAME_MIX = rival("mix", "up", 6.0, 1.0, 11.0, "company_size")
LOST_MIX = rival("mix", "no clear change", 2.2, -4.0, 8.4, "company_size")
HIDDEN_MIX = rival("mix", "up", 13.8, 4.3, 23.2, "company_size")
STILL = rival("control", "up", 7.0, 1.0, 13.0, detail=others("no clear change", -0.8, -6.0, 4.0))
CHANGE = ProductChange(SHIPPED, "Billing v2", id=3)


def verdict(given: dict[str, Any], **found: Any) -> ChangeVerdict:
    row = {"before_responses": 310, "after_responses": 287, "to_settle": 0.0}
    return ChangeVerdict(
        **{
            "change": CHANGE,
            "row": pd.Series(row | given),
            "mix": (),
            "explained": None,
            "masked": None,
            "trend": unchecked("trend", ""),
            "control": unchecked("control", "made for everybody"),
            "same_people": unchecked("same people", "respondents are not named"),
            "nearby": (),
            "level": 0.95,
        }
        | found
    )


@pytest.mark.parametrize(
    ("given", "found", "sentence"),
    [
        (UP_6, {}, "Up 6 points (1 to 11) since Billing v2."),
        (
            UP_6,
            {"mix": (SAME_MIX,), "control": STILL},
            "Up 6 points (1 to 11) since Billing v2; still up when the mix is held fixed; those it "
            "was not for did not clearly move.",
        ),
        (
            {**UP_6, "verdict": "no clear change"},
            {"mix": (LOST_MIX,), "explained": LOST_MIX},
            "Up 6 points (1 to 11) since Billing v2, but no longer clear when the mix of company "
            "size is held fixed: +2 (−4 to 8).",
        ),
        (
            {**UP_6, "verdict": "no clear change"},
            {"explained": rival("mix", "down", -5.0, -9.0, -1.0, "plan", "persona")},
            "Up 6 points (1 to 11) since Billing v2, but down 5 (−9 to −1) when the mix of plan "
            "and persona is held fixed.",
        ),
        (
            UNCLEAR,
            {"mix": (HIDDEN_MIX,), "masked": HIDDEN_MIX, "trend": unchecked("trend", "")},
            "No clear change since Billing v2: +1 (−9 to 11), but up 14 (4 to 23) when the mix of "
            "company size is held fixed.",
        ),
        (
            # A mix that only weakens a move, without explaining half of it, is said as that.
            UP_6,
            {"mix": (SAME_MIX, rival("mix", "no clear change", 4.5, -0.6, 9.6, "industry"))},
            "Up 6 points (1 to 11) since Billing v2; less sure when the mix of industry is held "
            "fixed: +5 (−1 to 10).",
        ),
        (
            DOWN_15,
            {
                "mix": (rival("mix", "down", -14.0, -23.0, -4.0, "plan"),),
                "trend": rival("trend", "down", -12.8, -20.3, -5.3),
            },
            "Down 15 points (−25 to −5) since Billing v2; still down when the mix is held fixed; "
            "also down beyond the trend it was on.",
        ),
        (
            UP_6,
            {"mix": (SAME_MIX,), "trend": rival("trend", "no clear change", 1.9, -5.0, 8.8)},
            "Up 6 points (1 to 11) since Billing v2; not clear beyond the trend it was on: "
            "+2 (−5 to 9); still up when the mix is held fixed.",
        ),
        (
            UP_6,
            {"trend": rival("trend", "down", -7.0, -12.0, -2.0)},
            "Up 6 points (1 to 11) since Billing v2; down 7 (−12 to −2) beyond the trend it was "
            "on.",
        ),
        (
            UNCLEAR,
            {"trend": rival("trend", "up", 10.0, 1.0, 19.0)},
            "No clear change since Billing v2: +1 (−9 to 11), but up 10 (1 to 19) beyond the trend "
            "it was on.",
        ),
        (
            UP_6,
            {
                "control": rival(
                    "control", "no clear change", 1.0, -6.0, 8.0, detail=others("up", 5, 1, 9)
                )
            },
            "Up 6 points (1 to 11) since Billing v2; those it was not for moved as well: "
            "up 5 (1 to 9).",
        ),
        (
            UP_6,
            {"control": rival("control", "up", 3.0, 1.0, 5.0, detail=others("up", 3, 1, 5))},
            "Up 6 points (1 to 11) since Billing v2; those it was not for moved less: "
            "up 3 (1 to 5).",
        ),
        (
            UP_6,
            {
                "control": rival(
                    "control",
                    "no clear change",
                    3.0,
                    -4.0,
                    10.0,
                    detail=others("no clear change", 3.0, -3.0, 9.0),
                )
            },
            "Up 6 points (1 to 11) since Billing v2; not clearly more than those it was not for: "
            "+3 (−4 to 10).",
        ),
        (
            UP_6,
            {"same_people": rival("same people", "down", -9.0, -16.0, -2.0, n=80)},
            "Up 6 points (1 to 11) since Billing v2; the 80 people who answered before and after "
            "went down 9 (−16 to −2).",
        ),
        (
            # A few people who do not clearly move say little: they are not in the sentence.
            UP_6,
            {"same_people": rival("same people", "no clear change", -9.0, -26.0, 8.0, n=12)},
            "Up 6 points (1 to 11) since Billing v2.",
        ),
        (
            UP_6,
            {
                "mix": (SAME_MIX,),
                "nearby": (
                    ProductChange(date(2026, 7, 20), "Old news"),
                    ProductChange(date(2026, 8, 17), "Dark mode"),
                ),
            },
            "Up 6 points (1 to 11) since Billing v2; “Dark mode” shipped 5 days later; still up "
            "when the mix is held fixed.",
        ),
        (
            UP_6,
            {"nearby": (ProductChange(SHIPPED, "Dark mode"),)},
            "Up 6 points (1 to 11) since Billing v2; “Dark mode” shipped on the same day.",
        ),
        (
            {**UNCLEAR, "to_settle": 1234.0},
            {"nearby": (ProductChange(date(2026, 8, 11), "Dark mode"),)},
            "No clear change since Billing v2: +1 (−9 to 11); about 1,200 more responses would "
            "settle a difference of this size; “Dark mode” shipped 1 day earlier.",
        ),
        (
            {**UNCLEAR, "to_settle": INF},
            {},
            "No clear change since Billing v2: +1 (−9 to 11); a difference this small is not "
            "settled by waiting.",
        ),
        (
            {**TOO_FEW, "before_responses": 4, "after_responses": 7, "to_settle": 60.0},
            {"mix": (rival("mix", "too few responses", NAN, NAN, NAN, "plan"),)},
            "Too few responses to tell since Billing v2: 4 before, 7 after; about 60 more "
            "responses would settle a difference of this size.",
        ),
        (
            {**TOO_FEW, "before_responses": 0, "to_settle": NAN},
            {},
            "Too few responses to tell since Billing v2: 0 before, 287 after.",
        ),
        (
            {**TOO_FEW, "before_responses": 0, "after_responses": 0, "to_settle": NAN},
            {},
            "No responses before or after Billing v2.",
        ),
        (
            {**UP_6, "difference": 1.2, "low": 0.2, "high": 2.2},
            {},
            "Up 1.2 points (0.2 to 2.2) since Billing v2.",
        ),
        (
            {**UP_6, "difference": 1.1, "low": 0.6, "high": 1.7},
            {},
            "Up 1 point (1 to 2) since Billing v2.",
        ),
    ],
)
def test_the_sentence(given: dict[str, Any], found: dict[str, Any], sentence: str) -> None:
    assert summary(verdict(given, **found)) == sentence


def test_a_sentence_has_three_clauses_at_most() -> None:
    full = verdict(
        UP_6,
        mix=(SAME_MIX,),
        control=STILL,
        trend=rival("trend", "up", 6.0, 2.0, 10.0),
        same_people=rival("same people", "up", 9.0, 2.0, 16.0),
        nearby=(ProductChange(SHIPPED, "One"), ProductChange(date(2026, 8, 20), "Two")),
    )
    assert summary(full).count(";") == 2


def test_no_sentence_claims_a_cause() -> None:
    said = summary(verdict(UP_6, mix=(SAME_MIX,), control=STILL)).lower()
    for word in ("because", "caused", "thanks to", "due to", "led to", "raised", "effect"):
        assert word not in said


def test_a_title_cannot_hide_what_stands_around_it() -> None:
    renamed = replace(verdict(UP_6), change=ProductChange(SHIPPED, "v2\u202egnillib\nBilling"))
    assert summary(renamed) == "Up 6 points (1 to 11) since v2\ufffdgnillib Billing."


READ = {
    **UP_6,
    "plain_low": 2.0,
    "plain_high": 10.4,
    "plain_p": 0.004,
    "p": 0.0129,
    "at_least": 2.1,
    "at_most": 10.3,
    "basis": "weeks",
    "factor": 1.364,
    "df": 15.2,
    "placebos": 463,
    "shortened": False,
    "accounts": 133.0,
    "mix_verdict": "too few responses",
    "mix_by": (),
    "mix_difference": NAN,
    "mix_low": NAN,
    "mix_high": NAN,
}


def explained(**given: Any) -> str:
    row = {"before_responses": 310, "after_responses": 287, "to_settle": 0.0}
    return " ".join(reached(pd.Series(row | READ | given)))


def test_how_an_up_was_reached_is_told_with_its_numbers() -> None:
    said = explained()
    assert said.startswith("Up: the 95 % interval of the difference, 1 to 11, lies wholly above 0.")
    assert "on 463 pairs of ordinary windows" in said
    assert "1.36 times that of chance, which alone would give 2 to 10." in said
    assert "With 95 % confidence it is at least +2." in said
    assert "not necessarily moved by it" in said


@pytest.mark.parametrize(
    ("given", "part"),
    [
        ({"basis": "accounts"}, "answers of one account are alike: 133 accounts answered"),
        ({"basis": "chance"}, "463 pairs of ordinary windows, on which nothing shipped, and the"),
        (
            {"basis": "chance", "placebos": 0, "accounts": NAN},
            "chance alone: the history is too short to look at ordinary weeks",
        ),
        ({"shortened": True}, "shorter ones than here as the history is short"),
        (DOWN_15, "Down: the 95 % interval of the difference, −25 to −5, lies wholly below 0."),
        (UNCLEAR, "No clear change: the 95 % interval of the difference, −9 to 11, holds 0."),
        ({**UNCLEAR, "to_settle": 480.0}, "About 480 more responses would settle"),
        (
            {**TOO_FEW, "before_responses": 4},
            "a verdict needs 10 on each side, and there are 4 before and 287 after",
        ),
        (
            {
                "verdict": "no clear change",
                "mix_by": ("company_size",),
                "mix_difference": 2.2,
                "mix_low": -4.0,
                "mix_high": 8.4,
            },
            "with the mix of company size held fixed, +2 (−4 to 8) is left, half of the difference",
        ),
    ],
)
def test_each_reading_is_told(given: dict[str, Any], part: str) -> None:
    assert part in explained(**given)


def test_the_analyst_gets_both_one_sided_limits_and_both_p() -> None:
    counted = {
        f"{side}_{name}": n
        for side, numbers in (("before", (1, 2, 3)), ("after", (4, 5, 6)))
        for name, n in zip(("detractors", "passives", "promoters"), numbers, strict=True)
    }
    said = " ".join(analyst_sentences(pd.Series(READ | counted)))
    assert "at least +2.1" in said
    assert "at most +10.3" in said
    assert "p = 0.0129" in said
    assert "p = 0.0040" in said
    assert "After: 4 detractors, 5 passives, 6 promoters." in said
