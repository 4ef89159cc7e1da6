"""The difference between two views in one sentence."""

from nps_app.view.queries_compare import Pair
from nps_app.view.tables import count_text, interval_text, nps_text, number_text
from nps_app.view.widgets.text import visible
from nps_core.language import tr, tr_plural
from nps_core.measure.compare import DOWN, TOO_FEW, UP


def pair_sentence(pair: Pair) -> str:
    """Say how far the second view lies from the first, and how sure that is; never why."""
    names = {
        "first": visible(pair.first.view.name, 60),
        "second": visible(pair.second.view.name, 60),
    }
    found = pair.difference
    if found is None:
        return tr_plural(
            "{first} and {second} have {n} response in common: their difference is not tested.",
            "{first} and {second} have {n} responses in common: their difference is not tested.",
            pair.shared,
            n=count_text(pair.shared),
            **names,
        )
    if found.verdict == TOO_FEW:
        return tr("{first} and {second}: too few responses to tell them apart.", **names)
    ends = interval_text(found.low, found.high)
    size = nps_text(abs(found.difference))
    if found.verdict == UP:
        return tr(
            "{second} lies {size} points above {first} ({ends}).", size=size, ends=ends, **names
        )
    if found.verdict == DOWN:
        return tr(
            "{second} lies {size} points below {first} ({ends}).", size=size, ends=ends, **names
        )
    return tr(
        "No clear difference between {first} and {second}: {size} points ({ends}).",
        size=number_text(found.difference, signed=True),
        ends=ends,
        **names,
    )
