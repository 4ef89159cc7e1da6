"""An error nobody foresaw is logged by kind and place, never with the words of a response."""

import logging

import pytest

from nps_app.view.widgets.failure import keep_messages_out_of_the_log


def test_the_log_of_an_uncaught_error_names_its_place_but_not_its_text(caplog):
    keep_messages_out_of_the_log()
    with pytest.raises(ValueError, match="ann@example") as caught:
        raise ValueError("cannot read 'ann@example.com: terrible service'")
    with caplog.at_level(logging.ERROR):
        logging.getLogger("streamlit.error_util").error(
            "Uncaught app execution", exc_info=caught.value
        )
    assert "ValueError" in caplog.text
    assert "test_failure_log.py" in caplog.text
    assert "ann@example" not in caplog.text
    assert "terrible" not in caplog.text
