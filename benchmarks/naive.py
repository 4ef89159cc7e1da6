"""The same work as most NPS scripts do it: a label for each row, a score for each group."""

from collections.abc import Sequence
from pathlib import Path

import duckdb
import pandas as pd

from nps_core.measure import ProductChange


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


def labelled(frame: pd.DataFrame) -> pd.DataFrame:
    """The rows with a label each, and what it counts: 1, 0 or -1."""
    frame = frame.assign(label=frame["score"].apply(label))
    return frame.assign(sign=frame["label"].map({"promoter": 1, "passive": 0, "detractor": -1}))


def around(frame: pd.DataFrame, change: ProductChange, days: int) -> list[pd.DataFrame]:
    """The rows of a change's segments in the days before it and from it on."""
    for column, values in change.segments:
        frame = frame[frame[column].isin(values)]
    shipped, window = pd.Timestamp(change.date), pd.Timedelta(days=days)
    at = frame["responded_at"]
    before = frame[(at >= shipped - window) & (at < shipped)]
    return [before, frame[(at >= shipped) & (at < shipped + window)]]


def before_after(
    frame: pd.DataFrame, changes: Sequence[ProductChange], segments: Sequence[str], days: int = 28
) -> list[float]:
    """The difference of the NPS around each change, then looked at within each segment."""
    found = []
    for change in changes:
        sides = [labelled(side) for side in around(frame, change, days)]
        found.append(nps(sides[1]) - nps(sides[0]))
        for segment in segments:
            for side in sides:
                side.groupby(segment)[["label"]].apply(nps)
    return found


def split(before: pd.DataFrame, after: pd.DataFrame, by: str) -> pd.DataFrame:
    """What each group's own score and its share brought to the change of the NPS."""
    sides = []
    for side in (before, after):
        groups = labelled(side).groupby(by)
        sides.append((groups[["label"]].apply(nps), groups.size() / len(side)))
    (score0, share0), (score1, share1) = sides
    middle = (score0 + score1) / 2
    whole = ((score0 * share0).sum() + (score1 * share1).sum()) / 2
    rate = (score1 - score0) * (share0 + share1) / 2
    return pd.DataFrame({"rate": rate, "mix": (share1 - share0) * (middle - whole)})


def same_people(before: pd.DataFrame, after: pd.DataFrame) -> pd.DataFrame:
    """How many respondents went from one label to another, by each one's last response."""
    last = [
        labelled(side.sort_values(["responded_at", "response_id"]))
        .dropna(subset="respondent_id")
        .groupby("respondent_id")[["label", "sign"]]
        .last()
        for side in (before, after)
    ]
    both = last[0].join(last[1], how="inner", lsuffix="_before", rsuffix="_after")
    return both.groupby(["label_before", "label_after"]).size().unstack(fill_value=0)


def latest(frame: pd.DataFrame) -> float:
    """The NPS of each respondent's last response."""
    rows = frame.sort_values(["responded_at", "response_id"])
    return nps(labelled(rows.drop_duplicates("respondent_id", keep="last")))


def per_account(frame: pd.DataFrame) -> float:
    """The mean over accounts of the mean of their respondents."""
    people = labelled(frame).groupby(["account_id", "respondent_id"])["sign"].mean()
    return 100 * float(people.groupby("account_id").mean().mean())


def weighted(frame: pd.DataFrame, weight: str) -> float:
    """Each response counted with its weight."""
    rows = labelled(frame)
    return 100 * float((rows["sign"] * rows[weight]).sum() / rows[weight].sum())


def at_known_shares(frame: pd.DataFrame, by: str, shares: dict[str, float]) -> float:
    """The NPS of each group at its known share."""
    scores = labelled(frame).groupby(by)[["label"]].apply(nps)
    return float(sum(scores[name] * share for name, share in shares.items()) / sum(shares.values()))
