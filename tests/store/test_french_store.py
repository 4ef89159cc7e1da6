"""From the upload to the store in French: refusals, questions, plans, disks; keys stay English."""

import shutil
import subprocess
import sys
import textwrap
from random import Random

import pytest

from nps_app.parsing import parse_upload, upload
from nps_app.store import MeetingNote, SavedView, StoreError, WallLink, open_store
from nps_core.errors import FileRefused
from nps_core.language import speaking

NBSP, THIN = "\u00a0", "\u202f"


def plain(text):
    """The words without regard to which blank stands between them."""
    return str(text).replace(NBSP, " ").replace(THIN, " ")


def refused(data=b"id,score\na,9\n", name="export.csv"):
    with speaking("fr"), pytest.raises(FileRefused) as error:
        parse_upload(data, name)
    return error.value


def failed(attempt):
    with speaking("fr"), pytest.raises(StoreError) as error:
        attempt()
    return plain(error.value)


def test_the_child_refuses_in_the_language_of_whoever_uploads():
    data = b"id,plan\na,Pro\nb,Free\n"
    french = refused(data)
    assert plain(french).startswith(
        "Aucune colonne ne contient de réponses de 0 à 10 à la question de recommandation. "
        "Les colonnes sont « id », « plan »."
    )
    assert french.header == ("id", "plan")
    with pytest.raises(FileRefused, match=r"^No column holds answers from 0 to 10"):
        parse_upload(data, "export.csv")


@pytest.mark.parametrize(
    ("script", "sentence"),
    [
        (
            "import os; os.kill(os.getpid(), 9)",
            "La lecture de ce fichier demande plus de 1 024 Mo de mémoire et a été arrêtée. "
            "Exportez-le de nouveau en CSV, avec moins de colonnes ou sur une période plus courte.",
        ),
        (
            "raise SystemExit(3)",
            "La lecture de ce fichier a échoué de façon imprévue (code 3). Il est peut-être "
            "endommagé. Ouvrez-le dans un tableur, enregistrez-le en CSV et importez ce fichier.",
        ),
    ],
)
def test_a_child_that_was_killed_or_broke_is_told_of_in_french(script, sentence, monkeypatch):
    monkeypatch.setattr(upload, "COMMAND", [sys.executable, "-c", script])
    assert plain(refused()) == sentence


def test_a_child_that_took_too_long_is_told_of_in_french(monkeypatch):
    monkeypatch.setattr(upload, "COMMAND", [sys.executable, "-c", "import time; time.sleep(60)"])
    monkeypatch.setattr(upload, "SECONDS", 2.0)
    assert plain(refused()) == (
        "La lecture de ce fichier a dépassé 2 secondes et a été arrêtée. Exportez-le de nouveau "
        "en CSV, ou divisez-le, et importez-en les parties."
    )


def test_a_file_beyond_the_limit_is_refused_in_french():
    assert plain(refused(bytes(53 * 1024 * 1024 + 52_429))) == (
        "Le fichier fait 53,1 Mo ; 50 Mo au plus sont lus en une fois. Exportez une période plus "
        "courte, ou divisez le fichier, et importez-en les parties."
    )


AMBIGUOUS = (
    b"response_id,responded_at,score\n"
    b"a,03/04/2025,9\nb,05/06/2025,3\nc,07/08/2025,7.5\nd,09/10/2025,10\n"
)


def test_a_question_is_asked_answered_and_imported_in_french_and_kept_without_a_language(store):
    with speaking("fr"):
        with parse_upload(AMBIGUOUS, "mars.csv") as parsed:
            (question,) = parsed.questions
            assert parsed.accepted_rows == 0
        assert plain(question.text).startswith("Les dates de « responded_at » peuvent se lire")
        settled = parsed.mapping.with_answer(question.key, question.options[0])
        with parse_upload(AMBIGUOUS, "mars.csv", mapping=settled) as parsed:
            assert parsed.questions == ()
            assert parsed.rejected["reason"].tolist() == ["score_not_integer"]
            assert store.commit(parsed).new == 3
            store.remember_mapping(parsed.header, parsed.mapping.to_dict())
            header = parsed.header
    assert store.responses().df()["responded_at"].dt.month.tolist() == [4, 6, 10]
    remembered = store.mapping_for(header)
    assert remembered["answers"] == [["date_order", "day_first"]]
    assert remembered["date_order"] == "day_first"
    assert dict(remembered["roles"])["score"] == "score"
    # The next file of the same survey, read by somebody who speaks English.
    with parse_upload(AMBIGUOUS, "april.csv", mapping=remembered) as english:
        assert english.questions == ()
        assert english.mapping == parsed.mapping
        assert store.plan(english).unchanged == 3


def test_a_plan_warns_in_french_of_a_file_that_was_imported_before(store, accepted, month):
    parsed = accepted(month())
    when = store.commit(parsed).imported_at
    with speaking("fr"):
        (warning,) = store.plan(parsed).warnings
    assert warning == f"Ce même fichier a déjà été importé, le {when:%d/%m/%Y}."
    assert store.plan(parsed).warnings == (
        f"This very file was imported before, on {when:%Y-%m-%d}.",
    )


