"""The counts behind the pages are those of a fresh count, whichever cached table they come from."""

import itertools

import pytest

from nps_app.view import counting
from nps_app.view.widgets.session import current_store
from nps_core import Filter, apply, tally

SIZES = ["Small", "Enterprise", None]
INDUSTRIES = ["Fintech", "Retail", "Retail", "Health"]
ROWS = [
    {
        "response_id": str(number),
        "responded_at": None if number % 17 == 0 else f"2026-03-{1 + number % 28:02d}T10:00",
        "score": number % 11,
        "company_size": SIZES[number % 3],
        "industry": INDUSTRIES[number % 4],
        "survey_type": ["relational", "transactional"][number % 2],
    }
    for number in range(300)
]
SEGMENTS = [
    {},
    {"industry": ["Retail"]},
    {"company_size": [None, "Small"]},
    {"company_size": ["Enterprise"], "industry": ["Fintech", "Health"]},
    {"industry": ["Nobody"]},
]
DATES = [{}, {"start": "2026-03-05", "end": "2026-03-20"}]


@pytest.mark.parametrize("few", [5_000_000, 0], ids=["from codes", "from responses"])
def test_cached_counts_are_those_of_the_responses(workspace, monkeypatch, few) -> None:
    monkeypatch.setattr(counting, "_MOST_CODED", few)
    workspace(ROWS)
    store = current_store()
    for segments, dates, types in itertools.product(SEGMENTS, DATES, [(), ("relational",)]):
        chosen = Filter(segments=segments, survey_types=types, **dates)
        frame = store.responses().df()
        for by, every in [
            ((), None),
            ((), "day"),
            (("company_size",), None),
            (("industry",), "day"),
        ]:
            asked = counting.counts(store.version(), chosen, by, every)
            expected = tally(apply(frame, chosen), by=by, every=every)
            assert asked.to_dict("list").keys() == expected.to_dict("list").keys()
            assert asked.astype(str).values.tolist() == expected.astype(str).values.tolist()


def test_counts_by_two_segments_and_by_account_are_those_of_the_responses(workspace) -> None:
    accounts = [None, "Big", "Small", "Other"]
    rows = [row | {"account_id": accounts[n // 5 % 4]} for n, row in enumerate(ROWS)]
    workspace(rows)
    store, by = current_store(), ("company_size", "industry")
    frame = store.responses().df()
    for chosen in (
        Filter(),
        Filter(start="2026-03-04"),
        Filter(end="2026-03-09", segments={"industry": ["Retail", "Health"]}),
    ):
        asked = counting.counts(store.version(), chosen, by, None)
        expected = tally(apply(frame, chosen), by=by)
        assert asked.astype(str).values.tolist() == expected.astype(str).values.tolist()
        numbered = counting.by_account(store.version(), chosen)
        named = tally(apply(frame, chosen), by="account_id")
        per_score = [
            sorted(counts.groupby("account_id", dropna=False)["n"].agg(list).map(tuple))
            for counts in (numbered, named)
        ]
        assert per_score[0] == per_score[1]
        assert numbered.loc[numbered["account_id"].isna(), "n"].sum() == sum(
            named.loc[named["account_id"].isna(), "n"]
        )
