"""The words on a wall: short enough to be read from five metres, and as careful as elsewhere."""

from typing import Final

import pandas as pd

from nps_app.view.definitions import PHRASES, denominator
from nps_app.view.said import capital
from nps_app.view.tables import (
    arrow,
    count_text,
    date_text,
    difference_text,
    interval_text,
    nps_text,
    period_text,
)
from nps_app.view.wall.picture import WallPicture
from nps_app.view.wall.week import Week
from nps_core import columns as c
from nps_core.language import tr, tr_plural

_SUNDAY: Final = 6


def small_view(picture: WallPicture) -> str:
    """Why a view shows no figures: nobody answered, or too few."""
    if picture.newest is None and not picture.responses:
        return tr("No responses yet. They appear here by themselves after the first import.")
    if not picture.responses:
        return tr("No response matches this view yet. It appears here by itself.")
    return tr(
        "Fewer than {minimum} responses in this view: its figures are not shown.",
        minimum=count_text(picture.minimum),
    )


def interval_line(picture: WallPicture) -> str:
    """The interval of the one number."""
    row = picture.score
    if row is None or pd.isna(row[c.LOW]):
        return capital(tr("no interval: too few accounts"))
    return capital(tr("95 % interval {interval}", interval=interval_text(row[c.LOW], row[c.HIGH])))


def made_of(picture: WallPicture) -> str:
    """What the one number is made of."""
    return "" if picture.score is None else denominator(picture.score, picture.definition)


def parted(verdict: str, difference: float, low: float, high: float) -> tuple[str, str]:
    """A verdict with its sign, and its interval apart, to be set smaller.

    >>> parted("up", 5.2, 1.1, 9.4)
    ('▲ up 5', '(1 to 9)')
    >>> parted("no clear change", 2.1, -3.0, 7.4)
    ('● no clear change', '+2 (−3 to 7)')
    >>> parted("too few responses", float("nan"), float("nan"), float("nan"))
    ('○ too few responses', '')
    """
    words = difference_text(verdict, difference, low, high)
    said, bracket, ends = words.partition(" (")
    if verdict not in ("up", "down"):
        said = tr(verdict)
        return f"{arrow(verdict)} {said}", words.removeprefix(said).lstrip(", ")
    return f"{arrow(verdict)} {said}", f"{bracket[1:]}{ends}"


def move_sides(picture: WallPicture) -> str:
    """Which period is compared with which, and what both scored."""
    move = picture.move
    if move is None:
        return tr("No complete period to compare yet")
    found = move.comparison
    return tr(
        "{period}: {nps} · {earlier}: {before}",
        period=capital(period_text(move.start, move.every)),
        nps=nps_text(found.after_nps),
        earlier=capital(period_text(move.before_start, move.every)),
        before=nps_text(found.before_nps),
    )


def trend_heading(picture: WallPicture) -> str:
    """What the line is."""
    if picture.every == "week":
        return tr("NPS by week, with its 95 % interval")
    return tr("NPS by month, with its 95 % interval")


def change_heading(row: pd.Series) -> str:
    """Name the latest product change by its day."""
    return tr("Latest change · {day}", day=date_text(row["date"]))


def change_scores(row: pd.Series) -> str:
    """The NPS before and after."""
    return f"{nps_text(row['before_nps'])} → {nps_text(row['after_nps'])}"


def change_note(row: pd.Series) -> str:
    """What the figures of a product change are, and are not."""
    if row.get("total_verdict", row["verdict"]) != row["verdict"]:
        return tr("With the mix of respondents held fixed, half of that or less is left.")
    return tr("28 days before and after; other causes are possible.")


def group_label(row: pd.Series) -> str:
    """The 95 % interval of a group, behind the sign of its verdict against the rest.

    >>> group_label(pd.Series({"verdict": "up", "low": 50.8, "high": 55.9}))
    '▲ 51 to 56'
    """
    sign = arrow(row["verdict"]) if row["verdict"] in ("up", "down") else ""
    return f"{sign} {interval_text(row[c.LOW], row[c.HIGH])}".strip()


def groups_heading(column: str) -> str:
    """Name the segments, and what stands beside each of them."""
    return tr("{column} · NPS, interval, n", column=column)


def groups_note(more: int, hidden: int, *, clear: bool) -> str:
    """What the groups are compared with; how many are not on the picture."""
    parts = [tr("▲ above, ▼ below the rest") if clear else tr("no clear difference")]
    if more:
        parts.append(tr_plural("{n} more group", "{n} more groups", more, n=count_text(more)))
    if hidden:
        parts.append(tr_plural("{n} hidden", "{n} hidden", hidden, n=count_text(hidden)))
    return " · ".join(parts)


def week_heading(week: Week) -> str:
    """Name the week."""
    return tr("This week so far") if week.running else capital(period_text(week.start, "week"))


def week_place(week: Week) -> str:
    """Where the number of responses lies among those of the weeks before."""
    if week.lowest is None or week.highest is None:
        return tr("too few weeks before it to say what is usual")
    said = {
        "within": tr("within the usual range"),
        "above": tr("more than usual"),
        "below": tr("fewer than usual"),
    }
    return said[week.place]


def week_range(week: Week) -> str:
    """What is usual: the fewest and the most of the same days."""
    if week.lowest is None or week.highest is None:
        return ""
    figures = {
        "lowest": count_text(week.lowest),
        "highest": count_text(week.highest),
        "n": week.weeks,
    }
    if week.until.weekday() == _SUNDAY:
        return tr("{lowest} to {highest} in each of the {n} weeks before", **figures)
    return tr("{lowest} to {highest} by the same day of the {n} weeks before", **figures)


def newest_words(picture: WallPicture) -> str:
    """The day of the newest response."""
    return tr("Newest response {day}", day=date_text(picture.newest))


def scope_note(picture: WallPicture) -> str:
    """Which figures the chosen score does not reach; "" when it is that of all responses."""
    phrase = PHRASES.get(picture.definition.kind)
    if not phrase:
        return ""
    return tr("large figure and line {score}, the rest of all responses", score=tr(phrase))


def alt_words(picture: WallPicture) -> str:
    """The trend in words, for a reader who cannot see it."""
    table = picture.trend
    shown = None if table is None else table[table[c.RESPONSES] >= picture.minimum]
    if shown is None or shown.empty:
        return tr("No period holds enough responses for a trend yet.")
    first, last = shown.iloc[0], shown.iloc[-1]
    return tr(
        "NPS from {first} ({start}) to {last} ({end})",
        first=nps_text(first[c.NPS]),
        start=period_text(first[c.PERIOD], picture.every),
        last=nps_text(last[c.NPS]),
        end=period_text(last[c.PERIOD], picture.every),
    )
