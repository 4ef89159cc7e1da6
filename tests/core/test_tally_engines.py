"""Every engine counts what a plain Python loop counts, to the last row and type."""

import random
from collections import Counter
from datetime import UTC, date, datetime, timedelta, timezone

import duckdb
import ibis
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest

from nps_core.measure.filter import Filter, apply
from nps_core.measure.tally import tally

INDUSTRIES = ("Fintech", "Retail", 'O\'Hara; "drop"', "", None)
SIZES = ("Enterprise", "SMB", None)
TYPES = ("relational", "transactional", None)


def some_responses() -> list[dict]:
    """600 responses over 26 months with missing dates, segments and scores, edge times included."""
    chance = random.Random(11)
    first = datetime(2023, 12, 20)
    rows = []
    for _ in range(600):
        at = first + timedelta(seconds=chance.randrange(26 * 30 * 86_400))
        if chance.random() < 0.2:
            at = datetime(at.year, at.month, at.day)
        if chance.random() < 0.1:
            at = datetime(at.year, at.month, at.day, 23, 59, 59, 999_999)
        rows.append(
            {
                "responded_at": None if chance.random() < 0.05 else at,
                "score": None if chance.random() < 0.05 else chance.randrange(11),
                "survey_type": chance.choice(TYPES),
                "company_size": chance.choice(SIZES),
                "industry": chance.choice(INDUSTRIES),
                "n": "a segment of that name",
            }
        )
    return rows


ROWS = some_responses()
ARROW = pa.table(
    {
        "responded_at": pa.array([row["responded_at"] for row in ROWS], pa.timestamp("us")),
        "score": pa.array([row["score"] for row in ROWS], pa.int8()),
        **{
            name: pa.array([row[name] for row in ROWS], pa.string())
            for name in ("survey_type", "company_size", "industry", "n")
        },
    }
)


def dictionary_encoded() -> pa.Table:
    table = ARROW
    for name in ("company_size", "industry"):
        at = table.column_names.index(name)
        table = table.set_column(at, name, table[name].dictionary_encode())
    return table


def pandas_categorical() -> pd.DataFrame:
    return ARROW.to_pandas().astype({"industry": "category", "company_size": "category"})


def in_duckdb(table: pa.Table, zone: str = "UTC") -> duckdb.DuckDBPyRelation:
    connection = duckdb.connect()
    connection.execute(f"set timezone = '{zone}'")
    connection.register("given", table)
    connection.execute("create table responses as select * from given")
    return connection.table("responses")


def ibis_table() -> ibis.Table:
    return ibis.duckdb.connect().create_table("responses", ARROW)


ENGINES = {
    "pandas str": lambda: ARROW.to_pandas(),
    "pandas object": lambda: pd.DataFrame(
        {name: pd.Series([row[name] for row in ROWS], dtype=object) for name in ROWS[0]}
    ).assign(responded_at=lambda f: pd.to_datetime(f["responded_at"])),
    "pandas categorical": pandas_categorical,
    "pandas pyarrow": lambda: ARROW.to_pandas(types_mapper=pd.ArrowDtype),
    "pandas nullable": lambda: ARROW.to_pandas().convert_dtypes(),
    "pandas nanoseconds": lambda: ARROW.to_pandas().astype({"responded_at": "datetime64[ns]"}),
    "polars": lambda: pl.from_arrow(ARROW),
    "polars categorical": lambda: pl.from_arrow(ARROW).with_columns(
        pl.col("industry", "company_size").cast(pl.Categorical)
    ),
    "polars lazy": lambda: pl.from_arrow(ARROW).lazy(),
    "pyarrow": lambda: ARROW,
    "pyarrow dictionary": dictionary_encoded,
    "pyarrow chunked": lambda: pa.concat_tables([ARROW.slice(0, 7), ARROW.slice(7)]),
    "duckdb": lambda: in_duckdb(ARROW),
    "ibis": ibis_table,
}


