"""The Overview says the right numbers in the right words, on data counted by hand."""

import json

from streamlit.testing.v1 import AppTest

from nps_core.measure import ProductChange


def answers(day: str, scores: dict[int, int], **more: object) -> list[dict]:
    """Responses of one day: score to how many."""
    return [
        {"response_id": f"{day}-{score}-{place}-{more}", "responded_at": day, "score": score} | more
        for score, count in scores.items()
        for place in range(count)
    ]


def said(app: AppTest) -> str:
    """Everything written on the page, in one text."""
    return "\n".join([*(m.value for m in app.markdown), *(c.value for c in app.caption)])


def figure(app: AppTest, name: str) -> dict:
    chart = next(c for c in app.get("plotly_chart") if f"chart_{name}" in c.proto.id)
    return json.loads(chart.proto.spec)


def test_an_empty_store_greets_instead_of_showing_zeros(workspace) -> None:
    app = workspace([])
    assert not app.exception
    assert not app.get("plotly_chart")
    assert "No responses yet" in " ".join(s.value for s in app.header)


def test_the_score_stands_with_its_interval_and_n(workspace) -> None:
    # 20 promoters, 10 passives, 10 detractors: NPS 25.
    app = workspace(answers("2026-05-05", {10: 20, 8: 10, 2: 10}))
    assert not app.exception
    text = said(app)
    assert "25" in text.splitlines()
    assert "95 % interval" in text
    assert "40 responses" in text
    assert "25 %" not in text.split("95 % interval")[0]


def test_one_response_shows_n_1_and_no_crash(workspace) -> None:
    app = workspace(answers("2026-05-05", {10: 1}))
    assert not app.exception
    assert "1 response" in said(app)
    assert "100" in said(app).splitlines()


def test_a_filter_that_keeps_nothing_says_no_responses_never_0(workspace) -> None:
    rows = answers("2026-05-05", {10: 5}, company_size="Small", industry="Retail")
    rows += answers("2026-05-05", {3: 5}, company_size="Large", industry="Fintech")
    app = workspace(rows, size="Small", industry="Fintech")
    assert not app.exception
    assert "No responses" in said(app)
    assert "0" not in said(app).splitlines()


def test_responses_without_dates_still_score_and_say_they_have_no_trend(workspace) -> None:
    rows = [{"response_id": str(i), "responded_at": None, "score": 10} for i in range(12)]
    app = workspace(rows)
    assert not app.exception
    assert "100" in said(app).splitlines()
    assert "no trend" in said(app)


def test_the_last_complete_quarter_is_compared_with_the_one_before_by_name(workspace) -> None:
    # Second quarter: 40 - 30 of 100, NPS 10. Third quarter: 70 - 10 of 100, NPS 60.
    rows = answers("2026-05-05", {10: 40, 8: 30, 2: 30})
    rows += answers("2026-08-08", {10: 70, 8: 20, 2: 10})
    text = said(workspace(rows))
    assert "▲ up 50" in text
    assert "Q3 2026 (1 Jul to 30 Sep 2026): NPS 60, n 100" in text
    assert "against Q2 2026 (1 Apr to 30 Jun 2026): NPS 10, n 100" in text


def test_the_period_of_the_comparison_can_be_chosen_by_link(workspace) -> None:
    rows = answers("2026-07-05", {10: 20}) + answers("2026-08-08", {2: 20})
    text = said(workspace(rows, compare="month"))
    assert "▼ down 200" in text
    assert "Aug 2026 (1 Aug to 31 Aug 2026): NPS −100, n 20" in text
    assert "against Jul 2026 (1 Jul to 31 Jul 2026): NPS 100, n 20" in text


def test_a_quarter_without_one_before_is_too_few_responses_not_a_change(workspace) -> None:
    text = said(workspace(answers("2026-05-05", {10: 20})))
    assert "too few responses" in text
    assert "up 100" not in text


def test_the_distribution_and_the_categories_count_every_response(workspace) -> None:
    app = workspace(answers("2026-05-05", {0: 1, 6: 2, 7: 3, 8: 4, 9: 5, 10: 5}))
    bars = figure(app, "nps-scores")["data"][0]
    assert [text.split(": ")[1].split(",")[0] for text in bars["customdata"]] == [
        *("1", "0", "0", "0", "0", "0", "2", "3", "4", "5", "5")
    ]
    names = [trace["name"] for trace in figure(app, "nps-categories")["data"]]
    assert names == ["Promoters", "Passives", "Detractors"]


def test_the_latest_change_shows_both_windows_and_its_verdict(workspace) -> None:
    # 28 days before 1 September: 30 responses at 0. After: 30 at 100.
    rows = answers("2026-08-20", {10: 15, 3: 15}) + answers("2026-09-10", {10: 30})
    changes = (
        ProductChange("2026-01-05", "Old one"),
        ProductChange("2026-09-01", "<img src=x> ![x](http://t.example)"),
    )
    app = workspace(rows, changes)
    text = said(app)
    assert "0 → 100" in text
    assert "▲ up 100" in text
    assert "Old one" not in text
    assert "![x](" not in text
    assert text.count("<img") == text.count("\\<img")
    labels = json.dumps(figure(app, "nps-latest-change")["layout"]["annotations"])
    assert labels.count("n 30") == 2


def test_the_biggest_differences_are_marked_and_small_groups_stay_hidden(workspace) -> None:
    rows = answers("2026-05-05", {10: 90, 2: 10}, company_size="Large")
    rows += answers("2026-05-05", {10: 10, 2: 90}, company_size="Small")
    rows += answers("2026-05-05", {10: 3}, company_size="Tiny")
    rows += answers("2026-05-05", {10: 4}, company_size="Mini")
    app = workspace(rows)
    labels = json.dumps(figure(app, "nps-differences")["layout"]["annotations"])
    assert "\\u25b2 above" in labels
    assert "\\u25bc below" in labels
    assert "Tiny" not in labels
    assert "hidden" in said(app)
    assert "4 comparisons" in said(app)


def test_freshness_names_newest_response_and_last_import_without_running_its_name(
    workspace,
) -> None:
    text = said(workspace(answers("2026-05-05", {10: 20})))
    assert "Newest response 5 May 2026" in text
    assert "last import" in text
    assert "![x](" not in text


def test_benchmarks_can_be_edited_and_are_kept(workspace) -> None:
    app = workspace(answers("2026-05-05", {10: 20, 2: 10}))
    assert "typical SaaS 28 to 31, outstanding 50" in said(app)
    inputs = {field.label: field for field in app.number_input}
    inputs["Typical from"].set_value(40.0)
    inputs["Typical to"].set_value(45.0)
    next(b for b in app.button if b.label == "Save for everybody").click()
    app.run()
    assert not app.exception
    assert "typical SaaS 40 to 45, outstanding 50" in said(app)
