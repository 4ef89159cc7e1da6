"""Text that a spreadsheet would run, and how it is kept from that."""

from typing import Final

FORMULA_STARTS: Final = tuple("=+-@\t\r\n＝＋－＠")
"""First characters a spreadsheet takes for a formula (OWASP, CSV injection)."""


def without_formula(text: str) -> str:
    """The text with an apostrophe before it where a spreadsheet would run it.

    >>> without_formula("=1+1"), without_formula("1 + 1 = 2")
    ("'=1+1", '1 + 1 = 2')
    """
    return f"'{text}" if text.startswith(FORMULA_STARTS) else text
