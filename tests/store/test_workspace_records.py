"""Saved views, wall links and meeting notes: none lost, none opened by the wrong person."""

import hashlib
import os
import re
from dataclasses import replace
from pathlib import Path

import duckdb
import pytest

from nps_app.store import BuiltSegment, MeetingNote, SavedView, StoreError, WallLink, open_store

LATER = ("views", "wall_links", "meeting_notes", "built_segments")
"""Tables that a file of the version before these records does not have."""


def names(store):
    return [view.name for view in store.views()]


def bytes_of(folder: Path) -> bytes:
    return b"".join(path.read_bytes() for path in folder.rglob("*") if path.is_file())


def test_names_of_views_are_unique_whatever_their_case(store):
    saved = store.save_view(SavedView("Équipe Été", query="level=90"))
    for same in ("équipe été", " ÉQUIPE   ÉTÉ "):
        with pytest.raises(StoreError, match="already"):
            store.save_view(SavedView(same))
    assert names(store) == ["Équipe Été"]
    renamed = store.save_view(replace(saved, name="équipe été", query="level=80"))
    assert renamed.id == saved.id
    assert [(view.name, view.query) for view in store.views()] == [("équipe été", "level=80")]
    with pytest.raises(StoreError, match="needs a name"):
        store.save_view(SavedView(" \n "))


def test_a_view_keeps_all_it_was_saved_with(store, data_file):
    saved = store.save_view(SavedView("Board", "trend", "industry=Fintech&from=2025-01-01", True))
    store.close()
    again = open_store(data_file)
    assert again.views() == [saved]
    assert saved.created_at is not None
    assert replace(saved, id=None, created_at=None) == SavedView(
        "Board", "trend", "industry=Fintech&from=2025-01-01", True
    )
    again.close()


def test_the_id_of_a_view_is_never_used_twice(store, data_file):
    first, second = (store.save_view(SavedView(name)) for name in ("One", "Two"))
    store.delete_view(second.id)
    store.delete_view(second.id)
    third = store.save_view(SavedView("Three"))
    assert len({first.id, second.id, third.id}) == 3
    store.delete_view(first.id)
    store.delete_view(third.id)
    store.close()
    again = open_store(data_file)
    fourth = again.save_view(SavedView("One"))
    assert fourth.id not in {first.id, second.id, third.id}
    again.close()


def test_a_view_removed_meanwhile_does_not_come_back_by_being_renamed(store):
    view = store.save_view(SavedView("A", "trend", "size=SMB"))
    store.delete_view(view.id)
    with pytest.raises(StoreError, match="removed meanwhile"):
        store.save_view(replace(view, name="B"))
    assert store.views() == []


def test_pinned_views_stand_first_and_each_part_by_name(store):
    for name, pinned in (("beta", False), ("Zulu", True), ("Alpha", False), ("delta", True)):
        store.save_view(SavedView(name, pinned=pinned))
    assert names(store) == ["delta", "Zulu", "Alpha", "beta"]
    beta = next(view for view in store.views() if view.name == "beta")
    store.save_view(replace(beta, pinned=True))
    assert names(store) == ["beta", "delta", "Zulu", "Alpha"]


def test_a_wall_link_opens_with_its_token_alone(store):
    lobby, token = store.create_wall_link(WallLink("Lobby", (3, 5), 30, "light", "fr"))
    other, another = store.create_wall_link(WallLink("Kitchen"))
    assert store.wall_link(token) == lobby
    assert store.wall_link(another) == other
    assert (lobby.views, lobby.every, lobby.look, lobby.language) == ((3, 5), 30, "light", "fr")
    digest = hashlib.sha256(token.encode()).hexdigest()
    for unknown in ("", "x", token[:-1], token + "A", token.lower(), digest, "é", "%", "\ud800"):
        assert store.wall_link(unknown) is None


def test_a_token_cannot_be_guessed(store):
    tokens = {store.create_wall_link(WallLink(f"Wall {i}"))[1] for i in range(50)}
    assert len(tokens) == 50
    for token in tokens:
        # Six bits a character of base64.
        assert re.fullmatch(r"[A-Za-z0-9_-]+", token)
        assert len(token) * 6 >= 128
    # Were some characters fixed, a place would show a handful of them in fifty tokens.
    assert all(len({token[place] for token in tokens}) > 10 for place in range(22))


