"""The known shares as a French hand types them: a decimal comma, spaces, "Inconnu"."""

import pytest

from nps_app.catalogues import install_catalogues
from nps_app.view.known_shares import check_shares, read_shares
from nps_core.language import speaking

install_catalogues()


@pytest.mark.parametrize(
    ("typed", "share"),
    [("20,5", 20.5), ("20,5 %", 20.5), ("1\u202f204", 1204.0), ("1 204,5", 1204.5), ("20.5", 20.5)],
)
def test_a_comma_parts_decimals_in_french(typed: str, share: float) -> None:
    with speaking("fr"):
        found = check_shares(["plan"], [(("Pro",), typed)], {("Pro",): 9})
    assert found.known is not None
    assert found.known.shares == ((("Pro",), share),)


def test_a_comma_parts_thousands_in_english() -> None:
    found = check_shares(["plan"], [(("Pro",), "1,204")], {("Pro",): 9})
    assert found.known is not None
    assert found.known.shares == ((("Pro",), 1204.0),)


def test_a_french_spreadsheet_is_read_with_its_semicolons_and_commas() -> None:
    data = b"formule;part\nPro;20,5\nInconnu;5\nAutre;74,5\n"
    with speaking("fr"):
        rows = read_shares(data, ["plan"])
        found = check_shares(["plan"], rows, {("Pro",): 9, (None,): 2, ("Autre",): 1})
    assert found.known is not None
    assert found.known.shares == ((("Pro",), 20.5), ((None,), 5.0), (("Autre",), 74.5))
    assert found.remarks == ("La somme des parts est de 100.",)
