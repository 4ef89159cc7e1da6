"""The segments page never shows, anywhere, what it hides; and says in words what it compares."""

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from nps_app.store import open_store
from tests.storing import commit_rows

MINIMUM = 5


@pytest.fixture
def page(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, dashboard: Callable[..., AppTest]
) -> Callable[..., AppTest]:
    """`page(rows, **query)`: the page over responses given as (company_size, industry, score)."""

    def run(rows: list[tuple[str | None, str | None, int]], **query: str) -> AppTest:
        monkeypatch.setenv("NPS_DATA", str(tmp_path))
        st.cache_data.clear()
        st.cache_resource.clear()
        frame = pd.DataFrame(rows, columns=["company_size", "industry", "score"])
        frame["response_id"] = [f"R{i}" for i in range(len(frame))]
        frame["responded_at"] = pd.Timestamp(2026, 3, 1)
        store = open_store(tmp_path / "nps.duckdb")
        commit_rows(store, frame)
        store.close()
        app = dashboard("pages/segments.py", **query)
        assert not app.exception
        return app

    return run


def figures(app: AppTest) -> str:
    """Everything the charts hold, hover texts included."""
    return " ".join(chart.proto.spec for chart in app.get("plotly_chart"))


def spread(n: int) -> list[int]:
    """`n` scores with as many promoters as detractors, give or take one."""
    return [(10, 3, 8)[i % 3] for i in range(n)]


def test_each_group_is_compared_with_the_rest_in_words(page: Callable[..., AppTest]) -> None:
    rows = [("Enterprise", None, 10)] * 60 + [("Enterprise", None, 0)] * 20
    rows += [("Small", None, 10)] * 20 + [("Small", None, 0)] * 60
    rows += [(None, None, s) for s in [10] * 20 + [0] * 20]
    app = page(rows)
    table = app.dataframe[0].value
    # By hand: Enterprise (60 - 20) / 80 = 50; Small -50; the missing ones 0.
    assert table["Company size"].tolist() == ["Enterprise", "Unknown", "Small"]
    assert table["NPS"].tolist() == [50, 0, -50]
    assert table["Responses"].tolist() == [80, 40, 80]
    assert table["Verdict"].tolist() == [
        "▲ above the rest",
        "● no clear difference",
        "▼ below the rest",
    ]
    # Enterprise against the rest: 50 - (40 - 80) / 120 * 100 = 83.3
    assert table["Against the rest"][0].startswith("+83 (")
    assert any("3 comparisons (Benjamini-Hochberg" in c.value for c in app.caption)


def test_a_small_group_is_hidden_with_the_next_one_in_table_and_chart(
    page: Callable[..., AppTest],
) -> None:
    rows = [("Enterprise", None, s) for s in spread(41)] + [("Small", None, s) for s in spread(31)]
    rows += [("Mid", None, s) for s in [10] * 8] + [("Micro", None, s) for s in [0] * 3]
    app = page(rows)
    table = app.dataframe[0].value.set_index("Company size")
    assert table.index.tolist()[2:] == ["Micro", "Mid"]
    assert table.loc[["Micro", "Mid"], ["NPS", "Responses"]].isna().all(axis=None)
    assert table.loc["Micro", "Verdict"] == "hidden: fewer than 5 responses"
    assert table.loc["Mid", "Verdict"] == "hidden to protect a smaller group"
    drawn = figures(app)
    assert "n 41" in drawn
    for secret in (r"n 8\b", r"n 3\b", r"\b[83] responses", r"NPS -?100\b"):
        assert not re.search(secret, drawn)
    assert any(text.value == "2 groups are hidden." for text in app.text)


def test_the_minimum_can_be_set_and_stays_for_everybody(
    page: Callable[..., AppTest], dashboard: Callable[..., AppTest]
) -> None:
    rows = [("Enterprise", None, s) for s in spread(41)] + [("Small", None, s) for s in spread(31)]
    rows += [("Mid", None, s) for s in spread(8)]
    app = page(rows)
    assert app.dataframe[0].value["NPS"].notna().all()
    app.number_input(key="minimum_n").set_value(10).run()
    assert app.dataframe[0].value["NPS"].isna().sum() == 2
    other = dashboard("pages/segments.py")
    assert other.number_input(key="minimum_n").value == 10
    assert other.dataframe[0].value["NPS"].isna().sum() == 2
    other.number_input(key="minimum_n").set_value(5).run()
    assert app.run().number_input(key="minimum_n").value == 5
    assert app.dataframe[0].value["NPS"].notna().all()


