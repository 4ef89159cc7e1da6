"""A file of product changes is read as a person wrote it, or refused in words they can act on."""

import csv
import json
from datetime import date

import pytest

from nps_core.errors import FileRefused, NpsError
from nps_core.intake.changes_file import ChangeRow, read_changes


def table(*lines: str, encoding: str = "utf-8") -> bytes:
    return "\n".join(lines).encode(encoding)


def releases(*items: object) -> bytes:
    return json.dumps(list(items)).encode()


def release(**given: object) -> dict[str, object]:
    return {
        "url": "https://api.github.com/repos/acme/app/releases/1",
        "html_url": "https://github.com/acme/app/releases/tag/v2.0",
        "id": 1,
        "author": {"login": "ana", "url": "https://api.github.com/users/ana"},
        "tag_name": "v2.0",
        "target_commitish": "main",
        "name": "Billing v2",
        "draft": False,
        "prerelease": False,
        "created_at": "2026-08-01T08:00:00Z",
        "published_at": "2026-08-12T09:30:00Z",
        "body": "Invoices in one page.",
    } | given


def test_every_column_of_a_table_is_read_as_written() -> None:
    file = read_changes(
        table(
            "date,title,note,link,segments",
            '2026-08-12,Billing v2,"New, faster",https://example.org/b,'
            "company_size=Enterprise|Mid-market; industry=Fintech",
        ),
        "changes.csv",
    )
    assert file.changes == (
        ChangeRow(
            line=2,
            date=date(2026, 8, 12),
            title="Billing v2",
            note="New, faster",
            link="https://example.org/b",
            segments=(("company_size", ("Enterprise", "Mid-market")), ("industry", ("Fintech",))),
        ),
    )
    assert (file.rejected, file.warnings, file.question) == ((), (), None)


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_french_tables_of_any_delimiter_and_encoding(delimiter: str, encoding: str) -> None:
    lines = (delimiter.join(("Titre", "Date de sortie", "Lien", "Propriétaire")),)
    lines += (delimiter.join(("Facturation dématérialisée", "12 août 2026", "", "Zoé")),)
    file = read_changes(table(*lines, encoding=encoding), "changements.csv")
    assert [(c.date, c.title) for c in file.changes] == [
        (date(2026, 8, 12), "Facturation dématérialisée")
    ]
    assert file.warnings == ("Columns not used: Propriétaire.",)


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("2026-08-12", date(2026, 8, 12)),
        ("2026/8/12", date(2026, 8, 12)),
        ("12.08.2026", date(2026, 8, 12)),
        ("20/08/2026 14:05", date(2026, 8, 20)),
        ("8/20/26", date(2026, 8, 20)),
        ("Aug 12, 2026", date(2026, 8, 12)),
        ("Wednesday, August 12th, 2026", date(2026, 8, 12)),
        ("1er février 2026", date(2026, 2, 1)),
        ("2026-08-12T23:30:00-05:00", date(2026, 8, 13)),
        ("2026-08-12 09:30:00 UTC", date(2026, 8, 12)),
        ("05/05/2026", date(2026, 5, 5)),
    ],
)
def test_one_date_in_the_ways_people_write_it(written: str, meant: date) -> None:
    file = read_changes(table("date;title", f"{written};Billing"), "changes.csv")
    assert [change.date for change in file.changes] == [meant]


def test_one_unambiguous_date_settles_the_whole_column() -> None:
    lines = ("date,title", "03/04/2026,A", "25/04/2026,B")
    assert [c.date for c in read_changes(table(*lines), "c.csv").changes] == [
        date(2026, 4, 3),
        date(2026, 4, 25),
    ]
    lines = ("date,title", "03/04/2026,A", "04/25/2026,B")
    assert [c.date for c in read_changes(table(*lines), "c.csv").changes] == [
        date(2026, 3, 4),
        date(2026, 4, 25),
    ]


def test_an_ambiguous_column_is_asked_about_and_never_guessed() -> None:
    data = table("date,title", "03/04/2026,A", "05/06/2026,B")
    asked = read_changes(data, "c.csv")
    assert asked.changes == ()
    assert asked.question is not None
    assert "03/04/2026" in asked.question.text
    assert asked.question.options == ("day_first", "month_first")
    assert [c.date for c in read_changes(data, "c.csv", "day_first").changes] == [
        date(2026, 4, 3),
        date(2026, 6, 5),
    ]
    assert [c.date for c in read_changes(data, "c.csv", "month_first").changes] == [
        date(2026, 3, 4),
        date(2026, 5, 6),
    ]


def test_dates_that_contradict_each_other_are_asked_about_and_then_rejected_by_line() -> None:
    data = table("date,title", "25/04/2026,A", "04/25/2026,B")
    assert read_changes(data, "c.csv").question is not None
    settled = read_changes(data, "c.csv", "day_first")
    assert [c.title for c in settled.changes] == ["A"]
    assert [(r.line, r.column, r.value) for r in settled.rejected] == [(3, "date", "04/25/2026")]


