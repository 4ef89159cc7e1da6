"""One date cell, one date column: read as a whole, in UTC, never guessed a row at a time."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nps_core.errors import NpsError
from nps_core.intake import read_responses
from nps_core.intake.date_column import parse_dates, proven_order
from nps_core.intake.dates import Moment, find_zone, parse_date, to_utc
from nps_core.intake.reasons import BY_CODE

READ = {
    "2025-03-01": "2025-03-01 00:00",
    "2025-03-01T10:00:00Z": "2025-03-01 10:00",
    "2025-03-01T23:30:00-11:00": "2025-03-02 10:30",
    "2025-03-01T24:00:00Z": "2025-03-02 00:00",
    "2025-W10-1": "2025-03-03 00:00",
    "2025-03-30T02:30:00 Europe/Paris": "2025-03-30 01:30",
    "2025-03-09T02:30:00 America/New_York": "2025-03-09 07:30",
    "2023/04/05 3:04:05 PM GMT+2": "2023-04-05 13:04:05",
    "2018-03-28 15:11:55 -0700": "2018-03-28 22:11:55",
    "2026-03-01 10:00:00 EST": "2026-03-01 15:00",
    "2026-03-01 10:00:00 EDT": "2026-03-01 14:00",
    "2026-03-01 10:00:00 CST": "2026-03-01 16:00",
    "2026-03-01 10:00:00 CDT": "2026-03-01 15:00",
    "2026-03-01 10:00:00 MST": "2026-03-01 17:00",
    "2026-03-01 10:00:00 MDT": "2026-03-01 16:00",
    "Mar 14, 2026 5:06 PM PST": "2026-03-15 01:06",
    "2026-03-01 10:00:00 PDT": "2026-03-01 17:00",
    "2026-03-01 10:00:00 GMT+05:30": "2026-03-01 04:30",
    "2026-03-01 10:00:00 (UTC+01:00)": "2026-03-01 09:00",
    "Sat Mar 01 2025 10:00:00 GMT+0100 (Central European Standard Time)": "2025-03-01 09:00",
    "2026-08-25 09:09:17 UTC": "2026-08-25 09:09:17",
    "8/20/25 12:51:45": "2025-08-20 12:51:45",
    "25.12.2024 14:05": "2024-12-25 14:05",
    "12/25/2024 02:15:30 PM": "2024-12-25 14:15:30",
    "12/25/2024 12:15:30 AM": "2024-12-25 00:15:30",
    "3 mars 2025": "2025-03-03 00:00",
    "3. März 2025": "2025-03-03 00:00",
    "3 de marzo de 2025": "2025-03-03 00:00",
    "3 de março de 2025": "2025-03-03 00:00",
    "3 maart 2025": "2025-03-03 00:00",
    "Feb 3, 2024": "2024-02-03 00:00",
    "Aug 25, 2026 09:09:17": "2026-08-25 09:09:17",
    "Mon, 3 Mar 2025 10:00:00 +0000": "2025-03-03 10:00",
    "03-Mar-25": "2025-03-03 00:00",
    "1740823200": "2025-03-01 10:00",
    "1740823200000": "2025-03-01 10:00",
    "45717": "2025-03-01 00:00",
    "45717.5": "2025-03-01 12:00",
    "202503": "2025-03-01 00:00",
    "20250301": "2025-03-01 00:00",
    "mars 2025": "2025-03-01 00:00",
}
UNREAD = [
    "yesterday",
    "2025",
    "12:30",
    "2025-02-29",
    "2025-13-01",
    "10000-01-01",
    "-2025-03-01",
    "0000-00-00 00:00:00",
    "1.74082E+12",
    "7",
    "2025-03-01 25:00",
    "2025-03-01 13:00 PM",
    "31/02/2025",
    "2026-03-01 10:00:00 CET",
    "2026-03-01 10:00:00 IST",
    "2026-03-01 10:00:00 BST",
    "9" * 500,
]


@pytest.mark.parametrize(("text", "wanted"), READ.items())
def test_every_way_tools_write_a_date(text, wanted):
    moment = parse_date(text)
    assert isinstance(moment, Moment), moment
    assert to_utc(moment, UTC) == datetime.fromisoformat(wanted)


@pytest.mark.parametrize("text", UNREAD)
def test_what_is_no_date_stays_none(text):
    assert parse_date(text).reason == "date_unparseable"


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("0001-01-01", "date_out_of_range"),
        ("1970-01-01T00:00:00Z", "date_out_of_range"),
        ("9999-12-31", "date_future"),
        ("2099-01-01", "date_future"),
        ("31/01/68", "date_future"),
    ],
)
def test_absurd_dates(text, reason):
    assert to_utc(parse_date(text), UTC).reason == reason


def test_the_future_begins_one_day_after_today():
    column = pa.chunked_array(
        [["2025-03-02T23:59:59Z", "2025-03-03", "2 mars 2025", "4 mars 2025"]]
    )
    why = parse_dates(column, today=date(2025, 3, 1)).why
    assert [BY_CODE[code] for code in why] == ["", "date_future", "", "date_future"]


def test_a_day_without_a_time_stays_that_day_in_every_zone():
    parsed = parse_dates(pa.chunked_array([["2025-03-01", "2025-03-01 00:30"]]), None, PARIS)
    assert [str(stamp) for stamp in parsed.at.astype("datetime64[m]")] == [
        "2025-03-01T00:00",
        "2025-02-28T23:30",
    ]


PARIS = ZoneInfo("Europe/Paris")


@given(st.lists(st.datetimes(datetime(1991, 1, 1), datetime(2037, 1, 1)), max_size=20), st.data())
def test_columns_agree_with_python_for_any_zone_and_chunks(stamps, data):
    stamps = [stamp.replace(microsecond=0) for stamp in stamps]
    style = data.draw(st.sampled_from(["%Y-%m-%d %H:%M:%S", "%d/%m/%Y %H:%M:%S"]))
    cells = pa.array([stamp.strftime(style) for stamp in stamps], pa.string())
    cut = data.draw(st.integers(0, len(stamps)))
    column = pa.chunked_array([cells[:cut], cells[cut:]])
    wanted = [s.replace(tzinfo=PARIS).astimezone(UTC).replace(tzinfo=None) for s in stamps]
    assert parse_dates(column, "day_first", PARIS).at.tolist() == wanted


def test_proof_of_the_order_is_for_the_whole_column():
    assert proven_order(pa.chunked_array([["01/02/2025", "13/02/2025"]])).order == "day_first"
    assert proven_order(pa.chunked_array([["01/02/2025", "02/13/2025"]])).order == "month_first"
    assert proven_order(pa.chunked_array([["13/02/2025", "02/13/2025"]])).contradictory
    assert proven_order(pa.chunked_array([["01.02.2025"]])).order == "day_first"
    assert not proven_order(pa.chunked_array([["05/05/2025", "2025-01-02"]])).unsettled


def _days(lines, **more):
    intake = read_responses("\n".join(lines).encode(), "x.csv", **more)
    return intake, intake.accepted["responded_at"].dt.strftime("%Y-%m-%d").tolist()


def test_undecided_dates_are_asked_and_then_read_as_told():
    lines = ["id,date,nps", "a,03/04/2025,9", "b,05/06/2025,2", "c,07/07/2025,5"]
    intake, days = _days(lines)
    assert [question.key for question in intake.questions] == ["date_order"]
    assert days == ["2025-07-07"]
    assert intake.rejected["reason"].tolist() == ["date_ambiguous"] * 2
    mapping = intake.mapping.with_answer("date_order", "month_first")
    assert _days(lines, mapping=mapping)[1] == ["2025-03-04", "2025-05-06", "2025-07-07"]


def test_another_date_of_the_same_rows_settles_the_order():
    lines = [
        "id,Submit date,Start date,nps",
        "a,03/04/2025,2025-04-02,9",
        "b,05/06/2025,2025-06-05,2",
    ]
    intake, days = _days(lines)
    assert days == ["2025-04-03", "2025-06-05"]
    assert not intake.questions


def test_a_french_time_stamp_is_day_first():
    lines = ["Horodateur,Recommanderiez-vous notre service ?", "03/04/2025 10:00:00,9"]
    intake, days = _days(lines)
    assert days == ["2025-04-03"]
    assert any("day first" in warning for warning in intake.warnings)


def test_a_file_without_dates_scores_and_takes_one_when_told():
    intake = read_responses(b"id,nps\na,9\nb,0\n", "x.csv")
    assert intake.accepted["responded_at"].isna().all()
    assert any("no trend" in warning for warning in intake.warnings)
    told = intake.mapping.with_answer("response_date", "2025-03-01")
    dated = read_responses(b"id,nps\na,9\nb,0\n", "x.csv", told)
    assert dated.accepted["responded_at"].dt.strftime("%Y-%m-%d").tolist() == ["2025-03-01"] * 2
    assert not dated.questions


def test_an_unknown_zone_is_said_so():
    with pytest.raises(NpsError, match="Europe/Atlantis"):
        find_zone("Europe/Atlantis")


def _two_dates(first, name="start"):
    days = [f"0{d}/04/2026" for d in range(1, 10)]
    rows = "".join(f"{a},{b},{i}\n" for i, (a, b) in enumerate(zip(first, days, strict=True)))
    return read_responses(f"{name},date,score\n{rows}".encode(), "x.csv")


def test_an_order_proven_by_a_column_written_alike_is_taken_and_said():
    intake = _two_dates([f"{d}/03/2026" for d in range(12, 21)])
    days = intake.accepted["responded_at"].dt.strftime("%m-%d").tolist()
    assert days == [f"04-0{d}" for d in range(1, 10)]
    assert any("day first, as another date" in warning for warning in intake.warnings)
    assert not intake.questions


@pytest.mark.parametrize(
    ("first", "name"),
    [
        ([f"{d}/03/2016" for d in range(12, 21)], "start"),
        ([f"{d}/08/2026" for d in range(12, 21)], "start date"),
        ([f"{d}-03-2026" for d in range(12, 21)], "start"),
        ([f"{d}/03/26" for d in range(12, 21)], "start"),
        ([*(f"{d}/03/2026" for d in range(12, 20)), "03/20/2026"], "start"),
    ],
    ids=["ten years before", "before its start", "other separator", "short years", "both"],
)
def test_an_order_from_a_column_that_makes_no_sense_is_asked(first, name):
    intake = _two_dates(first, name)
    assert [question.key for question in intake.questions] == ["date_order"]
    # 04/04/2026 reads alike in both orders.
    assert len(intake.accepted) == 1


def test_two_columns_that_prove_opposite_orders_are_asked_about():
    rows = "".join(f"{d}/03/2026,03/{d}/2026,0{d - 11}/04/2026,9\n" for d in range(12, 21))
    intake = read_responses(f"start,sent,date,score\n{rows}".encode(), "x.csv")
    assert [question.key for question in intake.questions] == ["date_order"]


def test_an_update_time_keeps_the_order_its_own_cells_prove():
    text = "id,date,nps,updated at\na,25/03/2026,9,04/25/2026\nb,26/03/2026,9,04/05/2026\n"
    updated = read_responses(text.encode(), "x.csv").accepted["updated_at"]
    assert updated.dt.strftime("%Y-%m-%d").tolist() == ["2026-04-25", "2026-04-05"]
