"""What shipped in the period or shortly before, each with the verdict its own page has."""

from datetime import timedelta
from typing import Final

import pandas as pd

from nps_app.view import queries, queries_change
from nps_app.view.move_words import own_change_text
from nps_app.view.queries_change import Asked
from nps_app.view.tables import arrow, count_text, date_text, interval_text, nps_text
from nps_app.view.verdict_words import summary
from nps_app.view.weekly.content import Link, Section, Table
from nps_app.view.weekly.look import Look
from nps_app.view.widgets.text import visible
from nps_core.language import mark, tr, tr_plural
from nps_core.measure import ProductChange

WINDOW: Final = 28
"""Days after a change that its verdict looks at, and so how long before a period it counts."""

_MOST: Final = 6


def shipped(look: Look) -> Section:
    """The verdict sentence of each product change, the latest first, and how far its window is."""
    heading, found = tr("What shipped"), recent(look)
    if not found:
        none = look.said(
            mark("No product change is recorded for this week or the {days} days before it."),
            mark("No product change is recorded for this month or the {days} days before it."),
            days=WINDOW,
        )
        return Section("shipped", heading, (none,))
    sentences, rows, links = [], [], []
    for change in found[:_MOST]:
        assert change.id is not None
        verdict = queries_change.judged(look.chosen, change.id, usual_look())
        sentences.append(_sentence(change, summary(verdict)))
        rows.append(_row(change, verdict.row))
        title = visible(change.title, 60)
        links.append(
            Link(
                tr("What else could explain it: {title}", title=title),
                "change",
                (("id", str(change.id)),),
            )
        )
    left = len(found) - _MOST
    more = (
        tr_plural(
            "{n} earlier change is not listed.", "{n} earlier changes are not listed.", left, n=left
        )
        if left > 0
        else ""
    )
    header = (tr("Product change"), tr("Date"), tr("Before"), tr("After"), tr("Difference"))
    table = Table("", header, tuple(rows), more)
    return Section("shipped", heading, tuple(sentences), tables=(table,), links=tuple(links))


def usual_look() -> Asked:
    """How a change is looked at here: usual windows, every segment's mix held fixed."""
    return Asked(mix=tuple((name,) for name in queries.mix_columns()))


def recent(look: Look) -> list[ProductChange]:
    """The changes whose window reaches into the period, as the filter leaves them; latest first."""
    first = look.period.first - timedelta(days=WINDOW)
    return [
        change
        for change in reversed(queries.changes())
        if first <= change.date <= look.period.last
        and queries.within_scope(look.chosen, change.segments) is not None
    ]


def days_so_far(change: ProductChange) -> int:
    """Days of a change's window that the data has reached, at most `WINDOW`."""
    newest = queries.freshness().newest
    gone = 0 if newest is None else (newest - change.date).days + 1
    return min(max(gone, 0), WINDOW)


def _sentence(change: ProductChange, said: str) -> str:
    gone = days_so_far(change)
    when = date_text(change.date)
    if gone >= WINDOW:
        return tr("{date}: {verdict}", date=when, verdict=said)
    return tr_plural(
        "{date}: {verdict} Its window is still filling: {n} day of {days} so far.",
        "{date}: {verdict} Its window is still filling: {n} days of {days} so far.",
        gone,
        date=when,
        verdict=said,
        n=gone,
        days=WINDOW,
    )


def _row(change: ProductChange, row: pd.Series) -> tuple[str, ...]:
    word = row["total_verdict"]
    size = own_change_text(row["difference"], row["low"], row["high"])
    return (
        visible(change.title, 60),
        date_text(change.date),
        _side(row, "before"),
        _side(row, "after"),
        f"{arrow(word)} {tr(word)}" if pd.isna(row["difference"]) else f"{arrow(word)} {size}",
    )


def _side(row: pd.Series, side: str) -> str:
    n = tr("n {n}", n=count_text(row[f"{side}_responses"]))
    if pd.isna(row[f"{side}_nps"]):
        return n
    ends = interval_text(row[f"{side}_low"], row[f"{side}_high"])
    return f"{nps_text(row[f'{side}_nps'])} ({ends}), {n}"
