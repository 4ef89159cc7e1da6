"""XLSX files: read by another program, they hold what the table held and nothing that runs."""

from datetime import date, datetime
from io import BytesIO

import openpyxl
import pandas as pd
import pytest

from nps_app.store import StoreError
from nps_app.view import workbook
from nps_app.view.export import pasted_text
from nps_app.view.workbook import xlsx_bytes

DANGEROUS = ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "=HYPERLINK('http://x')", "＝1+1"]


def opened(table: pd.DataFrame, name: str = "Sheet"):
    return openpyxl.load_workbook(BytesIO(xlsx_bytes(table, name))).active


@pytest.mark.parametrize("times", [1, 3_000])
def test_what_would_be_run_is_text_that_stays_text_when_it_is_edited(times: int) -> None:
    sheet = opened(pd.DataFrame({"=header": DANGEROUS * times}))
    cells = [sheet.cell(1, 1), *(sheet.cell(row, 1) for row in range(2, 2 + len(DANGEROUS)))]
    assert {cell.data_type for cell in cells} == {"s"}
    assert all(cell.quotePrefix for cell in cells)
    assert sheet["A2"].value == "=1+1"


def test_numbers_dates_and_gaps_come_back_as_they_were() -> None:
    sheet = opened(
        pd.DataFrame(
            {
                "nps": [1 / 3, float("nan"), -12.5],
                "n": pd.array([7, None, 12], dtype="Int64"),
                "day": pd.to_datetime(["2026-02-28 00:00", None, "2026-03-01 10:30"]),
                "of": [date(2026, 1, 2), None, True],
                "id": ["007", None, 2**60],
            }
        )
    )
    rows = list(sheet.iter_rows(min_row=2, values_only=True))
    assert rows[0] == (1 / 3, 7, datetime(2026, 2, 28), datetime(2026, 1, 2), "007")
    assert rows[1] == (None,) * 5
    assert rows[2] == (-12.5, 12, datetime(2026, 3, 1, 10, 30), True, str(2**60))
    assert sheet["C2"].is_date
    assert sheet["A1"].font.bold
    assert sheet.freeze_panes == "A2"


def test_what_a_cell_or_a_name_cannot_hold_is_cut_in_sight_never_lost() -> None:
    sheet = opened(
        pd.DataFrame({"a": ["x" * 40_000, "1850"]}), "A [long]: name / of * a sheet?" * 3
    )
    assert len(sheet["A2"].value) == 32_767
    assert sheet["A2"].value.endswith("x…")
    assert len(sheet.title) <= 31
    assert opened(pd.DataFrame({"day": [date(1850, 1, 1)]}))["A2"].value == "1850-01-01"


def test_more_rows_than_a_sheet_has_are_refused_in_words(monkeypatch) -> None:
    monkeypatch.setattr(workbook, "MOST_ROWS", 3)
    with pytest.raises(StoreError, match="3 rows at most, and these are 4"):
        xlsx_bytes(pd.DataFrame({"a": range(4)}))


def test_copied_data_has_one_line_a_row_and_nothing_that_runs() -> None:
    text = pasted_text(pd.DataFrame({"c": [*DANGEROUS, "two\nlines\tand a tab"], "n": -1.5}))
    lines = text.rstrip("\n").split("\n")
    assert len(lines) == 1 + len(DANGEROUS) + 1
    assert all(line.count("\t") == 1 for line in lines)
    assert not any(line.startswith(("=", "+", "-", "@", "＝")) for line in lines)
    assert lines[-1] == "two lines and a tab\t-1.5"
