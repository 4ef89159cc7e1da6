"""Product changes and a change's page in French: what still reads as in English is data."""

import re
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from typing import Any

import pandas as pd
import pytest
from google.protobuf.message import Message
from streamlit.testing.v1 import AppTest

from nps_core.language import speaking
from nps_core.measure import ProductChange

SHIPPED = date(2026, 3, 2)
CHANGES = (
    ProductChange(SHIPPED, "Zeta", note="zeta note", segments={"company_size": ["Enterprise"]}),
    ProductChange(SHIPPED, "Omega"),
    ProductChange(SHIPPED + timedelta(days=60), "Kappa"),
)
READ = {"body", "label", "placeholder", "help", "options", "alt", "content", "raw_value"}
OF_THE_DATA = re.compile(r"zeta|omega|kappa|enterprise|small", re.IGNORECASE)
PARAMETERS = {"lang", "size", "industry", "persona", "survey", "segment", "dates", "score"}
"""Labels of the address's own widgets, which nobody sees."""

ALIKE = PARAMETERS | {"Segments", "Dates", "English", "Français", "Note", "Verdict"}
Workspace = Callable[..., AppTest]


def rows() -> list[dict[str, Any]]:
    """Three a day: from 2 March on Enterprise says 10 instead of 0; Small always says 0."""
    made = []
    for offset in range(-60, 70):
        first = 0 if offset < 0 else 10
        for place, (score, size) in enumerate(
            ((first, "Enterprise"), (10, "Enterprise"), (0, "Small"))
        ):
            made.append(
                {
                    "response_id": f"R{offset}-{place}",
                    "responded_at": pd.Timestamp(SHIPPED + timedelta(days=offset)),
                    "score": score,
                    "company_size": size,
                    "respondent_id": f"P{offset % 65}-{place}",
                    "comment": f"{size} {score}",
                }
            )
    return made


def shown(block: Any) -> Iterator[str]:
    """The texts of a page that a person reads or hears, widgets' labels and options with them."""
    for child in getattr(block, "children", {}).values():
        proto = getattr(child, "proto", None)
        if isinstance(proto, Message):
            yield from _read(proto)
        yield from shown(child)


def _read(message: Message) -> Iterator[str]:
    for field, value in message.ListFields():
        for one in value if field.is_repeated else [value]:
            if isinstance(one, Message):
                yield from _read(one)
            elif isinstance(one, str) and field.name in READ and not one.startswith("<script>"):
                yield one


@pytest.mark.parametrize(
    ("page", "query", "part"),
    [
        (
            "pages/product_changes.py",
            {},
            "Dans les 28 jours qui suivent ; 56 réponses avant, 56 après.",
        ),
        ("pages/product_changes.py", {"days": "56", "washout": "7"}, "après 7 jours exclus"),
        ("pages/change.py", {"id": "1"}, "En hausse de 100 points ("),
        ("pages/change.py", {"id": "3", "windows": "500 responses"}, "depuis Kappa"),
        ("pages/methods.py", {}, "Le NPS et son intervalle"),
    ],
)
def test_no_words_are_the_same_as_in_english(
    workspace: Workspace, dashboard: Workspace, page: str, query: dict[str, str], part: str
) -> None:
    english = workspace(rows(), CHANGES, page, lang="en", **query)
    with speaking("fr"):
        # The options of a widget are named when the next run sends them back, outside of it.
        french = dashboard(page, lang="fr", **query)
    assert not french.exception
    words = [*shown(french.main)]
    there = " ".join(words).replace("\u00a0", " ").replace("\u202f", " ").replace("\\", "")
    assert part in there
    left = (set(words) & {*shown(english.main)}) - ALIKE
    assert not [
        word for word in left if re.search("[a-z]{3}", word) and not OF_THE_DATA.search(word)
    ]
    columns = {name for table in french.dataframe for name in table.value.columns}
    same = columns & {name for table in english.dataframe for name in table.value.columns}
    assert same <= ALIKE | {""}