def start_of(at: datetime | None, every: str) -> datetime | None:
    if at is None:
        return None
    day = at.date()
    first = {
        "day": day,
        "week": day - timedelta(days=day.isoweekday() - 1),
        "month": day.replace(day=1),
        "quarter": day.replace(month=(day.month - 1) // 3 * 3 + 1, day=1),
        "year": day.replace(month=1, day=1),
    }[every]
    return datetime(first.year, first.month, first.day)


def counted(rows: list[dict], by: tuple[str, ...], every: str | None) -> Counter:
    result: Counter = Counter()
    for row in rows:
        if row["score"] is not None:
            period = (start_of(row["responded_at"], every),) if every else ()
            result[(*period, *(row[name] for name in by), row["score"])] += 1
    return result


def as_counter(counts: pd.DataFrame) -> Counter:
    plain = counts.astype(object).where(counts.notna(), None)
    assert not plain.drop(columns=["score", "n"]).duplicated().all() or len(plain) < 2
    return Counter({tuple(row[:-1]): row[-1] for row in plain.itertuples(index=False)})


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize(
    ("by", "every"),
    [
        ((), None),
        ("industry", None),
        (("company_size", "industry"), None),
        ((), "day"),
        ("company_size", "week"),
        (["industry"], "month"),
        ((), "quarter"),
        (("company_size", "survey_type"), "year"),
    ],
)
def test_each_engine_counts_what_a_loop_counts(engine, by, every):
    counts = tally(ENGINES[engine](), by=by, every=every)
    names = (by,) if isinstance(by, str) else tuple(by)
    assert list(counts.columns) == [*(["period"] if every else []), *names, "score", "n"]
    assert as_counter(counts) == counted(ROWS, names, every)
    assert counts["n"].dtype == counts["score"].dtype == "int64"
    assert all(counts[name].dtype == object for name in names)
    if every:
        assert counts["period"].dtype == "datetime64[us]"


@pytest.mark.parametrize("engine", ENGINES)
def test_each_engine_returns_the_same_frame_in_the_same_order(engine):
    reference = tally(ARROW, by=("industry", "company_size"), every="week")
    got = tally(ENGINES[engine](), by=("industry", "company_size"), every="week")
    pd.testing.assert_frame_equal(got, reference)
    for name in ("industry", "company_size"):
        missing = [value for value in got[name] if not isinstance(value, str)]
        assert missing
        assert all(value is None for value in missing)


FILTERS = {
    "nothing": (Filter(), lambda row: True),
    "empty choices": (Filter(segments={"industry": []}, survey_types=[]), lambda row: True),
    "two values": (
        Filter(segments={"industry": ["Fintech", 'O\'Hara; "drop"']}),
        lambda row: row["industry"] in ("Fintech", 'O\'Hara; "drop"'),
    ),
    "missing only": (
        Filter(segments={"industry": [None]}),
        lambda row: row["industry"] is None,
    ),
    "missing or a value, two columns": (
        Filter(segments={"industry": ["Retail", None], "company_size": "Enterprise"}),
        lambda row: row["industry"] in ("Retail", None) and row["company_size"] == "Enterprise",
    ),
    "empty text is a value": (
        Filter(segments={"industry": [""]}),
        lambda row: row["industry"] == "",
    ),
    "survey type": (
        Filter(survey_types=("relational", None)),
        lambda row: row["survey_type"] in ("relational", None),
    ),
    "dates, both inclusive": (
        Filter(start=date(2024, 1, 1), end=date(2024, 6, 30)),
        lambda row: (
            row["responded_at"] is not None
            and date(2024, 1, 1) <= row["responded_at"].date() <= date(2024, 6, 30)
        ),
    ),
    "all at once": (
        Filter(
            start="2024-03-01",
            segments={"company_size": ["SMB", "Enterprise"]},
            survey_types="transactional",
        ),
        lambda row: (
            row["responded_at"] is not None
            and row["responded_at"].date() >= date(2024, 3, 1)
            and row["company_size"] in ("SMB", "Enterprise")
            and row["survey_type"] == "transactional"
        ),
    ),
    "every day there can be": (
        Filter(start=date.min, end=date.max),
        lambda row: row["responded_at"] is not None,
    ),
    "a value nobody has": (Filter(segments={"industry": ["None"]}), lambda row: False),
}


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("choice", FILTERS)
def test_each_engine_filters_as_a_loop_does(engine, choice):
    chosen, keeps = FILTERS[choice]
    frame = ENGINES[engine]()
    filtered = apply(frame, chosen)
    assert type(filtered) is type(frame)
    expected = counted([row for row in ROWS if keeps(row)], ("industry",), "month")
    assert as_counter(tally(filtered, by="industry", every="month")) == expected


NEW_YORK = timezone(timedelta(hours=-5))
LATE = datetime(2024, 1, 31, 23, 30)
"""In New York's winter: 04:30 on the first of February in UTC."""


AWARE = pa.table(
    {
        "responded_at": pa.array(
            [LATE.replace(tzinfo=NEW_YORK), None], pa.timestamp("us", "America/New_York")
        ),
        "score": [10, 10],
    }
)


def with_dates(*dates: object) -> pd.DataFrame:
    return pd.DataFrame({"responded_at": [*dates, None], "score": [10, 10]})


def duckdb_sql(value: str) -> duckdb.DuckDBPyRelation:
    return duckdb.connect().sql(
        f"select {value} as responded_at, 10 as score union all select null, 10"
    )


ZONED = {
    "pandas": lambda: AWARE.to_pandas(),
    "pandas offset": lambda: with_dates(LATE.replace(tzinfo=NEW_YORK)),
    "pandas UTC": lambda: with_dates(datetime(2024, 2, 1, 4, tzinfo=UTC)),
    "pandas pyarrow": lambda: AWARE.to_pandas(types_mapper=pd.ArrowDtype),
    "polars": lambda: pl.from_arrow(AWARE),
    "polars lazy": lambda: pl.from_arrow(AWARE).lazy(),
    "pyarrow": lambda: AWARE,
    "duckdb": lambda: in_duckdb(AWARE, "America/New_York"),
    "duckdb far east": lambda: in_duckdb(AWARE, "Pacific/Auckland"),
    "ibis": lambda: ibis.duckdb.connect().create_table("zoned", AWARE),
    "pandas days": lambda: with_dates(date(2024, 2, 1)),
    "polars days": lambda: pl.from_pandas(with_dates(date(2024, 2, 1))),
    "duckdb days": lambda: duckdb_sql("date '2024-02-01'"),
    "pandas text": lambda: with_dates("2024-02-01T04:30:00"),
    "polars text": lambda: pl.from_pandas(with_dates("2024-02-01T04:30:00")),
    "duckdb text": lambda: duckdb_sql("'2024-02-01'"),
}


@pytest.mark.parametrize("engine", ZONED)
def test_times_with_a_zone_fall_on_their_day_in_utc(engine):
    frame = ZONED[engine]()
    counts = tally(frame, every="day")
    assert counts["period"].tolist()[0] == pd.Timestamp("2024-02-01")
    assert counts["period"].isna().tolist() == [False, True]
    assert counts["n"].tolist() == [1, 1]
    february = Filter(start="2024-02-01", end="2024-02-01")
    assert tally(apply(frame, february))["n"].tolist() == [1]
    assert tally(apply(frame, Filter(end="2024-01-31")))["n"].tolist() == []


def test_no_frame_is_changed_by_counting_it():
    frame = pandas_categorical()
    before = frame.copy(deep=True)
    tally(apply(frame, FILTERS["all at once"][0]), by=["industry"], every="week")
    pd.testing.assert_frame_equal(frame, before)
