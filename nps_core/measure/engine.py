"""Any engine's frame of responses, seen through Narwhals in one form."""

from collections.abc import Iterable
from typing import Any

import narwhals as nw
import pandas as pd
import pyarrow as pa

from nps_core.columns import RESPONDED_AT
from nps_core.errors import NpsError

Responses = nw.DataFrame[Any] | nw.LazyFrame[Any]


def opened(frame: Any, parameter: str = "frame") -> Responses:
    """The frame as Narwhals sees it: pandas, Polars, PyArrow, DuckDB, Ibis or PySpark.

    Raises NpsError for anything else, and for two columns of one name.
    """
    if isinstance(frame, (nw.DataFrame, nw.LazyFrame)):
        return frame
    try:
        return nw.from_native(frame)
    except nw.exceptions.DuplicateError as error:
        names = " ".join(str(error).split())
        raise NpsError(f"{parameter} has two columns of one name. {names}") from None
    except TypeError:
        raise NpsError(
            f"{parameter} is a {type(frame).__name__}; give a table of pandas, Polars, PyArrow, "
            "DuckDB, Ibis or PySpark."
        ) from None


def decoded(data: Responses, names: Iterable[str]) -> Responses:
    """The frame with the categories of these columns as the values they stand for.

    pandas is left alone: its categories count and compare as their values do.

    >>> table = pa.table({"plan": pa.array([1, 2]).dictionary_encode()})
    >>> decoded(nw.from_native(table), ["plan"]).schema["plan"]
    Int64
    """
    native = data.to_native()
    if isinstance(native, pa.Table):
        for at, field in enumerate(native.schema):
            if field.name in names and pa.types.is_dictionary(field.type):
                plain = native.column(at).cast(field.type.value_type)
                native = native.set_column(at, field.name, plain)
        return nw.from_native(native)
    schema = data.collect_schema()
    coded = [name for name in names if schema[name] in (nw.Categorical, nw.Enum)]
    if data.implementation.is_pandas() or not coded:
        return data
    return data.with_columns(nw.col(name).cast(nw.String) for name in coded)


def value_kinds(data: Responses, names: Iterable[str]) -> dict[str, Any]:
    """The type of the values in each column, categories looked through."""
    schema = decoded(data, names).collect_schema()
    kinds = {name: schema[name] for name in names}
    native = data.to_native()
    if isinstance(native, pd.DataFrame):
        for name in names:
            # Of objects that are all missing Narwhals says text, and would refuse a number.
            if pd.api.types.is_object_dtype(native.dtypes[name]) and native[name].isna().all():
                kinds[name] = nw.Object()
    return kinds


def as_pandas(data: Responses) -> pd.DataFrame:
    """The rows as a pandas frame, whole numbers among missing ones still whole.

    >>> as_pandas(nw.from_native(pa.table({"n": [2**60 + 1, None]})))["n"].tolist()
    [1152921504606846977, None]
    """
    rows = data.collect() if isinstance(data, nw.LazyFrame) else data
    if rows.implementation.is_pandas():
        return rows.to_pandas()
    return rows.to_arrow().to_pandas(integer_object_nulls=True)


def in_utc(data: Responses) -> Responses:
    """The responses with `responded_at` as a timestamp without a zone, in UTC.

    Days, ISO texts and times with a zone are converted; a plain timestamp is taken to be UTC.
    Texts in a lazy Polars frame are read at once. Raises NpsError when the column holds something
    else.
    """
    dtype = data.collect_schema()[RESPONDED_AT]
    at = nw.col(RESPONDED_AT)
    native = data.to_native()
    # pandas and DuckDB are asked in their own words: Narwhals does not know pandas zones with an
    # underscore or columns of mixed objects, and DuckDB keeps its zone in the connection, where no
    # portable expression reaches it.
    if isinstance(native, pd.DataFrame) and _needs_reading(native.dtypes[RESPONDED_AT]):
        return nw.from_native(native.assign(**{RESPONDED_AT: _read(native[RESPONDED_AT])}))
    if dtype == nw.String:
        return _text_in_utc(data)
    if isinstance(dtype, nw.Datetime):
        if dtype.time_zone is None:
            return data
        if data.implementation.is_duckdb():
            return nw.from_native(
                native.project(f"* REPLACE (timezone('UTC', {RESPONDED_AT}) AS {RESPONDED_AT})")
            )
        if not data.implementation.is_ibis():
            at = at.dt.convert_time_zone("UTC")
        return data.with_columns(at.dt.replace_time_zone(None))
    if dtype in (nw.Date, nw.Unknown):
        return data.with_columns(at.cast(nw.Datetime("us")))
    raise NpsError(
        f'The column "{RESPONDED_AT}" holds {dtype}; it must hold timestamps, days or ISO texts.'
    )


def _text_in_utc(data: Responses) -> Responses:
    """ISO texts read, with their zones where they name one; Ibis and Spark have rules of their own.

    A plain cast would drop the zone (DuckDB) or fail on it (Polars, PyArrow).
    """
    if isinstance(data, nw.DataFrame):
        return data.with_columns(_read_series(data[RESPONDED_AT]))
    if data.implementation.is_polars():
        rows = data.collect()
        return rows.with_columns(_read_series(rows[RESPONDED_AT])).lazy()
    if data.implementation.is_duckdb():
        return nw.from_native(
            data.to_native().project(f"* REPLACE ({_DUCKDB_READS_TEXT} AS {RESPONDED_AT})")
        )
    return data.with_columns(nw.col(RESPONDED_AT).cast(nw.Datetime("us")))


_DUCKDB_READS_TEXT = rf"""
    CASE WHEN regexp_matches({RESPONDED_AT}, ':.*(Z|[+-][0-9:]+)$') THEN
        timezone('UTC', CAST(
            regexp_replace({RESPONDED_AT}, '([+-]\d\d)(\d\d)$', '\1:\2') AS TIMESTAMPTZ
        ))
    ELSE CAST({RESPONDED_AT} AS TIMESTAMP) END
"""


def _read_series(texts: nw.Series[Any]) -> nw.Series[Any]:
    read = _read(texts.to_pandas()).to_numpy().astype("datetime64[us]")
    return nw.new_series(RESPONDED_AT, read, nw.Datetime("us"), backend=texts.implementation)


def _needs_reading(dtype: Any) -> bool:
    text = pd.api.types.is_object_dtype(dtype) or pd.api.types.is_string_dtype(dtype)
    return text or isinstance(dtype, pd.DatetimeTZDtype)


def _read(values: pd.Series) -> pd.Series:
    try:
        return pd.to_datetime(values, format="ISO8601", utc=True).dt.tz_localize(None)
    except (ValueError, TypeError) as error:
        raise NpsError(
            f'The column "{RESPONDED_AT}" holds what is no ISO date or time: '
            f"{str(error).splitlines()[0].split('. ')[0]}."
        ) from None
