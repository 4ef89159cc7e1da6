"""Every figure a page sends is one Plotly accepts: the app spends no time on checking them."""

import json

import plotly.graph_objects as go
import pytest

from nps_core.measure import ProductChange

ROWS = [
    {
        "response_id": f"{month}-{place}",
        "responded_at": f"2026-0{month}-1{place % 9}",
        "score": place % 11,
        "company_size": ["Small", "Enterprise", None][place % 3],
        "industry": ["Fintech", "Retail"][place % 2],
    }
    for month in range(1, 8)
    for place in range(44)
]
CHANGES = (
    ProductChange("2026-03-04", "New pricing", "Per seat"),
    ProductChange("2026-05-20", "Dark mode", segments={"industry": ["Retail"]}),
)


@pytest.mark.parametrize(
    ("page", "query", "charts"),
    [
        ("", {}, 5),
        ("pages/trend.py", {}, 1),
        ("pages/trend.py", {"lines": "industry", "every": "month", "window_month": "3"}, 1),
        ("pages/segments.py", {"by": "industry", "across": "company_size"}, 2),
        ("pages/product_changes.py", {}, 2),
    ],
)
def test_plotly_accepts_every_figure(workspace, page, query, charts) -> None:
    app = workspace(ROWS, CHANGES, page=page, **query)
    assert not app.exception
    specs = [json.loads(chart.proto.spec) for chart in app.get("plotly_chart")]
    assert len(specs) == charts
    for spec in specs:
        assert go.Figure(spec).data
