"""GET /wall/watch.js: the script that keeps a wall display's picture, whatever the server does."""

import hashlib
import json
from html import escape
from pathlib import Path
from typing import Final

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from nps_core.language import LANGUAGES, speaking, tr

WALL_PATH: Final = "/wall"
_SCRIPT: Final = Path(__file__).with_name("wall_watch.js").read_bytes()
SCRIPT_VERSION: Final = hashlib.sha256(_SCRIPT).hexdigest()[:12]


def _nothing_yet(language: str) -> str:
    with speaking(language):
        return tr("Nothing could be read since {time}. This screen tries again by itself.")


_NOTHING_YET: Final = json.dumps({language: _nothing_yet(language) for language in LANGUAGES})
WATCH_TAG: Final = (
    f'<script src="wall/watch.js?v={SCRIPT_VERSION}" data-version="{SCRIPT_VERSION}" '
    f'data-nothing="{escape(_NOTHING_YET)}"></script>'
)
"""For the head of the wall's page: it runs before the app and needs nothing of it."""


def wall_routes() -> list[Route]:
    """The route of the watchdog; its address has its version, so a browser may keep it for good.

    A page that is reloaded in the moment the server goes away finds the script in the browser.
    """

    async def watch(request: Request) -> Response:
        return Response(
            _SCRIPT,
            media_type="text/javascript",
            headers={"Cache-Control": "public, max-age=31536000, immutable"},
        )

    return [Route(f"{WALL_PATH}/watch.js", watch)]
