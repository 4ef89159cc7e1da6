"""Product changes are added, edited, deleted and measured; another tab is never overwritten."""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pandas as pd
import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from nps_app.store import Store
from nps_app.view.widgets.session import current_store
from nps_core.measure import ProductChange
from tests.storing import commit_rows

PAGE = "pages/product_changes.py"
DIALOG = """
import streamlit as st
from nps_app.view.widgets import changes
changes.done_notice()
changes.{name}(*st.session_state["opened"])
"""
SHIPPED = date(2026, 3, 2)
Visit = Callable[..., AppTest]


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Store:
    """Two responses a day: before 2 March one 0 and one 10, from then on two 10; Small only 0."""
    monkeypatch.setenv("NPS_DATA", str(tmp_path))
    st.cache_data.clear()
    st.cache_resource.clear()
    rows = []
    for offset in range(-40, 40):
        day = pd.Timestamp(SHIPPED + timedelta(days=offset, hours=0))
        first = 0 if offset < 0 else 10
        rows += [(day, first, "Enterprise"), (day, 10, "Enterprise"), (day, 0, "Small")]
    frame = pd.DataFrame(rows, columns=["responded_at", "score", "company_size"])
    frame["response_id"] = [f"R{i}" for i in range(len(frame))]
    store = current_store()
    commit_rows(store, frame)
    return store


@pytest.fixture
def visit(store: Store, dashboard: Visit) -> Visit:
    def at(**query: str) -> AppTest:
        app = dashboard(PAGE, **query)
        assert not app.exception
        return app

    return at


def words(app: AppTest) -> str:
    """All the page says, as read: escapes undone."""
    elements = (*app.markdown, *app.caption, *app.text, *app.warning, *app.header, *app.info)
    popovers = [block.proto.popover.label for block in app.get("popover")]
    return "\n".join([*(element.value for element in elements), *popovers]).replace("\\", "")


def test_the_list_begins_empty_and_says_what_to_do(store: Store, visit: Visit) -> None:
    assert "No product changes yet" in words(visit())


def test_a_scoped_change_is_compared_within_its_segments(store: Store, visit: Visit) -> None:
    store.save_change(ProductChange(SHIPPED, "SSO", segments={"company_size": ["Enterprise"]}))
    said = words(visit())
    # By hand, Enterprise alone: 28 days, two a day; before NPS (28 - 28) / 56 = 0, after 100.
    assert "▲ Up 100 points (" in said
    assert "In the 28 days after; 56 responses before, 56 after." in said
    assert "Compared within Company size: Enterprise, whom it was for." in said
    assert "Before: NPS 0 (" in said


def test_an_unscoped_change_is_compared_over_everybody(store: Store, visit: Visit) -> None:
    store.save_change(ProductChange(SHIPPED, "Everything"))
    # Before (28 - 56) / 84 = -33, after (56 - 28) / 84 = 33.
    said = words(visit())
    assert "Up 67 points (" in said
    assert "84 responses before, 84 after" in said


def test_days_and_washout_come_from_the_address(store: Store, visit: Visit) -> None:
    store.save_change(ProductChange(SHIPPED, "Everything"))
    said = words(visit(days="7", washout="3"))
    assert "In the 7 days after a washout of 3; 21 responses before, 21 after." in said


def test_a_window_cut_by_the_end_of_the_data_is_said(store: Store, visit: Visit) -> None:
    store.save_change(ProductChange(SHIPPED + timedelta(days=30), "Late"))
    assert "After window cut to 10 of 28 days: the data ends on 2026-04-10" in words(visit())


def test_the_shared_filter_applies_and_is_named(store: Store, visit: Visit) -> None:
    store.save_change(ProductChange(SHIPPED, "Everything"))
    said = words(visit(size="Small"))
    assert "The filter applies to every comparison (Company size: Small)." in said
    assert "28 responses before, 28 after" in said


def dialog(name: str, opened: ProductChange | None = None) -> AppTest:
    """The page with one of its dialogs open: a test cannot rerun a dialog apart from its page."""
    app = AppTest.from_string(DIALOG.format(name=name), default_timeout=60)
    app.session_state["opened"] = [opened] if opened else []
    return app.run()


def press(app: AppTest, label: str) -> AppTest:
    return next(button for button in app.button if button.label == label).click().run()


def test_adding_a_change_and_taking_it_back(store: Store) -> None:
    app = dialog("add_dialog")
    app.text_input[0].set_value("  Billing   v2 ")
    app.date_input[0].set_value(SHIPPED)
    press(app, "Add")
    assert [(c.date, c.title) for c in store.changes()] == [(SHIPPED, "Billing v2")]
    assert "Added “Billing v2”." in words(app)
    press(app, "Undo")
    assert store.changes() == []


def test_a_change_is_scoped_by_the_values_of_the_data(store: Store) -> None:
    app = dialog("add_dialog")
    app.text_input[0].set_value("SSO")
    app.multiselect[0].set_value(["Small"])
    press(app, "Add")
    assert store.changes()[0].segments == (("company_size", ("Small",)),)


def test_a_change_without_a_title_is_not_saved(store: Store) -> None:
    assert "needs a date and a title" in words(press(dialog("add_dialog"), "Add"))
    assert store.changes() == []


def test_deleting_asks_first_and_can_be_undone(store: Store, visit: Visit) -> None:
    saved = store.save_change(ProductChange(SHIPPED, "SSO", segments={"company_size": ["Small"]}))
    app = visit()
    app.button(key=f"delete_{saved.id}").click().run()
    assert "2 Mar 2026 · SSO" in words(app)
    assert len(store.changes()) == 1
    app = press(dialog("delete_dialog", saved), "Delete")
    assert store.changes() == []
    press(app, "Undo")
    (again,) = store.changes()
    assert replace(again, id=None) == replace(saved, id=None)


