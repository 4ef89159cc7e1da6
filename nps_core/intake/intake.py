"""What came of a file: the responses it holds, and an account of every other row."""

from dataclasses import dataclass

import pandas as pd

from nps_core.intake.mapping import Mapping, Question


@dataclass(frozen=True)
class Intake:
    """The responses of one file and what became of each of its rows.

    `accepted`: one row a response; the canonical columns that the file has (`response_id`,
    `responded_at`, `score` always), then its segments under their own headers. Text columns
    are `str`, `responded_at` and `updated_at` datetime64[us] naive UTC, `score` int8,
    `mrr`, `csat`, `ces` float64. `rejected`: line, column, value (first 80 characters), reason
    (a key of `REASONS`). `merged_duplicates`, `ignored_blank`, `rows_in` count rows of the file:
    `rows_in == len(accepted) + len(rejected) + merged_duplicates + ignored_blank`, always.

    `mapping` is what was used. `questions` are what a person should settle before the
    responses are stored; each is among `warnings` too. `tool` is the survey tool that wrote
    the file, None when not recognised. `header` and `preview` (first 20 raw rows, text) are the
    file's own words: show them as plain text.
    """

    accepted: pd.DataFrame
    rejected: pd.DataFrame
    merged_duplicates: int
    ignored_blank: int
    rows_in: int
    mapping: Mapping
    warnings: tuple[str, ...]
    questions: tuple[Question, ...]
    tool: str | None
    header: tuple[str, ...]
    preview: pd.DataFrame
