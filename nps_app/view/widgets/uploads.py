"""Files a visitor brought and has not imported yet: read in a child process, kept in the session.

The bytes leave Streamlit's uploader at once: it would go on showing the file's name as it came,
and a name can hold characters that reverse the text around it.
"""

from dataclasses import dataclass
from itertools import count
from typing import Final

import streamlit as st

from nps_app.parsing import ParsedUpload, parse_upload
from nps_app.store import ImportRecord
from nps_app.view.widgets.session import current_store
from nps_core.errors import FileRefused, NpsError
from nps_core.intake.mapping import Mapping
from nps_core.language import tr

_WAITING: Final = "uploads"
_ROUND: Final = "upload_round"
_numbers = count(1)


@dataclass
class Upload:
    """One file: its bytes, how it was last read, and what came of it.

    `name` is as the visitor's computer gave it: show it by `text.visible` only. `turn` counts the
    readings; `source` and `newest` go to the store. `updates_shown` and `reuse_shown` are what the
    preview said of stored values it would change and of ids that belong to others. `confirmed` is
    true from the click on Import until `record` says what came of it.
    """

    number: int
    name: str
    data: bytes
    mapping: Mapping | None = None
    remembered: bool = False
    seen: bool = False
    turn: int = 0
    source: str = ""
    newest: bool = False
    updates_shown: int = 0
    reuse_shown: bool = False
    confirmed: bool = False
    record: ImportRecord | None = None
    parsed: ParsedUpload | None = None
    refused: NpsError | None = None

    @property
    def key(self) -> str:
        """Part of the key of every widget about this reading.

        A widget that outlived the reading would go on saying what the one before came to.
        """
        return f"{self.number}_{self.turn}"

    @property
    def header(self) -> tuple[str, ...]:
        """The column names, as far as they could be read."""
        if self.parsed is not None:
            return tuple(self.parsed.header)
        return self.refused.header if isinstance(self.refused, FileRefused) else ()

    def read(self) -> None:
        """Read the file where the page now is, showing how far it is.

        At first sight the mapping remembered for its columns is used, when there is one.
        """
        self._read_once(self.mapping)
        if self.seen:
            return
        self.seen = True
        known = current_store().mapping_for(self.header) if self.header else None
        self.remembered = bool(known)
        if known:
            remembered = Mapping.from_dict(known)
            if self.parsed is None or self.parsed.mapping != remembered:
                self._read_once(remembered)

    def read_again(self, mapping: Mapping | None) -> None:
        """Have the file read anew with what a person changed (None: as it is)."""
        self.close()
        self.mapping, self.remembered, self.confirmed = mapping, False, False
        self.turn += 1

    def _read_once(self, mapping: Mapping | None) -> None:
        bar = st.progress(0.0, tr("Reading the file"))
        self.close()
        self.mapping = mapping

        def show(done: float) -> None:
            bar.progress(min(max(done, 0.0), 1.0), tr("Reading the file"))

        try:
            self.parsed = parse_upload(self.data, self.name, mapping, progress=show)
        except NpsError as error:
            self.refused = error
        bar.empty()

    def close(self) -> None:
        """Remove what reading left on the disk."""
        if self.parsed is not None:
            self.parsed.close()
        self.parsed = self.refused = None


def waiting() -> list[Upload]:
    """The visitor's files that are neither imported nor discarded, oldest first."""
    return list(_kept().values())


def discard(*uploads: Upload) -> None:
    """Forget files."""
    for upload in uploads:
        upload.close()
        _kept().pop(upload.number, None)


def receive_files() -> None:
    """Take files from the visitor; the run starts again when some came."""
    turn = st.session_state.get(_ROUND, 0)
    files = st.file_uploader(
        tr("Exports of your survey tools, as they are: CSV, TSV, Excel, JSON, JSONL or Parquet"),
        accept_multiple_files=True,
        key=f"uploader_{turn}",
        max_upload_size=50,
    )
    if not files:
        return
    for file in files:
        number = next(_numbers)
        _kept()[number] = Upload(number, file.name, file.getvalue())
    st.session_state[_ROUND] = turn + 1
    st.rerun()


def _kept() -> dict[int, Upload]:
    kept: dict[int, Upload] = st.session_state.setdefault(_WAITING, {})
    return kept
