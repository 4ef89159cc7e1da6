"""Every figure of a product change's page as one table, unrounded."""

from typing import Any

import pandas as pd

from nps_app.view.changes_import import segments_cell
from nps_app.view.verdict_words import summary
from nps_core.columns import DETRACTORS, PASSIVES, PROMOTERS
from nps_core.measure.judge import ChangeVerdict
from nps_core.measure.rivals import Rival

_SIDES = ("before", "after")


def page_table(verdict: ChangeVerdict, minimum: int) -> pd.DataFrame:
    """A row for the comparison, for each rival explanation and for each change nearby.

    `row` says which ("comparison", "mix", "trend", ...), `what` more about it; the columns of a
    figure a row does not have are empty, and so are those on fewer than `minimum` responses, as
    on the page; a movement matrix on fewer respondents is left out.
    """
    rows = [_comparison(verdict), *(_rival(rival, minimum) for rival in verdict.mix)]
    rows += [_trend(verdict.trend, minimum), *_control(verdict.control, minimum)]
    rows += [_rival(verdict.same_people, minimum), *_moves(verdict.same_people, minimum)]
    rows += [
        {
            "row": "nearby change",
            "what": other.title,
            "date": other.date.isoformat(),
            "segments": segments_cell(other.segments),
        }
        for other in verdict.nearby
    ]
    return pd.DataFrame(rows)


def _comparison(verdict: ChangeVerdict) -> dict[str, Any]:
    row, change = verdict.row, verdict.change
    figures = {
        f"{side}_{name}": row[f"{side}_{name}"]
        for side in _SIDES
        for name in (
            *("start", "end", "responses", DETRACTORS, PASSIVES, PROMOTERS),
            *("nps", "low", "high"),
        )
    }
    careful = (
        *("difference", "low", "high", "p", "verdict", "total_verdict", "plain_low", "plain_high"),
        *("plain_p", "basis", "factor", "df", "at_least", "at_most", "placebos", "shortened"),
        *("accounts", "to_settle"),
    )
    return {
        "row": "comparison",
        "what": change.title,
        "date": change.date.isoformat(),
        "segments": segments_cell(change.segments),
        "sentence": summary(verdict),
        **figures,
        **{name: row[name] for name in careful},
        "level": verdict.level,
        "cut": " ".join(row["cut"]),
    }


def _rival(rival: Rival, minimum: int, what: str = "") -> dict[str, Any]:
    known = {
        "row": rival.name,
        "what": what or " and ".join(rival.columns),
        "not_checked": rival.missing,
        "verdict": rival.verdict,
        **{f"{side}_responses": getattr(rival, f"{side}_responses") for side in _SIDES},
    }
    if min(rival.before_responses, rival.after_responses) < minimum:
        return known
    found = rival.detail
    sides = {f"{side}_nps": getattr(found, f"{side}_nps", float("nan")) for side in _SIDES}
    figures = {name: getattr(rival, name) for name in ("difference", "low", "high", "p")}
    return known | figures | sides


def _trend(trend: Rival, minimum: int) -> dict[str, Any]:
    series = trend.detail
    names = ("slope_before", "slope_change", "slope_low", "slope_high", "p_slope")
    weeks = ("weeks_before", "weeks_after")
    return _rival(trend, minimum, "level change") | {
        name: getattr(series, name) for name in (*names, *weeks)
    }


def _control(control: Rival, minimum: int) -> list[dict[str, Any]]:
    rows = [_rival(control, minimum, "treated less control")]
    shown = min(control.before_responses, control.after_responses) >= minimum
    for name in ("treated", "control") if control.detail and shown else ():
        side = getattr(control.detail, name)
        figures = {key: value for key, value in vars(side).items() if key != "level"}
        rows.append({"row": "control", "what": name, **figures})
    return rows


def _moves(same: Rival, minimum: int) -> list[dict[str, Any]]:
    if same.detail is None or same.detail.respondents < minimum:
        return []
    tables = (same.detail.categories, same.detail.scores)
    return [
        {"row": "movement", "from": before, "to": after, "respondents": int(count)}
        for table in tables
        for before, line in table.iterrows()
        for after, count in line.items()
    ]
