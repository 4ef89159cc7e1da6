"""What moved, and whether it is noise: each comparison with its verdict, never a cause."""

from dataclasses import replace
from typing import Final

import pandas as pd

from nps_app.view import queries, queries_moves
from nps_app.view.charts.weekly_shares import weekly_shares
from nps_app.view.definitions import not_this
from nps_app.view.move_words import flow_sentence, parts_sentence
from nps_app.view.queries_moves import Spans
from nps_app.view.queries_segments import minimum_responses
from nps_app.view.tables import (
    column_label,
    listed,
    nps_text,
    responses_text,
)
from nps_app.view.weekly.caveats import nothing_before
from nps_app.view.weekly.content import Section, Table
from nps_app.view.weekly.look import TRAILING, Look, span
from nps_app.view.weekly.words import both_responses, verdict_cell, verdict_words
from nps_app.view.widgets.text import visible
from nps_core.language import mark, tr
from nps_core.measure import Comparison
from nps_core.measure.compare import DOWN, ENOUGH, TOO_FEW, UP
from nps_core.measure.expected import ExpectedRange

_CLEAR: Final = (UP, DOWN)
_USUAL: Final = {
    UP: mark("▲ above the usual range of {low} to {high}"),
    DOWN: mark("▼ below the usual range of {low} to {high}"),
}
_WITHIN: Final = mark("● within the usual range of {low} to {high}")
_FEW_ACCOUNTS: Final = mark(
    "● outside {low} to {high}, but not clearly once the responses of an account are kept together"
)


_BEFORE: Final = (mark("Against the week before"), mark("Against the month before"))
_EARLIER: Final = (
    mark("Last {n} weeks against the {n} before"),
    mark("Last {n} months against the {n} before"),
)
_MOVED: Final = {
    _BEFORE: (
        mark("{verdict} against the week before"),
        mark("{verdict} against the month before"),
    ),
    _EARLIER: (
        mark("{verdict} over the last {n} weeks, against the {n} before"),
        mark("{verdict} over the last {n} months, against the {n} before"),
    ),
}


def moved(look: Look) -> Section:
    """The verdicts on the period, and what a clear move is made of."""
    step, trailing, usual = against_before(look), against_earlier(look), look.expected()
    compared = [(_BEFORE, step), (_EARLIER, trailing)]
    judged = [(names, found) for names, found in compared if found and found.verdict != TOO_FEW]
    clear = [
        look.said(*_MOVED[names], verdict=verdict_words(found), n=TRAILING[look.period.every])
        for names, found in judged
        if found.verdict in _CLEAR
    ]
    enough = usual.responses >= max(ENOUGH, minimum_responses())
    known = enough and not pd.isna(usual.low)
    few = known and look.by_few_accounts(usual)
    if known and usual.verdict in _USUAL and not few:
        clear.append(_usual_words(usual, few).split(" ", 1)[1])
    sentences = [nothing_before(look) or _lead(clear, len(judged) + known)]
    if clear:
        sentences.append(tr("By chance alone each such comparison is clear one time in twenty."))
    if note := not_this(look.definition):
        sentences.append(f"{note}.")
    rows = [
        (
            look.said(*names, n=TRAILING[look.period.every]),
            verdict_cell(found),
            both_responses(found),
        )
        for names, found in compared
        if found
    ]
    if known:
        beside = f"NPS {nps_text(usual.nps)}, {responses_text(usual.responses)}"
        rows.append((tr("Against what is usual"), _usual_words(usual, few), beside))
    header = (tr("Compared"), tr("Verdict"), tr("Responses"))
    tables = (Table("", header, tuple(rows)),) if rows else ()
    section = Section("moved", tr("What moved"), tuple(sentences), tables=tables)
    return section if step is None else _with_shares(section, look, step)


def against_before(look: Look) -> Comparison | None:
    """The period against the one before it; None where one has too few responses to be shown."""
    return look.against(span(look.period.back()), span(look.period))


def against_earlier(look: Look) -> Comparison | None:
    """The trailing window against the one before it, where the data reaches back that far."""
    (now, before), known = look.trailing, look.dates()
    return look.against(before, now) if known and known[0] <= before[0] else None


def _usual_words(usual: ExpectedRange, few: bool) -> str:
    ends = {"low": nps_text(usual.low), "high": nps_text(usual.high)}
    return tr(_FEW_ACCOUNTS if few else _USUAL.get(usual.verdict, _WITHIN), **ends)


def _lead(clear: list[str], judged: int) -> str:
    if not judged:
        return tr("There are too few responses to tell whether anything moved.")
    if not clear:
        return tr("Nothing moved beyond noise.")
    return tr("The NPS moved: {moves}.", moves=listed(clear))


def _with_shares(section: Section, look: Look, step: Comparison) -> Section:
    """With how the three categories stand on both sides, and a clear move taken apart."""
    before, now = span(look.period.back()), span(look.period)
    spans = Spans(before, now, "", "")
    whole = queries_moves.move(look.chosen, spans, (), minimum_responses())
    sentences = [*section.sentences, flow_sentence(whole.flow)]
    if step.verdict in _CLEAR:
        sentences += _parts(look, spans)
    sides = whole.sides.assign(
        side=[
            look.said(mark("The week before"), mark("The month before")),
            look.said(mark("This week"), mark("This month")),
        ]
    )
    return replace(
        section,
        sentences=tuple(sentences),
        chart=weekly_shares(sides, look.theme),
        chart_title=tr("Promoters, passives and detractors"),
        alt=flow_sentence(whole.flow),
        data=sides,
    )


def _parts(look: Look, spans: Spans) -> list[str]:
    """Whether the groups scored otherwise or others answered, by the segment with the most mix."""
    moves = {
        name: queries_moves.move(look.chosen, spans, (name,), minimum_responses())
        for name in queries.mix_columns()
    }
    split = {name: move.groups for name, move in moves.items() if not move.groups.empty}
    if not split:
        return []
    name = max(split, key=lambda one: abs(split[one]["mix"].sum()))
    groups = split[name]
    said = [
        tr(
            "Taken apart by {segment}: {parts}",
            segment=visible(column_label(name), 40).lower(),
            parts=parts_sentence(groups["rate"].sum(), groups["mix"].sum()),
        )
    ]
    return said + ([moves[name].paradox] if moves[name].paradox else [])
