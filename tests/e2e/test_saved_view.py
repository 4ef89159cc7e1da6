"""A saved view: one person saves it, a second opens its link in a clean browser."""

import csv
import re
from pathlib import Path

from playwright.sync_api import expect

ROOT = Path(__file__).resolve().parents[2]


def enterprise_in_the_sample() -> tuple[int, int]:
    """Responses and NPS of Enterprise, counted by hand from the file."""
    with (ROOT / "samples" / "responses.csv").open(encoding="utf-8-sig", newline="") as file:
        scores = [
            int(r["score"]) for r in csv.DictReader(file) if r["company_size"] == "Enterprise"
        ]
    nps = 100 * (sum(s >= 9 for s in scores) - sum(s <= 6 for s in scores)) / len(scores)
    return len(scores), round(nps)


def test_a_second_person_sees_what_the_first_one_saved(empty_app, new_visitor) -> None:
    first = new_visitor(locale="en-GB")
    page = first.open(f"{empty_app.url}/data")
    page.get_by_role("button", name=re.compile("Load the sample", re.I)).first.click()
    expect(page.get_by_text(re.compile("11,905")).first).to_be_visible()
    first.open(f"{empty_app.url}/?size=Enterprise")
    page.get_by_role("button", name="Views", exact=True).click()
    page.get_by_role("button", name="Save this view").click()
    page.get_by_role("textbox", name="Name").fill("Big <b>accounts</b>")
    page.get_by_text("Pin it above every page").click()
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_role("link", name="Big <b>accounts</b>").first).to_be_visible()
    first.settled()

    responses, nps = enterprise_in_the_sample()
    second = new_visitor(locale="fr-FR")
    page = second.open(f"{empty_app.url}/view?id=1")
    expect(page.get_by_role("heading", level=1)).to_have_text("Vue d’ensemble")
    expect(page).to_have_url(re.compile("size=Enterprise"))
    expect(page.locator(".st-key-figure_the_score")).to_have_text(str(nps))
    said = f"{responses:,}".replace(",", "\u202f")
    expect(page.get_by_text(f"{said} sur 11\u202f905")).to_be_visible()
