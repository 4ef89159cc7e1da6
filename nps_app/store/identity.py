"""Which response a row is: the key that keeps imports from doubling or losing any.

docs/decisions/0002-identity.md tells why; in short: the response's own id, else who answered at
what second, else everything the row says and how often the file says it.
"""

from typing import Final

import duckdb

from nps_app.store.schema import literal
from nps_core import columns as c

_SPELLED_ANYHOW: Final = (*c.NAMED_SEGMENTS, c.SURVEY_TYPE)

KEYED: Final = "keyed"
"""Temporary table of (rn, key, erased), one row a row of the incoming file."""


def find_keys(
    cursor: duckdb.DuckDBPyConnection, present: dict[str, str], source: str, salt: str
) -> None:
    """Write the temporary table `keyed` for the view `incoming`.

    `present` maps each column of `incoming` that holds any value to the name it is known by in
    every file. `salt` is that of the digests of erased people, "" when nobody was erased.
    """
    survey = f"{len(source)}:{source}:"
    content = _content(present)
    fingerprint = ""
    if not {c.RESPONSE_ID, c.RESPONDENT_ID, c.RESPONDED_AT} & present.keys():
        fingerprint = _fingerprint(cursor, content)
    by_content = f"md5_number({literal(f'row:{survey}{fingerprint}:')} || {content})"
    branches = []
    by_id = ""
    if c.RESPONSE_ID in present:
        by_id = f"md5_number({literal('id:' + survey)} || {c.RESPONSE_ID})"
        branches.append(f"WHEN {c.RESPONSE_ID} IS NOT NULL THEN {by_id}")
    if c.RESPONDENT_ID in present and c.RESPONDED_AT in present:
        # A date alone is no moment: one person may answer two surveys on one day.
        branches.append(
            f"WHEN {c.RESPONDENT_ID} IS NOT NULL"
            f" AND {c.RESPONDED_AT} <> date_trunc('day', {c.RESPONDED_AT})"
            f" THEN md5_number({literal('at:' + survey)} || {c.RESPONDENT_ID} || ' '"
            f" || CAST(epoch_us({c.RESPONDED_AT}) // 1000000 AS VARCHAR))"
        )
    key = f"CASE {' '.join(branches)} ELSE {by_content} END" if branches else by_content
    # Rows with one key are counted through by what they say, so that their order is no matter.
    ordering = f"CASE WHEN {c.RESPONSE_ID} IS NULL THEN {content} END" if by_id else content
    erased = "FALSE"
    if salt and c.RESPONDENT_ID in present:
        erased = (
            f"coalesce({digest(salt, c.RESPONDENT_ID)} IN (SELECT digest FROM nps.erased), FALSE)"
        )
    cursor.execute(
        f"CREATE TEMP TABLE {KEYED} AS SELECT rn, {key} AS key, {erased} AS erased,"
        f" {ordering} AS content FROM incoming"
    )
    _tell_repeats_apart(cursor)


def digest(salt: str, column: str) -> str:
    """SQL of the salted digest that is all the store keeps of an erased person.

    An e-mail address is the same in any case; other ids may differ in case alone.
    """
    folded = f"CASE WHEN contains({column}, '@') THEN lower(trim({column})) ELSE {column} END"
    return f"sha256({literal(salt)} || {folded})"


def _content(present: dict[str, str]) -> str:
    # Length before each value: no two different rows can read the same.
    parts = []
    for column, name in sorted(present.items(), key=lambda item: item[1]):
        if column == c.UPDATED_AT:
            continue
        text = f"CAST({column} AS VARCHAR)"
        if name.startswith("s:") or column in _SPELLED_ANYHOW:
            # A file's most frequent spelling stands for all of them, and may be another next time.
            text = f"lower(trim(nfc_normalize({text})))"
        label = literal(f"{len(name)}:{name}=")
        parts.append(f"{label} || length({text}) || ':' || {text} || ';'")
    # One call leaves out what is NULL and, unlike a chain of ||, builds each text once.
    return f"md5(concat_ws('', {', '.join(parts)}))"


def _fingerprint(cursor: duckdb.DuckDBPyConnection, content: str) -> str:
    # A sum forgets the order of the rows but not how often each occurs.
    row = cursor.execute(
        f"SELECT count(*), sum(CAST(md5_number_lower({content}) AS HUGEINT)),"
        f" sum(CAST(md5_number_upper({content}) AS HUGEINT)) FROM incoming"
    ).fetchone()
    return "-".join(str(part) for part in row or ())


def _tell_repeats_apart(cursor: duckdb.DuckDBPyConnection) -> None:
    cursor.execute(
        f"CREATE TEMP TABLE repeated AS"
        f" SELECT rn, row_number() OVER (PARTITION BY key ORDER BY content, rn) AS nth"
        f" FROM {KEYED} WHERE key IN (SELECT key FROM {KEYED} GROUP BY key HAVING count(*) > 1)"
    )
    cursor.execute(
        f"UPDATE {KEYED} SET key = md5_number('again:' || key || ':' || nth)"
        f" FROM repeated WHERE {KEYED}.rn = repeated.rn AND nth > 1"
    )
