"""Readable in light and dark, by colour-blind people too, and never a reader of markup."""

import itertools
import tomllib
from pathlib import Path

import numpy as np
import pytest

from nps_app.view.charts.theme import Theme, palette, plain, template

# Severity 1.0 of Machado, Oliveira and Fernandes 2009, for linear RGB.
VISION = {
    "usual": np.eye(3),
    "protanopia": np.array(
        [
            [0.152286, 1.052583, -0.204868],
            [0.114503, 0.786281, 0.099216],
            [-0.003882, -0.048116, 1.051998],
        ]
    ),
    "deuteranopia": np.array(
        [
            [0.367322, 0.860646, -0.227968],
            [0.280085, 0.672501, 0.047413],
            [-0.011820, 0.042940, 0.968881],
        ]
    ),
    "tritanopia": np.array(
        [
            [1.255528, -0.076749, -0.178779],
            [-0.078411, 0.930809, 0.147602],
            [0.004733, 0.691367, 0.303900],
        ]
    ),
}
TO_XYZ = np.array(
    [
        [0.4124564, 0.3575761, 0.1804375],
        [0.2126729, 0.7151522, 0.0721750],
        [0.0193339, 0.1191920, 0.9503041],
    ]
)
THEMES: tuple[Theme, ...] = ("light", "dark")


def linear(colour: str) -> np.ndarray:
    channels = np.array([int(colour[at : at + 2], 16) for at in (1, 3, 5)]) / 255
    return np.where(channels <= 0.04045, channels / 12.92, ((channels + 0.055) / 1.055) ** 2.4)


def contrast(one: str, other: str) -> float:
    """WCAG 2 contrast ratio."""
    dark, light = sorted(float(linear(c) @ TO_XYZ[1]) for c in (one, other))
    return (light + 0.05) / (dark + 0.05)


def seen(colour: str, vision: str) -> np.ndarray:
    """CIE L*a*b* of a colour as seen with a given colour vision."""
    rgb = np.clip(VISION[vision] @ linear(colour), 0, 1)
    xyz = TO_XYZ @ rgb / np.array([0.95047, 1.0, 1.08883])
    f = np.where(xyz > 216 / 24389, np.cbrt(xyz), (24389 / 27 * xyz + 16) / 116)
    return np.array([116 * f[1] - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2])])


def apart(one: str, other: str, vision: str) -> float:
    return float(np.linalg.norm(seen(one, vision) - seen(other, vision)))


def test_contrast_of_black_on_white_is_the_published_21() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21.0)


@pytest.mark.parametrize("theme", THEMES)
def test_text_has_4_5_to_1_and_marks_3_to_1(theme: Theme) -> None:
    colours = palette(theme)
    for text in (colours.ink, colours.muted, colours.blue, colours.orange):
        assert contrast(text, colours.background) >= 4.5
    for mark in (colours.blue, colours.grey, colours.orange, colours.faint, *colours.series):
        assert contrast(mark, colours.background) >= 3.0
    for mark in (colours.blue, colours.orange):
        assert contrast(colours.background, mark) >= 4.5
    assert contrast(colours.on_grey, colours.grey) >= 4.5


@pytest.mark.parametrize("theme", THEMES)
def test_heatmap_words_have_4_5_to_1_on_every_cell_colour(theme: Theme) -> None:
    colours = palette(theme)
    for cell in (colours.below, colours.level, colours.above):
        assert contrast(colours.ink, cell) >= 4.5


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("vision", VISION)
def test_categories_and_lines_stay_apart_for_colour_blind_readers(
    theme: Theme, vision: str
) -> None:
    colours = palette(theme)
    categories = (colours.blue, colours.grey, colours.orange)
    # 2.3 is just noticeable side by side; 20 is plainly another colour.
    for one, other in itertools.combinations(categories, 2):
        assert apart(one, other, vision) >= 20
    for one, other in itertools.combinations(colours.series, 2):
        assert apart(one, other, vision) >= 20


@pytest.mark.parametrize("theme", THEMES)
def test_page_and_charts_share_one_palette(theme: Theme) -> None:
    settings = tomllib.loads(Path(".streamlit/config.toml").read_text())["theme"][theme]
    colours = palette(theme)
    assert settings["backgroundColor"] == colours.background
    assert settings["textColor"] == colours.ink
    assert settings["primaryColor"] == settings["blueColor"] == colours.blue
    assert settings["orangeColor"] == colours.orange
    assert len(settings["chartCategoricalColors"]) == 10
    assert contrast(settings["orangeTextColor"], settings["secondaryBackgroundColor"]) >= 4.5
    assert contrast(settings["grayTextColor"], settings["secondaryBackgroundColor"]) >= 4.5


@pytest.mark.parametrize("theme", THEMES)
def test_exports_keep_their_colours_because_the_template_names_them(theme: Theme) -> None:
    layout = template(theme).layout
    assert layout.paper_bgcolor == layout.plot_bgcolor == palette(theme).background
    assert layout.font.color == palette(theme).ink
    assert tuple(layout.colorway) == palette(theme).series


def test_a_wrong_theme_is_refused_in_words() -> None:
    with pytest.raises(ValueError, match="'light' and 'dark'"):
        palette("sepia")  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "hostile",
    [
        '<a href="http://t.example">x</a>',
        "<b>bold</b><br>next",
        "%{customdata}",
        "$\\href{http://t.example}{x}$",
        "a\nb\u202ec",
    ],
)
def test_text_of_a_file_is_no_markup_in_a_label(hostile: str) -> None:
    safe = plain(hostile)
    for live in ("<", ">", "%{", "$", "\n", "\u202e"):
        assert live not in safe
