""" "Why is this hidden?": the rule, what is missing, and what to do, beside what is hidden."""

from collections.abc import Sequence
from typing import Final

import streamlit as st

from nps_app.view.hidden_words import Hidden, hidden_line
from nps_app.view.queries_segments import minimum_responses
from nps_app.view.segment_words import WHY_HIDDEN
from nps_app.view.tables import count_text
from nps_core.language import mark, tr

_LISTED: Final = 12
_OF_A_SIDE: Final = mark(
    "A comparison shows figures where both sides have {minimum} responses or more, so that "
    "nobody's answer can be read off the page."
)


def why_hidden(
    key: str, hidden: Sequence[Hidden], label: str = "", *, of_a_side: bool = False
) -> None:
    """Draw the popover; `hidden` are the groups, or with `of_a_side` sides of a comparison."""
    minimum = minimum_responses()
    words = label or tr("Why is this hidden?")
    with st.popover(words, type="tertiary", key=f"why_{key}"):
        st.write(tr(_OF_A_SIDE if of_a_side else WHY_HIDDEN, minimum=count_text(minimum)))
        # Names come from files.
        for one in hidden[:_LISTED]:
            st.text(hidden_line(one, minimum))
        if len(hidden) > _LISTED:
            st.caption(tr("{n} more are hidden.", n=count_text(len(hidden) - _LISTED)))
        st.write(
            tr(
                "**What to do:** choose longer dates, or fewer values in the filter, or put small "
                "groups together as one segment. The minimum is {minimum}; it is set for everybody "
                "on the Segments page, “Hide groups under”.",
                minimum=count_text(minimum),
            )
        )
        st.page_link("pages/segment_builder.py", label=tr("Build a segment"))
        st.page_link("pages/segments.py", label=tr("To the segments"))
