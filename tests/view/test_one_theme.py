"""One theme: no colour and no size of type that the theme does not know."""

import dataclasses
import re
import tomllib
from pathlib import Path

from nps_app.view.charts.theme import PALETTES

ROOT = Path(__file__).resolve().parents[2]
THEMES = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text(encoding="utf-8"))["theme"]
# The palette itself, and the wall's high contrast, which stands beside it.
WHERE_COLOURS_ARE_MADE = {"theme.py", "style.py"}
SCALE = {0.75, 0.875, 1.0, 1.125, 1.25, 1.375, 1.5, 1.75, 2.0, 4.5}
"""Sizes of type on pages, in rem, from notes under figures to the one large score."""


def sources() -> list[Path]:
    parts = (ROOT / part for part in ("nps_app", "pages"))
    return [ROOT / "dashboard.py", *(path for part in parts for path in part.rglob("*.py"))]


def known_colours() -> set[str]:
    named = [str(value) for theme in ("light", "dark") for value in THEMES[theme].values()]
    named += [str(dataclasses.astuple(palette)) for palette in PALETTES.values()]
    return set(re.findall(r"#[0-9a-f]{6}", " ".join(named)))


def test_colours_outside_the_theme_are_those_of_the_theme() -> None:
    known, strange = known_colours(), []
    for path in sources():
        if path.name in WHERE_COLOURS_ARE_MADE and path.parent.name in ("charts", "wall"):
            continue
        text = path.read_text(encoding="utf-8")
        for found in re.findall(r"#(?:[0-9a-fA-F]{6}|[0-9a-fA-F]{3})\b(?!;)", text):
            digits = found[1:].lower()
            colour = f"#{digits if len(digits) == 6 else ''.join(2 * d for d in digits)}"
            if colour not in known:
                strange.append(f"{path.relative_to(ROOT)}: {found}")
    assert strange == []


def test_sizes_of_type_on_pages_are_those_of_the_scale() -> None:
    strange = []
    for path in (ROOT / "nps_app" / "view" / "widgets").glob("*.py"):
        for size in re.findall(r"font-size: ?([0-9.]+)rem", path.read_text(encoding="utf-8")):
            if float(size) not in SCALE:
                strange.append(f"{path.name}: {size}rem")
    assert strange == []