def test_the_disk_holds_the_digest_of_a_token_and_never_the_token(store, data_file):
    link, token = store.create_wall_link(WallLink("Lobby"))
    digest = hashlib.sha256(token.encode()).hexdigest().encode()
    assert token.encode() not in bytes_of(data_file.parent)
    store.revoke_wall_link(link.id)
    store.close()
    held = bytes_of(data_file.parent)
    assert token.encode() not in held
    assert digest in held


def test_a_revoked_link_opens_nothing_and_stays_listed(store, data_file):
    first, token = store.create_wall_link(WallLink("Lobby"))
    second, kept = store.create_wall_link(WallLink("Kitchen"))
    store.revoke_wall_link(first.id)
    assert store.wall_link(token) is None
    assert store.wall_link(kept) == second
    revoked = next(link for link in store.wall_links() if link.id == first.id)
    assert revoked.revoked_at is not None
    store.revoke_wall_link(first.id)
    assert [link.revoked_at for link in store.wall_links()] == [None, revoked.revoked_at]
    store.close()
    again = open_store(data_file)
    assert again.wall_link(token) is None
    assert [link.name for link in again.wall_links()] == ["Kitchen", "Lobby"]
    again.close()


def test_a_save_over_someone_elses_newer_notes_is_refused_and_nothing_is_lost(store):
    mine, theirs = store.meeting_note("2026-W46"), store.meeting_note("2026-W46")
    assert (mine.notes, mine.decisions, mine.saved_at) == ("", "", None)
    saved = store.save_meeting_note(replace(theirs, notes="Call Acme", decisions="Ship it"))
    with pytest.raises(StoreError, match="Someone else has saved"):
        store.save_meeting_note(replace(mine, notes="Thank Bolt"))
    assert store.meeting_note("2026-W46") == saved
    after = store.save_meeting_note(replace(saved, notes="Call Acme, thank Bolt"))
    with pytest.raises(StoreError, match="Someone else has saved"):
        store.save_meeting_note(replace(saved, notes="stale"))
    assert store.meeting_note("2026-W46") == after
    assert after.decisions == "Ship it"


def test_notes_stay_with_their_period(store, data_file):
    week = store.save_meeting_note(MeetingNote("2026-W46", "week", ""))
    month = store.save_meeting_note(MeetingNote("2026-10", "", "month"))
    store.close()
    again = open_store(data_file)
    assert again.meeting_note("2026-W46") == week
    assert again.meeting_note("2026-10") == month
    assert again.meeting_note("2026-W45") == MeetingNote("2026-W45")
    # What was read before a restart can still be saved after it.
    assert again.save_meeting_note(replace(week, notes="more")).notes == "more"
    again.close()


def test_what_moves_no_figure_leaves_the_version_as_it_is(store, accepted, month):
    store.commit(accepted(month()))
    before = store.version()
    view = store.save_view(SavedView("Board"))
    link, _ = store.create_wall_link(WallLink("Lobby", (view.id,)))
    store.save_meeting_note(MeetingNote("2026-W46", "notes"))
    store.revoke_wall_link(link.id)
    store.delete_view(view.id)
    assert store.version() == before
    seen = {before}
    for number in (2, 3):
        store.save_view(SavedView(f"View {number}"))
        store.commit(accepted(month(number)))
        assert store.version() not in seen
        assert store.version() > max(seen)
        seen.add(store.version())


def test_a_restart_never_goes_back_to_a_version_that_stood_for_other_data(
    store, data_file, accepted, month
):
    store.commit(accepted(month()))
    first = store.version()
    store.save_view(SavedView("Board"))
    store.commit(accepted(month(2)))
    second = store.version()
    store.save_view(SavedView("Board 2"))
    store.close()
    again = open_store(data_file)
    assert again.version() >= second > first
    again.close()


def test_an_erasure_keeps_every_record(store, data_file, accepted, month):
    store.commit(accepted([row | {"plan": "Pro"} for row in month()]))
    kept = store.save_view(SavedView("Board", "trend", "level=90", True))
    gone = store.save_view(SavedView("Old"))
    store.delete_view(gone.id)
    link, token = store.create_wall_link(WallLink("Lobby", (kept.id,)))
    dead, revoked = store.create_wall_link(WallLink("Old lobby"))
    store.revoke_wall_link(dead.id)
    note = store.save_meeting_note(MeetingNote("2026-W46", "Call Acme", "Ship it"))
    built = store.save_built_segment(BuiltSegment("Paying", "plan", groups=(("Paid", ("Pro",)),)))
    assert store.erase("p3@example.com") == 1
    store.close()
    again = open_store(data_file)
    assert again.views() == [kept]
    assert again.wall_link(token) == link
    assert again.wall_link(revoked) is None
    assert [held.name for held in again.wall_links()] == ["Old lobby", "Lobby"]
    assert again.meeting_note("2026-W46") == note
    assert again.built_segments() == [built]
    # The copied tables have their keys: a record is replaced, not doubled.
    assert again.save_view(replace(kept, query="level=80")).id == kept.id
    assert len(again.views()) == 1
    assert again.save_view(SavedView("New")).id not in {kept.id, gone.id}
    again.save_meeting_note(replace(note, notes="more"))
    assert again.meeting_note("2026-W46").notes == "more"
    again.close()


