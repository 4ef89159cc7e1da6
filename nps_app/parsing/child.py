"""The child process: read one file under limits, leave the result in a folder.

Run as `python -m nps_app.parsing.child FOLDER`. FOLDER holds `upload` and `request.json`; the
child adds `report.json` and, when the file was read, `accepted`, `rejected` and
`preview.parquet`. Nothing is pickled: what a hostile file made of the child stays data.
"""

import json
import os
import sys
import traceback
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any, Final

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from nps_app.parsing.limits import limit_this_process
from nps_core.errors import FileRefused, NpsError
from nps_core.intake import Intake, Mapping, read_responses
from nps_core.language import speak

REQUEST: Final = "request.json"
UPLOAD: Final = "upload"
REPORT: Final = "report.json"
ACCEPTED: Final = "accepted.parquet"
REJECTED: Final = "rejected.parquet"
PREVIEW: Final = "preview.parquet"


def main(folder: Path, say: Callable[[float], None]) -> None:
    """Read the upload in the folder and leave the report there."""
    request = json.loads((folder / REQUEST).read_text())
    # The sentences of the report are for the visitor who uploads, not for this process.
    speak(request["language"])
    mapping = request["mapping"]
    try:
        intake = read_responses(
            (folder / UPLOAD).read_bytes(),
            request["file_name"],
            mapping=None if mapping is None else Mapping.from_dict(mapping),
            today=date.fromisoformat(request["today"]),
            progress=say,
        )
        report = _write(folder, intake)
    except FileRefused as refused:
        report = {
            "refused": [refused.what, refused.where, refused.remedy],
            "header": list(refused.header),
        }
    except MemoryError:
        report = {"out_of_memory": True}
    except NpsError as error:
        report = {"refused": [str(error), "", ""], "header": []}
    except Exception as error:
        report = {"failed": type(error).__name__, "at": _place(error)}
    (folder / REPORT).write_text(json.dumps(report))


def _place(error: BaseException) -> str:
    # The message of the error may quote the file; the line of our own code cannot.
    frames = traceback.extract_tb(error.__traceback__)
    return " < ".join(f"{Path(f.filename).name}:{f.lineno}" for f in reversed(frames))


def _write(folder: Path, intake: Intake) -> dict[str, Any]:
    for name, frame in (
        (ACCEPTED, intake.accepted),
        (REJECTED, intake.rejected),
        (PREVIEW, intake.preview),
    ):
        _write_frame(folder / name, frame)
    return {
        "accepted_rows": len(intake.accepted),
        "merged_duplicates": int(intake.merged_duplicates),
        "ignored_blank": int(intake.ignored_blank),
        "rows_in": int(intake.rows_in),
        "mapping": intake.mapping.to_dict(),
        "warnings": list(intake.warnings),
        "questions": [[q.key, q.text, list(q.options)] for q in intake.questions],
        "tool": intake.tool,
        "header": list(intake.header),
    }


def _write_frame(path: Path, frame: pd.DataFrame) -> None:
    table = pa.Table.from_pandas(frame, preserve_index=False, nthreads=1)
    pq.write_table(table, path, compression="lz4")


def _only_progress_leaves() -> Callable[[float], None]:
    """Keep the pipe to the parent for progress; send all other output nowhere.

    A library that prints what it failed on would carry the file's content into the log.
    """
    pipe = os.fdopen(os.dup(1), "w", buffering=1)
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    os.dup2(nowhere, 2)

    def say(done: float) -> None:
        pipe.write(f"{done:.4f}\n")

    return say


if __name__ == "__main__":
    say = _only_progress_leaves()
    limit_this_process()
    main(Path(sys.argv[1]), say)
