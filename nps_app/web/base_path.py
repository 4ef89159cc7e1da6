"""The path the app is served under, `server.baseUrlPath`, for what Streamlit does not put there."""

from collections.abc import Iterable

from starlette.routing import Route
from streamlit import config


def base_path() -> str:
    """Give the path with its first slash, "" without one: "/nps" of "nps", "/nps/" and "nps/"."""
    path = str(config.get_option("server.baseUrlPath") or "").strip("/")
    return f"/{path}" if path else ""


def under_base_path(routes: Iterable[Route]) -> list[Route]:
    """Give the routes under that path; Streamlit leaves an app's own ones at the host's root.

    The pages ask for them beside themselves, and a proxy may hand on nothing else.
    """
    return [Route(f"{base_path()}{route.path}", route.endpoint) for route in routes]
