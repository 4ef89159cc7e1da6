"""Numbers, dates, lists and charts as a French reader writes them, down to the spaces."""

from datetime import date

import pandas as pd
import pytest

import nps_app  # noqa: F401 - installs the catalogues
from nps_app.view import export, sentences, shift_words, tables
from nps_app.view.charts.date_ticks import date_ticks, write_dates
from nps_app.view.charts.distribution import distribution
from nps_app.view.charts.locale import plotly_locale
from nps_app.view.charts.trend import trend
from nps_app.view.planner_tables import shown_groups
from nps_app.view.queries_segments import SegmentTable
from nps_app.view.segment_words import shown_table
from nps_core.language import speaking
from nps_core.measure.suppress import suppress

NAN = float("nan")
HARD, NARROW, MINUS = "\u00a0", "\u202f", "\u2212"


@pytest.fixture(autouse=True)
def french():
    with speaking("fr"):
        yield


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        (lambda: tables.count_text(999), "999"),
        (lambda: tables.count_text(1204), f"1{NARROW}204"),
        (lambda: tables.count_text(1234567), f"1{NARROW}234{NARROW}567"),
        (lambda: tables.number_text(-1204.55, 1), f"{MINUS}1{NARROW}204,6"),
        (lambda: tables.number_text(0.04, 1), "0,0"),
        (lambda: tables.number_text(3, signed=True), "+3"),
        (lambda: tables.nps_text(-2.5), f"{MINUS}3"),
        (lambda: tables.nps_text(NAN), "–"),
        (lambda: tables.share_text(58, 100), f"58{HARD}%"),
        (lambda: tables.share_text(1, 1000), f"<{HARD}1{HARD}%"),
        (lambda: tables.share_text(0, 0), "–"),
        (lambda: tables.interval_text(27.6, 33.2), "28 à 33"),
        (lambda: tables.level_text(0.975), f"intervalle à 97,5{HARD}%"),
        (lambda: tables.p_text(0.01234), "p = 0,0123"),
        (lambda: tables.p_text(0.00001), "p < 0,0001"),
    ],
)
def test_numbers(said, expected: str) -> None:
    assert said() == expected


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        (lambda: tables.date_text(date(2026, 8, 1)), "1er août 2026"),
        (lambda: tables.date_text(date(2026, 2, 11)), "11 févr. 2026"),
        (lambda: tables.date_text(None), "sans date"),
        (lambda: tables.day_text(date(2026, 12, 31)), "31 décembre 2026"),
        (
            lambda: tables.dates_text(date(2026, 7, 1), date(2026, 9, 30)),
            "1er juil. au 30 sept. 2026",
        ),
        (
            lambda: tables.dates_text(date(2025, 12, 29), date(2026, 1, 4)),
            "29 déc. 2025 au 4 janv. 2026",
        ),
        (lambda: tables.period_text(date(2026, 8, 10), "week"), "semaine du 10 août 2026"),
        (lambda: tables.period_text(date(2026, 8, 1), "month"), "août 2026"),
        (lambda: tables.period_text(date(2026, 7, 1), "quarter"), "T3 2026"),
        (lambda: tables.period_text(date(2026, 1, 1), "year"), "2026"),
    ],
)
def test_dates(said, expected: str) -> None:
    assert said() == expected


def test_the_months_of_dates_are_those_of_french_typography() -> None:
    assert [tables.month_text(month) for month in range(1, 13)] == [
        "janv.",
        "févr.",
        "mars",
        "avr.",
        "mai",
        "juin",
        "juil.",
        "août",
        "sept.",
        "oct.",
        "nov.",
        "déc.",
    ]


@pytest.mark.parametrize(
    ("n", "text"),
    [
        (0, "Aucune réponse"),
        (1, "1 réponse"),
        (2, "2 réponses"),
        (18330, f"18{NARROW}330 réponses"),
    ],
)
def test_responses_in_the_number_that_fits(n: int, text: str) -> None:
    assert tables.responses_text(n) == text


def test_one_point_and_none_are_singular() -> None:
    row = {"before_nps": 20.0, "after_nps": 20.4, "difference": 0.4, "low": -3.0, "high": 4.0}
    said = f"NPS 20 avant, 20 après{HARD}: 0 point ({MINUS}3 à 4)"
    assert shift_words.moved_text(pd.Series(row)) == said
    assert " +2 points (" in shift_words.moved_text(pd.Series(row | {"difference": 2.0}))


@pytest.mark.parametrize(
    ("items", "text"),
    [([], ""), (["a"], "a"), (["a", "b"], "a et b"), (["a", "b", "c"], "a, b et c")],
)
def test_lists(items: list[str], text: str) -> None:
    assert tables.listed(items) == text


@pytest.mark.parametrize(
    ("verdict", "difference", "low", "high", "text"),
    [
        ("up", 5.2, 1.1, 9.4, "en hausse de 5 (1 à 9)"),
        ("down", -0.44, -0.8, -0.1, f"en baisse de 0,4 ({MINUS}0,8 à {MINUS}0,1)"),
        ("no clear change", 2.1, -3.0, 7.4, f"pas d’évolution nette, +2 ({MINUS}3 à 7)"),
        ("too few responses", NAN, NAN, NAN, "trop peu de réponses"),
    ],
)
def test_verdicts(verdict: str, difference: float, low: float, high: float, text: str) -> None:
    assert tables.difference_text(verdict, difference, low, high) == text


