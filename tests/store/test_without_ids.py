"""Files without response ids, from bytes to store: nothing is doubled, nothing is swallowed."""

import csv
import io

import openpyxl

from nps_app.parsing import parse_upload


def bring(store, data, name="export.csv"):
    with parse_upload(data, name) as parsed:
        record = store.commit(parsed)
    return record.new, record.updated, record.unchanged


def stored(store, *columns):
    frame = store.responses().df()
    return sorted(tuple(map(str, row)) for row in frame[list(columns)].fillna("").values.tolist())


def as_workbook(text):
    book = openpyxl.Workbook()
    for row in csv.reader(io.StringIO(text)):
        book.active.append([int(cell) if cell.isdigit() else cell for cell in row])
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def test_another_months_scores_are_other_responses_and_the_same_month_is_not(store):
    january, february = "score\n9\n10\n3\n", "score\n9\n10\n10\n"
    assert bring(store, january.encode(), "january.csv") == (3, 0, 0)
    assert bring(store, february.encode(), "february.csv") == (3, 0, 0)
    assert sorted(store.responses().df()["score"]) == [3, 9, 9, 10, 10, 10]
    assert bring(store, january.encode("utf-16"), "january.txt") == (0, 0, 3)
    assert bring(store, as_workbook(january), "january.xlsx") == (0, 0, 3)
    assert len(store.responses().df()) == 6


FORM = 'Timestamp,How likely are you to recommend us?,"Why?"\n'
ANSWERS = [
    "2025/03/01 10:00:00 AM GMT+1,9,so easy",
    "2025/03/01 10:00:00 AM GMT+1,9,so easy",
    "2025/03/02 11:30:00 AM GMT+1,3,slow",
    "2025/03/03 9:05:00 PM GMT+1,10,",
    "2025/03/04 8:00:00 AM GMT+1,7,fine",
    "2025/03/05 8:00:00 AM GMT+1,9,",
    "2025/03/05 8:00:01 AM GMT+1,0,never again",
]


def test_a_growing_form_adds_only_its_new_rows(store):
    first = (FORM + "\n".join(ANSWERS[:4])).encode()
    later = (FORM + "\n".join(reversed(ANSWERS))).encode()
    assert bring(store, first) == (4, 0, 0)
    assert bring(store, later) == (3, 0, 4)
    assert stored(store, "score", "comment")[:2] == [("0", "never again"), ("10", "")]
    assert bring(store, first) == (0, 0, 4)


def test_days_without_a_time_keep_the_segments_they_came_with(store):
    header, rows = "date,score,country\n", ["2025-03-01,9,FR", "2025-03-01,9,DE", "2025-03-01,3,FR"]
    assert bring(store, (header + "\n".join(rows)).encode()) == (3, 0, 0)
    again = (header + "\n".join(reversed(rows))).encode()
    assert bring(store, again) == (0, 0, 3)
    assert stored(store, "score", "country") == [("3", "FR"), ("9", "DE"), ("9", "FR")]


def test_ids_ruined_by_a_spreadsheet_swallow_nobody(store):
    first = "id,date,score,comment\n1.2E+17,2025-03-01,9,good\n1.2E+17,2025-03-01,3,bad\n"
    later = "id,date,score,comment\n1.2E+17,2025-03-02,10,new\n"
    assert bring(store, first.encode()) == (2, 0, 0)
    assert bring(store, later.encode()) == (1, 0, 0)
    assert bring(store, first.encode()) == (0, 0, 2)


def test_another_spelling_of_a_segment_is_no_other_response(store):
    header = "date,score,plan,industry\n"
    early = "2025-03-01,9,pro,Fintech\n2025-03-02,3,pro,Fintech\n2025-03-03,8,Pro,Fintech\n"
    late = "2025-03-04,10,Pro,FINTECH\n2025-03-05,10,Pro ,FINTECH\n2025-03-06,2,Pro,FINTECH\n"
    assert bring(store, (header + early).encode())[0] == 3
    assert bring(store, (header + early + late).encode())[0] == 3
    assert len(store.responses().df()) == 6