@pytest.mark.parametrize(
    ("rows", "sentence"),
    [
        (1, "1 ligne porte une valeur plus ancienne que celle déjà enregistrée."),
        (2, "2 lignes portent une valeur plus ancienne que celle déjà enregistrée."),
    ],
)
def test_a_plan_counts_older_values_in_french(store, accepted, month, rows, sentence):
    stored = [row | {"updated_at": "2025-06-01"} for row in month()]
    store.commit(accepted(stored))
    older = [row | {"updated_at": "2025-05-01", "score": 10 - row["score"]} for row in stored]
    changed = [row for row in older if row["score"] != 5][:rows]
    with speaking("fr"):
        warnings = store.plan(accepted(changed)).warnings
    assert any(plain(text).startswith(sentence) for text in warnings)


def test_what_an_import_cannot_do_is_said_in_french(store, accepted, month):
    rows = month()
    rows[5]["score"] = 11
    assert failed(lambda: store.commit(accepted(rows))) == (
        "Une note de ce fichier manque ou est hors de l’échelle de 0 à 10. Rien n’a été "
        "enregistré. Vérifiez quelle colonne contient la réponse de 0 à 10."
    )
    assert failed(lambda: store.undo(7)) == (
        "Il n’y a pas d’import numéro 7. Consultez de nouveau la liste."
    )
    undone = store.commit(accepted(month()))
    when = store.undo(undone.id).undone_at
    assert failed(lambda: store.undo(undone.id)) == (
        f"L’import numéro {undone.id} a déjà été annulé le {when:%d/%m/%Y}."
    )


def test_views_walls_and_notes_refuse_in_french(store):
    store.save_view(SavedView("Board"))
    assert failed(lambda: store.save_view(SavedView("BOARD"))).startswith(
        "Une vue nommée « BOARD » existe déjà."
    )
    assert "nom" in failed(lambda: store.create_wall_link(WallLink(" ")))
    store.save_meeting_note(MeetingNote("2026-W46", "mine"))
    assert failed(lambda: store.save_meeting_note(MeetingNote("2026-W46", "theirs"))).startswith(
        "Quelqu’un d’autre a enregistré ces notes"
    )


def test_a_data_file_that_cannot_be_opened_is_told_of_in_french(data_file):
    data_file.parent.mkdir()
    data_file.write_bytes(b"this is no database " * 1000)
    assert failed(lambda: open_store(data_file)) == (
        "Le fichier de données nps.duckdb ne peut pas être lu : il est endommagé ou n’a pas été "
        "écrit par cette application. Rien n’a été modifié. Remettez une sauvegarde à sa place, "
        "ou déplacez-le pour repartir de zéro."
    )


def test_each_reader_of_a_banner_has_it_in_his_language(store, data_file, accepted, month):
    store.commit(accepted(month()))
    aside = data_file.with_name("aside")
    shutil.move(data_file, aside)
    with speaking("fr"):
        french = store.read_only_reason()
    assert french.startswith("Le fichier de données a été supprimé ou remplacé")
    assert store.read_only_reason().startswith("The data file was removed or replaced")
    shutil.move(aside, data_file)
    assert store.read_only_reason() is None


def test_a_full_disk_is_told_of_in_french_and_in_english_to_others(data_file, accepted, month):
    small = accepted(month())
    noise = Random(7)
    large = accepted([row | {"comment": noise.randbytes(99_000).hex()} for row in month(2, 28)])
    script = """
        import resource, sys
        from pathlib import Path
        from types import SimpleNamespace
        from nps_app.store import StoreError, open_store
        from nps_core.language import speak, speaking

        def parsed(path, rows):
            return SimpleNamespace(accepted_path=Path(path), file_name="a.csv", sha256=path,
                                   rows_in=rows, merged_duplicates=0, ignored_blank=0)

        store = open_store(sys.argv[1])
        store.commit(parsed(sys.argv[2], 10))
        store.close()
        store = open_store(sys.argv[1])
        size = Path(sys.argv[1]).stat().st_size
        resource.setrlimit(resource.RLIMIT_FSIZE, (size + 500_000, resource.RLIM_INFINITY))
        speak("fr")
        try:
            store.commit(parsed(sys.argv[3], 28))
        except StoreError as error:
            print(error)
        print(store.read_only_reason())
        with speaking("en"):
            print(store.read_only_reason())
        """
    done = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(script), data_file, *_paths(small, large)],
        capture_output=True,
        encoding="utf-8",
        check=False,
        timeout=60,
        env={"PYTHONUTF8": "1", "PATH": "/usr/bin:/bin"},
    )
    assert done.returncode == 0, done.stderr
    refusal, banner, english = done.stdout.splitlines()
    assert refusal == banner
    assert plain(banner) == (
        "Le disque est plein ou le fichier de données ne peut plus grandir. Tout ce qui est "
        "enregistré reste lisible, rien ne peut être ajouté. Libérez de l’espace ; l’écriture "
        "reprend d’elle-même."
    )
    assert english.startswith("The disk is full or the data file cannot grow.")


def _paths(*parsed):
    return [str(one.accepted_path) for one in parsed]
