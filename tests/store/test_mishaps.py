"""Full disks, crashes, damaged files, second servers: said plainly, nothing lost."""

import shutil
import subprocess
import sys
import textwrap
import threading
import time

import duckdb
import pandas as pd
import pytest

from nps_app.store import StoreError, open_store

PRELUDE = """
import resource, sys
from pathlib import Path
from types import SimpleNamespace
from nps_app.store import StoreError, open_store

def parsed(path, rows):
    return SimpleNamespace(accepted_path=Path(path), file_name="a.csv", sha256=path, rows_in=rows,
                           merged_duplicates=0, ignored_blank=0)

store = open_store(sys.argv[1])
"""


def run(script, *given):
    return subprocess.run(
        [sys.executable, "-c", PRELUDE + textwrap.dedent(script), *map(str, given)],
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )


def many(rows):
    return pd.DataFrame(
        {
            "response_id": [f"B{i}" for i in range(rows)],
            "responded_at": pd.Timestamp("2025-01-01"),
            "score": 9,
            "comment": [f"{i * 7919:x}" * 8 for i in range(rows)],
        }
    )


def test_a_full_disk_turns_the_store_read_only_until_there_is_space(data_file, accepted, month):
    small, large = accepted(month()), accepted(many(100_000))
    done = run(
        """
        store.commit(parsed(sys.argv[2], 10))
        store.close()
        store = open_store(sys.argv[1])
        size = Path(sys.argv[1]).stat().st_size
        resource.setrlimit(resource.RLIMIT_FSIZE, (size + 1_000_000, resource.RLIM_INFINITY))
        frame = store.responses()
        for attempt in range(2):
            try:
                store.commit(parsed(sys.argv[3], 100_000))
            except StoreError as error:
                print(error)
            else:
                print("no error")
        assert store.read_only_reason().startswith("The disk is full")
        assert len(frame.df()) == 10
        assert len(store.responses().df()) == 10
        assert store.plan(parsed(sys.argv[3], 100_000)).new == 100_000
        try:
            store.set_setting("a", 1)
        except StoreError as error:
            print(error)
        resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY,) * 2)
        assert store.commit(parsed(sys.argv[3], 100_000)).new == 100_000
        assert store.read_only_reason() is None
        assert len(store.responses().df()) == 100_010
        store.close()
        """,
        data_file,
        small.accepted_path,
        large.accepted_path,
    )
    assert done.returncode == 0, done.stderr
    assert [line[:17] for line in done.stdout.splitlines()] == ["The disk is full "] * 3
    store = open_store(data_file)
    assert len(store.responses().df()) == 100_010
    store.close()


def test_a_disk_full_while_erasing_hides_the_person_and_finishes_when_there_is_space(
    data_file, accepted, month
):
    rows = month()
    rows[3] |= {"respondent_id": "ann@example.org", "comment": "Ann's very own words"}
    small, large = accepted(rows), accepted(many(20_000))
    done = run(
        """
        import nps_app.store.database as database
        store.commit(parsed(sys.argv[2], 10))
        store.commit(parsed(sys.argv[3], 20_000))
        store.close()
        store = open_store(sys.argv[1])
        size = Path(sys.argv[1]).stat().st_size
        resource.setrlimit(resource.RLIMIT_FSIZE, (size // 2, resource.RLIM_INFINITY))
        try:
            store.erase("ann@example.org")
        except StoreError as error:
            print(error)
        assert store.read_only_reason().startswith("What was erased is hidden already")
        assert "ann@example.org" not in set(store.responses().df()["respondent_id"])
        assert len(store.imports()) == 2
        try:
            store.set_setting("a", 1)
        except StoreError as error:
            print(error)
        store.close()
        store = open_store(sys.argv[1])
        assert len(store.responses().df()) == 20_009
        print(store.read_only_reason())
        resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY,) * 2)
        database.SECONDS_BETWEEN_PROBES = 0.0
        assert store.read_only_reason() is None
        assert len(store.responses().df()) == 20_009
        left = [f.name for f in Path(sys.argv[1]).parent.iterdir()
                if f.is_file() and b"very own words" in f.read_bytes()]
        assert left == [], left
        store.set_setting("a", 1)
        store.close()
        """,
        data_file,
        small.accepted_path,
        large.accepted_path,
    )
    assert done.returncode == 0, done.stderr
    assert [line[:15] for line in done.stdout.splitlines()] == ["What was erased"] * 3


