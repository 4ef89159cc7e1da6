"""The wall's page as the server sends it: what is on it, what never is, and what a failure does."""

import html
import json
import re
from datetime import date, timedelta

import pytest

from nps_app.store import SavedView, StoreError, WallLink, open_store
from nps_app.view.wall import feed
from nps_core.measure import ProductChange

TODAY = date.today()
SECRET = "a comment nobody may read here"


def responses(plan: str, scores: list[int], days: int = 60) -> list[dict]:
    return [
        {
            "response_id": f"{plan}{at}",
            "responded_at": TODAY - timedelta(days=at % days),
            "score": score,
            "comment": SECRET,
            "plan": plan,
        }
        for at, score in enumerate(scores)
    ]


# 40 of 60 promoters less 20 detractors: 33; Free 0; Tiny has three responses.
ROWS = [
    *responses("Pro", [9, 10, 3] * 20),
    *responses("Free", [9, 8, 3] * 20),
    *responses("Tiny", [0, 0, 0]),
]


def sent(app) -> tuple[list[str], dict]:
    """The pictures in their order, and the beat."""
    assert not app.exception
    bodies = [element.proto.body for element in app.get("html")]
    found = [re.search(r'data-picture="([^"]*)"', body) for body in bodies]
    beats = [re.search(r'data-wall-beat="([^"]*)"', body) for body in bodies]
    beat = json.loads(html.unescape(next(filter(None, beats))[1]))
    return [html.unescape(one[1]) for one in found if one], beat


def words(picture: str) -> str:
    return html.unescape(re.sub(r"\s+", " ", re.sub("<[^>]*>", " ", picture)))


@pytest.fixture
def wall(workspace, tmp_path):
    """Give `wall(rows, changes, saved, **query)`: the page on a store with those saved views."""

    def run(rows=ROWS, changes=(), saved=(), **query):
        store = open_store(tmp_path / "nps.duckdb")
        for view in saved:
            store.save_view(view)
        store.close()
        return workspace(rows, changes, "pages/wall.py", **query)

    return run


def test_the_figures_are_those_of_a_hand_count(wall) -> None:
    (picture,), beat = sent(wall())
    said = words(picture)
    # 60 promoters of 123 less 43 detractors: 13.8.
    assert ' <p class="nps">14</p>'.strip() in picture
    assert "123 responses" in said
    assert "49 % Promoters" in said
    assert "35 % Detractors" in said
    assert (beat["refresh"], beat["every"], beat["failed"]) == (15, 20, False)


def test_comments_and_small_groups_are_never_sent(wall) -> None:
    app = wall()
    assert SECRET not in "".join(element.proto.body for element in app.get("html"))
    (picture,), _ = sent(app)
    assert "Tiny" not in picture
    # With two groups of 60 shown beside a total of 123 the third would be known: one more hides.
    assert not ("Pro" in words(picture) and "Free" in words(picture))


def test_views_in_turn_give_no_small_group_away(wall, dashboard) -> None:
    # All 123 less Pro and Free is Tiny's three: so is all less Pro less Free.
    saved = [
        SavedView("Both", query="segment=plan:Pro&segment=plan:Free"),
        SavedView("Pro alone", query="segment=plan:Pro"),
        SavedView("Free alone", query="segment=plan:Free"),
        SavedView("All of it"),
    ]
    wall(saved=saved)
    hidden = "beside the views before it, it would give away a group of fewer than 5 responses"
    for views, last in (("4,1", "Both"), ("4,2,3", "Free alone"), ("1,2,4", "All of it")):
        *shown, kept_back = sent(dashboard("pages/wall.py", views=views))[0]
        assert f"“{last}” is hidden: {hidden}" in words(kept_back)
        assert 'class="nps"' not in kept_back
        assert all('class="nps' in picture for picture in shown)
    # Free is what Both and Pro differ by: sixty, which may be known.
    assert all(
        'class="nps' in picture for picture in sent(dashboard("pages/wall.py", views="1,2,3"))[0]
    )


def test_views_of_days_in_turn_give_no_few_late_answers_away(wall) -> None:
    late = [{**ROWS[0], "response_id": f"late{n}", "responded_at": TODAY} for n in range(2)]
    early = [
        {**row, "responded_at": TODAY - timedelta(days=at % 50 + 1)} for at, row in enumerate(ROWS)
    ]
    yesterday = TODAY - timedelta(days=1)
    days = f"dates={TODAY - timedelta(days=99)}..{yesterday}"
    saved = [SavedView("All of it"), SavedView("Until yesterday", query=days)]
    first, second = sent(wall([*early, *late], saved=saved, views="1,2"))[0]
    assert "125 responses" in words(first)
    assert "fewer than 5 responses" in words(second)


