"""The weekly report as a command, for cron.

`python -m nps_app.report --week 2026-W46 --view NAME --to out.pptx` writes the same report the
page "Weekly" shows; the dashboard may be running meanwhile. `--email` sends it as well.
"""

import argparse
import os
import sys
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Final

from nps_app.mail import MailError, addresses, mail_server
from nps_app.store import SavedView, StoreError
from nps_app.store.snapshot import copy_store
from nps_app.view.counting import EVERYTHING
from nps_app.view.link_filter import read_query
from nps_app.view.weekly.content import Report
from nps_app.view.weekly.export.files import KINDS
from nps_app.view.weekly.look import usual_period
from nps_app.view.weekly.periods import MONTH, WEEK
from nps_app.view.weekly.report import weekly_report
from nps_app.view.weekly.sending import send_report
from nps_app.view.widgets.session import FOLDER_VARIABLE, current_store, store_path
from nps_core.errors import NpsError
from nps_core.language import ENGLISH, LANGUAGES, speak, tr

_FAILED: Final = 1


def main(arguments: Sequence[str] | None = None) -> int:
    """Write the report the arguments ask for; 0, or 1 with the reason on the error output."""
    asked = _parser().parse_args(arguments)
    speak(asked.lang)
    try:
        written = _with_a_copy(lambda: _make(asked))
    except (NpsError, StoreError) as error:
        print(error, file=sys.stderr)
        return _FAILED
    print(written)
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m nps_app.report",
        description=tr("The report of a week or month as a file, from the data in NPS_DATA."),
    )
    when = parser.add_mutually_exclusive_group()
    when.add_argument("--week", help="an ISO week, 2026-W46; without it the last complete one")
    when.add_argument("--month", nargs="?", const="", help="a month, 2026-10, or the last complete")
    parser.add_argument("--view", default="", help="the name of a saved view; all responses else")
    parser.add_argument("--to", type=Path, help=f"the file to write: {_endings()}")
    parser.add_argument("--lang", choices=LANGUAGES, default=ENGLISH, help="its language")
    parser.add_argument(
        "--email",
        nargs="?",
        const="",
        metavar="ADDRESSES",
        help="send it, to these addresses or to those in NPS_SMTP_TO",
    )
    return parser


def _endings() -> str:
    return ", ".join(KINDS)


def _with_a_copy(work: Callable[[], str]) -> str:
    """Work on a copy of the data file: the file itself belongs to the dashboard's process."""
    with tempfile.TemporaryDirectory() as folder:
        copy_store(store_path(), Path(folder))
        before = os.environ.get(FOLDER_VARIABLE)
        os.environ[FOLDER_VARIABLE] = folder
        try:
            done = work()
            current_store().close()
        finally:
            os.environ.pop(FOLDER_VARIABLE)
            if before is not None:
                os.environ[FOLDER_VARIABLE] = before
        return done


def _make(asked: argparse.Namespace) -> str:
    if asked.to is None and asked.email is None:
        raise NpsError(tr("Name a file with --to, or send the report with --email."))
    ending = (asked.to.suffix.lower() if asked.to else "") or ".pdf"
    if ending not in KINDS:
        raise NpsError(
            tr("Cannot write a {got} file. Allowed: {allowed}.", got=ending, allowed=_endings())
        )
    if asked.to:
        # Said before the work, not after it.
        _check_place(asked.to)
    server = mail_server() if asked.email is not None else None
    if asked.email is not None and server is None:
        raise MailError(tr("E-mail is off. Set NPS_SMTP_HOST to switch it on."))
    report = _report(asked)
    content = KINDS[ending].make(report)
    said = []
    if asked.to:
        try:
            asked.to.write_bytes(content)
        except OSError as error:
            raise NpsError(
                tr("{file} cannot be written: {why}", file=asked.to.name, why=error.strerror)
            ) from error
        said.append(tr("Written: {file}", file=asked.to))
    if server is not None:
        to = addresses(asked.email) or server.to
        send_report(server, to, report, ending, content)
        said.append(tr("Sent to: {who}", who=", ".join(to)))
    return "\n".join(said)


def _check_place(to: Path) -> None:
    if to.is_dir():
        raise NpsError(tr("{file} cannot be written: it is a folder.", file=to))
    if not to.parent.is_dir():
        raise NpsError(
            tr(
                "{file} cannot be written: there is no folder {folder}.",
                file=to.name,
                folder=to.parent,
            )
        )


def _report(asked: argparse.Namespace) -> Report:
    view = _view(asked.view) if asked.view else None
    if asked.week or asked.month:
        return weekly_report(asked.week or asked.month, view)
    chosen = read_query(view.query).chosen if view else EVERYTHING
    usual = usual_period(chosen, WEEK if asked.month is None else MONTH)
    if usual is None:
        raise NpsError(tr("There is no complete period with responses yet."))
    return weekly_report(usual.key, view)


def _view(name: str) -> SavedView:
    views = current_store().views()
    found = [view for view in views if view.name.casefold() == name.strip().casefold()]
    if not found:
        known = ", ".join(view.name for view in views) or tr("none yet")
        raise NpsError(
            tr("There is no view named “{name}”. Saved views: {known}.", name=name, known=known)
        )
    return found[0]


if __name__ == "__main__":
    sys.exit(main())
