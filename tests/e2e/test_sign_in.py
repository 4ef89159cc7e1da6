"""The whole round in a browser: led to the provider, signed in, a page seen, signed out."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.openid_provider import Provider, start_provider
from tests.serving import Served, dashboard

if TYPE_CHECKING:
    from tests.e2e.conftest import Visitor


@pytest.fixture(scope="module")
def provider() -> Iterator[Provider]:
    provider, server = start_provider()
    yield provider
    server.shutdown()


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory, provider: Provider) -> Iterator[Served]:
    """A dashboard where everybody signs in."""
    with dashboard(tmp_path_factory.mktemp("app") / "data", provider.secrets) as served:
        yield served


def test_signed_in_seen_signed_out_and_refused_again(
    app: Served, new_visitor: Callable[..., Visitor], provider: Provider
) -> None:
    ada = new_visitor()
    page = ada.open(f"{app.url}/planner")
    assert page.url.startswith(f"{app.url}/planner")
    expect(page.get_by_text(re.compile("Signed in as ada@.?example.com"))).to_be_visible()

    before = provider.signed_out
    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_role("heading", name="You are signed out")).to_be_visible()
    assert provider.signed_out == before + 1

    provider.person, kept = None, provider.person
    try:
        page.goto(f"{app.url}/planner")
        expect(page.get_by_role("heading", name="The sign-in did not work")).to_be_visible()
    finally:
        provider.person = kept
    page.get_by_role("link", name="Try again").click()
    ada.settled()
    expect(page.get_by_role("button", name="Sign out")).to_be_visible()


def test_nobody_signed_in_sees_a_page_in_french_too(
    app: Served, new_visitor: Callable[..., Visitor], provider: Provider
) -> None:
    provider.person, kept = None, provider.person
    try:
        page = new_visitor(locale="fr-FR").page
        page.goto(f"{app.url}/data")
        expect(page.get_by_role("heading", name="La connexion a échoué")).to_be_visible()
    finally:
        provider.person = kept
