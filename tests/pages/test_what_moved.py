"""Why the NPS moved: what the page says, from which days, and what it never shows."""

import json
import re
from datetime import date

import numpy as np
import pandas as pd
import plotly.graph_objects as go
import pytest
from streamlit.testing.v1 import AppTest

from nps_app.view import queries_moves
from nps_app.view.queries_moves import Spans
from nps_core.measure import Filter, ProductChange

PAGE = "pages/what_moved.py"
GIVEN = (0, 7, 10)
MARCH, APRIL = (date(2026, 3, 1), date(2026, 3, 31)), (date(2026, 4, 1), date(2026, 4, 30))
SPANS = Spans(MARCH, APRIL, "Mar 2026", "Apr 2026")


def rows(day: str, groups: dict, **more: object) -> list[dict]:
    """Responses on one day: detractors, passives and promoters of each company size."""
    return [
        {
            "response_id": f"{day}-{name}-{score}-{place}-{more.get('industry')}",
            "responded_at": day,
            "score": score,
            "company_size": name,
            **more,
        }
        for name, triple in groups.items()
        for score, n in zip(GIVEN, triple, strict=True)
        for place in range(n)
    ]


def spread(n: int) -> tuple[int, int, int]:
    return (n // 3, n - 2 * (n // 3), n // 3)


# By hand: 100 responses at NPS 21, then 80 at 50. Small 50 at -18, then 20 at -50; Large 50 at 60,
# then 60 at 83.33. Rate 0.375 * -32 + 0.625 * 23.33 = 2.58; the rest of the 29 points is mix.
BEFORE = {"Small": (20, 19, 11), "Large": (5, 10, 35)}
AFTER = {"Small": (12, 6, 2), "Large": (0, 10, 50)}
MOVED = [*rows("2026-03-10", BEFORE), *rows("2026-04-10", AFTER)]


def said(app: AppTest) -> str:
    parts = (*app.markdown, *app.text, *app.caption, *app.warning, *app.info, *app.header)
    return " | ".join(part.value.replace("\\", "") for part in parts)


def charts(app: AppTest) -> dict[str, dict]:
    """The waterfalls by name."""
    drawn = {chart.key.removeprefix("chart_"): chart for chart in app.get("plotly_chart")}
    ours = ("nps-why-it-moved", "nps-flow")
    return {name: json.loads(drawn[name].proto.spec) for name in ours if name in drawn}


def tables(app: AppTest) -> list[pd.DataFrame]:
    return [shown.value for shown in app.dataframe if "Own scores" in shown.value]


def test_the_move_between_two_months_is_said_and_its_parts_add_up(workspace):
    app = workspace(MOVED, page=PAGE)
    assert not app.exception
    words = said(app)
    assert not app.warning
    assert "▲ up 29" in words
    assert "Apr 2026 against Mar 2026" in words
    assert (
        "+2.6 points come from the groups' own scores and +26.4 from who answered: +29.0 in all."
        in words
    )
    assert re.search(r"Apr 2026, 1 Apr to 30 Apr 2026: NPS 50 \(\d+ to \d+\), 80 responses", words)
    assert re.search(r"Mar 2026, 1 Mar to 31 Mar 2026: NPS 21 \(\d+ to \d+\), 100 resp", words)
    shown = tables(app)[0].set_index("Company size")
    assert shown.index.tolist() == ["Large", "Small", "All together"]
    assert shown["Own scores"].tolist() == ["+14.6", "−12.0", "+2.6"]
    # Mix: 0.25 * (71.67 - 35.5) and -0.25 * (-34 - 35.5).
    assert shown["Who answered"].tolist() == ["+9.0", "+17.4", "+26.4"]
    assert shown["NPS"].tolist() == ["60 → 83", "−18 → −50", "21 → 50"]
    assert shown["Share"].tolist() == ["50 → 75 %", "50 → 25 %", "100 → 100 %"]
    assert shown["Responses"].tolist() == ["50 → 60", "50 → 20", "100 → 80"]
    assert "corrected for 2 comparisons" in words


def test_the_waterfall_leads_from_one_score_to_the_other(workspace):
    app = workspace(MOVED, page=PAGE)
    groups, flow = charts(app).values()
    assert go.Figure(groups).data
    assert go.Figure(flow).data
    bars = [trace for trace in groups["data"] if trace["type"] == "bar"]
    starts = [bar["base"][0] for bar in bars]
    ends = [bar["base"][0] + bar["x"][0] for bar in bars]
    assert starts == pytest.approx([21, *ends[:-1]])
    assert ends[-1] == pytest.approx(50)
    # Promoters 46 to 65 % of the responses, detractors 25 to 15 %.
    steps = [trace["x"][0] for trace in flow["data"] if trace["type"] == "bar"]
    assert steps == pytest.approx([19, 10])


def test_a_paradox_is_a_notice(workspace):
    # Kidney stones of Charig and others 1986: better in each group, worse in all.
    before = rows("2026-03-10", {"Small": (36, 0, 234), "Large": (25, 0, 55)})
    after = rows("2026-04-10", {"Small": (6, 0, 81), "Large": (71, 0, 192)})
    app = workspace([*before, *after], page=PAGE)
    assert len(app.warning) == 1
    assert (
        app.warning[0]
        .value.replace("\\", "")
        .startswith("Each of the 2 groups moved up, yet all responses together moved down")
    )


def test_small_groups_are_one_row_and_nowhere_else(workspace):
    before = {"Small": spread(60), "Large": spread(50), "Tiny": (0, 0, 3), "Mid": spread(23)}
    after = {"Small": spread(60), "Large": spread(50), "Tiny": (37, 0, 0), "Mid": spread(26)}
    app = workspace([*rows("2026-03-10", before), *rows("2026-04-10", after)], page=PAGE)
    shown = tables(app)[0].set_index("Company size")
    # Mid is the smallest that can hide Tiny: 3 + 23, then 37 + 26.
    assert shown.index.tolist()[-2:] == ["2 groups too small to show", "All together"]
    assert set(shown.index) >= {"Small", "Large"}
    assert shown.loc["2 groups too small to show", "Responses"] == "26 → 63"
    assert "Tiny" not in str(charts(app))
    assert "Mid" not in str(charts(app))
    assert "Groups too small on a side are added up in one row." in said(app)


def test_nothing_is_split_when_a_side_is_too_small(workspace):
    after = rows("2026-04-10", {"Small": (1, 1, 1), "Large": (0, 0, 1)})
    app = workspace([*rows("2026-03-10", BEFORE), *after], page=PAGE)
    assert not app.exception
    assert "Too few responses to show: " in " ".join(box.value for box in app.info)
    assert "4 after" in " ".join(box.value for box in app.info)
    assert not tables(app)
    assert not charts(app)


@pytest.mark.parametrize("seed", range(4))
def test_no_small_figure_follows_from_the_three_ways_to_split(workspace, seed: int):
    random = np.random.default_rng(seed)
    sizes, industries = [f"S{i}" for i in range(4)], [f"I{j}" for j in range(3)]
    truth = random.choice([0, 0, 1, 3, 4, 7, 20], size=(2, 4, 3))
    data = [
        row
        for day, cells in zip(("2026-03-10", "2026-04-10"), truth, strict=True)
        for (i, j), n in np.ndenumerate(cells)
        for row in rows(day, {sizes[i]: spread(int(n))}, industry=industries[j])
    ]
    workspace(data)
    moves = {
        by: queries_moves.move(Filter(), SPANS, by, 5).groups
        for by in (("company_size",), ("industry",), ("company_size", "industry"))
    }
    cells = np.eye(12).reshape(4, 3, 12)
    vectors = {
        **{name: cells[i].sum(axis=0) for i, name in enumerate(sizes)},
        **{name: cells[:, j].sum(axis=0) for j, name in enumerate(industries)},
        **{f"{sizes[i]} · {industries[j]}": cells[i, j] for i, j in np.ndindex(4, 3)},
    }
    for side, counts in zip(("before", "after"), truth, strict=True):
        known = [cells.sum(axis=(0, 1))]
        for groups in moves.values():
            if groups.empty:
                continue
            single = groups[groups["folded"] == 0]
            for name, n in zip(single["segment"], single[f"{side}_responses"], strict=True):
                assert n == vectors[name] @ counts.ravel()
                assert n == 0 or n >= 5
                known.append(vectors[name])
        rank = np.linalg.matrix_rank(np.array(known))
        betrayed = [
            name
            for name, vector in vectors.items()
            if 0 < vector @ counts.ravel() < 5 and np.linalg.matrix_rank([*known, vector]) == rank
        ]
        assert betrayed == []


def test_two_segments_at_once(workspace):
    before = rows("2026-03-10", {"Small": spread(30), "Large": spread(30)}, industry="Retail")
    after = rows("2026-04-10", {"Small": spread(30), "Large": spread(60)}, industry="Retail")
    more = rows("2026-03-11", {"Small": spread(40)}, industry="Fintech")
    more += rows("2026-04-11", {"Small": (0, 0, 40)}, industry="Fintech")
    app = workspace(
        [*before, *after, *more], page=PAGE, split="company_size", split_again="industry"
    )
    assert not app.exception
    shown = tables(app)[0]
    assert shown.columns[0] == "Company size · Industry"
    assert set(shown.iloc[:, 0]) == {
        "Small · Fintech",
        "Small · Retail",
        "Large · Retail",
        "All together",
    }


def test_the_filter_applies_but_not_its_dates(workspace):
    app = workspace(MOVED, page=PAGE, size="Large", dates="7d")
    words = said(app)
    assert "Mar 2026, 1 Mar to 31 Mar 2026: NPS 60" in words
    assert "50 responses" in words
    assert "The filter's dates do not apply here" in words


def test_the_last_days_end_with_the_newest_response(workspace):
    app = workspace(MOVED, page=PAGE, moved="days", span="28")
    assert "last 28 days, 14 Mar to 10 Apr 2026: NPS 50".lower() in said(app).lower()
    # The 28 days before, 14 Feb to 13 Mar, hold the responses of 10 March.
    assert "14 Feb to 13 Mar 2026: NPS 21" in said(app)


def test_a_product_change_is_compared_within_its_scope_and_cut_as_on_its_page(workspace):
    change = ProductChange(
        "2026-04-01", "[Pay](http://t.example)", segments={"company_size": "Large"}
    )
    app = workspace(MOVED, (change,), page=PAGE, moved="change")
    assert not app.exception
    words = said(app)
    assert "NPS 60" in words
    assert "NPS 83" in words
    assert "Compared within Company size: Large, whom the change was for." in words
    assert "window cut to" in words
    assert "](http://t" not in " ".join(m.value for m in (*app.markdown, *app.caption))


def test_two_ranges_may_not_overlap(workspace):
    app = workspace(MOVED, page=PAGE, moved="dates")
    assert "NPS 50" in said(app)
    app.date_input(key="to").set_value((date(2026, 3, 20), date(2026, 4, 30))).run()
    assert "The two ranges overlap (20 Mar 2026 is in both)" in said(app)
    app.date_input(key="from").set_value((date(2026, 3, 5), date(2026, 3, 19))).run()
    assert "5 Mar to 19 Mar 2026: NPS 21" in said(app)
    assert not app.exception


def test_data_without_segments_is_still_told_by_category(workspace):
    plain = [{k: v for k, v in row.items() if k != "company_size"} for row in MOVED]
    app = workspace(plain, page=PAGE)
    assert not app.exception
    assert list(charts(app)) == ["nps-flow"]


@pytest.mark.parametrize(
    ("mode", "why"),
    [
        ("month", "no complete month"),
        ("days", "No response has a date"),
        ("dates", "No response has a date"),
    ],
)
def test_data_without_dates_has_nothing_to_compare(workspace, mode: str, why: str):
    app = workspace([{**row, "responded_at": None} for row in MOVED], page=PAGE, moved=mode)
    assert not app.exception
    assert why in said(app)
    assert not charts(app)


def test_without_a_product_change_the_page_says_what_to_do(workspace):
    app = workspace(MOVED, page=PAGE, moved="change")
    assert "No product change is known yet" in said(app)


def test_hostile_names_are_shown_as_they_are(workspace):
    hostile = "![x](http://127.0.0.2/p.png) <img src=http://127.0.0.2/q.png>"
    groups = {hostile: spread(30), "Small": spread(30)}
    app = workspace([*rows("2026-03-10", groups), *rows("2026-04-10", groups)], page=PAGE)
    assert hostile[:79] in "".join(tables(app)[0]["Company size"])
    assert "<img" not in str(charts(app))
    assert "![x](" not in " ".join(m.value for m in (*app.markdown, *app.caption, *app.header))


def test_a_product_change_has_one_interval_on_both_pages(workspace, dashboard):
    """Twelve accounts answer ten times alike, and three of them turn: chance alone is sure.

    120 responses at NPS -33.3, then at 16.7; but it is three accounts that moved, not 30 people.
    """
    made = [
        {
            "response_id": f"{side}-{account}-{place}",
            "responded_at": day,
            "score": 10 if account < promoting else 0,
            "account_id": f"A{account}",
            "company_size": "Small" if account % 2 else "Large",
        }
        for side, day, promoting in (("b", "2026-03-10", 4), ("a", "2026-03-30", 7))
        for account in range(12)
        for place in range(10)
    ]
    change = ProductChange(date(2026, 3, 20), "Billing")
    words = said(workspace(made, (change,), page=PAGE, moved="change"))
    own = said(dashboard("pages/change.py", id="1"))
    limits = re.search(r"No clear change since Billing: \+50 \((−\d+ to \d+)\)", own)
    assert limits, own
    assert f"no clear change, +50**] ({limits[1]})" in words
