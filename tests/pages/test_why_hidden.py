"""Beside every hidden figure: which rule hid it, how many responses are missing, what to do."""

from datetime import date, timedelta

from nps_app.view.hidden_words import Hidden, hidden_line
from nps_core.measure import ProductChange


def rows(sizes: dict[str, int], day: date = date(2026, 3, 1)) -> list[dict]:
    given = [size for size, n in sizes.items() for _ in range(n)]
    return [
        {
            "response_id": f"R{place}",
            "responded_at": day + timedelta(days=place % 20),
            "score": place % 11,
            "company_size": size,
            "industry": "Media",
        }
        for place, size in enumerate(given)
    ]


def said(app) -> str:
    return "\n".join(element.value for element in (*app.text, *app.markdown, *app.caption))


def links(app) -> set[str]:
    return {link.proto.page for link in app.get("page_link")}


def test_a_small_group_says_how_many_are_missing_and_what_it_takes_along(workspace) -> None:
    app = workspace(rows({"Small": 60, "Large": 40, "Tiny": 3}), page="pages/segments.py")
    assert not app.exception
    text = said(app)
    assert "Tiny: 3 of the 5 responses it takes; 2 more are missing." in text
    # Of the two others the smaller one is hidden with it.
    assert "Large: hidden so that Tiny cannot be worked out by subtraction" in text
    assert "Small: hidden" not in text
    assert "The minimum is 5" in text
    assert "segment_builder" in links(app)


def test_the_minimum_said_is_the_one_in_force(workspace) -> None:
    app = workspace(rows({"Small": 60, "Large": 40, "Tiny": 8}), page="pages/segments.py")
    assert "Tiny" not in " ".join(text.value for text in app.text)
    app.number_input(key="minimum_n").set_value(12).run()
    assert "Tiny: 8 of the 12 responses it takes; 4 more are missing." in said(app)


def test_the_overview_says_which_groups_of_which_segment_it_leaves_out(workspace) -> None:
    app = workspace(rows({"Small": 60, "Large": 40, "Tiny": 3}))
    assert "Tiny (company size): 3 of the 5 responses it takes" in said(app)


def test_a_window_that_is_too_small_says_so_beside_its_change(workspace) -> None:
    early = rows({"Small": 3}, date(2026, 2, 20))
    change = ProductChange(date(2026, 3, 1), "New editor")
    late = [row | {"response_id": f"L{row['response_id']}"} for row in rows({"Small": 60})]
    app = workspace([*early, *late], (change,), page="pages/product_changes.py")
    assert not app.exception
    assert "3 of the 5 responses it takes; 2 more are missing." in said(app)
    assert "both sides have 5 responses or more" in said(app)


def test_what_is_hidden_only_to_protect_does_not_say_how_many_it_has() -> None:
    line = hidden_line(Hidden("Empty", 0, "protects", ("Tiny",)), 5)
    assert "Tiny" in line
    assert "0" not in line
    assert hidden_line(Hidden("A", 4), 5).endswith("1 more is missing.")


def test_the_weekly_meeting_says_why_a_score_and_a_window_show_nothing(workspace) -> None:
    # Three in the week of 2 March after 60 in the week before: the week's score is not shown.
    early = [row | {"responded_at": date(2026, 2, 24)} for row in rows({"Small": 60})]
    late = [
        row | {"response_id": f"L{row['response_id']}", "responded_at": date(2026, 3, 4)}
        for row in rows({"Small": 3})
    ]
    change = ProductChange(date(2026, 3, 3), "New editor")
    app = workspace([*early, *late], (change,), page="pages/weekly.py", period="2026-W10")
    assert not app.exception
    text = said(app)
    assert "2 Mar to 8 Mar 2026: 3 of the 5 responses it takes; 2 more are missing." in text
    assert "New editor · After, 3 Mar to 4 Mar 2026: 3 of the 5 responses it takes" in text
    asked = [link.proto.label for link in app.get("page_link") if link.proto.page == "responses"]
    assert any("New editor · Before" in label and label.endswith("· 60") for label in asked)
