"""The guided first visit keeps the filter somebody came with, on every page it leads to."""

from datetime import date, timedelta

ROWS = [
    {
        "response_id": f"{size}{at}",
        "responded_at": date(2026, 10, 30) - timedelta(days=at),
        "score": at % 11,
        "company_size": size,
    }
    for size in ("Small", "Large")
    for at in range(40)
]


def test_the_tour_goes_on_with_a_filter_in_the_address(workspace) -> None:
    app = workspace(ROWS, size="Small")
    app.button(key="tour_again").click().run()
    for place in range(2, 6):
        app.button(key="tour_next").click().run()
        assert not app.exception
        assert any(f"**{place} of 5**" in text.value for text in app.markdown)
        assert any("40 of 80 responses" in text.value for text in app.caption)
