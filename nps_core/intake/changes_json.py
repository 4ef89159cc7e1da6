"""Records of a JSON file of releases, in the forms GitHub and its tools write them."""

import json
from typing import Any, Final

from nps_core.errors import FileRefused
from nps_core.intake.changes_columns import Records, header_roles
from nps_core.language import mark, tr

_REMEDY: Final = mark("Save what GitHub answers to /repos/<owner>/<name>/releases, or a CSV file.")


def read_records(text: str) -> Records:
    """(position from 1, {role: text}) of each release, in the order of the file.

    Takes one list, several lists one after the other (paged answers), one object a line, or an
    object whose "releases" is the list. Raises `FileRefused` when the text is not JSON or holds
    anything but objects.

    >>> read_records('[{"tag_name": "v2", "published_at": "2026-08-12T09:00:00Z", "draft": false}]')
    [(1, {'tag': 'v2', 'date': '2026-08-12T09:00:00Z', 'draft': 'false'})]
    """
    releases: list[Any] = []
    for document in _documents(text):
        if isinstance(document, dict) and isinstance(document.get("releases"), list):
            document = document["releases"]
        releases.extend(document if isinstance(document, list) else [document])
    for position, release in enumerate(releases, start=1):
        if not isinstance(release, dict):
            raise FileRefused(
                tr("The list holds something that is not a release."),
                where=tr("It is entry {position}.", position=position),
                remedy=tr(_REMEDY),
            )
    records = [_record(release) for release in releases]
    if records and not any("date" in record or "tag" in record for record in records):
        raise FileRefused(tr("The JSON file is not a list of releases."), remedy=tr(_REMEDY))
    return list(enumerate(records, start=1))


def _documents(text: str) -> list[Any]:
    decoder = json.JSONDecoder()
    documents: list[Any] = []
    position = 0
    try:
        while position < len(text):
            if text[position].isspace():
                position += 1
                continue
            document, position = decoder.raw_decode(text, position)
            documents.append(document)
    except (ValueError, RecursionError) as error:
        line = text.count("\n", 0, getattr(error, "pos", 0)) + 1
        raise FileRefused(
            tr("The file begins like JSON but is not."),
            where=tr("See line {line}.", line=line),
            remedy=tr(_REMEDY),
        ) from error
    return documents


def _record(release: dict[str, Any]) -> dict[str, str]:
    roles = header_roles(list(release))
    cells = zip(roles, release.values(), strict=True)
    return {role: _text(value) for role, value in cells if role and value is not None}


def _text(value: Any) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    # A lone surrogate is legal in JSON and cannot be written as UTF-8 afterwards.
    return str(value).encode("utf-8", "replace").decode().strip()
