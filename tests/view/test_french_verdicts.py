"""A product change told in French: order, agreement, plurals and spaces as a person writes them."""

import pickle
from datetime import date
from types import SimpleNamespace
from typing import Any

import pandas as pd
import pytest

from nps_app.catalogues import install_catalogues
from nps_app.view.change_words import mix_note, result_sentence, scope_sentence, side_text
from nps_app.view.changes_import import plan_changes
from nps_app.view.rival_words import denominator, people_sentence
from nps_app.view.said import notes, said
from nps_app.view.verdict_reached import reached
from nps_app.view.verdict_words import summary
from nps_core.intake.changes_file import ChangeRow
from nps_core.language import speaking
from nps_core.measure import ProductChange, before_after, suppress
from nps_core.measure.judge import ChangeVerdict
from nps_core.measure.rivals import Rival, unchecked

NAN = float("nan")
SHIPPED = date(2026, 8, 12)
WEAKER = Rival("mix", "no clear change", 2.2, -4.0, 8.4, 0.4, 300, 300, ("company_size",))
HIDDEN = Rival("mix", "up", 13.8, 4.3, 23.2, 0.004, 300, 300, ("company_size", "persona"))
SAME = Rival("mix", "up", 6.0, 1.0, 11.0, 0.01, 300, 300, ("company_size",))


@pytest.fixture(autouse=True)
def in_french():
    install_catalogues()
    with speaking("fr"):
        yield


def plain(text: str) -> str:
    """The text with every space a common one: which ones there are is tested by itself."""
    return text.replace("\u00a0", " ").replace("\u202f", " ")


def verdict(word: str, figures: tuple[float, float, float], **found: Any) -> ChangeVerdict:
    row = {"before_responses": 310, "after_responses": 287, "to_settle": 0.0, "verdict": word}
    row |= {"total_verdict": found.pop("total", word)}
    row |= dict(zip(("difference", "low", "high"), figures, strict=True)) | found.pop("row", {})
    return ChangeVerdict(
        **{
            "change": ProductChange(SHIPPED, "Facturation v2", id=3),
            "row": pd.Series(row),
            "mix": (),
            "explained": None,
            "masked": None,
            "trend": unchecked("trend", ""),
            "control": unchecked("control", "made for everybody"),
            "same_people": unchecked("same people", "respondents are not named"),
            "nearby": (),
            "level": 0.95,
        }
        | found
    )


UP_21, DOWN_15, UNCLEAR = (21.3, 10.0, 33.2), (-15.1, -24.9, -5.2), (1.0, -8.8, 10.9)
FEW = {"before_responses": 4, "after_responses": 7}


