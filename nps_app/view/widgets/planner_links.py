"""The ways from the Planner's figures to the responses they rest on."""

from nps_app.view import queries, queries_responses
from nps_app.view.queries_planner import Now
from nps_app.view.queries_planner_groups import Groups
from nps_app.view.queries_segments import GROUP
from nps_app.view.queries_what_if import Group
from nps_app.view.response_asked import CATEGORY_NAMES, Wanted
from nps_app.view.tables import count_text
from nps_app.view.widgets.responses_link import responses_menu
from nps_app.view.widgets.text import visible
from nps_core import columns as c
from nps_core.language import tr
from nps_core.measure import Filter


def now_links(now: Now) -> None:
    """The responses of the recent days, which a plan starts from."""
    n = int(now.recent[c.RESPONSES])
    if n:
        responses_menu([(f"{tr('Responses')} · {count_text(n)}", _recent(now))], "plan_now")


def chosen_links(chosen: Filter) -> None:
    """All chosen responses by category: the shares a plan is made with."""
    counted = queries.headline(chosen).iloc[0]
    responses_menu(
        [
            (
                f"{tr(CATEGORY_NAMES[name])} · {count_text(counted[name])}",
                Wanted(category=name),
            )
            for name in (c.PROMOTERS, c.PASSIVES, c.DETRACTORS)
            if counted[name]
        ],
        "plan_shares",
    )


def group_links(now: Now, found: Groups, column: str) -> None:
    """The recent responses of each group that is shown."""
    rows = zip(found.table.to_dict("records"), found.values, strict=True)
    responses_menu(
        [
            (
                f"{visible(row[GROUP], 60)} · {count_text(row[c.RESPONSES])}",
                _recent(now, ((column, (value,)),)),
            )
            for row, value in rows
            if not row["hidden"] and row[c.RESPONSES]
        ],
        "plan_groups",
    )


def supposed_links(chosen: Filter, category: str, group: Group | None) -> None:
    """Those who would be won over, and all of whom they are a part."""
    of = () if group is None else ((group[0], (group[1],)),)
    listed = []
    for name in (category, ""):
        wanted = Wanted(of=of, category=name)
        within = wanted.within(chosen)
        n = queries_responses.how_many(within, wanted.every_score()) if within else 0
        if n:
            listed.append((f"{tr(CATEGORY_NAMES[name])} · {count_text(n)}", wanted))
    responses_menu(listed, "what_if")


def _recent(now: Now, of: tuple[tuple[str, tuple[str | None, ...]], ...] = ()) -> Wanted:
    if now.pace is None:
        return Wanted(of)
    return Wanted(of, now.pace.start, now.pace.end)