def of_the_version_before(data_file, accepted, month):
    """A data file as the version without these records left it, with ten responses."""
    store = open_store(data_file)
    store.commit(accepted(month()))
    cursor = store._database.cursor()
    for table in LATER:
        cursor.execute(f"DROP TABLE nps.{table}")
    cursor.close()
    store.close()


def test_a_file_of_the_version_before_opens_and_takes_records(data_file, accepted, month):
    of_the_version_before(data_file, accepted, month)
    store = open_store(data_file)
    assert len(store.responses().df()) == 10
    assert (store.views(), store.wall_links(), store.built_segments()) == ([], [], [])
    view = store.save_view(SavedView("Board"))
    _, token = store.create_wall_link(WallLink("Lobby", (view.id,)))
    store.save_meeting_note(MeetingNote("2026-W46", "notes"))
    store.commit(accepted(month(2)))
    store.close()
    again = open_store(data_file)
    assert names(again) == ["Board"]
    assert again.wall_link(token) is not None
    assert len(again.responses().df()) == 20
    again.close()


class OnReadOnlyDisk:
    """The engine on a disk mounted read-only, with the words it has for that."""

    refuses = True

    def __init__(self, engine):
        self._engine = engine

    def __getattr__(self, name):
        return getattr(self._engine, name)

    def execute(self, statement):
        writing = statement.startswith("ATTACH ") and "READ_ONLY" not in statement
        if writing and OnReadOnlyDisk.refuses:
            raise duckdb.IOException('Cannot open file "nps.duckdb": Read-only file system')
        return self._engine.execute(statement)


def test_a_file_of_the_version_before_is_read_where_nothing_can_be_written(
    data_file, accepted, month, monkeypatch
):
    of_the_version_before(data_file, accepted, month)
    connect = duckdb.connect
    monkeypatch.setattr(duckdb, "connect", lambda *a, **more: OnReadOnlyDisk(connect(*a, **more)))
    monkeypatch.setattr(OnReadOnlyDisk, "refuses", True)
    store = open_store(data_file)
    assert "may not write" in store.read_only_reason()
    assert len(store.responses().df()) == 10
    assert (store.views(), store.wall_links(), store.built_segments()) == ([], [], [])
    assert store.wall_link("any") is None
    assert store.meeting_note("2026-W46") == MeetingNote("2026-W46")
    for attempt in (
        lambda: store.save_view(SavedView("Board")),
        lambda: store.create_wall_link(WallLink("Lobby")),
        lambda: store.save_meeting_note(MeetingNote("2026-W46", "notes")),
    ):
        with pytest.raises(StoreError, match="may not write"):
            attempt()
    # Once it can be written again, without a restart, the records have their tables.
    monkeypatch.setattr(OnReadOnlyDisk, "refuses", False)
    monkeypatch.setattr("nps_app.store.database.SECONDS_BETWEEN_PROBES", 0.0)
    assert store.read_only_reason() is None
    store.save_view(SavedView("Board"))
    assert names(store) == ["Board"]
    store.save_meeting_note(MeetingNote("2026-W46", "notes"))
    store.close()


def test_a_file_of_the_version_before_opens_on_a_full_disk(data_file, accepted, month, monkeypatch):
    of_the_version_before(data_file, accepted, month)
    from nps_app.store.database import Database

    make = Database._make_tables

    def full(database):
        with database.write():
            raise OSError(os.strerror(28))

    monkeypatch.setattr(Database, "_make_tables", full)
    monkeypatch.setattr("nps_app.store.database.has_space", lambda *a, **more: False)
    store = open_store(data_file)
    assert "disk is full" in store.read_only_reason()
    assert len(store.responses().df()) == 10
    assert store.views() == []
    monkeypatch.setattr(Database, "_make_tables", make)
    monkeypatch.setattr("nps_app.store.database.has_space", lambda *a, **more: True)
    assert store.save_view(SavedView("Board")).id == 1
    store.close()
