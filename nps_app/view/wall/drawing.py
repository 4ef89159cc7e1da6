"""One picture of a wall as HTML of our own: every text in it is escaped, every colour a class."""

from datetime import UTC
from html import escape
from typing import Final

import pandas as pd

from nps_app.view.charts.trend import MINIMUM
from nps_app.view.charts.wall_trend import wall_trend
from nps_app.view.definitions import heading
from nps_app.view.filter_words import filter_words
from nps_app.view.tables import (
    column_label,
    count_text,
    nps_text,
    responses_text,
    share_text,
    value_label,
)
from nps_app.view.wall import words
from nps_app.view.wall.groups import Groups
from nps_app.view.wall.picture import WallPicture
from nps_app.view.wall.week import Week
from nps_app.view.widgets.text import visible
from nps_core import columns as c
from nps_core.language import current_language, mark, tr

_MARK: Final = (
    '<svg class="mark" viewBox="0 0 24 24" aria-hidden="true">'
    '<rect class="detractors" x="0" y="15" width="6" height="9" rx="1.5"/>'
    '<rect class="passives" x="9" y="9" width="6" height="15" rx="1.5"/>'
    '<rect class="promoters" x="18" y="0" width="6" height="24" rx="1.5"/></svg>'
)
_BAR: Final = 440
_SHOWN: Final = (
    (c.PROMOTERS, mark("Promoters")),
    (c.PASSIVES, mark("Passives")),
    (c.DETRACTORS, mark("Detractors")),
)
_TONES: Final = {"up": "up", "down": "down"}


def draw(picture: WallPicture) -> str:
    """Draw a measured view in the language that is spoken."""
    if picture.score is None or picture.all_responses is None:
        body = f'<p class="calm">{escape(words.small_view(picture))}</p>'
        return _article(picture, body, "message")
    body = (
        f"{_score(picture)}{_trend(picture)}{_shares(picture.all_responses)}"
        f"{_change(picture.latest)}{_groups(picture.groups)}{_week(picture.week)}"
    )
    return _article(picture, body, "figures")


def draw_message(sentence: str) -> str:
    """Draw a calm sentence in place of a picture."""
    return (
        f'<article class="picture message"><header>{_MARK}<h1>NPS</h1></header>'
        f'<p class="calm">{escape(sentence)}</p></article>'
    )


def _article(picture: WallPicture, body: str, kind: str) -> str:
    said = filter_words(picture.chosen, picture.definition)
    name = visible(picture.name, 60) or said
    # A view that asks for nothing has the words of its filter for a name.
    under = said if name != said else ""
    if picture.unknown:
        gone = tr("not in the data, left out: {what}", what=", ".join(picture.unknown[:3]))
        under = f"{under} · {gone}" if under else gone
    scope = f'<p class="filter">{escape(under)}</p>' if under else ""
    return (
        f'<article class="picture {kind}" lang="{current_language()}">'
        f"<header>{_MARK}<h1>{escape(name)}</h1>{scope}</header>{body}{_footer(picture)}</article>"
    )


def _score(picture: WallPicture) -> str:
    score = picture.score
    if score is None:
        return ""
    number = nps_text(score[c.NPS])
    long = " long" if len(number) > 2 else ""
    verdict = ""
    if picture.move is not None:
        found = picture.move.comparison
        said, ends = words.parted(found.verdict, found.difference, found.low, found.high)
        verdict = (
            f'<p class="verdict {_TONES.get(found.verdict, "quiet")}">{escape(said)} '
            f"<small>{escape(ends)}</small></p>"
        )
    title = heading(tr("Net Promoter Score"), picture.definition)
    return (
        f'<section class="score"><h2>{escape(title)}</h2>'
        f'<p class="nps{long}">{number}</p>'
        f'<p class="interval">{escape(words.interval_line(picture))}</p>'
        f'<p class="made">{escape(words.made_of(picture))}</p>'
        f'{verdict}<p class="sides">{escape(words.move_sides(picture))}</p></section>'
    )


