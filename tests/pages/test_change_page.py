"""A product change's page: its sentence, its windows, its rivals, and what it never shows."""

import io
import json
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pandas as pd
import plotly.graph_objects as go
import pytest
from streamlit.testing.v1 import AppTest

from nps_app.view.change_download import page_table
from nps_app.view.export import csv_bytes
from nps_app.view.figures_change import movement_figure
from nps_app.view.queries_change import Asked, judged, quotes
from nps_core.measure import Filter, ProductChange

PAGE = "pages/change.py"
SHIPPED = date(2026, 3, 2)
Workspace = Callable[..., AppTest]


def rows(days: int = 40, comments: bool = True) -> list[dict[str, Any]]:
    """Three responses a day: before 2 March a 0 and a 10 of Enterprise, from then on two 10.

    Small always says 0. Each person answers once before and once after.
    """
    made = []
    for offset in range(-days, days):
        day = pd.Timestamp(SHIPPED + timedelta(days=offset))
        first = 0 if offset < 0 else 10
        for place, (score, size) in enumerate(
            ((first, "Enterprise"), (10, "Enterprise"), (0, "Small"))
        ):
            made.append(
                {
                    "response_id": f"R{offset}-{place}",
                    "responded_at": day,
                    "score": score,
                    "company_size": size,
                    "respondent_id": f"P{(offset + days) % days}-{place}",
                    "comment": f"{size} says {score}" if comments else None,
                }
            )
    return made


ENTERPRISE = ProductChange(SHIPPED, "SSO", segments={"company_size": ["Enterprise"]})
EVERYBODY = ProductChange(SHIPPED, "Everything")


def words(app: AppTest) -> str:
    elements = (*app.markdown, *app.caption, *app.text, *app.header, *app.info)
    popovers = [block.proto.popover.label for block in app.get("popover")]
    return "\n".join([*(element.value for element in elements), *popovers]).replace("\\", "")


def test_the_page_tells_the_change_in_one_sentence(workspace: Workspace) -> None:
    app = workspace(rows(), (ENTERPRISE,), PAGE, id="1")
    assert not app.exception
    said = words(app)
    # By hand: Enterprise before (28 - 28) / 56 = 0, after 100; Small stays at -100.
    assert "Up 100 points (" in said
    assert "since SSO" in said
    assert "those it was not for did not clearly move" in said
    assert "56 responses" in said
    assert "Before, 2 Feb to 1 Mar 2026" in said
    assert "After, 2 Mar to 29 Mar 2026" in said
    assert "Compared within Company size: Enterprise, whom it was for." in said
    # The same people in both windows: 28 days of two a day met again 40 days later, so 16 * 2.
    assert "32 people answered in both" in said
    assert "Did something else ship?" in said


def test_windows_of_different_lengths_come_from_the_address(workspace: Workspace) -> None:
    app = workspace(rows(), (EVERYBODY,), PAGE, id="1", before="7", after="14", left_out="3")
    said = words(app)
    assert "Before, 23 Feb to 1 Mar 2026" in said
    assert "After, 5 Mar to 18 Mar 2026" in said


def test_windows_may_hold_a_number_of_responses(workspace: Workspace) -> None:
    said = words(workspace(rows(), (EVERYBODY,), PAGE, id="1", windows="100 responses"))
    # Three a day: 34 days hold 102.
    assert "Before, 27 Jan to 1 Mar 2026" in said
    assert "102 responses" in said


@pytest.mark.parametrize("given", ["99", "", "x", "-1", "1e3", "²", "9" * 30])
def test_a_change_that_is_not_there_is_told_kindly(workspace: Workspace, given: str) -> None:
    app = workspace(rows(2), (EVERYBODY,), PAGE, **({"id": given} if given else {}))
    assert not app.exception
    assert "There is no such product change" in words(app)
    assert "All product changes" in [link.proto.label for link in app.get("page_link")]


def test_a_change_for_a_segment_the_data_lost_has_a_page_all_the_same(
    workspace: Workspace,
) -> None:
    gone = ProductChange(SHIPPED, "Gone", segments={"region": ["EMEA"]})
    made = [row | {"account_id": row["response_id"][-1]} for row in rows()]
    app = workspace(made, (gone,), PAGE, id="1")
    assert not app.exception
    assert 'The frame has no column "region"' in words(app)
    assert "No responses before or after Gone." in words(app)


def test_hostile_text_is_shown_as_text(workspace: Workspace) -> None:
    hostile = "![x](http://127.0.0.2/p.png)<script> **b** :red[c]"
    made = [row | {"comment": hostile} for row in rows()]
    changes = (
        ProductChange(SHIPPED, hostile, note=hostile, link="javascript:alert(1)"),
        ProductChange(SHIPPED + timedelta(days=5), hostile + " again"),
    )
    app = workspace(made, changes, PAGE, id="1")
    assert not app.exception
    labels = [link.proto.label for link in app.get("page_link")]
    popovers = [block.proto.popover.label for block in app.get("popover")]
    for text in (
        *(element.value for element in (*app.markdown, *app.caption, *app.header)),
        *labels,
        *popovers,
    ):
        assert "![x](" not in text
        assert ":red[c]" not in text
    assert not app.get("link_button")


