"""What a visitor and the log learn of an error nobody foresaw: neither learns what was stored."""

import logging
import traceback
from typing import Final

import streamlit as st

from nps_core.language import tr

_STREAMLIT_LOGGER: Final = "streamlit.error_util"


def say_failure(error: Exception) -> bool:
    """Tell the visitor in plain words; True keeps Streamlit from showing the error itself."""
    st.error(
        tr(
            "Something went wrong here, and what you last asked for was not done. Reload the page; "
            "if it happens again, the server's log says where."
        )
    )
    return True


class _WithoutMessage(logging.Filter):
    def filter(self, record: logging.LogRecord) -> bool:
        error = record.exc_info[1] if record.exc_info else None
        if error is not None:
            record.msg, record.args, record.exc_info = _kind_and_place(error), (), None
        return True


def keep_messages_out_of_the_log() -> None:
    """Make Streamlit log where an error arose but not its words, which may quote a response."""
    logger = logging.getLogger(_STREAMLIT_LOGGER)
    if not any(isinstance(known, _WithoutMessage) for known in logger.filters):
        logger.addFilter(_WithoutMessage())


def _kind_and_place(error: BaseException) -> str:
    frames = traceback.extract_tb(error.__traceback__)[-6:]
    places = " < ".join(f"{frame.filename}:{frame.lineno}" for frame in reversed(frames))
    return f"{type(error).__name__} at {places}"
