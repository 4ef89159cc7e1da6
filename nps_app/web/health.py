"""GET /livez and /readyz: is the process up, and can it answer."""

from collections.abc import Callable

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from nps_app.store import StoreError

_NEVER_STORED = {"Cache-Control": "no-store"}


def health_routes(ready: Callable[[], object]) -> list[Route]:
    """The routes /livez (always 200) and /readyz: 200 when `ready()` returns, 503 when it raises.

    `ready` runs in a thread, so a slow store holds up nothing else. The answers are the words
    "ok" and "not ready", the latter with the reason when it is one fit to be shown, and whoever
    asks was let in by the gate (gate.py).
    """

    async def livez(request: Request) -> Response:
        return PlainTextResponse("ok", headers=_NEVER_STORED)

    async def readyz(request: Request) -> Response:
        try:
            await run_in_threadpool(ready)
        except Exception as error:
            told = request.scope.get("nps.told_why", True)
            why = f": {error}" if isinstance(error, StoreError) and told else ""
            return PlainTextResponse(f"not ready{why}", status_code=503, headers=_NEVER_STORED)
        return PlainTextResponse("ok", headers=_NEVER_STORED)

    return [Route("/livez", livez), Route("/readyz", readyz)]