def _trend(picture: WallPicture) -> str:
    changes = pd.DataFrame() if picture.changes is None else picture.changes
    drawn = (
        ""
        if picture.trend is None
        else wall_trend(picture.trend, picture.every, changes, max(MINIMUM, picture.minimum))
    )
    alt = escape(words.alt_words(picture))
    shown = f'<div role="img" aria-label="{alt}">{drawn}</div>' if drawn else f"<p>{alt}</p>"
    return (
        f'<section class="trend"><h2>{escape(words.trend_heading(picture))}</h2>{shown}</section>'
    )


def _shares(row: pd.Series) -> str:
    whole, at = float(row[c.RESPONSES]), 0.0
    bars, labels = [], []
    for name, label in _SHOWN:
        wide = _BAR * float(row[name]) / whole
        bars.append(
            f'<rect class="{name}" x="{at:.1f}" y="0" width="{max(wide - 3, 0):.1f}" height="36"/>'
        )
        at += wide
        labels.append(
            f'<li class="{name}"><strong>{share_text(row[name], whole)}</strong>'
            f"<span>{escape(tr(label))}</span></li>"
        )
    title = tr("Who answered what")
    return (
        f'<section class="shares"><h2>{escape(title)}</h2>'
        f'<svg class="bar" viewBox="0 0 {_BAR} 36" preserveAspectRatio="none" aria-hidden="true">'
        f"{''.join(bars)}</svg>"
        f"<ul>{''.join(labels)}</ul></section>"
    )


def _change(row: pd.Series | None) -> str:
    if row is None:
        none = tr("None within the data’s dates yet.")
        title, body = tr("Latest change"), f'<p class="note">{escape(none)}</p>'
    else:
        said, ends = words.parted(row["verdict"], row["difference"], row["low"], row["high"])
        title = words.change_heading(row)
        body = (
            f'<p class="name">{escape(visible(row["title"], 60))}</p>'
            f'<p class="large">{words.change_scores(row)}<small>{escape(ends)}</small></p>'
            f'<p class="verdict {_TONES.get(row["verdict"], "quiet")}">{escape(said)}</p>'
            f'<p class="note">{escape(words.change_note(row))}</p>'
        )
    return f'<section class="change"><h2>{escape(title)}</h2>{body}</section>'


def _groups(groups: Groups | None) -> str:
    if groups is None:
        title, none = tr("Segments"), tr("No segment with two groups to compare.")
        return (
            f'<section class="groups"><h2>{escape(title)}</h2>'
            f'<p class="note">{escape(none)}</p></section>'
        )
    rows = "".join(
        f'<li class="{_TONES.get(row["verdict"], "quiet")}">'
        f"<span>{escape(visible(value_label(row['value']), 40))}</span>"
        f"<strong>{nps_text(row[c.NPS])}</strong>"
        f"<small>{escape(words.group_label(row))}</small>"
        f'<span class="count">{escape(count_text(row[c.RESPONSES]))}</span></li>'
        for _, row in groups.table.iterrows()
    )
    title = escape(words.groups_heading(visible(column_label(groups.column), 30)))
    clear = bool(groups.table["verdict"].isin(_TONES).any())
    note = escape(words.groups_note(groups.more, groups.hidden, clear=clear))
    return (
        f'<section class="groups"><h2>{title}</h2><ul>{rows}</ul><p class="note">{note}</p>'
        "</section>"
    )


def _week(week: Week | None) -> str:
    if week is None:
        return ""
    tone = {"above": "up", "below": "down"}.get(week.place, "quiet")
    return (
        f'<section class="week"><h2>{escape(words.week_heading(week))}</h2>'
        f'<p class="large">{escape(responses_text(week.responses))}</p>'
        f'<p class="place {tone}">{escape(words.week_place(week))}</p>'
        f'<p class="note">{escape(words.week_range(week))}</p></section>'
    )


def _footer(picture: WallPicture) -> str:
    if picture.newest is None:
        return ""
    parts = [escape(words.newest_words(picture))]
    if picture.imported_at is not None:
        moment = picture.imported_at.replace(tzinfo=UTC)
        shown = f'<time datetime="{moment:%Y-%m-%dT%H:%M:%SZ}">{moment:%Y-%m-%d %H:%M} UTC</time>'
        parts.append(escape(tr("last import {moment}")).replace("{moment}", shown))
    if scope := words.scope_note(picture):
        parts.append(escape(scope))
    return f"<footer>{' · '.join(parts)}</footer>"