def test_each_row_not_taken_says_where_and_why() -> None:
    file = read_changes(
        table(
            "date,title,segments",
            "soon,Teams,",
            "",
            "2026-02-31,Leap,",
            ",No day,",
            "2026-08-12,,",
            "2026-08-12,Scope,Enterprise",
            "2026-08-12,Too, many, cells",
            '2026-08-12,"Over',
            'two lines",',
            "2026-08-13,Fine,",
        ),
        "changes.csv",
    )
    assert [(r.line, r.column, r.reason) for r in file.rejected] == [
        (2, "date", "not a date"),
        (4, "date", "not a date"),
        (5, "date", "no date"),
        (6, "title", "no title"),
        (7, "segments", "segments are written as column=value|value; column=value"),
        (8, "", "more cells than columns: quote a text that holds ','"),
    ]
    assert [(c.line, c.title) for c in file.changes] == [(9, "Over two lines"), (11, "Fine")]


def test_github_releases_leave_drafts_out_and_offer_prereleases() -> None:
    file = read_changes(
        releases(
            release(),
            release(name=None, tag_name="v2.1-rc1", prerelease=True),
            release(name="Not yet", draft=True, published_at=None),
        ),
        "releases.json",
    )
    assert [(c.title, c.prerelease) for c in file.changes] == [
        ("Billing v2", False),
        ("v2.1-rc1", True),
    ]
    first = file.changes[0]
    assert first.date == date(2026, 8, 12)
    assert first.note == "Invoices in one page."
    assert first.link == "https://github.com/acme/app/releases/tag/v2.0"
    assert file.rejected == ()
    assert [w for w in file.warnings if "draft" in w and "Not yet" in w]


def test_pages_of_releases_written_one_after_the_other_are_one_list() -> None:
    data = releases(release()) + b"\n" + releases(release(name="Teams"))
    file = read_changes(data, "releases.json")
    assert [(c.line, c.title) for c in file.changes] == [(1, "Billing v2"), (2, "Teams")]


def test_releases_of_the_github_command_line() -> None:
    data = releases(
        {
            "tagName": "v3",
            "name": "",
            "publishedAt": "2026-09-01T00:00:00Z",
            "isDraft": False,
            "isPrerelease": True,
            "url": "https://github.com/acme/app/releases/tag/v3",
        }
    )
    (change,) = read_changes(data, "releases.json").changes
    assert (change.title, change.prerelease) == ("v3", True)
    assert change.link.endswith("/tag/v3")


def test_hostile_text_is_kept_as_text_and_can_be_written_as_utf8() -> None:
    title = "<img src=x onerror=alert(1)> \ud800 =1+1"
    file = read_changes(releases(release(name=title, body="x" * 50_000)), "releases.json")
    assert file.changes[0].title == "<img src=x onerror=alert(1)> ? =1+1"
    assert len(file.changes[0].note) == 50_000


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "empty"),
        (b" \n\n", "empty"),
        (b"PK\x03\x04rest", "Excel workbook"),
        (b"%PDF-1.7", "PDF"),
        (b"date\x00,title\n", "not text"),
        (b"x" * 10_000_001, "larger than 10 MB"),
        (b"when,what\n2026-08-12,Billing\n", "No column holds the date and the title"),
        (b'date,title\n2026-08-12,"Billing\n', "quotation mark"),
        (b'{"message": "Not Found"}', "not a list of releases"),
        (b"[1, 2]", "not a release"),
        (b'[{"tag_name": "v1"', "begins like JSON"),
        (b"[" * 100_000, "begins like JSON"),
        (b"date,title\n" + b"2026-08-12,x\n" * 10_001, "10,001 changes"),
    ],
)
def test_a_file_that_is_no_list_of_changes_is_refused_in_plain_words(
    data: bytes, says: str
) -> None:
    with pytest.raises(FileRefused, match=says) as refused:
        read_changes(data, "changes.csv")
    assert refused.value.remedy


def test_a_cell_beyond_the_limit_of_the_csv_module_is_refused_in_plain_words() -> None:
    before = csv.field_size_limit(131_072)
    try:
        with pytest.raises(FileRefused, match="A cell is longer than 131,072 characters"):
            read_changes(b"date,title\n2026-08-12," + b"x" * 200_000, "changes.csv")
    finally:
        csv.field_size_limit(before)


def test_an_unknown_date_order_names_the_allowed_ones() -> None:
    with pytest.raises(NpsError, match="day_first, month_first"):
        read_changes(b"date,title\n", "c.csv", "year_first")


def test_a_table_without_rows_has_no_changes() -> None:
    assert read_changes(b"date,title\n", "c.csv").changes == ()
    assert read_changes(b"[]", "releases.json").changes == ()
