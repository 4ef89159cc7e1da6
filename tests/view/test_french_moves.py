"""What moved and the Planner in French: sentences written by hand, and both pages."""

import math
from collections.abc import Iterator
from datetime import date
from types import SimpleNamespace

import pandas as pd
import pytest

from nps_app.catalogues import install_catalogues
from nps_app.view import planner_words, what_if_words
from nps_app.view.evidence_words import evidence_sentence, explained_sentence, shown_evidence
from nps_app.view.expected_words import expected_sentence, last_complete_sentence
from nps_app.view.move_words import (
    correction_sentence,
    flow_sentence,
    folded_name,
    parts_sentence,
    sides_words,
    too_small,
)
from nps_app.view.planner_numbers import days_text, margin_points_text, points_text, rate_text
from nps_app.view.queries_planner import ALIKE, FEW, Now, Plan
from nps_app.view.said import said
from nps_core.language import speaking
from nps_core.measure.expected import ExpectedRange
from nps_core.measure.flow import simpson
from nps_core.measure.pace import Pace, Wait

NAN = float("nan")
TODAY = date(2026, 11, 22)
PACE = Pace(4.0, 360, 90, date(2026, 8, 24), date(2026, 11, 21), 1.0, 12)


@pytest.fixture(autouse=True)
def french() -> Iterator[None]:
    install_catalogues()
    with speaking("fr"):
        yield


def plain(text: str) -> str:
    """The text with French spaces as plain ones: where they stand is a test of the catalogues."""
    return text.replace("\u00a0", " ").replace("\u202f", " ")


def test_parts_of_a_move_have_a_decimal_comma():
    assert plain(parts_sentence(-5.64, 1.25)) == (
        "En points : −5,6 viennent des scores propres des groupes et +1,3 de la composition "
        "des réponses, soit −4,4 au total."
    )


def test_both_sides_of_a_move_with_one_response_many_and_none():
    def side(n: int, nps: float) -> pd.Series:
        return pd.Series({"responses": n, "nps": nps, "low": nps - 4, "high": nps + 4})

    october = ("oct. 2026", (date(2026, 10, 1), date(2026, 10, 31)), side(1310, 42.4))
    september = ("sept. 2026", (date(2026, 9, 1), date(2026, 9, 30)), side(1, -3.0))
    later, earlier = sides_words((october, september))
    assert plain(later) == (
        "Oct. 2026 (du 1er oct. au 31 oct. 2026) : NPS de 42 (38 à 46), 1 310 réponses"
    )
    assert plain(earlier) == (
        "contre sept. 2026 (du 1er sept. au 30 sept. 2026) : NPS de −3 (−7 à 1), 1 réponse"
    )
    nobody = ("4 mars 2026", (date(2026, 3, 4), date(2026, 3, 4)), side(0, NAN))
    assert plain(sides_words((nobody, nobody))[1]) == "contre 4 mars 2026 : aucune réponse"


def test_flow_counts_and_small_groups():
    flow = pd.DataFrame(
        {
            "category": ["promoters", "passives", "detractors"],
            "before_share": [0.5, 0.3, 0.2],
            "after_share": [0.45, 0.4, NAN],
            "points": [-5.0, 0.0, NAN],
        }
    )
    assert plain(flow_sentence(flow)) == (
        "Promoteurs 50 → 45 %, passifs 30 → 40 %, détracteurs 20 → –."
    )
    assert folded_name(1) == "1 groupe trop petit pour être affiché"
    assert folded_name(3) == "3 groupes trop petits pour être affichés"
    said_of = {n: plain(correction_sentence(pd.DataFrame({"p": [0.1] * n}))) for n in (0, 1, 2)}
    assert "pour 0 comparaison (" in said_of[0]
    assert "pour 1 comparaison (" in said_of[1]
    assert "pour 2 comparaisons (" in said_of[2]
    assert "3 avant, 40 après" in too_small(3, 40, 5)


def test_a_paradox_found_before_is_said_in_the_language_of_whoever_reads_it():
    groups = pd.DataFrame(
        {
            "plan": ["Free", "Pro"],
            "before_responses": [20, 80],
            "before_nps": [0.0, 50.0],
            "after_responses": [80, 20],
            "after_nps": [5.0, 55.0],
        }
    )
    with speaking("en"):
        found = simpson(groups)
    assert plain(said(found)).startswith(
        "Chacun des 2 groupes est en hausse, et pourtant l’ensemble des réponses est en baisse :"
    )