def test_editing_saves_the_same_change(store: Store) -> None:
    saved = store.save_change(ProductChange(SHIPPED, "SSO"))
    app = dialog("edit_dialog", saved)
    app.text_input[0].set_value("SSO and audit log")
    press(app, "Save")
    assert store.changes() == [replace(saved, title="SSO and audit log")]


def test_editing_a_change_deleted_in_another_tab_says_so_and_saves_nothing(store: Store) -> None:
    saved = store.save_change(ProductChange(SHIPPED, "SSO"))
    app = dialog("edit_dialog", saved)
    store.delete_change(saved.id or 0)
    assert "deleted in the meantime" in words(press(app, "Save"))
    assert store.changes() == []


def test_deleting_a_change_already_deleted_in_another_tab_says_so(store: Store) -> None:
    saved = store.save_change(ProductChange(SHIPPED, "SSO"))
    app = dialog("delete_dialog", saved)
    store.delete_change(saved.id or 0)
    assert "“SSO” was already deleted." in words(press(app, "Delete"))


def test_editing_a_change_edited_in_another_tab_does_not_overwrite_it(store: Store) -> None:
    saved = store.save_change(ProductChange(SHIPPED, "SSO"))
    app = dialog("edit_dialog", saved)
    theirs = store.save_change(replace(saved, title="Single sign-on"))
    assert "edited in the meantime" in words(press(app, "Save"))
    assert store.changes() == [theirs]


def test_hostile_titles_notes_and_links_are_shown_as_text(store: Store, visit: Visit) -> None:
    hostile = "![x](http://127.0.0.2/p.png)<script>"
    store.save_change(ProductChange(SHIPPED, hostile, note=hostile, link="javascript:alert(1)"))
    store.save_change(ProductChange(SHIPPED, "Fine", link="https://example.org/v2"))
    app = visit()
    for element in (*app.markdown, *app.caption, *app.header):
        assert "![x](" not in element.value
        assert not re.search(r"(?<!\\)<script", element.value)
    links = [link.proto.url for link in app.get("link_button")]
    assert links == ["https://example.org/v2"]


def test_many_changes_come_a_page_at_a_time(store: Store, visit: Visit) -> None:
    store.save_changes(
        [ProductChange(SHIPPED + timedelta(days=i), f"Change {i}") for i in range(23)]
    )
    app = visit()
    assert len([b for b in app.button if b.label == "Edit"]) == 10
    assert app.header[0].value.replace("\\", "") == "Change 22"


def test_a_page_number_past_the_end_shows_changes_all_the_same(store: Store, visit: Visit) -> None:
    store.save_changes(
        [ProductChange(SHIPPED + timedelta(days=i), f"Change {i}") for i in range(12)]
    )
    assert [b for b in visit(page="9").button if b.label == "Edit"]


IMPORT = """
import io
import streamlit as st
from nps_app.view.widgets import changes_upload
class File(io.BytesIO):
    name = "changes.csv"
st.file_uploader = lambda *args, **more: File(st.session_state["file"])
changes_upload.import_dialog()
"""


def test_dates_that_can_be_read_two_ways_are_asked_about_before_the_preview(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    # The script below puts another in its place; afterwards it is again what it was.
    monkeypatch.setattr(st, "file_uploader", st.file_uploader)
    app = AppTest.from_string(IMPORT, default_timeout=60)
    app.session_state["file"] = b"date,title\n03/04/2026,Billing v2\n"
    app.run()
    assert "as in 03/04/2026" in words(app)
    assert not [b for b in app.button if b.label == "Add 1 change"]
    app.radio[0].set_value("month_first").run()
    press(app, "Add 1 change")
    assert [(c.date, c.title) for c in store.changes()] == [(date(2026, 3, 4), "Billing v2")]


def test_a_change_for_a_segment_the_data_lost_does_not_break_the_page(
    store: Store, visit: Visit
) -> None:
    store.save_change(ProductChange(SHIPPED, "Gone", segments={"region": ["EMEA"]}))
    store.save_change(ProductChange(SHIPPED, "There"))
    said = words(visit())
    assert "No responses before or after" in said
    assert "84 responses before" in said


@pytest.mark.parametrize("page", ["pages/product_changes.py", "pages/overview.py"])
def test_a_change_for_a_small_group_does_not_tell_its_nps(workspace, page):
    """Three Tiny responses before, at NPS 33.3, and three after, at NPS -100."""
    made = [
        {
            "response_id": f"{plan}-{side}-{place}",
            "responded_at": day,
            "score": score,
            "plan": plan,
        }
        for plan, scores in (("Tiny", ((10, 10, 0), (0, 0, 0))), ("Big", ((8,) * 20,) * 2))
        for side, day, given in zip("ba", ("2026-03-05", "2026-03-15"), scores, strict=True)
        for place, score in enumerate(given)
    ]
    change = ProductChange(date(2026, 3, 10), "SSO", segments={"plan": ["Tiny"]})
    app = workspace(made, (change,), page=page)
    assert not app.exception
    words = "\n".join(e.value for e in (*app.markdown, *app.caption, *app.text))
    assert "3 responses" in words or page.endswith("overview.py")
    assert not any(figure in words for figure in ("33 →", "NPS 33", "−133", "NPS −100"))
