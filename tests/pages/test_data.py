"""The Data page: every row accounted for, nothing imported unseen, everything taken back."""

import pytest
from streamlit.testing.v1 import AppTest

from nps_app.store import open_store

PAGE = "pages/data.py"
CSV = (
    b"Response ID,Date,How likely are you to recommend us?,Comment,Plan\n"
    b"1,2026-03-01,10,![x](http://tracker.example/p.png),Pro\n"
    b"2,2026-03-02,3,<script>alert(1)</script>,Free\n"
    b"3,2026-03-03,eleven,,Pro\n"
    b"4,2026-03-04,9,,Pro\n"
    b",,,,\n"
    b"4,2026-03-04,9,,Pro\n"
)


def upload(app: AppTest, name: str, data: bytes) -> AppTest:
    app.file_uploader[0].set_value([(name, data, "text/csv")])
    app.run()
    assert not app.exception
    return app


def press(app: AppTest, label: str) -> AppTest:
    next(button for button in app.button if button.label == label).click().run()
    assert not app.exception
    return app


def texts(app: AppTest) -> str:
    return "\n".join(element.value for element in app.text)


def stored(tmp_path, app: AppTest) -> list[tuple]:
    """The responses as any other program reads them, past the page's caches."""
    from nps_app.view.widgets.session import current_store

    return sorted(current_store().responses().project("response_id, score").fetchall())


def test_every_row_is_accounted_for_and_nothing_is_stored_before_the_click(workspace, tmp_path):
    app = upload(workspace([], page=PAGE), "march.csv", CSV)
    account = next(m.value for m in app.markdown if "rows in" in m.value)
    assert account.replace("*", "") == (
        "6 rows in = 3 accepted + 1 rejected + 1 merged duplicates + 1 ignored blanks"
    )
    assert stored(tmp_path, app) == []
    press(app, "Import 3 responses")
    assert "march.csv is imported: 3 new, 0 updated" in texts(app)
    assert stored(tmp_path, app) == [("1", 10), ("2", 3), ("4", 9)]


def test_an_import_is_undone_whole(workspace, tmp_path):
    app = press(upload(workspace([], page=PAGE), "march.csv", CSV), "Import 3 responses")
    picker = next(s for s in app.selectbox if s.label == "Import to undo")
    picker.set_value(picker.options[0]).run()
    press(app, "Undo this import")
    press(app, "Undo it")
    assert "is undone" in texts(app)
    assert stored(tmp_path, app) == []


def test_the_same_file_again_has_nothing_to_import(workspace):
    app = press(upload(workspace([], page=PAGE), "march.csv", CSV), "Import 3 responses")
    upload(app, "march again.csv", CSV)
    button = next(button for button in app.button if button.label == "Nothing new to import")
    assert button.disabled


def test_a_person_corrects_the_mapping_and_it_is_remembered_and_can_be_forgotten(
    workspace, tmp_path
):
    data = b"id,first,second\n1,9,2\n2,8,3\n3,10,0\n"
    app = upload(workspace([], page=PAGE), "two.csv", data)
    meaning = next(s for s in app.selectbox if s.label == "Meaning of second")
    meaning.set_value("score").run()
    press(app, "Read the file again with these changes")
    press(app, "Import 3 responses")
    assert [score for _, score in stored(tmp_path, app)] == [2, 3, 0]

    upload(app, "two, next month.csv", data.replace(b"1,9,2", b"7,9,5"))
    assert any("Read as the last file" in caption.value for caption in app.caption)
    meaning = next(s for s in app.selectbox if s.label == "Meaning of second")
    assert meaning.value == "score"
    press(app, "Forget that")
    assert not any("Read as the last file" in caption.value for caption in app.caption)


def test_the_order_of_dates_is_asked_once_and_the_file_is_imported_as_answered(workspace, tmp_path):
    data = b"id,date,score\n1,01/02/2026,9\n2,02/03/2026,8\n3,03/05/2026,3\n4,04/06/2026,10\n"
    app = upload(workspace([], page=PAGE), "dates.csv", data)
    question = next(s for s in app.selectbox if s.label == "Your answer")
    question.set_value("day_first").run()
    press(app, "Read the file again with these changes")
    assert "Read the file again with these changes" not in [b.label for b in app.button]
    press(app, "Import 4 responses")
    from nps_app.view.widgets.session import current_store

    days = current_store().responses().project("responded_at").fetchall()
    assert sorted(f"{day:%m-%d}" for (day,) in days) == ["02-01", "03-02", "05-03", "06-04"]


