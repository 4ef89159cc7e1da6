"""The language of a browser, from the header it sends (RFC 9110, 12.5.4)."""

import pytest

from nps_core.language import preferred


@pytest.mark.parametrize(
    ("header", "spoken"),
    [
        ("fr-CA", "fr"),
        ("FR-be,en;q=0.8", "fr"),
        ("de, fr;q=0.5", "fr"),
        ("de, fr; q=0.5, en;q=0.4", "fr"),
        ("de, en;q=0.9, fr;q=0.8", "en"),
        ("fr;q=0, de", "en"),
        ("fr;q=often, de", "en"),
        ("fro, frr", "en"),
        ("*", "en"),
        ("", "en"),
    ],
)
def test_the_first_language_that_is_known_is_spoken(header: str, spoken: str) -> None:
    assert preferred(header) == spoken
