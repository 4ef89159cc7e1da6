"""The looks of a wall: colours one can tell from five metres, type one can read."""

import re

import pytest

from nps_app.view.wall.style import LOOKS, WALL_STYLE

TEXTS = ("ink", "muted", "blue", "orange")


def luminance(colour: str) -> float:
    """Relative luminance as WCAG 2.1 defines it."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.03928 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize(("look", "least"), [("dark", 4.5), ("light", 4.5), ("contrast", 7.0)])
@pytest.mark.parametrize("name", TEXTS)
def test_every_text_stands_out(look: str, least: float, name: str) -> None:
    colours = LOOKS[look]
    assert contrast(getattr(colours, name), colours.background) >= least


@pytest.mark.parametrize("look", LOOKS)
def test_the_alarm_is_read_as_well(look: str) -> None:
    rule = re.search(rf'\[data-look="{look}"\] {{(.*)}}', WALL_STYLE)
    assert rule is not None
    named = dict(pair.split(": ") for pair in rule[1].split("; "))
    assert contrast(named["--alarm"], named["--on-alarm"]) >= 4.5


def test_no_type_is_smaller_than_28_of_1080() -> None:
    sizes = re.findall(
        r"font(?:-size)?: (?:\d+ )?(?:calc\()?([\d.]+)(?: \* var\(--u\)\)|px)", WALL_STYLE
    )
    assert sizes
    assert min(map(float, sizes)) >= 28
