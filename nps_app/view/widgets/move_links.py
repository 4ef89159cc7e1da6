"""The ways from "Why did the NPS move?" to the responses of its spans and of its groups."""

from collections.abc import Sequence

from nps_app.view.move_words import FOLDED
from nps_app.view.queries_moved_groups import hidden_moves, moved_groups
from nps_app.view.queries_moves import Move, Spans
from nps_app.view.queries_segments import GROUP, minimum_responses
from nps_app.view.response_asked import Wanted
from nps_app.view.tables import count_text
from nps_app.view.widgets.figure_links import around
from nps_app.view.widgets.responses_link import responses_menu
from nps_app.view.widgets.text import visible
from nps_app.view.widgets.why_hidden import why_hidden
from nps_core.language import tr
from nps_core.measure import Filter


def span_links(spans: Spans, move: Move) -> None:
    """The responses of both spans."""
    sides = [
        (spans.after_name, spans.after, move.comparison.after_responses),
        (spans.before_name, spans.before, move.comparison.before_responses),
    ]
    responses_menu(
        [(f"{name} · {count_text(n)}", around(spans.scope, days)) for name, days, n in sides if n],
        "move",
    )


def group_links(chosen: Filter, spans: Spans, move: Move, by: Sequence[str]) -> None:
    """The responses of each group on both spans, and why some are added up in one row."""
    groups = moved_groups(chosen, spans, by)
    shown = set(move.groups.loc[move.groups[FOLDED] == 0, GROUP])
    listed: list[tuple[str, Wanted]] = []
    for group in groups:
        own = {column: (value,) for column, value in zip(by, group.values, strict=True)}
        scope = tuple((dict(spans.scope) | own).items())
        for name, days, n in (
            (spans.after_name, spans.after, group.after),
            (spans.before_name, spans.before, group.before),
        ):
            if n and group.name in shown:
                label = tr(
                    "{group}, {span} · {n}",
                    group=visible(group.name, 50),
                    span=name,
                    n=count_text(n),
                )
                listed.append((label, around(scope, days)))
    responses_menu(listed, "moved_groups")
    if (move.groups[FOLDED] > 0).any():
        why_hidden("moves", hidden_moves(groups, shown, minimum_responses()))
