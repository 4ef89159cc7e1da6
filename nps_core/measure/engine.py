"""Any engine's frame of responses, seen through Narwhals in one form."""

from typing import Any

import narwhals as nw
import pandas as pd

from nps_core.columns import RESPONDED_AT
from nps_core.errors import NpsError

Responses = nw.DataFrame[Any] | nw.LazyFrame[Any]


def opened(frame: Any, parameter: str = "frame") -> Responses:
    """The frame as Narwhals sees it: pandas, Polars, PyArrow, DuckDB, Ibis or PySpark.

    Raises NpsError for anything else.
    """
    if isinstance(frame, (nw.DataFrame, nw.LazyFrame)):
        return frame
    try:
        return nw.from_native(frame)
    except TypeError:
        raise NpsError(
            f"{parameter} is a {type(frame).__name__}; give a table of pandas, Polars, PyArrow, "
            "DuckDB, Ibis or PySpark."
        ) from None


def in_utc(data: Responses) -> Responses:
    """The responses with `responded_at` as a timestamp without a zone, in UTC.

    Days, ISO texts and times with a zone are converted; a plain timestamp is taken to be UTC.
    Raises NpsError when the column holds something else.
    """
    dtype = data.collect_schema()[RESPONDED_AT]
    at = nw.col(RESPONDED_AT)
    native = data.to_native()
    # pandas and DuckDB are asked in their own words: Narwhals does not know pandas zones with an
    # underscore or columns of mixed objects, and DuckDB keeps its zone in the connection, where no
    # portable expression reaches it.
    if isinstance(native, pd.DataFrame) and _needs_reading(native.dtypes[RESPONDED_AT]):
        return nw.from_native(native.assign(**{RESPONDED_AT: _read(native[RESPONDED_AT])}))
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
    if dtype == nw.String and data.implementation.is_polars():
        return data.with_columns(at.str.to_datetime())
    if dtype in (nw.Date, nw.String, nw.Unknown):
        return data.with_columns(at.cast(nw.Datetime("us")))
    raise NpsError(
        f'The column "{RESPONDED_AT}" holds {dtype}; it must hold timestamps, days or ISO texts.'
    )


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
