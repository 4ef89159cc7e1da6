"""The one Plotly look for light and dark: colours, type, and text made safe for labels."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Literal

import plotly.graph_objects as go

from nps_app.view.numerals import DECIMAL, THOUSANDS
from nps_app.view.widgets.text import visible
from nps_core.language import current_language

Theme = Literal["light", "dark"]

FONT: Final = '"Source Sans", "Source Sans 3", "Helvetica Neue", Arial, sans-serif'
"""Streamlit's bundled font first: no font is fetched from a network."""

LABEL: Final = 12
SMALL: Final = 11


@dataclass(frozen=True)
class Palette:
    """The colours of one theme, as hex strings or `rgba(...)`.

    Text (`ink`, `muted`, `blue`, `orange`) stands at 4.5:1 or more on `background`, marks
    (`grey` and `series` too) at 3:1 or more. Promoters are blue, passives grey, detractors orange;
    text on a mark is `background`, on a grey one `on_grey`.
    """

    background: str
    ink: str
    muted: str
    grid: str
    blue: str
    grey: str
    on_grey: str
    orange: str
    faint: str
    ribbon: str
    band: str
    below: str
    level: str
    above: str
    series: tuple[str, ...]


PALETTES: Final[Mapping[str, Palette]] = {
    "light": Palette(
        background="#ffffff",
        ink="#1b2430",
        muted="#5b6472",
        grid="#e4e8ec",
        blue="#1f5fa8",
        grey="#848c9a",
        on_grey="#1b2430",
        orange="#b35900",
        faint="#5f93cc",
        ribbon="rgba(31, 95, 168, 0.15)",
        band="rgba(91, 100, 114, 0.13)",
        below="#f4c796",
        level="#f4f6f8",
        above="#aaccf0",
        series=("#1f5fa8", "#b35900", "#1b2430", "#7b2fd6", "#8c8c74"),
    ),
    "dark": Palette(
        background="#0f151c",
        ink="#f1f3f7",
        muted="#a3acba",
        grid="#29323d",
        blue="#6aa9f2",
        grey="#767f8e",
        on_grey="#0f151c",
        orange="#f0a04b",
        faint="#4a7db8",
        ribbon="rgba(106, 169, 242, 0.22)",
        band="rgba(163, 172, 186, 0.20)",
        below="#7a4612",
        level="#1a222c",
        above="#1f4f86",
        series=("#6aa9f2", "#f0a04b", "#f1f3f7", "#9150ee", "#e04a78"),
    ),
}


def palette(theme: Theme) -> Palette:
    """Give the colours of a theme.

    Raises ValueError for anything but "light" and "dark".

    >>> palette("light").background
    '#ffffff'
    """
    if theme not in PALETTES:
        raise ValueError(f"theme: got {theme!r}, allowed are 'light' and 'dark'.")
    return PALETTES[theme]


def verdict_colour(verdict: str, colours: Palette) -> str:
    """Give the colour of a verdict: blue for up, orange for down, quiet ink for the others.

    >>> verdict_colour("down", palette("light"))
    '#b35900'
    """
    return {"up": colours.blue, "down": colours.orange}.get(verdict, colours.muted)


def plain(text: object, limit: int = 60) -> str:
    """Make any text safe to stand in a Plotly label, cut to `limit` characters.

    Plotly reads tags, `%{...}` templates and `$...$` formulas in labels; here they come out as
    the characters they are.

    >>> plain("<b>R&D</b> $5")
    '&lt;b&gt;R&amp;D&lt;/b&gt; &#36;5'
    >>> plain("Enterprise accounts", 11)
    'Enterprise…'
    """
    cut = visible(text, limit)
    for character, entity in (
        ("&", "&amp;"),
        ("<", "&lt;"),
        (">", "&gt;"),
        ("$", "&#36;"),
        ("%{", "&#37;{"),
    ):
        cut = cut.replace(character, entity)
    return cut


def template(theme: Theme) -> go.layout.Template:
    """Give the template every figure stands on; each colour is explicit, so exports keep it."""
    colours, language = palette(theme), current_language()
    axis = {
        "gridcolor": colours.grid,
        "linecolor": colours.grid,
        "zerolinecolor": colours.grid,
        "tickfont": {"color": colours.muted, "size": LABEL},
        "fixedrange": True,
        "automargin": False,
        "ticks": "",
    }
    return go.layout.Template(
        layout={
            "paper_bgcolor": colours.background,
            "plot_bgcolor": colours.background,
            "font": {"family": FONT, "size": LABEL, "color": colours.ink},
            "colorway": list(colours.series),
            "separators": DECIMAL[language] + THOUSANDS[language],
            "margin": {"l": 8, "r": 8, "t": 8, "b": 8},
            "xaxis": axis | {"showgrid": False, "zeroline": False},
            "yaxis": axis | {"zeroline": False},
            "showlegend": False,
            "hoverlabel": {
                "bgcolor": colours.background,
                "bordercolor": colours.muted,
                "font": {"family": FONT, "size": LABEL, "color": colours.ink},
                "align": "left",
            },
            "hovermode": "closest",
            "dragmode": False,
        }
    )
