"""The segment evidence and the expected range on a page: hidden stays hidden, words are true."""

import json
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from nps_app.store import open_store
from nps_app.view import queries_segments
from nps_core.measure import Filter
from tests.storing import commit_rows

SCRIPT = """
from nps_app.view.widgets.evidence_view import evidence_view
from nps_app.view.widgets.expected_view import expected_view
from nps_app.view.widgets.filters import current_filter, filter_bar
from nps_app.view.widgets.guard import enter_dashboard
filter_bar()
enter_dashboard()
expected_view(current_filter())
evidence_view(current_filter())
"""
MINIMUM = 5


@pytest.fixture
def page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., AppTest]:
    """`page(frame, **query)`: both views over responses with score, segments, responded_at."""

    def run(frame: pd.DataFrame, **query: str) -> AppTest:
        monkeypatch.setenv("NPS_DATA", str(tmp_path))
        # The link to another page needs the whole app around it.
        monkeypatch.setattr(st, "page_link", lambda *_, **__: None)
        st.cache_data.clear()
        st.cache_resource.clear()
        frame = frame.assign(response_id=[f"R{i}" for i in range(len(frame))])
        if "responded_at" not in frame:
            frame["responded_at"] = pd.Timestamp(2026, 3, 1)
        store = open_store(tmp_path / "nps.duckdb")
        commit_rows(store, frame)
        store.close()
        app = AppTest.from_string(SCRIPT, default_timeout=60)
        for name, value in query.items():
            app.query_params[name] = value
        app.run()
        assert not app.exception
        return app

    yield run
    st.cache_resource.clear()


def spread(n: int) -> list[int]:
    return [(10, 3, 8)[i % 3] for i in range(n)]


def crossed(cells: dict[tuple[str, str], list[int]]) -> pd.DataFrame:
    rows = [(*names, s) for names, scores in cells.items() for s in scores]
    return pd.DataFrame(rows, columns=["company_size", "industry", "score"])


def weekly(a_week: list[tuple[int, int]], last: date) -> pd.DataFrame:
    """(promoters, detractors) of each week, all on its Monday; the last week begins on `last`."""
    rows = []
    for back, (promoters, detractors) in enumerate(reversed(a_week)):
        day = pd.Timestamp(last) - pd.Timedelta(days=7 * back)
        rows += [(day, 10)] * promoters + [(day, 0)] * detractors
    return pd.DataFrame(rows, columns=["responded_at", "score"])


def words(app: AppTest) -> str:
    # Escapes of Markdown are undone, as the browser does.
    return " ".join(e.value for e in (*app.markdown, *app.caption, *app.info)).replace("\\", "")


def monday() -> date:
    return date.today() - timedelta(days=date.today().weekday())


BAD = [0] * 30 + [10] * 10
GOOD = [10] * 30 + [0] * 10


def test_the_clearest_groups_are_named_drawn_and_listed(page: Callable[..., AppTest]) -> None:
    cells = {("Small", i): BAD for i in ("Fintech", "Retail")}
    cells |= {("Large", i): GOOD for i in ("Fintech", "Retail")}
    app = page(crossed(cells))
    # Two sizes, two industries, four pairs; the pairs say no more than their size.
    said = "Of 8 comparisons 6 are clear after correcting for their number."
    assert said in words(app)
    assert "Below the rest: Small. Above the rest: Large." in words(app)
    assert "4 clear pairs do not go beyond one of the two values" in words(app)
    table = app.dataframe[0].value.set_index("Group")
    # By hand: (20 - 60) / 80 = -50 against +50.
    assert table.loc["Small", ["NPS", "Responses"]].tolist() == [-50, 80]
    assert table.loc["Small", "Against the rest"].startswith("−100 (")
    assert table.loc["Small × Retail", "Its parts"] == "Small −50, Retail 0"
    spec = json.loads(app.get("plotly_chart")[-1].proto.spec)
    assert [trace["x"] for trace in spec["data"] if trace["mode"] == "markers"] == [[100], [-100]]


def test_single_segments_alone_can_be_chosen_and_the_link_opens_it(
    page: Callable[..., AppTest],
) -> None:
    cells = {(s, i): BAD if s == "Small" else GOOD for s in ("Small", "Large") for i in "AB"}
    app = page(crossed(cells), compared="single")
    assert "Of 4 comparisons 2 are clear" in words(app)
    assert "Its parts" not in app.dataframe[0].value
    app.segmented_control(key="compared").set_value("pairs").run()
    assert "Of 8 comparisons" in words(app)


@pytest.mark.parametrize("seed", range(5))
def test_no_small_figure_is_shown_or_follows_from_those_shown(
    page: Callable[..., AppTest], seed: int
) -> None:
    chance = np.random.default_rng(seed)
    truth = chance.choice(
        [0, 1, 3, 4, 6, 9, 25], size=(4, 4), p=[0.2, 0.1, 0.1, 0.1, 0.1, 0.1, 0.3]
    )
    sizes, industries = [f"S{i}" for i in range(4)], [f"I{j}" for j in range(4)]
    app = page(
        crossed(
            {(sizes[i], industries[j]): spread(int(n)) for (i, j), n in np.ndenumerate(truth) if n}
        )
    )
    cells = np.eye(truth.size).reshape(*truth.shape, -1)
    figures = {(s,): cells[i].sum(axis=0) for i, s in enumerate(sizes)}
    figures |= {(s,): cells[:, j].sum(axis=0) for j, s in enumerate(industries)}
    figures |= {(s, t): cells[i, j] for i, s in enumerate(sizes) for j, t in enumerate(industries)}
    truths = {name: int(figure @ truth.ravel()) for name, figure in figures.items()}
    known = [cells.sum(axis=(0, 1))]
    shown = app.dataframe[0].value
    for name, n in zip(shown["Group"], shown["Responses"], strict=True):
        group = tuple(name.split(" × "))
        assert n == truths[group] >= MINIMUM
        known.append(figures[group])
    # A pair nobody is in is no secret: a reader may know it.
    known += [figures[name] for name, n in truths.items() if n == 0]
    rank = np.linalg.matrix_rank(np.array(known))
    betrayed = [
        name
        for name, n in truths.items()
        if 0 < n < MINIMUM and np.linalg.matrix_rank([*known, figures[name]]) == rank
    ]
    assert betrayed == []


