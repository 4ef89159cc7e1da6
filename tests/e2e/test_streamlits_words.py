"""Streamlit's own words, in the language of the page, in a real browser."""

from __future__ import annotations

from typing import TYPE_CHECKING

from playwright.sync_api import expect

if TYPE_CHECKING:
    from collections.abc import Callable

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


def test_calendar_and_table_speak_french_in_an_english_browser(
    empty_app: App, new_visitor: Callable[..., Visitor]
) -> None:
    visitor = new_visitor(locale="en-US", viewport={"width": 768, "height": 1024})
    page = visitor.open(f"{empty_app.url}/?lang=fr")
    page.get_by_role("button", name="Charger les données d’exemple").click()
    page.get_by_role("button", name="Toutes les dates").click(timeout=90_000)
    page.get_by_role("radio", name="Personnalisé").check(force=True)
    visitor.settled()
    page.get_by_role("button", name="Choisir une période", exact=True).click()
    calendar = page.get_by_test_id("stDateInputCalendar")
    expect(calendar.get_by_role("button", name="Mois suivant")).to_be_visible()
    expect(calendar).to_contain_text("novembre")
    # A week begins on Monday in France.
    expect(calendar.get_by_role("columnheader", include_hidden=True).first).to_have_text("L")
    expect(page.get_by_label("jour, Du et au, date de début")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_test_id("stTopNav")).to_contain_text("de plus")

    visitor.open(f"{empty_app.url}/responses?lang=fr")
    table = page.get_by_test_id("stDataFrame")
    table.hover()
    page.get_by_role("button", name=f"Rechercher{HARD}: Les réponses").click()
    expect(table).to_contain_text("Saisissez le texte à chercher")


def test_a_table_cannot_be_taken_as_a_file_that_a_spreadsheet_runs(
    empty_app: App, visitor: Visitor
) -> None:
    page = visitor.open(empty_app.url)
    page.get_by_role("button", name="Load the sample data").click()
    expect(page.get_by_role("button", name="Company size: all")).to_be_visible(timeout=90_000)
    visitor.open(f"{empty_app.url}/responses")
    page.get_by_test_id("stDataFrame").hover()
    expect(page.get_by_role("button", name="Search: ")).to_be_visible()
    own = page.locator('[aria-label^="Download as CSV"]')
    expect(own).to_have_count(1)
    expect(own).to_be_hidden()


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