def test_a_view_of_too_few_shows_no_figure(wall) -> None:
    view = SavedView("Tiny ones", query="segment=plan:Tiny")
    (picture,), _ = sent(wall(saved=[view], views="1"))
    assert "Fewer than 5 responses in this view" in words(picture)
    assert "−100" not in picture
    assert "3 responses" not in words(picture)


def test_each_saved_view_is_a_picture_with_its_filter_in_words(wall) -> None:
    views = [SavedView("Paying", query="segment=plan:Pro"), SavedView("All time")]
    (pro, everybody), beat = sent(wall(saved=views, views="1,2", every="5"))
    assert "<h1>Paying</h1>" in pro
    assert "plan: Pro" in words(pro)
    assert '<p class="nps">33</p>' in pro
    assert "<h1>All time</h1>" in everybody
    assert (beat["every"], beat["refresh"], len(set(beat["order"]))) == (5, 5, 2)


def test_a_deleted_view_is_said_in_its_turn(wall) -> None:
    views = [SavedView("Paying", query="segment=plan:Pro")]
    (first, second), _ = sent(wall(saved=views, views="1,9"))
    assert "<h1>Paying</h1>" in first
    assert "There is no view 9: it was deleted, or never made." in words(second)


def test_what_a_view_asks_for_and_the_data_lacks_is_said(wall) -> None:
    (picture,), _ = sent(wall(saved=[SavedView("Old", query="segment=plan:Gone")], views="1"))
    assert "“plan:Gone”" in words(picture)


def test_an_empty_store_and_a_filter_without_responses_are_said(wall) -> None:
    (picture,), _ = sent(wall(rows=[]))
    assert "No responses yet." in words(picture)


def test_dates_without_responses_are_said(wall) -> None:
    view = SavedView("Long ago", query="dates=2001-01-01..2001-02-01")
    (picture,), _ = sent(wall(saved=[view], views="1"))
    assert "No response matches this view yet." in words(picture)


def test_names_from_files_are_text(wall) -> None:
    hurt = '"><img src=x onerror=hurt()>'
    rows = [*responses(hurt, [9, 10, 3] * 20), *responses("Free", [0, 8, 3] * 20)]
    change = ProductChange(TODAY - timedelta(days=30), hurt)
    (picture,), _ = sent(wall(rows=rows, changes=(change,)))
    assert "<img" not in picture
    assert picture.count("&lt;img src=x") >= 3


@pytest.mark.parametrize("error", [StoreError("the disk is gone"), RuntimeError(SECRET)])
def test_a_failed_refresh_keeps_the_last_good_picture(wall, monkeypatch, error) -> None:
    app = wall()
    before, beat = sent(app)
    monkeypatch.setattr(feed, "parts", lambda *_: (_ for _ in ()).throw(error))
    after, failed = sent(app.run())
    assert after == before
    assert (failed["failed"], failed["order"]) == (True, beat["order"])
    assert failed["at"] > beat["at"]
    assert not app.error


def test_a_data_file_that_was_removed_is_a_failed_refresh(wall, tmp_path) -> None:
    app = wall()
    before, _ = sent(app)
    (tmp_path / "nps.duckdb").rename(tmp_path / "elsewhere")
    after, failed = sent(app.run())
    assert (failed["failed"], after) == (True, before)
    (tmp_path / "elsewhere").rename(tmp_path / "nps.duckdb")
    assert not sent(app.run())[1]["failed"]


def test_the_remarks_on_an_address_are_in_the_language_of_the_link(wall, tmp_path) -> None:
    store = open_store(tmp_path / "nps.duckdb")
    _, token = store.create_wall_link(WallLink("Lobby", language="fr"))
    store.close()
    _, beat = sent(wall(key=token, every="1"))
    assert "n’est pas une durée d’affichage" in beat["words"]["remarks"]


def test_a_failure_before_any_picture_is_a_calm_sentence(wall, monkeypatch) -> None:
    monkeypatch.setattr(feed, "parts", lambda *_: (_ for _ in ()).throw(StoreError("gone")))
    (picture,), beat = sent(wall())
    assert "The data cannot be read at the moment." in words(picture)
    assert beat["failed"]


def test_it_speaks_french(wall) -> None:
    (picture,), beat = sent(wall(lang="fr"))
    said = words(picture)
    assert "Toutes les réponses" in said
    assert "Promoteurs" in said
    assert "Promoters" not in said
    assert beat["language"] == "fr"
    assert beat["words"]["asof"].startswith("Données de")


def test_nothing_stands_around_it(wall) -> None:
    app = wall()
    assert not app.main.button
    assert not app.title
    assert not app.sidebar.children
