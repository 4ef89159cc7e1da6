"""What moved and the Planner with ?lang=fr: French to the eye, links for any language."""

import json
from datetime import date, timedelta

import pytest

from nps_core.language import speaking

MOVED, PLANNER = "pages/what_moved.py", "pages/planner.py"
TODAY = date.today()


def rows(day: str, groups: dict) -> list[dict]:
    """Responses on one day: detractors, passives and promoters of each company size."""
    return [
        {
            "response_id": f"{day}-{name}-{score}-{place}",
            "responded_at": day,
            "score": score,
            "company_size": name,
        }
        for name, triple in groups.items()
        for score, n in zip((0, 7, 10), triple, strict=True)
        for place in range(n)
    ]


# By hand: NPS 21 on 100, then 50 on 80; "Large" 60, then 83; nobody's size 3 times on each side.
BEFORE = {"Small": (20, 19, 11), "Large": (5, 10, 35)}
AFTER = {"Small": (12, 6, 2), "Large": (0, 10, 50)}
MARCH_AND_APRIL = [*rows("2026-03-10", BEFORE), *rows("2026-04-10", AFTER)]


def steady(n: int, plan: str | None) -> list[dict]:
    """`n` responses over the 90 days that end yesterday: half promoters, a quarter detractors."""
    begin = TODAY - timedelta(days=90)
    return [
        {
            "response_id": f"{plan}{place}",
            "responded_at": begin + timedelta(days=place % 90),
            "score": (10, 9, 8, 3)[place % 4],
            "plan": plan,
        }
        for place in range(n)
    ]


def said(app) -> str:
    parts = (*app.markdown, *app.text, *app.caption, *app.warning, *app.info, *app.header)
    words = " | ".join(part.value.replace("\\", "") for part in parts)
    return words.replace("\u00a0", " ").replace("\u202f", " ")


def labels(app) -> str:
    drawn = [json.loads(chart.proto.spec) for chart in app.get("plotly_chart")]
    return " ".join(
        label["text"] for figure in drawn for label in figure["layout"].get("annotations", ())
    )


def test_what_moved_in_french(workspace):
    app = workspace(MARCH_AND_APRIL, page=MOVED, lang="fr")
    assert not app.exception
    assert app.title[0].value == "Ce qui a bougé"
    words = said(app)
    assert "▲ en hausse de 29" in words
    assert "avr. 2026 contre mars 2026" in words
    assert "Avr. 2026 (du 1er avr. au 30 avr. 2026) : NPS de 50" in words
    assert "+2,6 viennent des scores propres des groupes et +26,4 de la composition" in words
    table = next(shown.value for shown in app.dataframe if "Scores propres" in shown.value)
    assert table["Taille d’entreprise"].tolist() == ["Large", "Small", "Tous ensemble"]
    assert table["Scores propres"].tolist() == ["+14,6", "−12,0", "+2,6"]
    assert "Composition" in labels(app)
    assert "Before" not in labels(app)


def test_a_language_does_not_show_what_the_other_was_kept_for(workspace, dashboard):
    app = workspace(MARCH_AND_APRIL, page=MOVED)
    assert "Who answered" in labels(app)
    assert "Composition" in labels(dashboard(MOVED, lang="fr"))
    assert "Who answered" in labels(dashboard(MOVED, lang="en"))


@pytest.mark.parametrize("language", ["en", "fr"])
def test_a_link_opens_the_same_choices_in_any_language(workspace, language: str):
    choices = {"moved": "days", "span": "56", "compared": "single", "expected_every": "month"}
    app = workspace(MARCH_AND_APRIL, page=MOVED, lang=language, **choices)
    assert not app.exception
    assert app.selectbox(key="moved").value == "days"
    assert app.selectbox(key="span").value == 56
    assert app.segmented_control(key="compared").value == "single"
    assert app.segmented_control(key="expected_every").value == "month"
    for name, token in choices.items():
        assert app.query_params[name] in (token, [token])
    # AppTest finds an option by its label, outside the app's own run.
    with speaking(language):
        app.selectbox(key="moved").set_value("quarter").run()
    assert app.query_params["moved"] in ("quarter", ["quarter"])


def test_the_planner_in_french(workspace):
    app = workspace(
        [*steady(360, "Pro"), *steady(60, None)], page=PLANNER, lang="fr", plan_among="plan:~"
    )
    assert not app.exception
    assert app.title[0].value == "Planification"
    words = said(app)
    assert "Les 90 derniers jours" in words
    # By hand: (1.96 + 0.8416)² (0.6875 + 0.7275) / 0.1² = 1110.6, as on the English page.
    assert "1 111 avant, 1 111 après" in words
    # 15 of the 60 are passives: 2 (1.5) of 420 people more promote.
    assert "Si 10 % des passifs du groupe Inconnu (2 sur 15) devenaient promoteurs" in words
    table = app.dataframe[0].value.set_index("plan")
    assert table["Réponses"].to_dict() == {"Pro": 360, "Inconnu": 60}
    assert table.loc["Pro", "Rythme"] == "4 par jour"
    assert "<b>±5 voulu</b>" in labels(app)
    assert "promoteurs" in labels(app)


def test_without_a_date_or_a_match_the_pages_say_so_in_french(workspace, dashboard):
    undated = [row | {"responded_at": None} for row in MARCH_AND_APRIL]
    words = said(workspace(undated, page=MOVED, lang="fr"))
    assert "Il n’y a pas de mois complet avec des réponses" in words
    assert "Aucune réponse datée ne correspond aux filtres" in words
    none = dashboard(PLANNER, lang="fr", dates="2001-01-01..2001-02-01")
    assert "Aucune réponse ne correspond aux filtres ci-dessus." in said(none)
