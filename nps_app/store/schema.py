"""The tables of the store and the column types of a response."""

from typing import Final

from nps_core import columns as c

SCHEMA: Final = "nps"
"""The name the data file is attached under; every statement names it."""

TYPES: Final = {
    c.RESPONSE_ID: "VARCHAR",
    c.RESPONDED_AT: "TIMESTAMP",
    c.SCORE: "INTEGER",
    c.COMMENT: "VARCHAR",
    c.RESPONDENT_ID: "VARCHAR",
    c.ACCOUNT_ID: "VARCHAR",
    c.SURVEY_TYPE: "VARCHAR",
    c.COMPANY_SIZE: "VARCHAR",
    c.INDUSTRY: "VARCHAR",
    c.PERSONA: "VARCHAR",
    c.UPDATED_AT: "TIMESTAMP",
    c.MRR: "DOUBLE",
    c.CSAT: "DOUBLE",
    c.CES: "DOUBLE",
}
"""SQL type of each canonical column, in their order."""

_VALUES = ", ".join(f"{name} {kind}" for name, kind in TYPES.items())

TABLES: Final = (
    f"""CREATE TABLE IF NOT EXISTS {SCHEMA}.settings (key VARCHAR PRIMARY KEY, value VARCHAR)""",
    f"""CREATE TABLE IF NOT EXISTS {SCHEMA}.imports (
        id INTEGER PRIMARY KEY, file_name VARCHAR NOT NULL, sha256 VARCHAR NOT NULL,
        imported_at TIMESTAMP NOT NULL, "by" VARCHAR NOT NULL, source VARCHAR NOT NULL,
        rows_in BIGINT NOT NULL CHECK (rows_in >= 0), new BIGINT NOT NULL,
        updated BIGINT NOT NULL, unchanged BIGINT NOT NULL, kept_newer BIGINT NOT NULL,
        erased BIGINT NOT NULL, rejected BIGINT NOT NULL, merged_duplicates BIGINT NOT NULL,
        ignored_blank BIGINT NOT NULL, newest_responded_at TIMESTAMP, undone_at TIMESTAMP)""",
    # `import_id` names the import whose value this is; `row_id` stays with a response for life.
    f"""CREATE TABLE IF NOT EXISTS {SCHEMA}.responses (
        key UHUGEINT PRIMARY KEY, row_id BIGINT NOT NULL, import_id INTEGER NOT NULL, {_VALUES},
        CHECK (score IS NOT NULL AND score BETWEEN {c.LOWEST_SCORE} AND {c.HIGHEST_SCORE}))""",
    # Values that are not current. `superseded_by` is the import whose value took the place, NULL
    # for a value that arrived when the store already held a newer one.
    f"""CREATE TABLE IF NOT EXISTS {SCHEMA}.history (
        key UHUGEINT NOT NULL, row_id BIGINT NOT NULL, import_id INTEGER NOT NULL, {_VALUES},
        superseded_by INTEGER)""",
    # An import that brought a value the store had already: `saw` is the import it came with.
    f"""CREATE TABLE IF NOT EXISTS {SCHEMA}.sightings (
        row_id BIGINT NOT NULL, import_id INTEGER NOT NULL, saw INTEGER NOT NULL)""",
    f"""CREATE TABLE IF NOT EXISTS {SCHEMA}.segments (
        column_name VARCHAR PRIMARY KEY, header VARCHAR NOT NULL UNIQUE,
        label VARCHAR NOT NULL UNIQUE)""",
    f"""CREATE TABLE IF NOT EXISTS {SCHEMA}.erased (digest VARCHAR PRIMARY KEY)""",
    f"""CREATE TABLE IF NOT EXISTS {SCHEMA}.changes (
        id INTEGER PRIMARY KEY, date DATE NOT NULL, title VARCHAR NOT NULL,
        note VARCHAR NOT NULL, link VARCHAR NOT NULL, segments VARCHAR NOT NULL)""",
    f"""CREATE TABLE IF NOT EXISTS {SCHEMA}.views (
        id INTEGER PRIMARY KEY, name VARCHAR NOT NULL, page VARCHAR NOT NULL,
        query VARCHAR NOT NULL, pinned BOOLEAN NOT NULL, created_at TIMESTAMP NOT NULL)""",
    # `digest` is the SHA-256 of the token: whoever reads this file cannot open a wall with it.
    f"""CREATE TABLE IF NOT EXISTS {SCHEMA}.wall_links (
        id INTEGER PRIMARY KEY, name VARCHAR NOT NULL, digest VARCHAR NOT NULL UNIQUE,
        views VARCHAR NOT NULL, every INTEGER NOT NULL, look VARCHAR NOT NULL,
        language VARCHAR NOT NULL, created_at TIMESTAMP NOT NULL, revoked_at TIMESTAMP)""",
    f"""CREATE TABLE IF NOT EXISTS {SCHEMA}.meeting_notes (
        period VARCHAR PRIMARY KEY, notes VARCHAR NOT NULL, decisions VARCHAR NOT NULL,
        saved_at TIMESTAMP NOT NULL)""",
    f"""CREATE TABLE IF NOT EXISTS {SCHEMA}.built_segments (
        id INTEGER PRIMARY KEY, name VARCHAR NOT NULL, base VARCHAR NOT NULL,
        groups VARCHAR NOT NULL, bands VARCHAR NOT NULL)""",
)


def quoted(name: str) -> str:
    """Quote an identifier so that no name can end the quotation.

    >>> quoted('a"b')
    '"a""b"'
    """
    return '"' + name.replace('"', '""') + '"'


def literal(text: str) -> str:
    """Quote a text value for the places where SQL takes no parameter.

    >>> literal("it's")
    "'it''s'"
    """
    return "'" + text.replace("'", "''") + "'"