@pytest.mark.parametrize(
    ("told", "sentence"),
    [
        (
            verdict("up", UP_21, mix=(SAME,)),
            "En hausse de 21 points (10 à 33) depuis Facturation v2 ; toujours en hausse à "
            "composition constante.",
        ),
        (verdict("up", (1.1, 0.6, 1.7)), "En hausse de 1 point (1 à 2) depuis Facturation v2."),
        (
            verdict("up", (1.2, 0.2, 2.2)),
            "En hausse de 1,2 point (0,2 à 2,2) depuis Facturation v2.",
        ),
        (
            verdict("up", (2.2, 0.2, 4.2)),
            "En hausse de 2,2 points (0,2 à 4,2) depuis Facturation v2.",
        ),
        (
            verdict("down", DOWN_15, trend=SimpleNamespace(verdict="down")),
            "En baisse de 15 points (−25 à −5) depuis Facturation v2 ; en baisse aussi au-delà de "
            "la tendance en cours.",
        ),
        (
            verdict("no clear change", UNCLEAR, row={"to_settle": 1234.0}),
            "Pas d’évolution nette depuis Facturation v2 : +1 (−9 à 11) ; environ 1 200 réponses "
            "de plus suffiraient à trancher un écart de cette ampleur.",
        ),
        (
            verdict("no clear change", UNCLEAR, row={"to_settle": 1.0}),
            "Pas d’évolution nette depuis Facturation v2 : +1 (−9 à 11) ; environ 1 réponse de "
            "plus suffirait à trancher un écart de cette ampleur.",
        ),
        (
            verdict("no clear change", UNCLEAR, masked=HIDDEN),
            "Pas d’évolution nette depuis Facturation v2 : +1 (−9 à 11), mais en hausse de 14 "
            "(4 à 23) à composition constante par taille d’entreprise et profil.",
        ),
        (
            verdict("no clear change", UP_21, total="up", explained=WEAKER),
            "En hausse de 21 points (10 à 33) depuis Facturation v2, mais plus rien de net à "
            "composition constante par taille d’entreprise : +2 (−4 à 8).",
        ),
        (
            verdict("too few responses", (NAN, NAN, NAN), row=FEW),
            "Trop peu de réponses pour conclure depuis Facturation v2 : 4 avant, 7 après.",
        ),
        (
            verdict("up", UP_21, nearby=(ProductChange(date(2026, 8, 11), "Mode sombre", id=4),)),
            "En hausse de 21 points (10 à 33) depuis Facturation v2 ; livraison de "
            "« Mode sombre » 1 jour plus tôt.",
        ),
    ],
)
def test_the_sentence_of_a_change(told: ChangeVerdict, sentence: str) -> None:
    assert plain(summary(told)) == sentence


def test_the_spaces_are_those_of_french() -> None:
    told = verdict("no clear change", UNCLEAR, row={"to_settle": 1234.0})
    assert "v2\u00a0: +1" in summary(told)
    assert "11)\u202f; environ 1\u202f200" in summary(told)


def measured(word: str, **given: Any) -> pd.Series:
    row = {"verdict": word, "difference": 6.0, "low": 1.2, "high": 10.9}
    row |= {"before_responses": 310, "after_responses": 1287}
    row |= {"after_start": pd.Timestamp(2026, 8, 12), "after_end": pd.Timestamp(2026, 9, 8)}
    return pd.Series(row | given)


@pytest.mark.parametrize(
    ("row", "sentence"),
    [
        (
            measured("up"),
            "En hausse de 6 points (1 à 11) dans les 28 jours qui suivent ; 310 réponses avant, "
            "1 287 après.",
        ),
        (
            measured("no clear change", difference=-1.1, low=-6.0, high=3.9, before_responses=1),
            "Pas d’évolution nette, −1 point (−6 à 4) dans les 28 jours qui suivent ; 1 réponse "
            "avant, 1 287 après.",
        ),
        (
            measured("too few responses", before_responses=0),
            "Trop peu de réponses pour conclure : aucune réponse avant, 1 287 après.",
        ),
    ],
)
def test_the_result_on_the_list_of_changes(row: pd.Series, sentence: str) -> None:
    assert plain(result_sentence(row)) == sentence


def test_what_the_mix_explains_and_hides() -> None:
    mix = {"mix_by": ("company_size",), "mix_difference": 13.8, "mix_low": 4.3, "mix_high": 23.2}
    hides = measured("no clear change", total_verdict="no clear change", mix_verdict="up", **mix)
    assert plain(mix_note(hides)) == (
        "À composition constante par taille d’entreprise, le NPS est en hausse de 14 (4 à 23)."
    )
    explains = measured("no clear change", total_verdict="up", mix_verdict="up", **mix)
    assert plain(mix_note(explains)) == (
        "Au total, le NPS est en hausse de 6 (1 à 11), mais à composition constante par taille "
        "d’entreprise il n’en reste que la moitié, ou moins."
    )


def test_small_windows_say_how_many_and_nothing_else() -> None:
    row = pd.Series({"before_responses": 3, "before_nps": NAN})
    assert side_text(row, "before") == "3 réponses, trop peu pour un résultat"