def evidence_row(name: str | None, difference: float, verdict: str, beyond: bool = True) -> dict:
    return {
        "columns": ("company_size", "plan")[: 2 if not beyond else 1],
        "values": (name, "Pro")[: 2 if not beyond else 1],
        "responses": 1234,
        "nps": -12.4,
        "difference": difference,
        "difference_low": difference - 5,
        "difference_high": difference + 5,
        "p": 0.01,
        "p_adjusted": 0.0213,
        "verdict": verdict,
        "first_nps": 1.0,
        "second_nps": 2.0,
        "p_beyond": NAN,
        "beyond": beyond,
    }


def test_evidence_above_below_and_none():
    names = ["A", "B", "C", "D"]
    table = pd.DataFrame(
        [
            *(evidence_row(name, -20.0, "down") for name in names),
            evidence_row(None, 9.6, "up"),
            evidence_row("E", -9.0, "down", beyond=False),
            evidence_row("F", 0.3, "no clear change"),
        ]
    )
    assert plain(evidence_sentence(table, 1204, 6)) == (
        "Sur 1 204 comparaisons, 6 sont nettes après correction pour leur nombre. "
        "En dessous du reste : A, B, C et 1 autre. Au-dessus du reste : Inconnu."
    )
    assert plain(evidence_sentence(table.iloc[[6]], 2, 0)) == (
        "Sur 2 comparaisons, aucune n’est nette après correction pour leur nombre."
    )
    assert evidence_sentence(table.iloc[[4]], 2, 1).startswith("Sur 2 comparaisons, 1 est nette")
    assert explained_sentence(table).startswith("1 paire nette ne va pas")
    shown = shown_evidence(table)
    assert shown["Verdict"].tolist()[3:] == [
        "▼ en dessous du reste",
        "▲ au-dessus du reste",
        "▼ en dessous du reste",
        "● pas de différence nette",
    ]
    assert shown["Segment"][0] == "Taille d’entreprise"
    assert shown["Face au reste"][4] == "+10 (5 à 15)"
    assert shown["p corrigé"][0] == "0,0213"
    assert shown["Au-delà de ses parties"].tolist()[4:6] == ["", "non"]


def found(**changed) -> ExpectedRange:
    fields = {
        "start": date(2026, 3, 2),
        "end": date(2026, 3, 8),
        "nps": 31.2,
        "responses": 84,
        "expected": 34.0,
        "low": 22.4,
        "high": 46.6,
        "periods": 26,
        "verdict": "no clear change",
        "complete": False,
        "level": 0.95,
    }
    return ExpectedRange(**fields | changed)


@pytest.mark.parametrize(
    ("changed", "every", "running", "words"),
    [
        (
            {},
            "week",
            True,
            "Cette semaine jusqu’ici : NPS de 31 sur 84 réponses. Les semaines ordinaires comme "
            "celle-ci se situent entre 22 et 47 : rien d’inhabituel.",
        ),
        (
            {"nps": -3.0, "verdict": "down"},
            "week",
            False,
            "Semaine du 2 mars au 8 mars 2026 : NPS de −3 sur 84 réponses. Les semaines "
            "ordinaires comme celle-ci se situent entre 22 et 47 : en dessous de la normale.",
        ),
        (
            {"nps": 60.0, "verdict": "up"},
            "month",
            False,
            "Mars 2026 : NPS de 60 sur 84 réponses. Les mois ordinaires comme celui-ci se situent "
            "entre 22 et 47 : au-dessus de la normale.",
        ),
        (
            {"responses": 1, "verdict": "too few responses"},
            "month",
            True,
            "Ce mois-ci jusqu’ici : 1 réponse, trop peu pour juger (il en faut 10).",
        ),
        (
            {"responses": 0, "verdict": "too few responses"},
            "week",
            True,
            "Cette semaine jusqu’ici : aucune réponse, trop peu pour juger (il en faut 10).",
        ),
        (
            {"periods": 1, "low": NAN, "verdict": "too few responses"},
            "week",
            True,
            "Cette semaine jusqu’ici : NPS de 31 sur 84 réponses. La normale n’est pas encore "
            "connue : 1 semaine antérieure a des réponses, il en faut 8.",
        ),
    ],
)
def test_a_week_or_a_month_is_told_in_one_breath(changed, every, running, words):
    assert plain(expected_sentence(found(**changed), every, running=running)) == words


def test_the_last_complete_month_keeps_its_name():
    told = plain(last_complete_sentence(found(), "month"))
    assert told.startswith("Dernière période complète : mars 2026 : NPS de 31")
    with speaking("en"):
        assert last_complete_sentence(found(), "month").startswith(
            "The last complete one: Mar 2026: NPS 31"
        )


def now_of(n: int = 360, pace: Pace | None = PACE, reason: str = "") -> Now:
    recent = pd.Series({"responses": n, "nps": 25.0, "low": 16.4, "high": 33.1})
    return Now(pace, recent, 8.35, n, 0, (0.25, 0.25, 0.5), reason)


