"""What to watch next: only what the data says, with figures."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Final

import numpy as np

from nps_app.view import queries, queries_shifts
from nps_app.view.move_words import own_change_text
from nps_app.view.shift_words import moved_text
from nps_app.view.tables import (
    column_label,
    count_text,
    date_text,
    listed,
    number_text,
    p_text,
    share_text,
)
from nps_app.view.weekly.content import Section
from nps_app.view.weekly.drift import drifts
from nps_app.view.weekly.look import TRAILING, Look, span
from nps_app.view.weekly.segments import differences, group_words, moved_before, value_name
from nps_app.view.weekly.shipped import WINDOW, recent
from nps_app.view.weekly.volume import BEFORE, by_period
from nps_app.view.widgets.text import visible
from nps_core import columns as c
from nps_core.language import mark, tr
from nps_core.measure.compare import ENOUGH, NO_CLEAR_CHANGE, TOO_FEW

_NEAR: Final = 0.05
_MOST: Final = 3
_LAST: Final = 4
"""Periods at the end whose volume is held against those before them."""

_CRITICAL: Final = 1.96
_CLOSING: Final = timedelta(days=14)


def watch(look: Look) -> Section:
    """One sentence a thing to watch, or that there is none."""
    parts = (_windows, _segments, _small, _volume, _shifts, _mix)
    sentences = [sentence for part in parts for sentence in part(look)]
    if not sentences:
        sentences = [tr("Nothing in the data asks to be watched.")]
    return Section("watch", tr("What to watch"), tuple(sentences))


def _windows(look: Look) -> Iterator[str]:
    """Windows of product changes still open, that close within two weeks of the period."""
    newest = queries.freshness().newest
    if newest is None:
        return
    at = min(newest, look.period.last)
    for change in recent(look):
        closes = change.date + timedelta(days=WINDOW - 1)
        if change.date <= at < closes <= look.period.last + _CLOSING:
            yield tr(
                "The window of {title} closes on {date}: {n} of {days} days were in by {at}.",
                title=visible(change.title, 60),
                date=date_text(closes),
                n=(at - change.date).days + 1,
                days=WINDOW,
                at=date_text(at),
            )


def _segments(look: Look) -> Iterator[str]:
    """Groups that would be clear if they were the only ones looked at."""
    differ = differences(look)
    if not differ.table.empty:
        near = differ.table[
            (differ.table["verdict"] == NO_CLEAR_CHANGE) & (differ.table["p"] <= _NEAR)
        ]
        for _, row in near.sort_values("p").head(_MOST).iterrows():
            ends = own_change_text(row["difference"], row["difference_low"], row["difference_high"])
            yield tr(
                "{group}: {difference} against the rest on {n} responses, {p}, not clear after "
                "correcting for {compared} comparisons.",
                group=group_words(row),
                difference=ends,
                n=count_text(row[c.RESPONSES]),
                p=p_text(row["p"]),
                compared=count_text(differ.compared),
            )
    moved = moved_before(look)
    if moved.table.empty:
        return
    near = moved.table[(moved.table["verdict"] == NO_CLEAR_CHANGE) & (moved.table["p"] <= _NEAR)]
    for _, row in near.head(_MOST).iterrows():
        yield look.said(
            mark(
                "{group}: {difference} since the week before ({before} and {after} responses), "
                "{p}, not clear after correcting for {compared} comparisons."
            ),
            mark(
                "{group}: {difference} since the month before ({before} and {after} responses), "
                "{p}, not clear after correcting for {compared} comparisons."
            ),
            group=group_words(row),
            difference=own_change_text(row["difference"], row["low"], row["high"]),
            before=count_text(row[f"before_{c.RESPONSES}"]),
            after=count_text(row[f"after_{c.RESPONSES}"]),
            p=p_text(row["p"]),
            compared=count_text(moved.compared),
        )


def _small(look: Look) -> Iterator[str]:
    """Groups that are shown, but have too few responses to be compared."""
    table = differences(look).table
    if table.empty:
        return
    few = table[(table["verdict"] == TOO_FEW) & (table[c.RESPONSES] < ENOUGH)]
    if few.empty:
        return
    named = [
        tr("{group} has {n}", group=group_words(row), n=count_text(row[c.RESPONSES]))
        for _, row in few.sort_values(c.RESPONSES, ascending=False).head(_MOST).iterrows()
    ]
    more = len(few) - len(named)
    named += [tr("{n} more", n=count_text(more))] if more else []
    yield tr(
        "Too few responses to compare, {least} are needed: {named}.",
        least=ENOUGH,
        named=listed(named),
    )


def _volume(look: Look) -> Iterator[str]:
    """Responses falling: the last whole periods against those before, as restless as they are."""
    table = by_period(look, BEFORE)
    counts = table.loc[table["whole"], c.RESPONSES].to_numpy(dtype="float64")
    if len(counts) < 3 * _LAST - 2:
        return
    last, earlier = counts[-_LAST:], counts[:-_LAST]
    pooled = counts.mean()
    if not pooled:
        return
    restless = max(
        1.0,
        float(np.concatenate([last - last.mean(), earlier - earlier.mean()]).var(ddof=2)) / pooled,
    )
    error = float(np.sqrt(restless * pooled * (1 / len(last) + 1 / len(earlier))))
    difference = float(last.mean() - earlier.mean())
    if difference >= -_CRITICAL * error:
        return
    low, high = difference - _CRITICAL * error, difference + _CRITICAL * error
    yield look.said(
        mark(
            "Fewer people answer: {last} a week over the last {n} whole weeks, {earlier} over the "
            "{m} before; {difference} ({low} to {high})."
        ),
        mark(
            "Fewer people answer: {last} a month over the last {n} whole months, {earlier} over "
            "the {m} before; {difference} ({low} to {high})."
        ),
        last=number_text(last.mean()),
        n=len(last),
        earlier=number_text(earlier.mean()),
        m=len(earlier),
        difference=number_text(difference, signed=True),
        low=number_text(low),
        high=number_text(high),
    )


def _shifts(look: Look) -> Iterator[str]:
    """Shifts nobody announced, that began in the trailing window or the one before it."""
    shown = queries_shifts.suggestions(look.chosen).shown
    (_, last), (first, _) = look.trailing
    for _, row in shown.iterrows():
        if first <= row["date"].date() <= last:
            yield tr(
                "Something moved around {date} that no product change announces: {moved}.",
                date=date_text(row["date"]),
                moved=moved_text(row),
            )


def _mix(look: Look) -> Iterator[str]:
    """Other people answering than in the trailing window before the period."""
    steps = TRAILING[look.period.every]
    before = (look.period.back(steps).first, look.period.back().last)
    for drift in drifts(look.now, look.over(before))[:_MOST]:
        totals = look.responses(span(look.period)), look.responses(before)
        yield look.said(
            mark(
                "Who answers has changed: {value} ({column}) gave {now} of the week's {n} "
                "responses and {earlier} of the {m} in the {steps} weeks before."
            ),
            mark(
                "Who answers has changed: {value} ({column}) gave {now} of the month's {n} "
                "responses and {earlier} of the {m} in the {steps} months before."
            ),
            value=value_name(drift.column, drift.value),
            column=visible(column_label(drift.column), 40).lower(),
            now=share_text(drift.share, 1),
            n=count_text(totals[0]),
            earlier=share_text(drift.before_share, 1),
            m=count_text(totals[1]),
            steps=steps,
        )
