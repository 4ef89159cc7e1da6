"""The name of the product: the mark beside the navigation, the icon and title of the tab."""

from typing import Final

import streamlit as st

from nps_app.view.charts.theme import palette
from nps_app.view.widgets.chart import current_theme

_BARS: Final = (
    '<rect x="0" y="15" width="6" height="9" rx="1.5" fill="{orange}"/>'
    '<rect x="9" y="9" width="6" height="15" rx="1.5" fill="{grey}"/>'
    '<rect x="18" y="0" width="6" height="24" rx="1.5" fill="{blue}"/>'
)
_LETTERS: Final = (
    '<g fill="none" stroke="{ink}" stroke-width="3.4" stroke-linejoin="round">'
    '<path d="M37 22V3L49 21V2"/>'
    '<path d="M58 22V3.7h6a5 5 0 0 1 0 10.6h-6"/>'
    '<path d="M88 6.2C85.5 2.6 76.5 2.6 76.5 8c0 6 11.5 3 11.5 9 0 5.4-9 5.4-12 1.3"/>'
    "</g>"
)
_PICTURE: Final = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="{w}" height="{h}" viewBox="{box}">{body}</svg>'
)


def brand_page(title: str) -> None:
    """Name the tab after the page, and put the mark and the letters beside the navigation.

    Drawn from the palette of the visitor's theme; nothing is fetched.
    """
    colours = vars(palette(current_theme()))
    icon = _PICTURE.format(w=32, h=32, box="-4 -4 32 32", body=_BARS)
    word = _PICTURE.format(w=92, h=24, box="0 0 92 24", body=_BARS + _LETTERS)
    st.set_page_config(page_title=f"NPS · {title}", page_icon=icon.format(**colours), layout="wide")
    st.logo(word.format(**colours), size="medium")