def plan_of(**changed) -> Plan:
    usual = {
        "now": now_of(),
        "shares": (0.25, 0.25, 0.5),
        "needed": 1054,
        "missing": 694,
        "missing_wait": Wait(174, 150, 210),
        "needed_wait": Wait(264, 230, 310),
        "each": 1111,
        "each_wait": Wait(278, 240, 330),
        "visible_move": 17.6,
    }
    return Plan(**(usual | changed))


def test_the_plan_in_sentences():
    assert plain(planner_words.now_sentence(now_of())) == (
        "Les 90 derniers jours (du 24 août au 21 nov. 2026) ont apporté 360 réponses, "
        "soit 4 par jour : NPS de 25, connu à ±8,4 points près."
    )
    assert plain(planner_words.margin_sentence(plan_of(), 5, TODAY)) == (
        "Pour connaître le NPS à ±5 points près, il faut 1 054 réponses. Il en manque encore 694. "
        "À ce rythme, il faudra environ 6 mois, soit jusqu’au 15 mai 2027 "
        "(probablement entre le 21 avr. 2027 et le 20 juin 2027)."
    )
    one = plan_of(needed=1, missing=1, missing_wait=Wait(None, None, None))
    assert plain(planner_words.margin_sentence(one, 1, TODAY)) == (
        "Pour connaître le NPS à ±1 point près, il faut 1 réponse. Il en manque encore 1. "
        "Au rythme actuel, il n’en arrivera jamais autant."
    )
    assert plain(planner_words.move_sentence(plan_of(), 1.5, 0.95, TODAY)).startswith(
        "Pour détecter une évolution de 1,5 point, en hausse ou en baisse, 19 fois sur 20, "
        "il faut 1 111 réponses avant et autant après. Celles d’après demanderont environ 9 mois,"
    )
    unseen = plan_of(now=now_of(1), visible_move=math.inf)
    assert plain(planner_words.visible_sentence(unseen)).startswith("Avec 1 réponse avant")


def test_the_worst_case_is_explained():
    few = plain(planner_words.spread_sentence(now_of(3, reason=FEW), worst=False))
    assert few.endswith("moins de 30 réponses en disent trop peu sur la diversité des avis.")
    alike = planner_words.spread_sentence(now_of(90, reason=ALIKE), worst=False)
    assert "tout le monde a répondu de la même façon" in alike
    assert "50 % de promoteurs, 25 % de passifs, 25 % de détracteurs" in plain(
        planner_words.spread_sentence(now_of(), worst=False)
    )


def test_french_counts_up_to_two_as_one():
    assert [points_text(n) for n in (0.02, 0.5, 1.0, 1.9, 2.0)] == [
        "moins de 0,1 point",
        "0,5 point",
        "1 point",
        "1,9 point",
        "2 points",
    ]
    assert margin_points_text(1.4) == "±1,4 point"
    assert [rate_text(n) for n in (13.4, 0.5, 0.0)] == ["13 par jour", "3,5 par semaine", "aucune"]
    assert [days_text(n) for n in (1, 12, 64, 300, 1400, 9999, None)] == [
        "1 jour",
        "12 jours",
        "9 semaines",
        "10 mois",
        "3,8 ans",
        "plus de 10 ans",
        "jamais à ce rythme",
    ]
    with speaking("en"):
        assert [points_text(n) for n in (1.0, 1.5)] == ["1 point", "1.5 points"]


def supposed(difference: float, of: int = 90) -> SimpleNamespace:
    what = SimpleNamespace(
        before_nps=25.0,
        after_nps=25 + difference,
        difference=difference,
        people=9,
        of=of,
        responses=1360,
        group_before_nps=10.0,
        group_after_nps=20.0,
    )
    return SimpleNamespace(found=what, low=16.4, high=33.1)


def test_a_what_if_in_french():
    turn = ("passives", "promoters")
    assert plain(what_if_words.what_if_sentence(supposed(2.5), turn, 10, "Pro")) == (
        "Si 10 % des passifs du groupe Pro (9 sur 90) devenaient promoteurs et que tous les "
        "autres répondaient comme avant, le NPS des 1 360 réponses sélectionnées gagnerait "
        "2,5 points, passant de 25 à 28."
    )
    assert what_if_words.what_if_sentence(supposed(0, of=0), ("detractors", "passives"), 9) == (
        "Il n’y a pas de détracteurs à convaincre."
    )
    assert "resterait à 25" in what_if_words.what_if_sentence(supposed(0), turn, 0)
    assert plain(what_if_words.uncertainty_sentence(supposed(2.5))) == (
        "Le score lui-même est connu à ±8,4 points près (intervalle à 95 % : 16 à 33) : "
        "une évolution de cette taille est plus petite que cela."
    )
