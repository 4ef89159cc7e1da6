"""The numbers of the meeting's report against a plain Python count of the CSV it was made of."""

import csv
from collections import Counter, defaultdict
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
import streamlit as st

from nps_app.parsing import parse_upload
from nps_app.store import open_store
from nps_app.view.tables import count_text, number_text
from nps_app.view.weekly import report
from nps_app.view.weekly.content import KEYS, Report
from nps_app.view.weekly.plan import save_weekly_plan
from nps_app.view.widgets.session import current_store
from nps_core.measure import Filter, ProductChange

SAMPLE = Path(__file__).resolve().parents[2] / "samples" / "responses.csv"
TODAY = date(2026, 11, 22)
SEGMENTS = ("company_size", "industry", "persona", "plan", "country", "language")


@pytest.fixture(scope="module")
def rows() -> list[dict]:
    """Every row of the sample with its day and its score as numbers."""
    with SAMPLE.open(newline="", encoding="utf-8") as file:
        read = list(csv.DictReader(file))
    for row in read:
        row["day"] = datetime.fromisoformat(row["responded_at"]).date()
        row["score"] = int(row["score"])
    return read


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with the sample and one of its product changes."""
    made = tmp_path_factory.mktemp("weekly")
    store = open_store(made / "nps.duckdb")
    with parse_upload(SAMPLE.read_bytes(), SAMPLE.name) as parsed:
        store.commit(parsed)
    store.save_change(ProductChange(date(2026, 9, 15), "Report engine 2"))
    store.close()
    return made


@pytest.fixture(scope="module", autouse=True)
def opened(folder: Path):
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("NPS_DATA", str(folder))
        patch.setattr(report, "today", lambda: TODAY)
        st.cache_data.clear()
        st.cache_resource.clear()
        yield
        current_store().close()
        st.cache_resource.clear()


def nps(scores: list[int]) -> float:
    up = sum(score >= 9 for score in scores)
    down = sum(score <= 6 for score in scores)
    return 100 * (up - down) / len(scores)


def scores(rows: list[dict], first: date, last: date) -> list[int]:
    return [row["score"] for row in rows if first <= row["day"] <= last]


def rounded(value: float) -> str:
    return number_text(value)


def numbers(made: Report, key: str) -> dict[str, tuple[str, str]]:
    return {one.label: (one.value, one.beside) for one in made.section(key).numbers}


PERIODS = [
    ("2026-W40", date(2026, 9, 28), date(2026, 10, 4), date(2026, 9, 21), "week"),
    ("2025-06", date(2025, 6, 1), date(2025, 6, 30), date(2025, 5, 1), "month"),
]


@pytest.mark.parametrize(("key", "first", "last", "before", "every"), PERIODS)
def test_score_volume_and_categories_are_those_of_a_plain_count(
    rows: list[dict], key: str, first: date, last: date, before: date, every: str
) -> None:
    made = report.weekly_report(key)
    assert tuple(section.key for section in made.sections) == KEYS
    now = scores(rows, first, last)
    earlier = scores(rows, before, first - timedelta(days=1))
    found = numbers(made, "where")
    assert found["NPS"][0] == rounded(nps(now))
    assert f"{len(now)} responses" in found["NPS"][1]
    label = f"The {every} before"
    assert found[label][0] == rounded(nps(earlier))
    assert f"{len(earlier)} responses" in found[label][1]
    assert numbers(made, "volume")["Responses"][0] == str(len(now))
    sides = made.section("moved").data
    assert sides is not None
    for place, counted in enumerate((earlier, now)):
        row = sides.iloc[place]
        assert row["promoters"] == sum(score >= 9 for score in counted)
        assert row["passives"] == sum(7 <= score <= 8 for score in counted)
        assert row["detractors"] == sum(score <= 6 for score in counted)
        assert row["nps"] == pytest.approx(nps(counted))
    difference = made.section("moved").tables[0].rows[0][1]
    assert rounded(abs(nps(now) - nps(earlier))) in difference


def test_the_trailing_window_is_twelve_weeks_and_is_compared_with_the_twelve_before(rows) -> None:
    made = report.weekly_report("2026-W40")
    last = date(2026, 10, 4)
    together = scores(rows, last - timedelta(days=83), last)
    before = scores(rows, last - timedelta(days=167), last - timedelta(days=84))
    value, beside = numbers(made, "where")["Last 12 weeks"]
    assert value == rounded(nps(together))
    assert count_text(len(together)) in beside
    row = made.section("moved").tables[0].rows[1]
    assert row[0] == "Last 12 weeks against the 12 before"
    assert row[2] == f"{count_text(len(before))} before, {count_text(len(together))} responses now"


def test_groups_have_the_score_and_the_responses_of_a_plain_count(rows) -> None:
    made = report.weekly_report("2026-W40")
    groups: dict[tuple[str, str | None], list[int]] = defaultdict(list)
    for row in rows:
        if date(2026, 9, 28) <= row["day"] <= date(2026, 10, 4):
            for column in SEGMENTS:
                groups[column, row[column] or None].append(row["score"])
    drawn = made.section("segments").data
    assert drawn is not None
    assert len(drawn) == 8
    for row in drawn.itertuples():
        counted = groups[row.segment, row.value]
        assert row.responses == len(counted)
        assert row.nps == pytest.approx(nps(counted))
    # Every group that is not alone in its column is one comparison; all are corrected together.
    assert f"Of {len(groups)} groups" in made.section("segments").sentences[0]


def test_no_group_under_the_minimum_shows_a_figure(rows) -> None:
    labels = {"company_size": "company size"}
    for key, first in (("2026-W44", date(2026, 10, 26)), ("2025-W01", date(2024, 12, 30))):
        made = report.weekly_report(key)
        sizes: Counter[str] = Counter()
        for row in rows:
            if first <= row["day"] <= first + timedelta(days=6):
                for column in SEGMENTS:
                    sizes[f"{row[column] or 'Unknown'} ({labels.get(column, column)})"] += 1
        small = [group for group, n in sizes.items() if n < 5]
        assert small, "the period has no small group: choose another one"
        for section in (made.section("segments"), made.section("watch")):
            said = "\n".join([*section.sentences, *section.figures, section.alt])
            for group in small:
                assert group not in said
        assert any("not shown" in sentence for sentence in made.section("segments").sentences)


def test_people_are_the_weeks_own_the_lowest_score_and_the_largest_account_first(rows) -> None:
    made = report.weekly_report("2026-W40")
    week = [row for row in rows if date(2026, 9, 28) <= row["day"] <= date(2026, 10, 4)]
    call, win, thank = made.section("people").tables
    kinds = {
        call: ([r for r in week if r["score"] <= 6], lambda r: (r["score"], -float(r["mrr"] or 0))),
        win: ([r for r in week if 7 <= r["score"] <= 8], lambda r: -float(r["mrr"] or 0)),
        thank: (
            [r for r in week if r["score"] >= 9],
            lambda r: (-r["score"], -float(r["mrr"] or 0)),
        ),
    }
    for table, (kind, order) in kinds.items():
        expected = sorted(kind, key=order)[:10]
        shown = [dict(zip(table.header, row, strict=True)) for row in table.rows]
        assert [one["Score"] for one in shown] == [str(row["score"]) for row in expected]
        assert [one["MRR"] for one in shown] == [
            count_text(float(row["mrr"])) if row["mrr"] else "" for row in expected
        ]
        assert table.more == f"{len(kind) - 10} more"
    said = made.section("people").sentences[0]
    assert said == (
        f"{len(kinds[call][0])} detractors to call, {len(kinds[win][0])} passives to win over "
        f"and {len(kinds[thank][0])} promoters to thank."
    )


def test_the_product_change_has_its_windows_counts_and_is_left_out_elsewhere(rows) -> None:
    made = report.weekly_report("2026-W40").section("shipped")
    at = date(2026, 9, 15)
    before = scores(rows, at - timedelta(days=28), at - timedelta(days=1))
    after = scores(rows, at, at + timedelta(days=27))
    title, day, was, is_now, _ = made.tables[0].rows[0]
    assert (title, day) == ("Report engine 2", "15 Sep 2026")
    assert was.startswith(f"{rounded(nps(before))} (")
    assert was.endswith(f"n {count_text(len(before))}")
    assert is_now.startswith(f"{rounded(nps(after))} (")
    assert is_now.endswith(f"n {count_text(len(after))}")
    assert "Report engine 2" in made.sentences[0]
    assert made.links[0].page == "change"
    assert not report.weekly_report("2025-06").section("shipped").tables


def test_usual_volume_is_that_of_the_twelve_weeks_before(rows) -> None:
    section = report.weekly_report("2026-W40").section("volume")
    # Words first, and the last of the weeks they list is the one that is meant.
    assert section.alt.startswith("Responses by week: ")
    assert section.alt.endswith(" (week of 28 Sep 2026)")
    found = numbers(report.weekly_report("2026-W40"), "volume")
    first = date(2026, 9, 28)
    weeks = [
        len(scores(rows, first - timedelta(days=7 * k), first - timedelta(days=7 * k - 6)))
        for k in range(1, 13)
    ]
    assert found["Usual volume"] == (
        rounded(sum(weeks) / 12),
        f"mean of 12, from {min(weeks)} to {max(weeks)}",
    )


def test_a_plan_is_held_against_the_whole_week_and_against_all_responses(rows) -> None:
    n = len(scores(rows, date(2026, 9, 28), date(2026, 10, 4)))
    save_weekly_plan(200)
    said = report.weekly_report("2026-W40").section("volume").sentences
    percent = rounded(100 * n / 200)
    assert f"That is {percent} % of the plan: {n} of 200 planned." in said
    narrowed = report.weekly_report(
        "2026-W40", chosen=Filter(segments={"company_size": ["Small"]})
    ).section("volume")
    assert any(sentence.startswith("Over all responses") for sentence in narrowed.sentences)
    assert f"{n} of 200" in " ".join(narrowed.sentences)
    save_weekly_plan(None)
    unplanned = report.weekly_report("2026-W40").section("volume").sentences
    assert any("No plan was set" in sentence for sentence in unplanned)


def test_a_filter_narrows_every_section_and_its_dates_do_not(rows) -> None:
    chosen = Filter(
        start=date(2026, 10, 1), end=date(2026, 10, 2), segments={"company_size": ["Small"]}
    )
    made = report.weekly_report("2026-W40", chosen=chosen)
    small = [row for row in rows if row["company_size"] == "Small"]
    now = scores(small, date(2026, 9, 28), date(2026, 10, 4))
    value, beside = numbers(made, "where")["NPS"]
    assert value == rounded(nps(now))
    assert f"{len(now)} responses" in beside
    assert "dates of the filter are left aside" in made.view_words
    assert sum(
        int(word) for word in made.section("people").sentences[0].split() if word.isdigit()
    ) == len(now)


def test_a_clear_move_is_taken_apart_into_parts_that_sum_to_it(rows) -> None:
    september = scores(rows, date(2025, 9, 1), date(2025, 9, 30))
    october = scores(rows, date(2025, 10, 1), date(2025, 10, 31))
    change = nps(october) - nps(september)
    sentences = report.weekly_report("2025-10").section("moved").sentences
    assert sentences[0].startswith(f"The NPS moved: down {rounded(abs(change))} (")
    (parts,) = [sentence for sentence in sentences if sentence.startswith("Taken apart by")]
    assert f"{number_text(change, 1)} in all" in parts
