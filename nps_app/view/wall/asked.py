"""What the address of a wall asks for, with a sentence for each part that cannot be read."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from nps_app.view.widgets.text import visible
from nps_core.language import tr

LOOKS: Final = ("dark", "light", "contrast")
FEWEST_SECONDS: Final = 5
MOST_SECONDS: Final = 3600
USUAL_SECONDS: Final = 20
MOST_VIEWS: Final = 24
"""A display that turns through more shows each too rarely to be of use."""

DATA_SECONDS: Final = 15
"""Seconds between two looks at the data; fewer where the views turn faster."""

REFRESH_VARIABLE: Final = "NPS_WALL_REFRESH"
"""Seconds between two refreshes, for `make soak`: it has weeks to get through."""


@dataclass(frozen=True)
class WallAsked:
    """Which views a wall shows (ids; none: all responses), for how long each, and how it looks.

    `remarks` are sentences for what was asked and cannot be done.
    """

    views: tuple[int, ...] = ()
    every: int = USUAL_SECONDS
    look: str = LOOKS[0]
    remarks: tuple[str, ...] = ()

    @property
    def refresh(self) -> int:
        """Seconds between two looks at the data.

        >>> WallAsked(every=5).refresh, WallAsked(every=60).refresh
        (5, 15)
        """
        return min(self.every, DATA_SECONDS)


def read_asked(address: Mapping[str, str], usual: WallAsked | None = None) -> WallAsked:
    """Read `views`, `every` and `look` of an address; what is missing or unfit is as `usual`.

    >>> read_asked({"views": "3,5", "every": "60"})
    WallAsked(views=(3, 5), every=60, look='dark', remarks=())
    >>> read_asked({"every": "1"}).remarks
    ('“1” is no time for a view: it is given in seconds, from 5 to 3600. Each stays 20 s.',)
    """
    usual = usual or WallAsked()
    remarks: list[str] = []
    return WallAsked(
        _views(address.get("views", ""), usual.views, remarks),
        _every(address.get("every", ""), usual.every, remarks),
        _look(address.get("look", ""), usual.look, remarks),
        tuple(remarks),
    )


def within(asked: Sequence[int], allowed: Sequence[int]) -> tuple[int, ...]:
    """The views of a link that an address picks from it; all of them when it picks none.

    >>> within((5, 9), (3, 5)), within((), (3, 5)), within((9,), (3, 5))
    ((5,), (3, 5), (3, 5))
    """
    return tuple(view for view in asked if view in allowed) or tuple(allowed)


def _views(text: str, usual: tuple[int, ...], remarks: list[str]) -> tuple[int, ...]:
    parts = [part.strip() for part in text.split(",") if part.strip()]
    read = [int(part) for part in parts if re.fullmatch("[0-9]{1,9}", part)]
    if len(read) < len(parts):
        remarks.append(
            tr(
                "“{text}” is no list of views: it is their numbers, such as 3,5.",
                text=visible(text, 40),
            )
        )
    once = tuple(dict.fromkeys(read))
    if len(once) > MOST_VIEWS:
        remarks.append(
            tr("A wall shows {most} views at the most: the others are left out.", most=MOST_VIEWS)
        )
    return once[:MOST_VIEWS] or usual


def _every(text: str, usual: int, remarks: list[str]) -> int:
    if not text:
        return usual
    if re.fullmatch("[0-9]{1,9}", text) and FEWEST_SECONDS <= int(text) <= MOST_SECONDS:
        return int(text)
    remarks.append(
        tr(
            "“{text}” is no time for a view: it is given in seconds, from {fewest} to {most}. "
            "Each stays {usual} s.",
            text=visible(text, 40),
            fewest=FEWEST_SECONDS,
            most=MOST_SECONDS,
            usual=usual,
        )
    )
    return usual


def _look(text: str, usual: str, remarks: list[str]) -> str:
    if text in LOOKS or not text:
        return text or usual
    remarks.append(
        tr("“{text}” is no look: there are dark, light and contrast.", text=visible(text, 40))
    )
    return usual
