"""The weekly report without a browser: `python -m nps_app.report --week 2026-W46 --to out.pptx`."""

import sys

from streamlit.logger import set_log_level

# Each cache would say, when it is made, that no app is running around it, which is so by intent.
set_log_level("ERROR")

from nps_app.view.weekly.command import main  # noqa: E402

if __name__ == "__main__":
    sys.exit(main())