@pytest.mark.parametrize("seed", range(6))
def test_no_small_figure_follows_from_all_the_page_can_show(
    page: Callable[..., AppTest], seed: int
) -> None:
    random = np.random.default_rng(seed)
    truth = random.choice(
        [0, 0, 1, 2, 4, 6, 9, 25], size=(5, 4), p=[0.2, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.2]
    )
    sizes, industries = [f"S{i}" for i in range(5)], [f"I{j}" for j in range(4)]
    rows = [
        (sizes[i], industries[j], s) for (i, j), n in np.ndenumerate(truth) for s in spread(int(n))
    ]
    cells = np.eye(truth.size).reshape(*truth.shape, -1)
    known = [cells.sum(axis=(0, 1))]
    app = page(rows, across="industry")
    one = app.dataframe[0].value.set_index("Company size")["Responses"].dropna()
    known += [cells[sizes.index(name)].sum(axis=0) for name in one.index]
    pairs = app.dataframe[1].value
    shown = pairs[pairs["Responses"].notna()]
    known += [
        cells[sizes.index(a), industries.index(b)]
        for a, b in zip(shown["Company size"], shown["Industry"], strict=True)
    ]
    assert (
        shown["Responses"]
        == [
            truth[sizes.index(a), industries.index(b)]
            for a, b in zip(shown["Company size"], shown["Industry"], strict=True)
        ]
    ).all()
    other = page(rows, by="industry").dataframe[0].value.set_index("Industry")["Responses"].dropna()
    known += [cells[:, industries.index(name)].sum(axis=0) for name in other.index]
    for absent in range(truth.size):
        a, b = divmod(absent, truth.shape[1])
        if sizes[a] not in set(pairs["Company size"]) or industries[b] not in set(
            pairs["Industry"]
        ):
            known.append(cells[a, b])  # a value nobody has is known to be empty
    rank = np.linalg.matrix_rank(np.array(known))
    small = {f"cell {i},{j}": cells[i, j] for (i, j), n in np.ndenumerate(truth) if 0 < n < MINIMUM}
    small |= {f"row {i}": cells[i].sum(axis=0) for i in range(5) if 0 < truth[i].sum() < MINIMUM}
    small |= {
        f"column {j}": cells[:, j].sum(axis=0) for j in range(4) if 0 < truth[:, j].sum() < MINIMUM
    }
    betrayed = [
        name for name, figure in small.items() if np.linalg.matrix_rank([*known, figure]) == rank
    ]
    assert betrayed == []


def test_the_heatmap_draws_what_its_table_shows_and_no_more(page: Callable[..., AppTest]) -> None:
    rows = [("Enterprise", "Fintech", s) for s in [10] * 3 + [0]]
    rows += [
        (a, b, s) for a in ("Enterprise", "Small") for b in ("Retail", "Edu") for s in spread(30)
    ]
    rows += [("Small", "Fintech", s) for s in spread(30)]
    app = page(rows, across="industry")
    spec: dict[str, Any] = json.loads(app.get("plotly_chart")[1].proto.spec)
    words = [word for line in spec["data"][0]["text"] for word in line]
    assert "hidden" in words
    assert len(words) == 6
    table = app.dataframe[1].value
    assert words.count("hidden") == int(table["NPS"].isna().sum()) == 4
    assert "n 4" not in figures(app)


def test_two_hundred_values_stay_usable(page: Callable[..., AppTest]) -> None:
    rows = [(f"Account {i:03}", "All", s) for i in range(200) for s in spread(6 + i % 5)]
    app = page(rows, across="industry")
    assert len(app.dataframe[0].value) == 200
    height = json.loads(app.get("plotly_chart")[0].proto.spec)["layout"]["height"]
    assert height < 1200
    assert any("all 200" in caption.value for caption in app.caption)
    assert any("188 more of Company size" in c.value.replace("\\", "") for c in app.caption)


def test_a_literal_unknown_is_told_apart_from_a_missing_value(
    page: Callable[..., AppTest],
) -> None:
    rows = [("Unknown", None, s) for s in spread(12)] + [(None, None, s) for s in spread(15)]
    table = page(rows).dataframe[0].value.set_index("Company size")["Responses"]
    assert table.to_dict() == {"Unknown": 12, "Unknown (no value)": 15}


def test_hostile_values_are_shown_as_they_are(page: Callable[..., AppTest]) -> None:
    hostile = "![x](http://127.0.0.2/p.png) <img src=http://127.0.0.2/q.png>"
    app = page([(hostile, hostile, s) for s in spread(20)] + [("B", "C", s) for s in spread(20)])
    assert hostile in app.dataframe[0].value["Company size"].tolist()
    for element in (*app.markdown, *app.caption, *app.header):
        assert "![x](" not in element.value
    assert "<img" not in figures(app)