def test_others_nearby_are_named_with_the_way_to_their_page(workspace: Workspace) -> None:
    near = ProductChange(SHIPPED + timedelta(days=5), "Dark mode")
    app = workspace(rows(), (EVERYBODY, near), PAGE, id="1")
    said = words(app)
    assert "Another change within reach of the windows" in said
    assert "“Dark mode” shipped 5 days later" in said
    links = [link.proto for link in app.get("page_link")]
    assert any(link.label == "Dark mode" and "id=2" in link.query_string for link in links)


def test_quotes_come_detractors_first_and_never_from_a_handful(workspace: Workspace) -> None:
    workspace(rows(), (EVERYBODY,), PAGE, id="1")
    window = (SHIPPED, SHIPPED + timedelta(days=27))
    picked = quotes(Filter(), (), window)
    assert picked["score"].tolist() == [0, 0, 0, 10, 10, 10]
    only = quotes(Filter(), ENTERPRISE.segments, window)
    assert only["score"].tolist() == [10] * 6


def test_a_window_of_a_handful_is_not_quoted(workspace: Workspace) -> None:
    said = words(workspace(rows(1), (EVERYBODY,), PAGE, id="1"))
    assert "says" not in said
    assert "Too few responses to tell since Everything: 3 before, 3 after" in said


def test_the_figures_of_a_handful_are_hidden_on_the_page_and_in_the_download(
    workspace: Workspace,
) -> None:
    # Two days of one Enterprise pair each: 4 before and 4 after, one under the minimum of 5.
    said = words(workspace(rows(2), (ENTERPRISE,), PAGE, id="1"))
    assert "Too few responses to tell since SSO: 4 before, 4 after." in said
    assert "95 % interval" not in said
    found = judged(Filter(), 1, Asked(mix=(("industry",),)))
    table = page_table(found, 5)
    for name in ("before_nps", "after_nps", "before_detractors", "difference", "p"):
        assert table.get(name, pd.Series([])).isna().all()


def test_data_without_comments_has_no_quotes(workspace: Workspace) -> None:
    assert "What people wrote" not in words(
        workspace(rows(comments=False), (EVERYBODY,), PAGE, id="1")
    )


def test_the_filter_narrows_the_page_and_its_dates_do_not(workspace: Workspace) -> None:
    app = workspace(rows(), (EVERYBODY,), PAGE, id="1", size="Small", dates="7d")
    said = words(app)
    assert "28 responses" in said
    assert "dates do not apply here" in said


def test_every_figure_can_be_downloaded_with_the_sentence(workspace: Workspace) -> None:
    workspace(rows(), (ENTERPRISE, EVERYBODY), PAGE, id="1")
    found = judged(Filter(), 1, Asked(mix=(("industry",), ("company_size",))))
    table = pd.read_csv(io.BytesIO(csv_bytes(page_table(found, 5))))
    assert {"comparison", "mix", "trend", "control", "same people", "movement"} <= set(table["row"])
    first = table[table["row"] == "comparison"].iloc[0]
    assert first["sentence"].startswith("Up 100 points (")
    assert (first["before_nps"], first["after_nps"], first["difference"]) == (0, 100, 100)
    control = table[(table["row"] == "control") & (table["what"] == "control")].iloc[0]
    assert (control["before_nps"], control["after_nps"]) == (-100, -100)
    went = table[(table["from"] == "detractors") & (table["to"] == "promoters")]
    # One of the two people a day went from 0 to 10.
    assert went["respondents"].tolist() == [16]
    assert page_table(found, 33)["row"].ne("movement").all()


def test_plotly_accepts_every_figure(workspace: Workspace) -> None:
    app = workspace(rows(70), (ENTERPRISE,), PAGE, id="1")
    asked = Asked(days=56, mix=(("industry",),))
    specs = [json.loads(chart.proto.spec) for chart in app.get("plotly_chart")]
    assert len(specs) == 1
    for figure in (
        *specs,
        movement_figure(Filter(), 1, asked, "dark").to_plotly_json(),
        movement_figure(Filter(), 1, asked, "dark", scores=True).to_plotly_json(),
    ):
        assert go.Figure(figure).data
    # Both windows are shaded, whole days each.
    shaded = [shape for shape in specs[0]["layout"]["shapes"] if shape["type"] == "rect"]
    assert [(s["x0"][:10], s["x1"][:10]) for s in shaded] == [
        ("2026-02-02", "2026-03-02"),
        ("2026-03-02", "2026-03-30"),
    ]


def test_a_copied_link_opens_this_change_in_these_windows(workspace: Workspace) -> None:
    app = workspace(rows(), (ENTERPRISE, EVERYBODY), page=PAGE, id="2", before="14", size="Small")
    copied = parse_qs(urlsplit(app.get("code")[0].value).query)
    assert copied == {"id": ["2"], "before": ["14"], "size": ["Small"]}
