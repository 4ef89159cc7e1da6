"""Weeks at the edges: of the calendar, of the data, of what can be said."""

from datetime import date
from pathlib import Path

import pandas as pd
import pytest
import streamlit as st

from nps_app.catalogues import install_catalogues
from nps_app.store import MeetingNote, open_store
from nps_app.view.weekly import report
from nps_app.view.weekly.content import KEYS, Report
from nps_app.view.weekly.look import usual_period
from nps_app.view.widgets.session import current_store
from nps_core.errors import NpsError
from nps_core.language import speaking
from nps_core.measure import Filter, ProductChange
from tests.storing import commit_rows


def answers(at: str | None, scores: dict[int, int], **more: object) -> list[dict]:
    """Responses of one moment: score to how many."""
    return [
        {"response_id": f"{at}-{score}-{place}-{more}", "responded_at": at, "score": score} | more
        for score, n in scores.items()
        for place in range(n)
    ]


@pytest.fixture
def stored(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """Give `stored(rows, changes, today)`: a store of hand-made responses, open to the report."""
    st.cache_data.clear()
    st.cache_resource.clear()

    def make(
        rows: list[dict],
        changes: tuple[ProductChange, ...] = (),
        today: date = date(2026, 11, 18),
    ) -> None:
        store = open_store(tmp_path / "nps.duckdb")
        commit_rows(store, rows)
        for change in changes:
            store.save_change(change)
        store.close()
        monkeypatch.setenv("NPS_DATA", str(tmp_path))
        monkeypatch.setattr(report, "today", lambda: today)

    yield make
    current_store().close()
    st.cache_resource.clear()


def said(made: Report, key: str) -> str:
    section = made.section(key)
    return "\n".join([*section.sentences, *section.figures])


def test_sunday_2359_ends_its_week_and_the_next_minute_begins_another(stored) -> None:
    stored(answers("2026-11-15 23:59:59.999999", {10: 6}) + answers("2026-11-16 00:00", {0: 7}))
    before, after = report.weekly_report("2026-W46"), report.weekly_report("2026-W47")
    assert (before.first, before.last) == (date(2026, 11, 9), date(2026, 11, 15))
    assert "The NPS of the week is 100" in said(before, "where")
    assert "6 responses" in said(before, "where")
    assert "7 responses this week." in said(after, "volume")


def test_weeks_around_new_year_are_iso_weeks(stored) -> None:
    stored(
        answers("2026-12-31 12:00", {10: 8})
        + answers("2027-01-03 23:00", {10: 4})
        + answers("2027-01-04 00:00", {3: 9}),
        today=date(2027, 1, 13),
    )
    last, first = report.weekly_report("2026-W53"), report.weekly_report("2027-W01")
    assert (last.first, last.last) == (date(2026, 12, 28), date(2027, 1, 3))
    assert "12 responses this week." in said(last, "volume")
    assert "9 responses this week." in said(first, "volume")
    assert "The week before: NPS 100" in said(first, "where")
    assert "8 responses this month." in said(report.weekly_report("2026-12"), "volume")


@pytest.mark.parametrize("period", ["2025-W53", "2026-W54", "2026-13", "46", "", "2026-W1"])
def test_what_is_no_period_is_refused_in_words(stored, period: str) -> None:
    stored(answers("2026-11-10", {10: 5}))
    with pytest.raises(NpsError, match="2026-W46"):
        report.weekly_report(period)


def test_a_week_of_three_shows_no_score_anywhere(stored) -> None:
    stored(answers("2026-11-03", {10: 30, 2: 10}) + answers("2026-11-10", {10: 2, 8: 1}))
    made = report.weekly_report("2026-W46")
    assert made.section("where").sentences[0] == (
        "This week: 3 responses, too few to show a score (under 5)."
    )
    assert made.section("where").numbers[0].value == "–"
    assert "too few responses to tell" in said(made, "moved")
    assert made.section("moved").chart is None
    assert "67" not in said(made, "where") + said(made, "moved") + said(made, "segments")
    assert "2 promoters to thank" in said(made, "people")


def test_an_empty_week_between_others_is_said_to_be_empty(stored) -> None:
    stored(answers("2026-10-27", {10: 20, 2: 5}) + answers("2026-11-10", {10: 20, 2: 5}))
    made = report.weekly_report("2026-W45")
    assert made.section("where").sentences[0] == "No responses this week."
    assert "Nobody answered this week." in said(made, "people")
    assert "No responses this week." in said(made, "volume")
    assert "0" not in [number.value for number in made.section("where").numbers]
    assert tuple(section.key for section in made.sections) == KEYS


def test_the_first_week_has_none_before_it(stored) -> None:
    stored(answers("2026-11-11", {10: 20, 2: 5}))
    made = report.weekly_report("2026-W46")
    assert "no responses from before this week" in said(made, "where")
    assert "The data begins on 11 Nov 2026, after the week does." in said(made, "where")
    assert "What is usual is not known yet: 0 earlier weeks" in said(made, "where")
    # 25 responses are not too few: there is nothing to hold them against.
    assert "no responses from before this week" in said(made, "moved")


def test_groups_too_small_to_compare_are_not_said_to_be_like_the_rest(stored) -> None:
    # Pro and Free have 20 and 15 responses, the other three 7 each: they can be shown, not judged.
    groups = {"Pro": 20, "Free": 15, "A": 7, "B": 7, "C": 7}
    rows = [
        row
        for plan, n in groups.items()
        for row in answers("2026-11-10", {10: n // 2, 2: n - n // 2}, plan=plan)
    ]
    stored(rows)
    assert "None of the 2 groups looked at" in said(report.weekly_report("2026-W46"), "segments")


def test_a_last_month_long_over_is_named_in_words_of_either_language(stored) -> None:
    stored(answers("2026-03-10", {10: 20, 2: 5}) + answers("2026-04-10", {10: 20, 2: 5}))
    assert "while Oct 2026 is the last one over" in said(report.weekly_report("2026-04"), "where")
    with speaking("fr"):
        made = report.weekly_report("2026-04")
    assert "le dernier mois terminé est oct. 2026" in said(made, "where")
    assert "1 mois antérieur a des réponses" in said(made, "where")


def test_under_the_trend_stand_the_months_and_weeks_themselves(stored) -> None:
    stored(answers("2026-03-10", {10: 20, 2: 5}) + answers("2026-04-10", {10: 20, 2: 5}))
    months = report.weekly_report("2026-04")
    for key in ("where", "volume"):
        assert list(months.section(key).chart.layout.xaxis.ticktext) == ["Mar 2026", "Apr 2026"]
    weeks = report.weekly_report("2026-W15").section("where").chart.layout.xaxis
    assert list(weeks.ticktext)[-1] == "6 Apr"


def test_a_clear_drop_is_said_with_its_interval_and_no_cause(stored) -> None:
    weeks = pd.date_range("2026-07-06", "2026-11-02", freq="7D")
    rows = [row for day in weeks for row in answers(f"{day:%Y-%m-%d}", {10: 60, 8: 30, 2: 10})]
    stored(rows + answers("2026-11-10", {10: 20, 8: 30, 2: 50}))
    made = report.weekly_report("2026-W46")
    lead = made.section("moved").sentences[0]
    assert lead.startswith("The NPS moved: down 80 (")
    assert "against the week before" in lead
    assert "below the usual range" in lead
    assert "one time in twenty" in said(made, "moved")


def test_steady_weeks_are_said_to_be_noise(stored) -> None:
    weeks = pd.date_range("2026-07-06", "2026-11-09", freq="7D")
    stored([row for day in weeks for row in answers(f"{day:%Y-%m-%d}", {10: 60, 8: 30, 2: 10})])
    made = report.weekly_report("2026-W46")
    assert made.section("moved").sentences[0] == "Nothing moved beyond noise."
    assert "Nothing in the data asks to be watched." in said(made, "watch")


def test_a_running_week_is_compared_with_no_plan_and_no_usual_week(stored) -> None:
    weeks = pd.date_range("2026-08-03", "2026-11-09", freq="7D")
    rows = [row for day in weeks for row in answers(f"{day:%Y-%m-%d}", {10: 60, 2: 10})]
    stored(rows + answers("2026-11-16", {10: 12}), today=date(2026, 11, 18))
    current_store().set_setting("weekly_plan", 70)
    made = report.weekly_report("2026-W47")
    volume = said(made, "volume")
    assert "The week is still running: 3 days of 7 so far." in volume
    assert "compared with nothing before it is over" in volume
    assert "12 are in so far" in volume
    assert "% of the plan" not in volume
    assert "less than" not in volume
    assert "Fewer" not in volume
    over = said(report.weekly_report("2026-W46"), "volume")
    assert "That is 100 % of the plan: 70 of 70 planned." in over


def test_falling_volume_is_watched_with_its_figures(stored) -> None:
    weeks = list(pd.date_range("2026-08-17", "2026-11-09", freq="7D"))
    rows = []
    for place, day in enumerate(weeks):
        n = 100 if place < len(weeks) - 4 else 40
        rows += answers(f"{day:%Y-%m-%d}", {10: n // 2, 8: n // 2})
    stored(rows)
    watched = said(report.weekly_report("2026-W46"), "watch")
    assert "40 a week over the last 4 whole weeks, 100 over the 9 before; −60 (" in watched


def test_another_mix_of_people_is_watched_with_its_shares(stored) -> None:
    weeks = pd.date_range("2026-08-17", "2026-11-02", freq="7D")
    rows = []
    for day in weeks:
        rows += answers(f"{day:%Y-%m-%d}", {10: 40}, plan="Pro")
        rows += answers(f"{day:%Y-%m-%d}", {10: 40}, plan="Free")
    rows += answers("2026-11-10", {10: 70}, plan="Pro") + answers(
        "2026-11-10", {10: 10}, plan="Free"
    )
    stored(rows)
    watched = said(report.weekly_report("2026-W46"), "watch")
    assert "(plan) gave" in watched
    assert "88 % of the week's 80 responses and 50 % of the 960" in watched or (
        "13 % of the week's 80 responses and 50 % of the 960" in watched
    )


def test_a_change_with_an_open_window_says_how_far_it_is(stored) -> None:
    weeks = pd.date_range("2026-08-03", "2026-11-09", freq="7D")
    rows = [row for day in weeks for row in answers(f"{day:%Y-%m-%d}", {10: 60, 2: 10})]
    title = "![x](http://t.example/p.png) <b>New</b>"
    stored(rows, (ProductChange(date(2026, 10, 29), title),))
    made = report.weekly_report("2026-W46")
    # 29 October to 9 November, the newest response: 12 days.
    assert "Its window is still filling: 12 days of 28 so far." in said(made, "shipped")
    assert "closes on 25 Nov 2026: 12 of 28 days" in said(made, "watch")
    assert made.section("shipped").tables[0].rows[0][0] == title
    assert "No product change is recorded" in said(report.weekly_report("2026-W40"), "shipped")


def test_without_accounts_and_comments_their_columns_are_left_out(stored) -> None:
    stored(answers("2026-11-10", {2: 3, 8: 3, 10: 6}))
    for table in report.weekly_report("2026-W46").section("people").tables:
        assert table.header == ("Score", "Date")


def test_at_most_ten_a_list_and_the_rest_is_counted(stored) -> None:
    stored(
        answers("2026-11-10", {2: 14}, account_id="Low", mrr=10.0)
        + answers("2026-11-10", {2: 1}, account_id="High", mrr=99.5, comment="Too\nslow")
        + answers("2026-11-10", {0: 1}, account_id="Lowest")
    )
    table = report.weekly_report("2026-W46").section("people").tables[0]
    assert len(table.rows) == 10
    assert table.more == "6 more"
    assert [row[0] for row in table.rows[:3]] == ["Lowest", "High", "Low"]
    assert table.rows[1][-1] == "Too slow"


def test_without_any_date_there_is_no_week_but_a_named_one_still_makes_a_report(stored) -> None:
    stored(answers(None, {10: 20, 2: 5}))
    assert usual_period(Filter(), "week") is None
    made = report.weekly_report("2026-W46")
    assert made.section("where").sentences[0] == "No responses this week."
    assert tuple(section.key for section in made.sections) == KEYS


def test_the_last_complete_week_with_responses_is_the_usual_one(stored) -> None:
    stored(answers("2026-10-31", {10: 20}) + answers("2026-11-17", {10: 1}))
    period = usual_period(Filter(), "week", date(2026, 11, 18))
    assert period is not None
    assert period.key == "2026-W44"
    month = usual_period(Filter(), "month", date(2026, 11, 18))
    assert month is not None
    assert month.key == "2026-10"


def test_notes_stand_with_their_week_as_typed(stored) -> None:
    stored(answers("2026-11-10", {10: 20}))
    current_store().save_meeting_note(MeetingNote("2026-W46", "<b>Call</b>\nA", "Ship it"))
    typed = report.weekly_report("2026-W46").section("notes").typed
    assert [one.text for one in typed] == ["<b>Call</b>\nA", "Ship it"]
    assert not any(one.text for one in report.weekly_report("2026-11").section("notes").typed)


def test_in_french_no_sentence_is_left_in_english(stored) -> None:
    install_catalogues()
    weeks = pd.date_range("2026-07-06", "2026-11-02", freq="7D")
    rows = [row for day in weeks for row in answers(f"{day:%Y-%m-%d}", {10: 60, 8: 30, 2: 10})]
    stored(rows + answers("2026-11-10", {10: 20, 8: 30, 2: 50}, account_id="A"))
    english = report.weekly_report("2026-W46")
    with speaking("fr"):
        french = report.weekly_report("2026-W46")
    assert french.title == "Réunion hebdomadaire"
    assert "Semaine du 9 nov. au 15 nov. 2026 (2026-W46)" in french.period_words
    own = {"where", "moved", "segments", "shipped", "people", "volume", "watch"}
    for key in own:
        there = set(english.section(key).sentences) & set(french.section(key).sentences)
        assert not there, f"{key}: not translated: {there}"
        assert english.section(key).heading != french.section(key).heading


def test_a_score_kept_back_stands_in_no_words_and_no_file_of_the_chart(stored) -> None:
    stored(answers("2026-11-03", {10: 30, 2: 10}) + answers("2026-11-10", {10: 3}))
    where = report.weekly_report("2026-W46").section("where")
    assert where.data is not None
    last = where.data.iloc[-1]
    assert last["responses"] == 3
    assert last[["promoters", "detractors", "nps", "low", "high"]].isna().all()
    assert "to – (week of 9 Nov 2026)" in where.alt
    assert where.data["nps"].iloc[0] == pytest.approx(50)


def test_under_a_higher_minimum_what_is_usual_shows_no_score_either(stored) -> None:
    weeks = [f"2026-{day}" for day in ("09-15", "09-22", "09-29", "10-06", "10-13", "10-20")]
    weeks += ["10-27", "11-03"]
    rows = [row for day in weeks[:6] for row in answers(day, {10: 20, 0: 20})]
    rows += [row for day in weeks[6:] for row in answers(f"2026-{day}", {10: 20, 0: 20})]
    rows += answers("2026-09-08", {10: 20, 0: 20}) + answers("2026-11-10", {10: 12})
    stored(rows)
    assert "NPS 100, 12 responses" in said(report.weekly_report("2026-W46"), "moved")
    current_store().set_setting("minimum_responses", 15)
    made = report.weekly_report("2026-W46")
    assert "NPS 100" not in said(made, "moved") + said(made, "where")
    assert "usual" not in said(made, "moved") + said(made, "where")


def test_too_few_to_compare_is_never_blamed_on_the_number_of_comparisons(stored) -> None:
    rows = answers("2026-11-10", {0: 50}, company_size="L")
    rows += answers("2026-11-11", {10: 9}, company_size="M")
    stored(rows + answers("2026-11-03", {10: 6}, company_size="M"))
    made = report.weekly_report("2026-W46")
    assert "not clear after correcting" not in said(made, "watch")
    assert "M (company size) has 9" in said(made, "watch")
    sentences = made.section("segments").sentences
    assert sentences[0] == "No segment has two groups with enough responses to compare."
    assert not any("none of" in sentence for sentence in sentences)


@pytest.mark.parametrize("period", ["9999-12", "9999-W52", "0001-01", "0001-W01"])
def test_periods_at_the_ends_of_the_calendar_are_refused_in_words(stored, period: str) -> None:
    stored(answers("2026-11-10", {10: 5}))
    with pytest.raises(NpsError, match="2026-W46"):
        report.weekly_report(period)


@pytest.mark.parametrize("one", [True, False])
def test_one_account_that_answers_fifty_times_is_no_news_fifty_accounts_are(
    stored, one: bool
) -> None:
    rows = [
        {"responded_at": f"2026-{day}", "score": 10 if n % 2 else 0, "account_id": f"{day}-{n}"}
        for day in ("09-08", "09-15", "09-22", "09-29", "10-06", "10-13", "10-20", "10-27", "11-03")
        for n in range(40)
    ]
    for n in range(62):
        account = "loud" if one and n < 50 else f"A{n}"
        score = 0 if n < 50 else 10
        rows.append({"responded_at": "2026-11-10", "score": score, "account_id": account})
    stored([row | {"response_id": str(n)} for n, row in enumerate(rows)])
    made = report.weekly_report("2026-W46")
    lead = made.section("moved").sentences[0]
    usual = next(line for line in made.section("where").sentences if line.startswith("Ordinary"))
    if one:
        assert lead == "Nothing moved beyond noise."
        assert usual.endswith("once the responses of an account are kept together.")
        assert "● outside" in said(made, "moved")
    else:
        assert "below the usual range" in lead
        assert usual.endswith("below what is usual.")
