"""In a browser: from the list of product changes to one change's page, its sentence and its CSV."""

import csv
from pathlib import Path

import pandas as pd
from playwright.sync_api import expect

from nps_app.store import open_store
from nps_core.measure import ProductChange
from tests.storing import commit_rows


def _prepare(folder: Path) -> None:
    """Two a day of two sizes; from 2 March on, those of Enterprise say 10 instead of 0."""
    made = []
    for offset in range(-60, 60):
        day = pd.Timestamp(2026, 3, 2) + pd.Timedelta(days=offset)
        for place, size in enumerate(("Enterprise", "Small")):
            score = 10 if size == "Enterprise" and offset >= 0 else 3 * place
            made.append((f"R{offset}-{place}", day, score, size))
    frame = pd.DataFrame(made, columns=["response_id", "responded_at", "score", "company_size"])
    store = open_store(folder / "nps.duckdb")
    commit_rows(store, frame)
    store.save_change(
        ProductChange("2026-03-02", "Billing v2", segments={"company_size": ["Enterprise"]})
    )
    store.close()


def test_from_the_list_to_the_page_of_a_change_and_its_csv(start_app, visitor) -> None:
    app = start_app(_prepare)
    page = visitor.open(f"{app.url}/product_changes?days=56")
    page.locator(".st-key-verdict_1 button").first.click()
    expect(page.get_by_text("lies wholly above 0")).to_be_visible()
    expect(page.get_by_role("link", name="How verdicts are reached")).to_be_visible()
    page.keyboard.press("Escape")
    page.get_by_role("link", name="See what else could explain it").click()
    visitor.settled()
    sentence = page.locator(".st-key-change_sentence")
    expect(sentence).to_contain_text("Up 200 points (")
    expect(sentence).to_contain_text("since Billing v2")
    # The windows chosen on the list are those of the page, and a copied address has them too.
    expect(page.get_by_text("After, 2 Mar to 26 Apr 2026")).to_be_visible()
    visitor.open(page.url)
    expect(page.get_by_text("After, 2 Mar to 26 Apr 2026")).to_be_visible()
    page.locator(".st-key-download_product-change-1-figures button").first.click()
    with page.expect_download() as download:
        page.get_by_role("button", name="CSV table, unrounded").click()
    with Path(download.value.path()).open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    first = rows[0]
    assert (first["row"], first["what"]) == ("comparison", "Billing v2")
    assert float(first["before_responses"]) == 56
    assert float(first["difference"]) == 200
    assert first["sentence"].startswith("Up 200 points (")
    page.get_by_role("link", name="All product changes").click()
    visitor.settled()
    expect(page.get_by_role("heading", name="Product changes")).to_be_visible()
