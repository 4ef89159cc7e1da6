"""The same work as most NPS scripts do it: a label for each row, a score for each group."""

from pathlib import Path

import duckdb
import pandas as pd


def label(score: int) -> str:
    """Promoter, passive or detractor."""
    if score >= 9:
        return "promoter"
    return "passive" if score >= 7 else "detractor"


def nps(group: pd.DataFrame) -> float:
    """100 * (share of promoters - share of detractors)."""
    shares = group["label"].value_counts(normalize=True)
    return 100 * float(shares.get("promoter", 0) - shares.get("detractor", 0))


def import_csv(source: Path, target: Path) -> int:
    """Read, check and label row by row, drop repeated ids, store; returns the rows stored."""
    frame = pd.read_csv(source, dtype={"response_id": str}, parse_dates=["responded_at"])
    valid = frame.apply(lambda row: 0 <= row["score"] <= 10, axis=1)
    frame = frame[valid].drop_duplicates("response_id")
    frame["label"] = frame["score"].apply(label)
    with duckdb.connect(str(target)) as connection:
        connection.execute("CREATE TABLE responses AS SELECT * FROM frame")
    return len(frame)


def weekly_nps(frame: pd.DataFrame, choices: dict[str, list[str]]) -> pd.Series:
    """NPS by week of the rows that hold one of the chosen values in each column."""
    for column, values in choices.items():
        frame = frame[frame[column].isin(values)]
    frame = frame.assign(label=frame["score"].apply(label))
    weeks = frame["responded_at"].dt.to_period("W")
    return frame.groupby(weeks)[["label"]].apply(nps)


def overview(frame: pd.DataFrame, choices: dict[str, list[str]]) -> pd.Series:
    """What the first page needs: NPS in all, by week and by three segments, labelled once."""
    for column, values in choices.items():
        frame = frame[frame[column].isin(values)]
    frame = frame.assign(label=frame["score"].apply(label))
    nps(frame)
    for segment in ("company_size", "industry", "persona"):
        frame.groupby(segment)[["label"]].apply(nps)
    weeks = frame["responded_at"].dt.to_period("W")
    return frame.groupby(weeks)[["label"]].apply(nps)


def first_figure(source: str) -> str:
    """A script's whole way from the file to a chart that a browser could show."""
    import plotly.graph_objects as go

    frame = pd.read_csv(source, parse_dates=["responded_at"])
    weekly = overview(frame, {})
    return str(go.Figure(go.Scatter(x=weekly.index.astype(str), y=weekly)).to_html())
