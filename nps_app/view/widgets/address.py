"""Addresses of the app as the visitor's browser reaches it, to be copied and sent."""

from urllib.parse import urlencode, urlsplit

import streamlit as st


def app_address(here: str, page: str, **query: object) -> str:
    """The whole address of `page`, seen from the page whose path is `here` ("" the Overview).

    What stands before the path, a reverse proxy's folder for one, is kept.
    """
    parts = urlsplit(st.context.url or "")
    base = parts.path.rstrip("/").removesuffix(here).rstrip("/")
    return parts._replace(path=f"{base}/{page}", query=urlencode(query), fragment="").geturl()
