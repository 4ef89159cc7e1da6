"""Overview, Trend and Segments in both languages on one server: what is kept is kept apart."""

import json
import re

import pytest

from nps_core.language import speaking

ROWS = [
    {
        "response_id": f"r{n}",
        "responded_at": f"2026-{3 + n % 6:02}-{1 + n % 28:02}",
        "score": (0, 7, 9, 10, 10)[n % 5],
        "company_size": ("Small", "Enterprise", None)[n % 3],
        "industry": ("Retail", "Fintech")[n % 2],
    }
    for n in range(1500)
]
PAGES = ("", "pages/trend.py", "pages/segments.py")
ENGLISH = re.compile(
    r"\b(responses?|the|interval|weeks?|months?|quarter|above|below|hidden|Unknown|promoters)\b"
)


def figures(app) -> str:
    return " ".join(json.dumps(json.loads(c.proto.spec), ensure_ascii=False) for c in charts(app))


def charts(app) -> list:
    return app.get("plotly_chart")


def words(app) -> str:
    kinds = (app.markdown, app.caption, app.text, app.header, app.title, app.info)
    shown = [element.value for kind in kinds for element in kind]
    labels = [w.label for w in (*app.selectbox, *app.number_input, *app.get("button_group"))]
    tables = [" ".join(map(str, table.value.columns)) for table in app.dataframe]
    cells = [str(table.value.to_string()) for table in app.dataframe]
    return "\n".join([*shown, *labels, *tables, *cells])


@pytest.mark.parametrize("page", PAGES)
def test_a_page_seen_in_english_is_french_for_the_next_visitor(workspace, dashboard, page) -> None:
    first = workspace(ROWS, page=page)
    assert not first.exception
    english = figures(first)
    second = dashboard(page, lang="fr")
    assert not second.exception
    french = figures(second)
    assert len(charts(first)) == len(charts(second))
    hovers = re.findall(r'"(?:hovertext|text|customdata|hovertemplate)": "([^"]*)"', french)
    lists = re.findall(r'"(?:hovertext|text|customdata)": \[([^\]]*)\]', french)
    assert not ENGLISH.search(" ".join([*hovers, *lists])), "a figure built in English was served"
    assert "réponses" in french or "n 5" in french
    assert figures(dashboard(page)) == english


@pytest.mark.parametrize("page", PAGES)
def test_the_charts_of_a_french_page_know_french_months(workspace, page) -> None:
    app = workspace(ROWS, page=page, lang="fr")
    for chart in charts(app):
        config = json.loads(chart.proto.config)
        assert config["locale"] == "fr"
        assert config["locales"]["fr"]["format"]["shortMonths"][7] == "août"


def test_overview_in_french(workspace) -> None:
    said = words(workspace(ROWS, lang="fr"))
    assert "Intervalle à 95\u00a0%\u00a0:" in said
    assert "1\u202f500 réponses" in said
    assert "T2 2026 (1er avr. au 30 juin 2026)\u00a0: NPS " in said


def test_trend_in_french(workspace) -> None:
    said = words(workspace(ROWS, page="pages/trend.py", lang="fr", every="month"))
    assert "NPS par mois, 1\u202f500 réponses" in said
    assert "Ligne\u00a0: le NPS de chaque mois, avec son intervalle à 95\u00a0%" in said


def test_segments_in_french_name_what_is_missing_and_keep_data_as_given(workspace) -> None:
    app = workspace(ROWS, page="pages/segments.py", lang="fr", across="industry")
    said = words(app)
    assert "Taille d’entreprise" in said
    assert "Inconnu" in said
    assert "Enterprise" in said
    table = app.dataframe[0].value
    assert list(table.columns) == [
        "Taille d’entreprise",
        "NPS",
        "Intervalle à 95\u00a0%",
        "Réponses",
        "Face au reste",
        "Verdict",
    ]


def test_a_link_made_in_french_opens_the_same_choice_in_english(workspace, dashboard) -> None:
    french = workspace(ROWS, page="pages/segments.py", lang="fr")
    with speaking("fr"):
        french.selectbox(key="by").select("industry").run()
    assert french.query_params["by"] == "industry"
    english = dashboard("pages/segments.py", by="industry")
    assert list(english.dataframe[0].value["Industry"]) == list(
        french.dataframe[0].value["Secteur"]
    )