def test_nothing_is_taken_in_while_the_data_file_is_gone_or_another(
    store, data_file, accepted, month
):
    store.commit(accepted(month()))
    aside = data_file.with_name("aside")
    data_file.rename(aside)
    assert "removed or replaced" in store.read_only_reason()
    for attempt in (lambda: store.commit(accepted(month(2))), lambda: store.erase("anyone")):
        with pytest.raises(StoreError, match="removed or replaced"):
            attempt()
    shutil.copy(aside, data_file)
    with pytest.raises(StoreError, match="removed or replaced"):
        store.set_setting("a", 1)
    assert len(store.responses().df()) == 10
    data_file.unlink()
    aside.rename(data_file)
    assert store.read_only_reason() is None
    assert store.commit(accepted(month(2))).new == 10


def test_a_store_that_may_only_be_read_is_read_and_says_so(data_file, accepted, month, monkeypatch):
    store = open_store(data_file)
    store.commit(accepted(month()))
    store.close()
    attach = "ATTACH "

    class OnReadOnlyDisk:
        """The engine on a disk mounted read-only, with the words it has for that."""

        def __init__(self, engine):
            self._engine = engine

        def __getattr__(self, name):
            return getattr(self._engine, name)

        def execute(self, statement):
            if statement.startswith(attach) and "READ_ONLY" not in statement:
                raise duckdb.IOException('Cannot open file "nps.duckdb": Read-only file system')
            return self._engine.execute(statement)

    connect = duckdb.connect
    monkeypatch.setattr(duckdb, "connect", lambda *a, **more: OnReadOnlyDisk(connect(*a, **more)))
    store = open_store(data_file)
    assert "may not write" in store.read_only_reason()
    assert len(store.responses().df()) == 10
    with pytest.raises(StoreError, match="may not write"):
        store.set_setting("a", 1)
    monkeypatch.setattr("nps_app.store.database.SECONDS_BETWEEN_PROBES", 0.0)
    attach = "nothing is refused any more"
    assert store.read_only_reason() is None
    store.set_setting("a", 1)
    store.close()


def test_a_folder_that_cannot_be_made_is_said_plainly(tmp_path):
    (tmp_path / "data").write_text("a file where the folder should be")
    with pytest.raises(StoreError, match="may not be opened or made"):
        open_store(tmp_path / "data" / "nps.duckdb")


def test_space_is_noticed_without_a_write(store, accepted, month, monkeypatch):
    store.commit(accepted(month()))
    store._database._become_read_only()
    assert store.read_only_reason()
    monkeypatch.setattr("nps_app.store.database.SECONDS_BETWEEN_PROBES", 0.0)
    assert store.read_only_reason() is None
    assert store.commit(accepted(month(2))).new == 10


def test_a_crash_during_an_import_leaves_none_of_it(data_file, accepted, month):
    small, large = accepted(month()), accepted(many(100_000))
    done = run(
        """
        import os
        import nps_app.store.imports as imports
        store.commit(parsed(sys.argv[2], 10))
        write = imports.write_staged
        def half(*given):
            write(*given)
            os.kill(os.getpid(), 9)
        imports.write_staged = half
        store.commit(parsed(sys.argv[3], 100_000))
        """,
        data_file,
        small.accepted_path,
        large.accepted_path,
    )
    assert done.returncode == -9
    store = open_store(data_file)
    assert len(store.responses().df()) == 10
    assert [record.id for record in store.imports()] == [1]
    assert store.commit(large).new == 100_000
    store.close()


