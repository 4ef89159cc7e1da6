"""Why a figure is hidden, group by group: how many responses are missing, or whom it protects."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Literal

from nps_app.view.tables import count_text, listed
from nps_core.language import tr, tr_plural

Rule = Literal["few", "protects", "with its group"]
FEW: Final[Rule] = "few"
PROTECTS: Final[Rule] = "protects"
WITH_GROUP: Final[Rule] = "with its group"


@dataclass(frozen=True)
class Hidden:
    """A hidden group, or side of a comparison: its name, its responses and the rule that hid it.

    `rule` is one of `FEW`, `PROTECTS` (a smaller group, those named in `others` where they are in
    the same table) and `WITH_GROUP` (a pair of a group that is hidden itself).
    """

    name: str
    responses: int
    rule: Rule = FEW
    others: tuple[str, ...] = ()


def hidden_line(hidden: Hidden, minimum: int) -> str:
    """What is missing for this one to be shown. Plain text; names may come from files.

    >>> hidden_line(Hidden("Retail", 3), 5)
    'Retail: 3 of the 5 responses it takes; 2 more are missing.'
    >>> hidden_line(Hidden("Media", 40, "protects", ("Retail",)), 5)
    'Media: hidden so that Retail cannot be worked out by subtraction; shown again with it.'
    """
    if hidden.rule == WITH_GROUP:
        return tr("{name}: hidden with its group, which has too few itself.", name=hidden.name)
    if hidden.rule == PROTECTS and not hidden.others:
        return tr(
            "{name}: hidden so that a smaller group cannot be worked out by subtraction; shown "
            "again with it.",
            name=hidden.name,
        )
    if hidden.rule == PROTECTS:
        return tr(
            "{name}: hidden so that {small} cannot be worked out by subtraction; shown again "
            "with it.",
            name=hidden.name,
            small=listed(hidden.others),
        )
    missing = minimum - hidden.responses
    if missing <= 0:
        return tr("{name}: the chosen score leaves out too many responses.", name=hidden.name)
    return tr_plural(
        "{name}: {n} of the {minimum} responses it takes; {missing} more is missing.",
        "{name}: {n} of the {minimum} responses it takes; {missing} more are missing.",
        missing,
        name=hidden.name,
        n=count_text(hidden.responses),
        minimum=count_text(minimum),
        missing=count_text(missing),
    )


def sides_hidden(sides: Sequence[tuple[str, float]], minimum: int) -> list[Hidden]:
    """The sides of a comparison with some responses, and fewer than the minimum.

    >>> sides_hidden([("Before", 3), ("After", 40), ("Later", 0)], 5)
    [Hidden(name='Before', responses=3, rule='few', others=())]
    """
    return [Hidden(name, int(n)) for name, n in sides if 0 < n < minimum]
