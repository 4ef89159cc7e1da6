"""The weekly meeting's page: the period of the address, and what is typed on it."""

from datetime import UTC, date, datetime, timedelta

from streamlit.testing.v1 import AppTest

from nps_app.store import MeetingNote
from nps_app.view.widgets.session import current_store
from nps_core.measure import ProductChange

PAGE = "pages/weekly.py"


def answers(day: str, scores: dict[int, int], **more: object) -> list[dict]:
    """Responses of one day: score to how many."""
    return [
        {"response_id": f"{day}-{score}-{place}-{more}", "responded_at": day, "score": score} | more
        for score, count in scores.items()
        for place in range(count)
    ]


def shown(app: AppTest) -> str:
    """Everything written on the page, as its HTML has it."""
    parts = [part.proto.body for part in app.get("html")]
    return "\n".join([*parts, *(one.value for one in app.caption), *(m.value for m in app.info)])


def weeks(first: str, n: int) -> list[dict]:
    start = date.fromisoformat(first)
    days = [start + timedelta(days=7 * step) for step in range(n)]
    return [row for day in days for row in answers(day.isoformat(), {10: 30, 8: 10, 2: 10})]


def test_an_empty_store_greets(workspace) -> None:
    app = workspace([], page=PAGE)
    assert not app.exception
    assert "No responses yet" in " ".join(one.value for one in app.header)


def test_the_page_shows_the_last_week_with_responses_and_says_that_newer_ones_have_none(
    workspace,
) -> None:
    # 30 promoters, 10 passives and 10 detractors a week: NPS 40; the last is 2026-W27.
    app = workspace(weeks("2026-03-02", 18), page=PAGE)
    assert not app.exception
    text = shown(app)
    assert "Week of 29 Jun to 5 Jul 2026 (2026-W27)" in text
    assert "The NPS of the week is 40 (" in text
    assert "50 responses" in text
    assert "Nothing has come in since" in text
    assert "Nothing moved beyond noise." in text
    assert len(app.get("plotly_chart")) >= 3


def test_the_address_names_the_period_and_the_buttons_move_it(workspace) -> None:
    app = workspace(weeks("2026-03-02", 18), page=PAGE, period="2026-W20")
    assert "(2026-W20)" in shown(app)
    app.button(key="weekly_previous").click().run()
    assert "2026-W19" in app.query_params["period"]
    assert "(2026-W19)" in shown(app)
    app.button(key="weekly_next").click().run()
    app.button(key="weekly_next").click().run()
    assert "(2026-W21)" in shown(app)


def test_a_month_can_be_looked_at(workspace) -> None:
    app = workspace(weeks("2026-03-02", 18), page=PAGE, period="2026-05")
    text = shown(app)
    assert "May 2026" in text
    # 4, 11, 18 and 25 May.
    assert "The NPS of the month is 40 (" in text
    assert "200 responses" in text


def test_a_period_that_is_none_is_said_and_the_usual_one_is_shown(workspace) -> None:
    app = workspace(weeks("2026-03-02", 18), page=PAGE, period="2031-W99")
    assert not app.exception
    assert "no week or month of this data" in shown(app)
    assert "(2026-W27)" in shown(app)


def test_without_dates_the_page_says_so(workspace) -> None:
    app = workspace(
        [{"response_id": str(i), "responded_at": None, "score": 9} for i in range(20)], page=PAGE
    )
    assert not app.exception
    assert "no week or month to look at" in shown(app)


def test_text_of_files_and_people_is_never_markup(workspace) -> None:
    evil = "<img src=x onerror=alert(1)>![x](http://t.example/p.png)"
    rows = weeks("2026-03-02", 17)
    for place in range(15):
        rows += answers("2026-06-30", {1: 1}, comment=evil, account_id=evil, plan=evil, n=place)
        rows += answers("2026-06-30", {10: 2}, plan="Pro", n=place)
    app = workspace(rows, (ProductChange(date(2026, 6, 29), evil),), page=PAGE)
    assert not app.exception
    text = "\n".join(part.proto.body for part in app.get("html"))
    assert "<img" not in text
    assert "&lt;img src=x onerror=alert(1)&gt;" in text
    assert not [one for one in app.markdown if "](http" in one.value]