def test_killed_at_any_moment_the_store_holds_all_of_an_import_or_none(data_file, accepted):
    large = accepted(many(100_000))
    for wait in (0.05, 0.2, 0.4):
        child = subprocess.Popen(
            [
                sys.executable,
                "-c",
                PRELUDE + "print('go', flush=True)\nstore.commit(parsed(sys.argv[2], 100_000))",
                data_file,
                large.accepted_path,
            ],
            stdout=subprocess.PIPE,
        )
        child.stdout.readline()
        time.sleep(wait)
        child.kill()
        child.wait()
        child.stdout.close()
        store = open_store(data_file)
        stored = len(store.responses().df())
        assert stored == (100_000 if store.imports() else 0)
        store.close()


def test_a_file_held_by_another_process_is_said_plainly(store, data_file):
    done = run("", data_file)
    assert "StoreError: The data file nps.duckdb is in use by another program" in done.stderr


def test_a_damaged_file_is_said_plainly_and_left_alone(data_file, accepted, month):
    data_file.parent.mkdir()
    data_file.write_bytes(b"this is no database " * 1000)
    with pytest.raises(StoreError, match=r"nps\.duckdb cannot be read.*backup") as damaged:
        open_store(data_file)
    assert str(data_file.parent) not in str(damaged.value)
    assert data_file.read_bytes() == b"this is no database " * 1000


def test_a_file_cut_short_is_said_plainly(data_file, accepted, month):
    store = open_store(data_file)
    store.commit(accepted(month()))
    store.close()
    data_file.write_bytes(data_file.read_bytes()[:5000])
    with pytest.raises(StoreError):
        open_store(data_file)


def test_scores_off_the_scale_are_refused_whole(store, accepted, month):
    rows = month()
    rows[5]["score"] = 11
    with pytest.raises(StoreError, match="0 to 10"):
        store.commit(accepted(rows))
    with pytest.raises(StoreError, match="whole numbers"):
        store.commit(accepted([row | {"score": 7.5} for row in month()]))
    assert store.imports() == []
    assert store.commit(accepted(month())).new == 10


def test_an_upload_that_is_gone_is_no_full_disk(store, accepted, month, tmp_path):
    parsed = accepted(month())
    parsed.accepted_path.unlink()
    for attempt in (store.plan, store.commit):
        with pytest.raises(StoreError, match="Upload it again"):
            attempt(parsed)
    assert store.read_only_reason() is None
    assert store.commit(accepted(month())).new == 10
    with pytest.raises(StoreError, match="could not be read or written"):
        store.export(tmp_path / "no such folder" / "out.csv")


def test_readers_see_whole_imports_only(store, accepted, month):
    store.commit(accepted(month(1)))
    batches = [accepted(month(number)) for number in range(2, 8)]
    wrong, reads, done = [], [], threading.Event()

    def read():
        while not done.is_set():
            frame = store.responses().df()
            reads.append(len(frame))
            if len(frame) % 10 or frame["response_id"].nunique() != len(frame):
                wrong.append(len(frame))

    readers = [threading.Thread(target=read) for _ in range(8)]
    for reader in readers:
        reader.start()
    for batch in batches:
        store.commit(batch)
    done.set()
    for reader in readers:
        reader.join()
    assert not wrong
    assert len(reads) > 8
    assert len(store.responses().df()) == 70


def test_two_sessions_that_import_at_once_take_turns(store, accepted, month):
    batches = [accepted(month(number)) for number in range(1, 9)]
    writers = [threading.Thread(target=store.commit, args=(batch,)) for batch in batches]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    assert sorted(record.id for record in store.imports()) == list(range(1, 9))
    assert len(store.responses().df()) == 80


def test_what_is_committed_is_there_after_the_process_is_killed(data_file, accepted, month):
    parsed = accepted(month())
    done = run(
        """
        import os
        store.commit(parsed(sys.argv[2], 10))
        os.kill(os.getpid(), 9)
        """,
        data_file,
        parsed.accepted_path,
    )
    assert done.returncode == -9
    copy = data_file.with_name("copy")
    shutil.copytree(data_file.parent, copy)
    store = open_store(copy / "nps.duckdb")
    assert len(store.responses().df()) == 10
    assert store.version() > 0
    store.close()