def test_a_missing_value_is_told_apart_from_one_called_inconnu() -> None:
    names = tables.group_names(pd.Series(["Inconnu", "Unknown", None], dtype=object))
    assert names.tolist() == ["Inconnu", "Unknown", "Inconnu (sans valeur)"]


WEEKS = pd.date_range("2025-12-29", periods=30, freq="W-MON")


def weeks(running: bool = False) -> pd.DataFrame:
    frame = pd.DataFrame(
        {
            "period": WEEKS,
            "responses": [1204] * 29 + [12],
            "nps": 20.5,
            "low": 10.0,
            "high": 30.0,
            "complete": [True] * 29 + [not running],
        }
    )
    names = ("responses", "nps", "low", "high")
    return frame.assign(**{f"window_{name}": frame[name] for name in names})


def test_a_trend_speaks_french_all_over() -> None:
    figure = trend(weeks(running=True), "light", every="week")
    points = next(trace for trace in figure.data if trace.name == "NPS")
    assert points.hovertext[0] == (
        f"<b>Semaine du 29 déc. 2025</b><br>NPS 21, intervalle à 95{HARD}%{HARD}: 10 à 30<br>"
        f"1{NARROW}204 réponses"
    )
    assert points.hovertext[-1].endswith(f"moins de 30{HARD}: à lire avec prudence<br>en cours")
    assert "réponses par semaine" in [label.text for label in figure.layout.annotations]
    assert figure.layout.template.layout.separators == f",{NARROW}"


def test_the_page_gives_plotly_the_months_of_axes() -> None:
    config = plotly_locale()
    format_ = config["locales"][config["locale"]]["format"]
    assert format_["shortMonths"][7:9] == ["août", "sept."]
    assert (format_["months"][0], format_["days"][0], format_["shortDays"][1]) == (
        "janvier",
        "dimanche",
        "lun.",
    )


def test_a_picture_has_the_months_written_under_its_axis() -> None:
    figure = trend(weeks(), "light", every="week")
    layout = figure.to_plotly_json()["layout"]
    write_dates(layout, 1000)
    assert layout["xaxis"]["ticktext"] == [
        "janv. 2026",
        "févr. 2026",
        "mars 2026",
        "avr. 2026",
        "mai 2026",
        "juin 2026",
        "juil. 2026",
    ]
    assert [day.day for day in layout["xaxis"]["tickvals"]] == [1] * 7
    assert figure.layout.xaxis.tickvals is None


@pytest.mark.parametrize(
    ("start", "end", "width", "names"),
    [
        ("2026-08-01", "2026-08-05", 600, ["1er août", "2 août", "3 août", "4 août", "5 août"]),
        ("2026-07-01", "2026-08-12", 400, ["1er juil.", "15 juil.", "29 juil.", "12 août"]),
        ("2020-01-01", "2026-12-31", 400, ["janv. 2020", "janv. 2022", "janv. 2024", "janv. 2026"]),
    ],
)
def test_dates_of_an_axis_fit_beside_one_another(start, end, width, names) -> None:
    days, said = date_ticks(pd.Timestamp(start), pd.Timestamp(end), width)
    assert said == names
    assert len(days) == len(names)


def test_a_picture_can_be_drawn_in_french() -> None:
    picture = export.png_bytes(trend(weeks(), "light", every="week"), "NPS par semaine")
    assert picture.startswith(b"\x89PNG")


def test_scores_given_are_named_without_a_percent_sign_in_the_way() -> None:
    counts = pd.DataFrame({"score": [0, 9], "n": [3, 7]})
    bar = distribution(counts, "light").data[0]
    assert [bar.text[0], bar.text[9]] == ["30", "70"]
    assert bar.customdata[9] == f"Note 9{HARD}: 7, 70{HARD}%"


@pytest.mark.parametrize(
    ("every", "window", "text"),
    [
        ("week", 4, "NPS par semaine, 4 dernières semaines cumulées, "),
        ("month", 3, "NPS par mois, 3 derniers mois cumulés, "),
        ("day", None, "NPS par jour, "),
    ],
)
def test_titles_agree_with_the_gender_of_their_period(every, window, text) -> None:
    title = sentences.trend_title(weeks(), every, window)
    assert title == f"{text}34{NARROW}928 réponses"


def test_how_to_read_a_trend() -> None:
    assert sentences.how_to_read(weeks(running=True), "week", window=4) == (
        f"Ligne{HARD}: les 4 dernières semaines cumulées, avec leur intervalle à 95{HARD}%"
        f"{NARROW}; chaque point{HARD}: une semaine{NARROW}; "
        f"points creux{HARD}: moins de 30 réponses{NARROW}; "
        f"en pointillé{HARD}: la semaine en cours."
    )


def test_a_table_of_hidden_groups_alone_says_why_in_french() -> None:
    scored = pd.DataFrame({"segment": ["Free", "Team"], "responses": [1, 2], "verdict": ["", ""]})
    for name in ("nps", "low", "high", "difference", "difference_low", "difference_high"):
        scored[name] = 0.0
    hidden = suppress(scored, "segment", minimum=5)
    shown = shown_table(SegmentTable(hidden, 0), ("plan",))
    assert shown["Verdict"].tolist() == [f"masqué{HARD}: moins de 5 réponses"] * 2

    for name in ("margin", "needed", "missing", "per_week", "days"):
        hidden[name] = NAN
    planned = shown_groups(hidden, "plan", date(2026, 10, 7))
    assert planned["Atteint le"].tolist() == [f"masqué{HARD}: moins de 5 réponses"] * 2
