"""What a reader of French is told about a file, in sentences written here by hand.

Only sentences change with the language: what is recognised, stored and compared does not.
"""

import io
import zipfile

import openpyxl
import pytest

import nps_app  # noqa: F401  installs the catalogues
from nps_core.intake import REASONS, FileRefused, Mapping, NpsError, read_responses
from nps_core.intake.changes_file import read_changes
from nps_core.language import speaking, tr

NBSP, THIN = "\u00a0", "\u202f"


def lines(header, *rows):
    return "\n".join((header, *rows)).encode() + b"\n"


def stars(name):
    """Thirty answers of 1 to 5 under a name."""
    return lines(f"id,day,{name}", *(f"r{i},2025-03-01,{i % 5 + 1}" for i in range(30)))


def refusal(data, name="export.csv", **given):
    with speaking("fr"), pytest.raises(NpsError) as refused:
        read_responses(data, name, **given)
    # Thin and no-break spaces are what `test_catalogues` looks at; here they only hide words.
    return str(refused.value).replace(NBSP, " ").replace(THIN, " ")


def said(data, name="export.csv", **given):
    with speaking("fr"):
        warnings = read_responses(data, name, **given).warnings
    return [text.replace(NBSP, " ").replace(THIN, " ") for text in warnings]


def workbook(**parts):
    held = io.BytesIO()
    openpyxl.Workbook().save(held)
    with zipfile.ZipFile(held, "a", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return held.getvalue()


REFUSED = {
    "no score column": (
        lines("id,plan", "a,Pro", "b,Free"),
        "Aucune colonne ne contient de réponses de 0 à 10 à la question de recommandation. "
        "Les colonnes sont « id », « plan ». Exportez l’enquête avec ses réponses chiffrées, "
        "ou indiquez quelle colonne contient les notes.",
    ),
    "another scale": (
        stars("rating"),
        "La colonne « rating » ne contient pas de réponses de 0 à 10 : elle ressemble à une "
        "échelle de 1 à 5, comme des étoiles (rien au-dessus de 5). Choisissez la colonne des "
        "réponses à la question de recommandation, ou exportez l’enquête avec ses réponses "
        "chiffrées.",
    ),
    "empty": (b" \n", "Le fichier est vide. Exportez-le de nouveau, puis importez-le."),
    "header alone": (
        b"id,score\n",
        "Le fichier n’a aucune ligne de données, seulement un en-tête. Vérifiez la période de "
        "l’export et exportez de nouveau.",
    ),
    "a PDF": (
        b"%PDF-1.7",
        "C’est un PDF, pas un tableau. Exportez l’enquête en CSV ou en XLSX et importez ce "
        "fichier.",
    ),
    "too many columns": (
        lines(",".join(["score", *(f"c{i}" for i in range(1200))]), "9" + "," * 1200),
        "Le fichier compte 1 201 colonnes ; 200 au plus peuvent être importées. Retirez les "
        "colonnes dont vous n’avez pas besoin et exportez de nouveau.",
    ),
    "an open quote": (
        b'id,score,comment\na,9,"' + b"never closed\n" * 200_000,
        "Un guillemet ouvert à la ligne 2 n’est pas fermé.",
    ),
    "a table of counts": (
        lines("score,count", "9,31", "10,40", "3,12"),
        "Le fichier ressemble à un tableau d’effectifs, pas à des réponses individuelles. "
        "La colonne « count » semble dire combien de fois chaque note a été donnée. "
        "Exportez les réponses individuelles.",
    ),
}


@pytest.mark.parametrize("case", REFUSED)
def test_a_refusal_is_said_in_french(case):
    data, sentence = REFUSED[case]
    assert refusal(data).startswith(sentence)


def test_a_file_that_is_too_large_or_would_unpack_to_too_much_is_refused_in_french():
    assert refusal(b"id,score\n" + b"a,9\n" * 13_200_000) == (
        "Le fichier dépasse 50 Mo. Divisez l’export, par année par exemple, et importez-en les "
        "parties."
    )
    bomb = workbook(**{"xl/media/zeros.bin": bytes(320 * 1024 * 1024)})
    assert refusal(bomb, "export.xlsx") == (
        "Une fois décompressé, le classeur occuperait 320 Mo, trop pour sa taille. Sont lus au "
        "plus 300 Mo et 200 fois sa propre taille. Enregistrez la feuille en CSV et importez ce "
        "fichier."
    )


def test_a_column_that_is_not_there_comes_with_the_nearest_name():
    data = lines("id,score", "a,9", "b,3")
    assert refusal(data, mapping={"score": "Scor"}) == (
        "Le fichier n’a pas de colonne « Scor » (vouliez-vous dire « score » ?). Ses colonnes "
        "sont « id », « score ». Choisissez de nouveau les colonnes."
    )
    twice = {"roles": [["id", "responded_at"], ["score", "responded_at"]]}
    assert refusal(data, mapping=twice) == (
        "Les colonnes « id » et « score » ont toutes deux le rôle « date de la réponse ». "
        "Donnez-le à une seule d’entre elles."
    )


@pytest.mark.parametrize("reason", REASONS)
def test_every_reason_has_a_french_sentence(reason):
    with speaking("fr"):
        sentence = tr(REASONS[reason])
    assert sentence != REASONS[reason]
    assert sentence.endswith(".")


def test_the_reasons_met_most_often_read_as_french_people_write():
    with speaking("fr"):
        spoken = {reason: tr(sentence) for reason, sentence in REASONS.items()}
    assert spoken["score_out_of_range"] == (
        f"La note est hors de l’échelle de 0 à 10{THIN}; les notes ne sont jamais ramenées à ses "
        "bornes."
    )
    assert spoken["score_not_integer"] == (
        f"La note n’est pas entière (7,5 par exemple){THIN}; les notes ne sont jamais arrondies."
    )
    assert spoken["date_ambiguous"] == (
        "Le jour et le mois de la date de réponse ne peuvent pas être distingués."
    )


def test_rejected_rows_are_the_same_whatever_is_spoken():
    data = lines(
        "id,day,score", "a,2025-03-01,9", "b,2025-03-02,7.5", "c,soon,3", "d,2025-03-04,11"
    )
    english = read_responses(data, "export.csv")
    with speaking("fr"):
        french = read_responses(data, "export.csv")
    assert french.rejected["reason"].tolist() == [
        "score_not_integer",
        "date_unparseable",
        "score_out_of_range",
    ]
    assert french.rejected.equals(english.rejected)
    assert french.accepted.equals(english.accepted)
    assert french.mapping == english.mapping
    assert (french.header, french.tool) == (english.header, english.tool)


def test_one_row_and_many_are_told_apart():
    head = "id,day,score,mrr"
    one = lines(head, "a,2025-03-01,9,10", "b,2025-03-02,3,lots", "c,2025-03-03,5,20")
    two = lines(head, "a,2025-03-01,9,10", "b,2025-03-02,3,lots", "c,2025-03-03,5,many", "d,,1,20")
    assert "1 cellule de « mrr » sans nombre lisible : laissée vide." in said(one)
    two += b"e,2025-03-04,9,11\n"
    assert "2 cellules de « mrr » sans nombre lisible : laissées vides." in said(two)


def test_thousands_are_parted_as_in_french():
    rows = [f"r{i},2025-03-01,{i % 11},{'x' if i < 1200 else 5}" for i in range(3000)]
    with speaking("fr"):
        warnings = read_responses(lines("id,day,score,mrr", *rows), "export.csv").warnings
    assert any(text.startswith(f"1{THIN}200 cellules de «{NBSP}mrr{NBSP}»") for text in warnings)


AMBIGUOUS = lines("id,responded_at,score", "a,03/04/2025,9", "b,05/06/2025,3", "c,07/08/2025,10")


def test_a_question_about_dates_is_asked_and_answered_in_french():
    with speaking("fr"):
        asked = read_responses(AMBIGUOUS, "export.csv")
        (question,) = asked.questions
        assert (question.key, question.options) == ("date_order", ("day_first", "month_first"))
        assert question.text.replace(NBSP, " ").replace(THIN, " ") == (
            "Les dates de « responded_at » peuvent se lire avec le jour ou avec le mois en "
            "premier : le jour ou le mois vient-il en premier ?"
        )
        assert len(asked.accepted) == 0
        settled = asked.mapping.with_answer(question.key, question.options[0])
        read = read_responses(AMBIGUOUS, "export.csv", mapping=settled)
    assert not read.questions
    assert read.accepted["responded_at"].dt.month.tolist() == [4, 6, 8]
    again = read_responses(AMBIGUOUS, "export.csv", mapping=Mapping.from_dict(settled.to_dict()))
    assert again.accepted.equals(read.accepted)


def test_an_answer_of_ours_is_translated_where_it_is_shown_and_kept_as_a_token():
    data = stars("score")
    with speaking("fr"):
        asked = read_responses(data, "export.csv")
        (question,) = asked.questions
        assert question.options == ("0 to 10",)
        assert question.label(question.options[0]) == "de 0 à 10"
        settled = asked.mapping.with_answer(question.key, question.options[0])
        assert not read_responses(data, "export.csv", mapping=settled).questions
    assert settled.answer("scale") == "0 to 10"
    assert question.label("0 to 10") == "0 to 10"
    assert not read_responses(data, "export.csv", mapping=settled).questions


def test_a_file_with_two_date_columns_can_be_read_without_any():
    data = lines(
        "id,seen at,noted at,score", *(f"{i},2025-03-0{i},2025-04-0{i},{i}" for i in range(1, 8))
    )
    with speaking("fr"):
        asked = read_responses(data, "export.csv")
        question = next(q for q in asked.questions if q.key == "date_column")
        assert question.options == ("seen at", "noted at", "(no date)")
        shown = [question.label(option) for option in question.options]
        settled = asked.mapping.with_answer(question.key, question.options[-1])
        read = read_responses(data, "export.csv", mapping=settled)
    assert shown == ["seen at", "noted at", "(aucune date)"]
    assert read.accepted["responded_at"].isna().all()
    assert all(q.key != "date_column" for q in read.questions)


def test_a_files_own_words_are_never_translated():
    data = lines("id,responded_at,score,industry", "a,2025-03-01,9,score", "b,2025-03-02,3,comment")
    with speaking("fr"):
        read = read_responses(data, "export.csv")
    assert read.accepted["industry"].tolist() == ["score", "comment"]
    assert read.header == ("id", "responded_at", "score", "industry")


def test_a_list_of_product_changes_is_refused_and_asked_about_in_french():
    with speaking("fr"), pytest.raises(FileRefused) as refused:
        read_changes(b"name,day of it\nBilling v2,2026-08-12\n", "changes.csv")
    assert str(refused.value).replace(NBSP, " ").replace(THIN, " ") == (
        "Aucune colonne ne contient la date d’une évolution. L’en-tête est : name, day of it. "
        "Nommez les colonnes date, title, note, link, segments ; les deux premières sont "
        "indispensables."
    )
    with speaking("fr"):
        file = read_changes(b"date,title\n03/04/2026,Billing v2\n", "changes.csv")
        assert file.question is not None
        assert file.question.text == (
            "Les dates ne disent pas si le jour ou le mois vient en premier, comme dans 03/04/2026."
        )
        day_first = read_changes(
            b"date,title\n03/04/2026,Billing v2\nsoon,Teams\n", "changes.csv", "day_first"
        )
    assert day_first.changes[0].date.month == 4
    assert [rejection.reason for rejection in day_first.rejected] == ["pas une date"]
