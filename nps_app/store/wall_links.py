"""Read-only links for wall displays: the token is shown once, only its digest is kept."""

import hashlib
import json
import secrets
from dataclasses import replace
from datetime import UTC, datetime
from typing import Final

import duckdb

from nps_app.store.database import Database
from nps_app.store.records import StoreError, WallLink
from nps_app.store.schema import SCHEMA
from nps_core.language import tr

_TOKEN_BYTES: Final = 32
_COLUMNS: Final = "name, views, every, look, language, id, created_at, revoked_at"


def wall_links(database: Database) -> list[WallLink]:
    """List all links, the latest first, revoked ones included."""
    return _read(database, "ORDER BY id DESC", [])


def wall_link(database: Database, token: str) -> WallLink | None:
    """Return the link a token opens; None when there is none, or it was revoked."""
    # Whatever stands in an address is asked for, also what is no text.
    digest = hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()
    found = _read(database, "WHERE digest = ? AND revoked_at IS NULL", [digest])
    return found[0] if found else None


def create_wall_link(database: Database, link: WallLink) -> tuple[WallLink, str]:
    """Make a link; return it with its token, which is kept nowhere."""
    name = " ".join(link.name.split())
    if not name:
        raise StoreError(tr("A wall link needs a name, such as the room it hangs in."))
    token = secrets.token_urlsafe(_TOKEN_BYTES)
    digest = hashlib.sha256(token.encode()).hexdigest()
    made = datetime.now(UTC).replace(tzinfo=None)
    with database.write(figures=False) as cursor:
        row = cursor.execute(f"SELECT coalesce(max(id), 0) + 1 FROM {SCHEMA}.wall_links").fetchone()
        number = int(row[0]) if row else 1
        cursor.execute(
            f"INSERT INTO {SCHEMA}.wall_links VALUES (?, ?, ?, ?, ?, ?, ?, ?, NULL)",
            [
                *(number, name, digest, json.dumps(link.views)),
                *(link.every, link.look, link.language, made),
            ],
        )
    return replace(link, name=name, id=number, created_at=made, revoked_at=None), token


def revoke_wall_link(database: Database, link_id: int) -> None:
    """Make a link's token open nothing from now on."""
    now = datetime.now(UTC).replace(tzinfo=None)
    with database.write(figures=False) as cursor:
        cursor.execute(
            f"UPDATE {SCHEMA}.wall_links SET revoked_at = coalesce(revoked_at, ?) WHERE id = ?",
            [now, link_id],
        )


def _read(database: Database, rest: str, values: list[str]) -> list[WallLink]:
    cursor = database.cursor()
    try:
        rows = cursor.execute(
            f"SELECT {_COLUMNS} FROM {SCHEMA}.wall_links {rest}", values
        ).fetchall()
    except duckdb.CatalogException:
        # A file that can only be read, written before there were wall links.
        return []
    finally:
        cursor.close()
    return [WallLink(name, tuple(json.loads(views)), *others) for name, views, *others in rows]