def test_notes_are_kept_with_their_week(workspace, dashboard) -> None:
    app = workspace(weeks("2026-03-02", 18), page=PAGE)
    app.text_area(key="weekly_notes_2026-W27").input("Call the three accounts").run()
    assert "Not saved yet." in shown(app)
    app.button(key="save_weekly_notes").click().run()
    assert not app.error
    assert current_store().meeting_note("2026-W27").notes == "Call the three accounts"
    other = dashboard(PAGE)
    assert other.text_area(key="weekly_notes_2026-W27").value == "Call the three accounts"
    assert "Call the three accounts" in shown(other)
    other.button(key="weekly_previous").click().run()
    assert other.text_area(key="weekly_notes_2026-W26").value == ""


def test_what_somebody_else_saved_is_never_saved_over_and_nothing_typed_is_lost(
    workspace, dashboard
) -> None:
    app = workspace(weeks("2026-03-02", 18), page=PAGE)
    current_store().save_meeting_note(MeetingNote("2026-W27", "Theirs", "Decided"))
    app.text_area(key="weekly_notes_2026-W27").input("Mine").run()
    app.button(key="save_weekly_notes").click().run()
    assert "Someone else has saved these notes" in app.error[0].value
    assert app.text_area(key="weekly_notes_2026-W27").value == "Mine"
    assert current_store().meeting_note("2026-W27").notes == "Theirs"
    assert "Theirs" in [one.value for one in app.text]
    app.button(key="join_weekly_notes").click().run()
    assert app.text_area(key="weekly_notes_2026-W27").value == "Theirs\n\nMine"
    app.button(key="save_weekly_notes").click().run()
    kept = current_store().meeting_note("2026-W27")
    assert (kept.notes, kept.decisions) == ("Theirs\n\nMine", "Decided")


def test_a_draft_stays_while_other_weeks_are_looked_at(workspace) -> None:
    app = workspace(weeks("2026-03-02", 18), page=PAGE)
    app.text_area(key="weekly_decisions_2026-W27").input("Hire").run()
    app.button(key="weekly_previous").click().run()
    app.button(key="weekly_next").click().run()
    assert app.text_area(key="weekly_decisions_2026-W27").value == "Hire"


def test_a_plan_typed_on_the_page_is_held_against_the_week(workspace) -> None:
    app = workspace(weeks("2026-03-02", 18), page=PAGE)
    assert "No plan was set" in shown(app)
    app.number_input(key="weekly_plan_typed").set_value(40)
    form = next(one for one in app.button if one.label == "Save the plan for everybody")
    form.click().run()
    assert "That is 125 % of the plan: 50 of 40 planned." in shown(app)


def test_the_running_week_can_be_picked_and_is_said_to_run(workspace) -> None:
    today = datetime.now(UTC).date()
    rows = weeks("2026-03-02", 18) + answers(today.isoformat(), {10: 6})
    year, week, _ = today.isocalendar()
    app = workspace(rows, page=PAGE, period=f"{year}-W{week:02d}")
    assert "The week is still running" in shown(app)
    assert "compared with nothing before it is over" in shown(app)


def test_the_page_speaks_french(workspace) -> None:
    app = workspace(weeks("2026-03-02", 18), page=PAGE, lang="fr")
    text = shown(app)
    assert "Le NPS de la semaine est de 40" in text
    assert "Rien n’a bougé au-delà du bruit." in text


def test_a_filter_that_keeps_nothing_dated_says_so(workspace) -> None:
    rows = weeks("2026-03-02", 4)
    for row in rows:
        row["company_size"] = "Small"
    rows += [
        {"response_id": f"u{i}", "responded_at": None, "score": 9, "company_size": "Large"}
        for i in range(6)
    ]
    app = workspace(rows, page=PAGE, size="Large")
    assert not app.exception
    assert "no week or month to look at" in shown(app)