@pytest.mark.parametrize("seed", range(3))
def test_of_pairs_with_small_ones_the_same_are_shown_as_on_the_segments_page(
    page: Callable[..., AppTest], seed: int
) -> None:
    chance = np.random.default_rng(seed)
    frame = pd.DataFrame(
        {
            "company_size": [f"S{i:02}" for i in chance.geometric(0.15, 900) % 15],
            "industry": [f"I{i}" if i else None for i in chance.geometric(0.25, 900) % 10],
            "score": chance.integers(0, 11, 900),
        }
    )
    table = page(frame).dataframe[0].value
    pairs = set(table["Group"][table["Segment"].str.contains("×")])
    cells = queries_segments.by_pair(Filter(), "company_size", "industry", "NPS", MINIMUM).table
    shown = cells[(cells["hidden"] == "") & (cells["responses"] > 0)]
    both = zip(shown["segment"], shown["across"], strict=True)
    assert pairs == {f"{one} × {other}" for one, other in both}
    assert 5 < len(pairs) < len(cells)


def test_text_of_a_file_is_shown_as_text(page: Callable[..., AppTest]) -> None:
    hostile = "![x](http://127.0.0.2/p.png)"
    app = page(crossed({(hostile, "A"): BAD, ("Large", "A"): GOOD}))
    assert hostile in app.dataframe[0].value["Group"].tolist()
    assert not any("![x](" in element.value for element in (*app.markdown, *app.caption))


def test_without_two_groups_it_says_so(page: Callable[..., AppTest]) -> None:
    app = page(pd.DataFrame({"score": spread(30)}))
    assert "No segment has two groups to compare." in words(app)


def test_a_column_of_names_is_left_out_and_named(page: Callable[..., AppTest]) -> None:
    frame = crossed({("Small", "A"): BAD, ("Large", "A"): GOOD})
    frame["manager"] = [f"M{i % 40}" for i in range(len(frame))]
    assert "left out: manager." in words(page(frame))


def test_more_columns_than_can_be_crossed_are_compared_alone(page: Callable[..., AppTest]) -> None:
    frame = crossed({("Small", "A"): BAD, ("Large", "B"): GOOD})
    chance = np.random.default_rng(1)
    for place in range(12):
        frame[f"column {place:02}"] = chance.choice(["x", "y"], len(frame))
    app = page(frame)
    assert "pairs are made of 12 segments at most: column 10, column 11." in words(app)
    assert "column 11" in app.dataframe[0].value["Segment"].tolist()


def test_the_running_week_is_told_against_ordinary_weeks(page: Callable[..., AppTest]) -> None:
    app = page(weekly([(30, 30)] * 12 + [(6, 34)], monday()))
    assert "This week so far: NPS −70 on 40 responses." in words(app)
    assert "below what is usual." in words(app)
    assert "The last complete one: week of" in words(app)
    spec = json.loads(app.get("plotly_chart")[0].proto.spec)
    assert spec["data"][2]["marker"]["size"][-1] == 13


def test_a_week_long_ago_is_called_by_its_dates(page: Callable[..., AppTest]) -> None:
    app = page(weekly([(30, 30)] * 12 + [(20, 20)], date(2026, 3, 2)))
    assert "Week of 2 Mar to 8 Mar 2026: NPS 0 on 40 responses." in words(app)
    assert "nothing unusual." in words(app)
    assert "the newest is of 2 Mar 2026, so this is the last week with responses" in words(app)


def test_the_filters_dates_choose_the_week_and_not_what_is_usual(
    page: Callable[..., AppTest],
) -> None:
    weeks = weekly([(30, 30)] * 12 + [(5, 45), (30, 30)], date(2026, 3, 9))
    app = page(weeks, dates="2026-03-01..2026-03-05")
    assert "Week of 2 Mar to 8 Mar 2026: NPS −80 on 50 responses." in words(app)
    assert "below what is usual." in words(app)
    assert "The filter ends on 5 Mar 2026: this is its last week." in words(app)
    nobody = page(weeks, dates="2026-03-10..2026-03-20")
    assert "No dated responses match the filters" in words(nobody)


def test_a_young_survey_is_not_judged(page: Callable[..., AppTest]) -> None:
    app = page(weekly([(30, 30)] * 4, monday()))
    assert "What is usual is not known yet: 3 earlier weeks have responses" in words(app)


def test_responses_without_dates_have_no_week(page: Callable[..., AppTest]) -> None:
    frame = pd.DataFrame({"score": spread(30), "responded_at": [pd.NaT] * 30})
    assert "No dated responses match the filters" in words(page(frame))
