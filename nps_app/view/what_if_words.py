"""What the Planner's what-if says: plain sentences. No markup."""

from typing import Final

from nps_app.view.planner_numbers import margin_points_text, points_text
from nps_app.view.queries_what_if import Supposed
from nps_app.view.tables import count_text, interval_text, nps_text, percent_text
from nps_core import columns as c
from nps_core.language import mark, tr, tr_plural

NOTE: Final = mark(
    "Arithmetic, not a forecast: it supposes that everyone left alone answers as before. Whoever "
    "wins people over often moves others too, and those who answer next are not the same people."
)
_NAMES: Final = {
    c.PROMOTERS: mark("promoters"),
    c.PASSIVES: mark("passives"),
    c.DETRACTORS: mark("detractors"),
}


def what_if_sentence(
    supposed: Supposed, turn: tuple[str, str], percent: int, group: str = ""
) -> str:
    """What the score would be, and how many people that is."""
    found = supposed.found
    of_group = {"left": tr(_NAMES[turn[0]]), "group": group}
    if not found.of:
        none = (
            mark("There are no {left} to win over."),
            mark("There are no {left} of {group} to win over."),
        )
        return tr(none[bool(group)], **of_group)
    values = of_group | {
        "percent": percent_text(percent),
        "people": count_text(found.people),
        "of": count_text(found.of),
        "joined": tr(_NAMES[turn[1]]),
        "before": nps_text(found.before_nps),
    }
    if not found.difference:
        stays = (
            mark(
                "If {percent} of the {left} ({people} of {of}) became {joined}, "
                "the NPS would stay at {before}."
            ),
            mark(
                "If {percent} of the {left} of {group} ({people} of {of}) became {joined}, "
                "the NPS would stay at {before}."
            ),
        )
        return tr(stays[bool(group)], **values)
    values |= {
        "n": count_text(found.responses),
        "points": points_text(found.difference),
        "after": nps_text(found.after_nps),
    }
    if group:
        return tr_plural(
            "If {percent} of the {left} of {group} ({people} of {of}) became {joined} and everyone "
            "else answered as they did, the NPS of the {n} chosen response would rise by {points}, "
            "from {before} to {after}.",
            "If {percent} of the {left} of {group} ({people} of {of}) became {joined} and everyone "
            "else answered as they did, the NPS of the {n} chosen responses would rise by "
            "{points}, from {before} to {after}.",
            found.responses,
            **values,
        )
    return tr_plural(
        "If {percent} of the {left} ({people} of {of}) became {joined} and everyone else "
        "answered as they did, the NPS of the {n} chosen response would rise by {points}, "
        "from {before} to {after}.",
        "If {percent} of the {left} ({people} of {of}) became {joined} and everyone else "
        "answered as they did, the NPS of the {n} chosen responses would rise by {points}, "
        "from {before} to {after}.",
        found.responses,
        **values,
    )


def group_sentence(supposed: Supposed, group: str) -> str:
    """What the score of the group alone would be."""
    found = supposed.found
    return tr(
        "For {group} alone it would go from {before} to {after}.",
        group=group,
        before=nps_text(found.group_before_nps),
        after=nps_text(found.group_after_nps),
    )


def uncertainty_sentence(supposed: Supposed) -> str:
    """How the move compares with how well the score is known."""
    margin = (supposed.high - supposed.low) / 2
    size = abs(supposed.found.difference)
    words = mark("The score itself is known to {margin} (95 % interval {interval}).")
    if size:
        words = (
            mark(
                "The score itself is known to {margin} (95 % interval {interval}): "
                "a move of this size is smaller than that."
            )
            if size < margin
            else mark(
                "The score itself is known to {margin} (95 % interval {interval}): "
                "a move of this size is larger than that."
            )
        )
    return tr(
        words,
        margin=margin_points_text(margin),
        interval=interval_text(supposed.low, supposed.high),
    )
