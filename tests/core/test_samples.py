"""The committed sample files: reproducible, and counted here with the csv module alone."""

import csv
import hashlib
from collections import Counter
from collections.abc import Callable
from datetime import date, datetime, timedelta
from pathlib import Path

import pandas as pd
import pytest

import nps_core
from samples.generate import sample_files

SAMPLES = Path(__file__).parents[2] / "samples"
Row = dict[str, str]


def _rows() -> list[Row]:
    with (SAMPLES / "responses.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


ROWS = _rows()


def _day(row: Row) -> date:
    return date.fromisoformat(row["responded_at"][:10])


def _hand_count(rows: list[Row]) -> tuple[int, int, int]:
    """Detractors, passives and promoters, one row at a time."""
    detractors = passives = promoters = 0
    for row in rows:
        if row["score"] in ("9", "10"):
            promoters += 1
        elif row["score"] in ("7", "8"):
            passives += 1
        elif row["score"] in ("0", "1", "2", "3", "4", "5", "6"):
            detractors += 1
        else:
            raise AssertionError(row)
    return detractors, passives, promoters


def _hand_nps(rows: list[Row]) -> float:
    detractors, passives, promoters = _hand_count(rows)
    return 100 * (promoters - detractors) / (detractors + passives + promoters)


@pytest.fixture(scope="module")
def accepted() -> pd.DataFrame:
    data = (SAMPLES / "responses.csv").read_bytes()
    intake = nps_core.read_responses(data, "responses.csv")
    assert len(intake.rejected) == intake.merged_duplicates == intake.ignored_blank == 0
    assert intake.rows_in == len(ROWS)
    assert not intake.questions
    return intake.accepted


def test_a_second_run_of_the_generator_writes_the_committed_bytes() -> None:
    for name, content in sample_files().items():
        committed = (SAMPLES / name).read_bytes()
        assert hashlib.sha256(content).digest() == hashlib.sha256(committed).digest(), name


def test_the_sample_is_the_size_and_shape_it_says() -> None:
    assert 11_500 <= len(ROWS) <= 12_500
    assert len({row["account_id"] for row in ROWS}) <= 900
    assert len({row["response_id"] for row in ROWS}) == len(ROWS)
    assert (min(map(_day, ROWS)), max(map(_day, ROWS))) >= (date(2024, 11, 1), date(2026, 10, 29))
    assert max(map(_day, ROWS)) <= date(2026, 10, 31)
    assert {row["survey_type"] for row in ROWS} == {"relational", "transactional"}
    assert {row["language"] for row in ROWS} == {"French", "English"}
    assert 0.3 < sum(not row["comment"] for row in ROWS) / len(ROWS) < 0.6
    assert (SAMPLES / "responses.csv").stat().st_size < 3_000_000


def test_the_total_agrees_with_the_hand_count(accepted: pd.DataFrame) -> None:
    total = nps_core.score(nps_core.tally(accepted)).iloc[0]
    assert (total.detractors, total.passives, total.promoters) == _hand_count(ROWS)
    assert total.responses == len(ROWS)
    assert total.nps == pytest.approx(_hand_nps(ROWS), abs=1e-9)


@pytest.mark.parametrize(
    "column", ["company_size", "industry", "persona", "survey_type", "plan", "country", "language"]
)
def test_every_segment_agrees_with_the_hand_count(accepted: pd.DataFrame, column: str) -> None:
    by_hand = {
        value: _hand_count([row for row in ROWS if row[column] == value])
        for value in {row[column] for row in ROWS}
    }
    scored = nps_core.score(nps_core.tally(accepted, by=[column]), by=[column])
    found = {
        "" if pd.isna(row[column]) else row[column]: (
            row["detractors"],
            row["passives"],
            row["promoters"],
        )
        for row in scored.to_dict("records")
    }
    assert found == by_hand


def _iso_week(row: Row) -> date:
    year, week, _ = _day(row).isocalendar()
    return date.fromisocalendar(year, week, 1)


@pytest.mark.parametrize(
    ("every", "start_of"),
    [
        ("day", _day),
        ("week", _iso_week),
        ("month", lambda row: _day(row).replace(day=1)),
        ("quarter", lambda row: _day(row).replace(month=(_day(row).month - 1) // 3 * 3 + 1, day=1)),
        ("year", lambda row: _day(row).replace(month=1, day=1)),
    ],
)
def test_every_period_agrees_with_the_hand_count(
    accepted: pd.DataFrame, every: str, start_of: Callable[[Row], date]
) -> None:
    by_hand = Counter((start_of(row), int(row["score"])) for row in ROWS)
    counts = nps_core.tally(accepted, every=every)
    found = Counter()
    for row in counts.to_dict("records"):
        found[(row["period"].date(), row["score"])] += row["n"]
    assert found == by_hand


def test_a_filter_of_three_values_agrees_with_the_hand_count(accepted: pd.DataFrame) -> None:
    chosen = [
        row
        for row in ROWS
        if row["company_size"] in ("Enterprise", "Mid-market")
        and row["industry"] in ("Fintech", "")
        and date(2025, 6, 1) <= _day(row) <= date(2026, 5, 31)
    ]
    choice = nps_core.Filter(
        start=date(2025, 6, 1),
        end=date(2026, 5, 31),
        segments={"company_size": ("Enterprise", "Mid-market"), "industry": ("Fintech", None)},
    )
    total = nps_core.score(nps_core.tally(nps_core.apply(accepted, choice))).iloc[0]
    assert (total.detractors, total.passives, total.promoters) == _hand_count(chosen)


def test_each_response_arrives_with_its_own_values(accepted: pd.DataFrame) -> None:
    found = accepted.set_index("response_id")
    for row in ROWS[::997]:
        response = found.loc[row["response_id"]]
        assert response["responded_at"] == datetime.fromisoformat(row["responded_at"][:-1])
        assert response["score"] == int(row["score"])
        assert response["account_id"] == row["account_id"]
        assert response["mrr"] == float(row["mrr"])
        assert ("" if pd.isna(response["comment"]) else response["comment"]) == row["comment"]


def _around(day: date, size: str = "") -> tuple[float, float]:
    """NPS of the 28 days before and the 28 days from a change on, counted by hand."""
    kept = [row for row in ROWS if size in ("", row["company_size"])]
    month = timedelta(days=28)
    return (
        _hand_nps([row for row in kept if day - month <= _day(row) < day]),
        _hand_nps([row for row in kept if day <= _day(row) < day + month]),
    )


@pytest.mark.parametrize(
    ("day", "size", "difference"),
    [
        (date(2025, 3, 11), "Enterprise", 21.0),
        (date(2025, 3, 11), "Small", -3.8),
        (date(2025, 3, 11), "Mid-market", -3.5),
        (date(2025, 9, 30), "", -15.1),
        (date(2026, 3, 17), "", -0.1),
        (date(2026, 9, 15), "", 1.0),
        (date(2026, 9, 15), "Small", 13.5),
        (date(2026, 9, 15), "Mid-market", 13.1),
        (date(2026, 9, 15), "Enterprise", 14.7),
    ],
)
def test_the_differences_the_readme_states_are_those_in_the_file(
    day: date, size: str, difference: float
) -> None:
    before, after = _around(day, size)
    assert after - before == pytest.approx(difference, abs=0.05)


def test_before_after_reads_the_planted_changes_as_the_hand_count_does(
    accepted: pd.DataFrame,
) -> None:
    with (SAMPLES / "product_changes.csv").open(encoding="utf-8", newline="") as file:
        written = list(csv.DictReader(file))
    changes = [
        nps_core.ProductChange(date.fromisoformat(row["date"]), row["title"]) for row in written
    ]
    found = nps_core.before_after(accepted, changes).to_dict("records")
    for row, change in zip(found, changes, strict=True):
        assert (row["before_nps"], row["after_nps"]) == pytest.approx(_around(change.date))
    assert [row["verdict"] for row in found] == [
        "no clear change",
        "down",
        "no clear change",
        "no clear change",
    ]
    scoped = accepted[accepted["company_size"] == "Enterprise"]
    assert nps_core.before_after(scoped, changes[:1])["verdict"].tolist() == ["up"]