def test_a_score_column_is_chosen_where_two_are_equally_good(workspace, tmp_path):
    data = b"id,NPS product,NPS service\n" + b"".join(
        b"%d,%d,%d\n" % (i, i % 11, (i * 3) % 11) for i in range(30)
    )
    app = upload(workspace([], page=PAGE), "two.csv", data)
    assert "More than one column" in texts(app)
    picker = next(s for s in app.selectbox if s.label.startswith("Which column holds"))
    picker.set_value("NPS service").run()
    press(app, "Read the file again with these changes")
    press(app, "Import 30 responses")
    scores = dict(stored(tmp_path, app))
    assert [scores[str(i)] for i in range(5)] == [0, 3, 6, 9, 1]


def test_two_columns_with_one_role_are_never_imported(workspace):
    app = upload(workspace([], page=PAGE), "march.csv", CSV)
    meaning = next(s for s in app.selectbox if s.label == "Meaning of Plan")
    meaning.set_value("comment").run()
    assert "both have the role" in texts(app)
    assert not [b for b in app.button if b.label.startswith(("Import", "Read"))]


def test_the_day_given_to_a_file_without_dates_is_not_given_to_the_next_one(workspace, tmp_path):
    from datetime import date

    app = upload(workspace([], page=PAGE), "may.csv", b"id,score\n1,9\n2,8\n3,3\n")
    app.date_input[0].set_value(date(2026, 5, 31)).run()
    press(app, "Read the file again with these changes")
    press(app, "Import 3 responses")
    upload(app, "june.csv", b"id,score\n4,9\n5,8\n6,3\n")
    press(app, "Import 3 responses")
    from nps_app.view.widgets.session import current_store

    rows = current_store().responses().project("response_id, responded_at").fetchall()
    assert {key: day and f"{day:%Y-%m-%d}" for key, day in rows} == {
        **dict.fromkeys("123", "2026-05-31"),
        **dict.fromkeys("456"),
    }


def test_several_files_are_imported_with_one_click_but_for_those_with_a_question(
    workspace, tmp_path
):
    app = workspace([], page=PAGE)
    stars = b"id,score\n" + b"".join(b"s%d,%d\n" % (i, 1 + i % 5) for i in range(30))
    files = [
        ("may.csv", b"id,date,score\na,2026-05-01,9\nb,2026-05-02,3\n", "text/csv"),
        ("stars.csv", stars, "text/csv"),
        ("june.csv", b"id,date,score\nb,2026-05-02,3\nc,2026-06-02,8\n", "text/csv"),
    ]
    app.file_uploader[0].set_value(files)
    app.run()
    press(app, "Import these 2 files")
    assert stored(tmp_path, app) == [("a", 9), ("b", 3), ("c", 8)]
    assert "may.csv is imported: 2 new" in texts(app)
    assert "june.csv is imported: 1 new" in texts(app)
    assert "stars.csv" in texts(app)


def test_what_the_preview_did_not_show_is_not_imported_by_the_same_click(workspace, tmp_path):
    app = workspace([], page=PAGE)
    rows = [f"{i},2026-05-{i + 1:02},{i}" for i in range(10)]
    first = "\n".join(["id,date,score", *rows]).encode()
    edited = first.replace(b"2026-05-10,9", b"2026-05-10,2")
    app.file_uploader[0].set_value(
        [("first.csv", first, "text/csv"), ("edited.csv", edited, "text/csv")]
    )
    app.run()
    press(app, "Import these 2 files")
    assert dict(stored(tmp_path, app))["9"] == 9
    assert "edited.csv is not imported yet: other imports came in between" in texts(app)
    press(app, "Import 1 response")
    assert dict(stored(tmp_path, app))["9"] == 2


def test_ids_of_a_file_without_dates_are_not_those_of_one_with_dates(workspace, tmp_path):
    app = upload(workspace([], page=PAGE), "may.csv", b"id,score\n1,9\n2,8\n3,3\n")
    press(app, "Import 3 responses")
    other = b"id,date,score\n3,2026-05-01,10\n40,2026-05-02,7\n41,2026-05-03,7\n"
    upload(app, "another survey.csv", other)
    assert "looks like another survey" in texts(app)
    name = next(t for t in app.text_input if t.label.startswith("Name of this survey"))
    name.set_value("another").run()
    press(app, "Import 3 responses")
    assert stored(tmp_path, app)[2:4] == [("3", 3), ("3", 10)]


def test_an_import_that_is_stored_is_never_said_not_to_be(workspace, tmp_path, monkeypatch):
    from nps_app.store import StoreError
    from nps_app.store.duckdb_store import DuckDBStore

    def fails(*given):
        raise StoreError("The disk is full.")

    app = upload(workspace([], page=PAGE), "march.csv", CSV)
    monkeypatch.setattr(DuckDBStore, "remember_mapping", fails)
    press(app, "Import 3 responses")
    assert "march.csv is imported: 3 new" in texts(app)
    assert "was not remembered: The disk is full." in texts(app)


