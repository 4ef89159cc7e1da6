"""Streamlit's own words, in the language of the page, in a real browser."""

from __future__ import annotations

from typing import TYPE_CHECKING

from playwright.sync_api import expect

if TYPE_CHECKING:
    from tests.e2e.conftest import App, Visitor

DROPZONE = '[data-testid="stFileUploaderDropzone"]'
HARD = "\u00a0"


def test_the_uploader_speaks_the_language_that_is_picked(empty_app: App, visitor: Visitor) -> None:
    page = visitor.open(f"{empty_app.url}/data?lang=fr")
    uploader = page.locator(DROPZONE)
    expect(uploader).to_contain_text("Importer")
    expect(uploader).to_contain_text(f"50{HARD}Mo par fichier")
    expect(page.locator("html")).to_have_attribute("lang", "fr")

    page.get_by_role("radio", name="English").click()
    expect(page.get_by_role("heading", name="Data", exact=True)).to_be_visible()
    expect(uploader).to_contain_text("Upload")
    expect(uploader).to_contain_text("50MB per file")
    expect(page.locator("html")).to_have_attribute("lang", "en")

    page.get_by_role("radio", name="Français").click()
    expect(uploader).to_contain_text("Importer")


def test_a_list_that_is_empty_says_so_and_values_stay_as_they_are(
    empty_app: App, visitor: Visitor
) -> None:
    page = visitor.open(f"{empty_app.url}/?lang=fr")
    page.get_by_role("button", name="Charger les données d’exemple").click()
    expect(page.get_by_role("button", name=f"Taille{HARD}: toutes")).to_be_visible(timeout=90_000)
    visitor.settled()
    page.get_by_role("button", name=f"Taille{HARD}: toutes").click()
    box = page.get_by_role("combobox", name="Taille d’entreprise")
    box.fill("nowhere")
    expect(page.get_by_text("Aucun résultat")).to_be_visible()
    box.fill("Enter")
    expect(page.get_by_role("option", name="Enterprise")).to_be_visible()