def test_people_are_counted_as_french_counts_them() -> None:
    nobody = Rival("same people", "too few responses", NAN, NAN, NAN, NAN, 0, 0)
    assert denominator(nobody) == "0 personne, avant et après"
    moved = SimpleNamespace(respondents=1)
    one = Rival("same people", "too few responses", NAN, NAN, NAN, NAN, 1, 1, (), "", moved)
    told = verdict("up", UP_21, same_people=one)
    assert plain(people_sentence(told)) == (
        "Trop peu pour conclure : 1 personne a répondu dans les deux périodes."
    )
    assert plain(people_sentence(verdict("up", UP_21))) == (
        "Non vérifié : les données ne disent pas qui a répondu."
    )


def test_how_a_verdict_was_reached() -> None:
    row = verdict("down", DOWN_15).row
    row = pd.Series(
        dict(row)
        | {"plain_low": -24.0, "plain_high": -7.0, "basis": "weeks", "factor": 1.164}
        | {"placebos": 1463, "shortened": False, "accounts": NAN}
        | {"at_least": -23.0, "at_most": -6.6, "mix_verdict": "too few responses", "mix_by": ()}
    )
    assert [plain(sentence) for sentence in reached(row)] == [
        "En baisse : l’intervalle à 95 % de l’écart, de −25 à −5, est tout entier en dessous de 0.",
        "Il est élargi parce que les semaines ordinaires diffèrent plus que par hasard : sur "
        "1 463 paires de périodes ordinaires, la variance des écarts vaut 1,16 fois celle du "
        "hasard, qui seul donnerait −24 à −7.",
        "Avec une confiance de 95 %, il est d’au plus −7.",
        "Ce qui a bougé autour d’une évolution n’a pas forcément bougé à cause d’elle.",
    ]


def test_a_window_that_was_cut_says_why_though_its_result_was_kept_in_english() -> None:
    days = pd.date_range("2026-01-01", periods=40)
    responses = pd.DataFrame({"responded_at": days, "score": [0] * 20 + [10] * 20})
    changes = [ProductChange("2026-01-21", "Prix"), ProductChange("2026-02-01", "Tarif « B »")]
    with speaking("en"):
        found = before_after(responses, changes)
    assert [plain(note) for note in notes(found["cut"][0])] == [
        "Période d’avant réduite à 20 sur 28 jours : les données commencent le 1er janv. 2026",
        "Période d’après réduite à 11 sur 28 jours : « Tarif « B » » suit le 1er févr. 2026",
    ]
    # Kept results are pickled: what is read back can still be said in either language.
    again = pickle.loads(pickle.dumps(found))
    assert notes(again["cut"][0]) == notes(found["cut"][0])
    with speaking("en"):
        assert notes(again["cut"][0])[0] == (
            "Before window cut to 20 of 28 days: the data begins on 2026-01-01"
        )


def test_a_hidden_group_says_why() -> None:
    scored = pd.DataFrame({"plan": ["a", "b", "c"], "responses": [3, 40, 60], "nps": [0, 5, 9]})
    assert suppress(scored, "plan")["hidden"].map(said).tolist() == [
        "moins de 5 réponses",
        "masqué pour qu’un groupe plus petit ne puisse pas être déduit par soustraction",
        "",
    ]


def test_a_file_written_in_either_language_finds_the_columns_of_the_data() -> None:
    values = {"company_size": ["Enterprise", None]}
    for header, unknown in (("Company size", "Unknown"), ("taille d’entreprise", "Inconnu")):
        row = ChangeRow(2, SHIPPED, "A", segments=((header, ("enterprise", unknown)),))
        (planned,), warnings = plan_changes([row], [], values)
        assert planned.change.segments == (("company_size", ("Enterprise", None)),)
        assert not warnings
    assert plain(scope_sentence(planned.change)) == (
        "Comparaison limitée au public concerné (Taille d’entreprise : Enterprise ou Inconnu)."
    )