def test_undoing_the_sample_takes_its_product_changes_but_not_those_edited(workspace, tmp_path):
    from dataclasses import replace

    from nps_app.view.widgets.session import current_store

    app = press(workspace([], page=PAGE), "Load the sample data")
    first = current_store().changes()[0]
    current_store().save_change(replace(first, note="Ours now"))
    picker = next(s for s in app.selectbox if s.label == "Import to undo")
    picker.set_value(picker.options[0]).run()
    press(app, "Undo this import")
    press(app, "Undo it")
    assert [change.note for change in current_store().changes()] == ["Ours now"]
    press(app, "Load the sample data")
    assert len(current_store().changes()) == 4


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("empty.csv", b""),
        ("photo.csv", b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 8),
        ("page.csv", b"<html><body>![x](http://tracker.example/p.png)</body></html>"),
        ("\u202evsc.exe.csv", b"PK\x03\x04 no archive"),
    ],
)
def test_a_refused_file_gets_a_sentence_without_markup_and_its_name_hides_nothing(
    workspace, name, data
):
    app = upload(workspace([], page=PAGE), name, data)
    assert "Not read: " in texts(app)
    assert "\u202e" not in texts(app)
    assert not app.error
    assert "Import" not in " ".join(button.label for button in app.button)


def test_text_of_a_file_is_never_shown_as_markup(workspace):
    header = (
        b"id,score,![h](http://tracker.example/h.png)\n1,9,![v](http://tracker.example/v.png)\n"
    )
    app = upload(workspace([], page=PAGE), "![n](http://tracker.example/n.png).csv", header)
    marked_up = []
    for _ in ("before the import", "after it"):
        marked_up += [element.value for element in (*app.markdown, *app.caption)]
        marked_up += [w.label for w in (*app.selectbox, *app.multiselect, *app.button)]
        if "Import 1 response" in [button.label for button in app.button]:
            press(app, "Import 1 response")
    assert any("tracker" in text for text in marked_up)
    assert not [text for text in marked_up if "](http" in text]


def test_a_respondent_is_erased_after_a_second_question(workspace, tmp_path):
    rows = [
        {"response_id": f"r{i}", "responded_at": "2026-03-01", "score": i, "respondent_id": who}
        for i, who in enumerate(("ann", "ann", "bob"))
    ]
    app = workspace(rows, page=PAGE)
    next(t for t in app.text_input if t.label.startswith("Respondent id")).set_value("ann").run()
    press(app, "Erase…")
    assert len(stored(tmp_path, app)) == 3
    press(app, "Erase for good")
    assert "2 responses were erased." in texts(app)
    assert stored(tmp_path, app) == [("r2", 2)]


def test_the_sample_data_loads_once_with_its_product_changes(workspace, tmp_path):
    app = press(workspace([], page="pages/overview.py"), "Load the sample data")
    app.switch_page(PAGE).run()
    button = next(b for b in app.button if b.label == "The sample data is loaded")
    assert button.disabled
    from nps_app.view.widgets.session import current_store

    assert len(current_store().changes()) == 4


def test_a_store_another_process_holds_is_said_plainly(workspace, tmp_path, monkeypatch):
    import subprocess
    import sys

    holder = subprocess.Popen(
        [
            *(sys.executable, "-c"),
            "import sys; from nps_app.store import open_store;"
            "s = open_store(sys.argv[1]); print('open', flush=True); input()",
            str(tmp_path / "nps.duckdb"),
        ],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    try:
        assert holder.stdout.readline() == b"open\n"
        app = AppTest.from_file("../../dashboard.py", default_timeout=60).run()
        assert not app.exception
        assert "another process" in texts(app).lower() or "in use" in texts(app).lower()
    finally:
        holder.communicate(b"\n")
    assert open_store(tmp_path / "nps.duckdb").version() >= 0


def test_a_store_that_cannot_be_written_says_so_on_top_and_offers_no_import(workspace, monkeypatch):
    app = workspace([], page=PAGE)
    monkeypatch.setattr(
        "nps_app.store.duckdb_store.DuckDBStore.read_only_reason", lambda self: "The disk is full."
    )
    upload(app, "march.csv", CSV)
    assert any("The disk is full" in w.value.replace("\\", "") for w in app.warning)
    button = next(button for button in app.button if button.label == "Import 3 responses")
    assert button.disabled
