"""Erase one person: rows, history and the bytes on the disk; and remember to keep them out."""

import secrets

from nps_app.store.database import REWRITE, Database, set_setting
from nps_app.store.identity import digest
from nps_app.store.schema import SCHEMA, literal

_SALT = "_erased_salt"


def erase(database: Database, respondent_id: str) -> int:
    """Remove every response that is or was the person's; see `Store.erase`.

    The digest of the id stays, so that a later import of the same export leaves the person out.
    """
    with database.writing:
        salt = str(database.setting(_SALT, "")) or secrets.token_hex(16)
        asked = digest(salt, literal(respondent_id))
        with database.write() as cursor:
            cursor.execute(
                f"CREATE TEMP TABLE leaving AS SELECT DISTINCT row_id FROM ("
                f"SELECT row_id, respondent_id FROM {SCHEMA}.responses UNION ALL"
                f" SELECT row_id, respondent_id FROM {SCHEMA}.history)"
                f" WHERE {digest(salt, 'respondent_id')} = {asked}"
            )
            row = cursor.execute("SELECT count(*) FROM leaving").fetchone()
            for table in ("responses", "history", "sightings"):
                cursor.execute(
                    f"DELETE FROM {SCHEMA}.{table} WHERE row_id IN (SELECT row_id FROM leaving)"
                )
            cursor.execute(f"INSERT OR IGNORE INTO {SCHEMA}.erased SELECT {asked}")
            set_setting(cursor, _SALT, salt)
            set_setting(cursor, REWRITE, True)
        database.rewrite()
    return int(row[0]) if row else 0


def salt_of_erased(database: Database) -> str:
    """Return the salt of the digests, "" while nobody has been erased."""
    return str(database.setting(_SALT, ""))
