"""The looks of a wall: one stage of 1920 by 1080 units that fills any screen, three palettes."""

import re
from dataclasses import replace
from typing import Final

from nps_app.view.charts.theme import FONT, Palette, palette

# Black and white, and the same three colours brighter: 7:1 and more on black.
_CONTRAST: Final = replace(
    palette("dark"),
    background="#000000",
    ink="#ffffff",
    muted="#e2e6eb",
    grid="#5c6570",
    blue="#8cc4ff",
    grey="#a9b1bd",
    orange="#ffb866",
    ribbon="rgba(140, 196, 255, 0.30)",
)
LOOKS: Final = {"dark": palette("dark"), "light": palette("light"), "contrast": _CONTRAST}
"""Colours of each look; dark and light are those of the charts."""

_NAMES: Final = ("background", "ink", "muted", "grid", "blue", "grey", "orange", "ribbon")
_ALARM: Final = {
    "dark": ("#b3261e", "#ffffff"),
    "light": ("#b3261e", "#ffffff"),
    "contrast": ("#ff4d42", "#000000"),
}

_RULES: Final = """
html.nps-wall-page, html.nps-wall-page body {overflow: hidden; background: var(--background)}
html.nps-wall-page #root {opacity: 0}
/* Streamlit's dialogs, such as that of a lost connection, stand beside its root. */
html.nps-wall-page body > :not(#root, #nps-wall) {display: none !important}
.nps-wall {--u: min(100vw / 1920, 100vh / 1080); position: fixed; inset: 0; z-index: 2147483647;
  display: grid; place-items: center; overflow: hidden; cursor: none;
  background: var(--background); color: var(--ink); font: 400 28u/1.25 FONT;
  font-variant-numeric: tabular-nums}
.nps-wall * {box-sizing: border-box; margin: 0; padding: 0; font-family: inherit;
  letter-spacing: normal}
/* Streamlit gives lists and paragraphs sizes of their own. */
.nps-wall :is(p, li, ul, span, strong, div) {font-size: inherit; line-height: inherit;
  color: inherit}
.nps-wall .stage {position: relative; width: 1920u; height: 1080u; overflow: hidden}
.nps-wall .frame {position: absolute; inset: 0; animation: nps-wall-in .5s ease-out}
.nps-wall .frame[hidden] {display: none}
.nps-wall .waiting::before {content: "NPS"; position: absolute; inset: 0; display: grid;
  place-items: center; font-size: 210u; font-weight: 700; color: var(--grid)}
@keyframes nps-wall-in {from {opacity: 0}}
@media (prefers-reduced-motion: reduce) {.nps-wall .frame {animation: none}}

.nps-wall .picture {position: absolute; inset: 0; display: grid; padding: 52u 56u 28u;
  grid-template: 82u 572u 1fr 40u / 450u 1.04fr 1.16fr .94fr; column-gap: 44u; row-gap: 16u}
.nps-wall header {grid-area: 1 / 1 / 2 / -1; display: grid; align-content: start;
  grid-template-columns: 42u minmax(0, 1fr); column-gap: 20u; white-space: nowrap}
.nps-wall .mark {width: 42u; height: 42u}
.nps-wall h1 {font-size: 36u; font-weight: 700; line-height: 43u; color: var(--ink);
  margin-right: 600u; overflow: hidden; text-overflow: ellipsis}
.nps-wall .filter {grid-column: 2; color: var(--muted); line-height: 37u; overflow: hidden;
  text-overflow: ellipsis}
.nps-wall h2 {font-size: 28u; font-weight: 400; line-height: 1.25; color: var(--muted);
  white-space: nowrap; overflow: hidden; text-overflow: ellipsis}
.nps-wall small {font-size: 28u}

.nps-wall .score {grid-area: 2 / 1 / 3 / 2; white-space: nowrap; display: flex;
  flex-direction: column}
.nps-wall .score > * {flex-shrink: 0}
.nps-wall .nps {font-size: 270u; font-weight: 700; line-height: 256u; letter-spacing: -.01em;
  margin-left: -.03em}
.nps-wall .nps.long {font-size: 210u}
.nps-wall .interval {font-size: 36u; font-weight: 600; margin-top: 4u; white-space: normal;
  text-wrap: balance; line-height: 1.15}
.nps-wall .made { color: var(--muted); white-space: normal}
.nps-wall .score .verdict {font-size: 48u; line-height: 1.15; font-weight: 700; margin-top: auto;
  white-space: normal; text-wrap: balance}
.nps-wall .score .quiet {font-size: 38u}
.nps-wall .score .quiet small {display: block}
.nps-wall .score .sides {font-size: 28u; color: var(--muted); margin: 6u 0 16u;
  white-space: normal}
.nps-wall .verdict small {font-weight: 400; color: var(--muted); white-space: nowrap}
.nps-wall .score .verdict small {font-size: 36u}

.nps-wall .trend {grid-area: 2 / 2 / 3 / -1}
.nps-wall .trend h2 {margin-left: 66u}
.nps-wall .trend p {margin: 40u 66u; color: var(--muted)}
.nps-wall .chart {display: block; width: 100%; height: 531u; overflow: visible}
.nps-wall .chart text {font-size: 28px; fill: var(--muted)}
.nps-wall .chart .grid {stroke: var(--grid); stroke-width: 1.5}
.nps-wall .chart .marker {stroke: var(--muted); stroke-width: 2; stroke-dasharray: 3 6}
.nps-wall .chart .change {font-size: 30px; font-weight: 700; fill: var(--ink)}
.nps-wall .chart .figure {font-size: 44px; font-weight: 700; fill: var(--blue);
  stroke: var(--background); stroke-width: 10px; paint-order: stroke; stroke-linejoin: round}
.nps-wall .chart .ribbon {fill: var(--ribbon)}
.nps-wall .chart .whisker {stroke: var(--ribbon); stroke-width: 14; fill: none}
.nps-wall .chart .line {fill: none; stroke: var(--blue); stroke-width: 5;
  stroke-linejoin: round; stroke-linecap: round}
.nps-wall .chart .running {stroke-dasharray: 2 11}
.nps-wall .chart .point {fill: var(--blue)}
.nps-wall .chart .hollow {fill: var(--background); stroke: var(--blue); stroke-width: 4}

.nps-wall .up {color: var(--blue)} .nps-wall .chart .up {fill: var(--blue)}
.nps-wall .down {color: var(--orange)} .nps-wall .chart .down {fill: var(--orange)}
.nps-wall .quiet {color: var(--muted)}

.nps-wall :is(.shares, .change, .groups, .week) {grid-row: 3; padding-top: 16u;
  border-top: 2u solid var(--grid); min-width: 0; overflow: hidden}
.nps-wall .bar {display: block; width: 100%; height: 36u; margin: 14u 0 10u; border-radius: 4u}
.nps-wall rect.promoters {fill: var(--blue)} .nps-wall rect.passives {fill: var(--grey)}
.nps-wall rect.detractors {fill: var(--orange)}
.nps-wall .shares ul {display: flex; justify-content: space-between; list-style: none}
.nps-wall .shares strong {display: block; font-size: 48u; line-height: 1.1; font-weight: 700}
.nps-wall .shares span {white-space: nowrap}
.nps-wall li.promoters {color: var(--blue)} .nps-wall li.passives {color: var(--muted)}
.nps-wall li.detractors {color: var(--orange)}
.nps-wall .name {font-size: 36u; font-weight: 700; line-height: 1.15; white-space: nowrap;
  overflow: hidden; text-overflow: ellipsis; margin-top: 2u}
.nps-wall .large {font-size: 48u; font-weight: 700; line-height: 1.2; margin-top: 6u}
.nps-wall .large small {font-weight: 400; color: var(--muted); margin-left: 8u;
  white-space: nowrap}
.nps-wall .change .large {font-size: 44u; line-height: 1.1; margin-top: 2u}
.nps-wall :is(.place, .change .verdict) {font-size: 32u; font-weight: 700; line-height: 1.2}
.nps-wall .note {color: var(--muted); font-size: 28u; line-height: 1.2; margin-top: 4u}
.nps-wall .groups ul {list-style: none; display: grid; gap: 0 18u; margin-top: 8u;
  grid-template-columns: minmax(0, 1fr) auto auto auto}
.nps-wall .groups li {display: grid; grid-column: 1 / -1; grid-template-columns: subgrid;
  align-items: baseline; line-height: 36u}
.nps-wall .groups li span {color: var(--ink); overflow: hidden; text-overflow: ellipsis;
  white-space: nowrap}
.nps-wall .groups li strong {text-align: right; color: var(--ink); font-weight: 700}
.nps-wall .groups li .count {color: var(--muted); text-align: right}
.nps-wall .groups li small {white-space: nowrap; font-weight: 600}

.nps-wall footer {grid-area: 4 / 1 / 5 / -1; color: var(--muted); font-size: 28u; line-height: 40u;
  white-space: nowrap; overflow: hidden; text-overflow: ellipsis; padding-right: 220u}
.nps-wall .calm {grid-area: 2 / 1 / 4 / -1; align-self: center; justify-self: center;
  max-width: 1300u; font-size: 56u; line-height: 1.3; text-align: center; text-wrap: balance}
.nps-wall .status {position: absolute; top: 48u; right: 36u; font-size: 28u; line-height: 38u;
  padding: 3u 20u; border-radius: 999u; color: var(--muted); white-space: nowrap}
.nps-wall .status:empty {display: none}
.nps-wall .turn {position: absolute; bottom: 28u; right: 56u; line-height: 40u;
  color: var(--muted); white-space: nowrap}
.nps-wall .banner {position: absolute; left: 0; right: 0; top: 0; height: 44u; line-height: 43u;
  padding: 0 56u; font-weight: 600; text-align: center; white-space: nowrap; overflow: hidden;
  text-overflow: ellipsis; background: var(--ink); color: var(--background)}
.nps-wall .banner[hidden] {display: none}
.nps-wall[data-state="red"] :is(.status, .banner) {background: var(--alarm);
  color: var(--on-alarm)}

/* A screen that stands: the same pieces, below one another. */
@media (max-aspect-ratio: 4/5) {
  .nps-wall {--u: min(100vw / 1080, 100vh / 1920)}
  .nps-wall .stage {width: 1080u; height: 1920u}
  .nps-wall .picture {grid-template: 82u 280u 280u 475u auto 1fr 80u / 1fr 1fr;
    row-gap: 20u; padding-top: 96u}
  .nps-wall .status {top: 92u}
  .nps-wall h1 {margin-right: 430u}
  .nps-wall .score {grid-area: 2 / 1 / 4 / 2}
  .nps-wall .trend {grid-area: 4 / 1 / 5 / -1}
  .nps-wall .chart {height: auto}
  .nps-wall .shares {grid-area: 2 / 2; border-top: 0; padding-top: 0}
  .nps-wall .week {grid-area: 3 / 2}
  .nps-wall .change {grid-area: 5 / 1 / 6 / -1}
  .nps-wall .groups {grid-area: 6 / 1 / 7 / -1}
  .nps-wall footer {grid-area: 7 / 1 / 8 / -1; white-space: normal}
  .nps-wall .calm {grid-area: 2 / 1 / 7 / -1; max-width: 880u}
  /* Its sentences take two lines here, above everything else. */
  .nps-wall .banner {height: auto; min-height: 44u; white-space: normal}
}
"""


def _units(css: str) -> str:
    """Write lengths in units of the stage, "28u", as the share of the screen they are."""
    return re.sub(r"(-?[0-9.]+)u\b", r"calc(\1 * var(--u))", css)


def _variables(look: str, colours: Palette) -> str:
    named = {name: getattr(colours, name) for name in _NAMES}
    alarm, on_alarm = _ALARM[look]
    named |= {"alarm": alarm, "on-alarm": on_alarm}
    body = "; ".join(f"--{name}: {colour}" for name, colour in named.items())
    return f'html.nps-wall-page[data-look="{look}"] {{{body}}}'


WALL_STYLE: Final = "\n".join(
    [
        *(_variables(look, colours) for look, colours in LOOKS.items()),
        _units(_RULES).replace("FONT", FONT),
    ]
)
"""CSS of the wall's page; the web server puts it into its head."""
