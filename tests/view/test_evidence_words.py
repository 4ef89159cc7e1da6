"""The sentences say what the tables hold, in words of people, and claim no cause."""

from datetime import date

import pandas as pd
import pytest

from nps_app.view.charts.evidence import EvidenceRow, evidence
from nps_app.view.charts.expected import expected
from nps_app.view.evidence_words import (
    HOW_EVIDENCE,
    downloaded_evidence,
    evidence_sentence,
    explained_sentence,
    shown_evidence,
)
from nps_app.view.expected_words import HOW_EXPECTED, expected_sentence
from nps_core.measure.expected import ExpectedRange


def row(values: tuple, difference: float, verdict: str, beyond: bool = True) -> dict:
    return {
        "columns": ("plan", "company_size")[: len(values)],
        "values": values,
        "responses": 1234,
        "nps": -12.4,
        "difference": difference,
        "difference_low": difference - 5,
        "difference_high": difference + 5,
        "p": 0.00001,
        "p_adjusted": 0.00002,
        "verdict": verdict,
        "first_nps": -10.0 if len(values) > 1 else float("nan"),
        "second_nps": 31.5 if len(values) > 1 else float("nan"),
        "p_beyond": float("nan"),
        "beyond": beyond,
    }


TABLE = pd.DataFrame(
    [
        row(("Free",), -20.0, "down"),
        row(("Free", "Small"), -18.0, "down", beyond=False),
        row(("Pro", None), 9.6, "up"),
        row(("Team",), 0.2, "no clear change"),
    ]
)


def test_the_sentence_counts_all_and_names_what_goes_beyond_its_parts():
    assert evidence_sentence(TABLE, 214, 3) == (
        "Of 214 comparisons 3 are clear after correcting for their number. "
        "Below the rest: Free. Above the rest: Pro × Unknown."
    )
    assert explained_sentence(TABLE).startswith("1 clear pair does not go beyond")


def test_nothing_clear_and_nothing_to_compare_are_said():
    quiet = TABLE.iloc[[3]]
    assert evidence_sentence(quiet, 1, 0) == (
        "Of 1 comparison none is clear after correcting for their number."
    )
    assert explained_sentence(quiet) == ""
    assert evidence_sentence(pd.DataFrame(), 0, 0) == "No segment has two groups to compare."


def test_the_table_reads_as_on_the_chart_and_shows_the_parts():
    shown = shown_evidence(TABLE)
    assert shown["Group"].tolist() == ["Free", "Free × Small", "Pro × Unknown", "Team"]
    assert shown["Segment"][1] == "plan × Company size"
    assert shown["Against the rest"].tolist()[:3] == [
        "−20 (−25 to −15)",
        "−18 (−23 to −13)",
        "+10 (5 to 15)",
    ]
    assert shown["Its parts"].tolist() == ["", "Free −10, Small 32", "Pro −10, Unknown 32", ""]
    assert shown["Beyond its parts"].tolist() == ["", "no", "yes", ""]
    assert set(shown["p, corrected"]) == {"<0.0001"}


def test_the_download_is_unrounded_with_a_column_for_each_name():
    kept = downloaded_evidence(TABLE)
    assert kept.columns[:4].tolist() == ["segment_1", "value_1", "segment_2", "value_2"]
    assert kept.loc[2, ["value_1", "value_2"]].tolist() == ["Pro", "Unknown"]
    assert kept.loc[0, ["segment_2", "value_2"]].tolist() == ["", ""]
    assert kept["nps"].tolist() == [-12.4] * 4


def found(**changed) -> ExpectedRange:
    fields = {
        "start": date(2026, 3, 2),
        "end": date(2026, 3, 8),
        "nps": 31.2,
        "responses": 84,
        "expected": 34.0,
        "low": 22.4,
        "high": 46.6,
        "periods": 26,
        "verdict": "no clear change",
        "complete": False,
        "level": 0.95,
    }
    return ExpectedRange(**fields | changed)


@pytest.mark.parametrize(
    ("changed", "running", "words"),
    [
        (
            {},
            True,
            "This week so far: NPS 31 on 84 responses. Ordinary weeks like this one lie between "
            "22 and 47: nothing unusual.",
        ),
        (
            {"nps": -3.0, "verdict": "down"},
            False,
            "Week of 2 Mar to 8 Mar 2026: NPS −3 on 84 responses. Ordinary weeks like this one lie "
            "between 22 and 47: below what is usual.",
        ),
        (
            {"responses": 3, "verdict": "too few responses"},
            True,
            "This week so far: 3 responses, too few to judge (10 are needed).",
        ),
        (
            {"periods": 5, "low": float("nan"), "verdict": "too few responses"},
            True,
            "This week so far: NPS 31 on 84 responses. What is usual is not known yet: 5 earlier "
            "weeks have responses, 8 are needed.",
        ),
    ],
)
def test_a_week_is_told_in_one_breath(changed, running, words):
    assert expected_sentence(found(**changed), "week", running=running) == words


def test_months_are_called_by_their_name():
    said = expected_sentence(found(verdict="up", nps=60.0), "month", running=False)
    assert said.startswith("Mar 2026: NPS 60 on 84 responses. Ordinary months like this one")
    assert said.endswith("above what is usual.")


def test_no_word_claims_a_cause():
    for text in (HOW_EVIDENCE, HOW_EXPECTED):
        assert not {"because", "caused", "due to", "thanks to"} & set(text.lower().split())


def test_the_charts_carry_file_text_as_text_and_stand_without_rows():
    hostile = EvidenceRow("<img src=x>", "%{x}", -5, -9, -1, "down", "−5", "NPS 3<br>n 9", "Free")
    spec = evidence([hostile], "dark", empty="none").to_json()
    assert "<img" not in spec
    assert "No group" in evidence([], "light", empty="No group").to_json()


def test_a_period_of_few_responses_has_a_range_but_no_dot():
    table = pd.DataFrame(
        {
            "period": pd.to_datetime(["2026-03-02", "2026-03-09"]),
            "nps": [20.0, float("nan")],
            "responses": [50, 3],
            "expected": [25.0, 25.0],
            "low": [5.0, -40.0],
            "high": [45.0, 90.0],
            "verdict": ["no clear change", "too few responses"],
            "complete": [True, False],
        }
    )
    figure = expected(table, "light", every="week")
    bars, dots = figure.data[0], figure.data[2]
    assert [base + height for base, height in zip(bars.base, bars.y, strict=True)] == [45, 90]
    assert pd.isna(dots.y[1])
    low, high = figure.layout.yaxis.range
    assert low <= -40
    assert high >= 90
    empty = table.assign(nps=float("nan"), low=float("nan"))
    assert "No responses" in expected(empty, "light", every="week").to_json()
