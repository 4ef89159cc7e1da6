"""The few rules of style that Streamlit's theme has no word for."""

from typing import Final

from nps_app.view.charts.markers import NARROWEST

_RULES: Final = """
[data-testid="stMainBlockContainer"] {padding: 4.25rem clamp(1rem, 2.5vw, 3rem) 3rem}
/* As wide from the start as brand.py asks for later. */
[data-testid="stMainBlockContainer"] {max-width: none}
/* Until a control is loaded, a placeholder as high as it will be keeps its room. */
.st-key-filter_bar [data-testid="stSkeleton"] {height: 2.25rem}
:is(.st-key-tour_bar, [class*="st-key-head_"]) [data-testid="stSkeleton"] {height: 2rem}
.st-key-pinned_views [data-testid="stSkeleton"] {height: 1.25rem}
[class*="_choices"] [data-testid="stSkeleton"] {height: 4.25rem}
[class*="st-key-uploader_"] [data-testid="stSkeleton"] {height: 5.75rem}
[data-testid="stMainBlockContainer"] h1 {padding: 0; font-size: 1.5rem}
[data-testid="stHeading"] h2 {padding: .25rem 0}
.st-key-what_it_was h2 {font-size: 1.375rem; padding-bottom: .625rem}
[data-testid="stHeaderLogo"] {height: 1.25rem}
[data-testid="stToolbar"] {padding-left: calc(clamp(1rem, 2.5vw, 3rem) - 1rem)}
[data-testid="stLayoutWrapper"]:has(
  > :is(.st-key-link_state, .st-key-link_language, .st-key-theme_turns)) {display: none}
[class*="_choices"] button:not([data-testid="stWidgetLabel"] *) {min-height: 2.5rem}
[class*="_choices"] [data-testid="stWidgetLabel"] {min-height: 1.5rem}
.st-key-trend_choices, .st-key-segment_choices, .st-key-change_choices {min-height: 4.25rem}
/* Quiet, yet 4.5:1 and more; made of ink alone, so that a link within keeps its colour. */
[data-testid="stCaptionContainer"] {
  opacity: 1; color: color-mix(in srgb, currentColor 74%, transparent)}
/* On the primary colour, the opposite of the ink around: white by day, the dark page's at night. */
[data-testid^="stBaseButton-primary"], [data-tag],
[role="grid"] :is([data-selection-start], [data-selection-end])[data-rac] {
  color: rgb(from currentColor max(15, (128 - r) * 99) max(21, (128 - g) * 99)
    max(28, (128 - b) * 99))}
[data-tag] button, [data-tag] span {color: inherit}
/* What cannot be pressed is quiet, and can be read. */
button:disabled:not([data-testid^="stBaseButton-primary"]),
[data-testid="stPaginationEllipsis"],
[role="grid"] [data-outside-month][data-rac] {
  color: color-mix(in srgb, currentColor 68%, transparent)}
[data-testid="stPopoverButton"][aria-expanded="true"] {color: inherit}
/* The words of a link that begins a line stand under those of the texts around it. */
[data-testid="stMain"] [data-testid="stPageLink-NavLink"]:not(
  [data-testid="stHorizontalBlock"] > [data-testid="stElementContainer"]:not(:first-child) *) {
  position: relative; left: -.5rem}
[data-testid="stMain"] [data-testid="stPageLink-NavLink"] p {text-underline-offset: .2em;
  text-decoration: underline color-mix(in srgb, currentColor 40%, transparent)}
/* A pinned view's page is another than the one its link passes through. */
.st-key-pinned_views [data-testid="stPageLink-NavLink"] {background: none}
:is(.st-key-pinned_views, .st-key-views_list) [data-testid="stPageLink-NavLink"] p {
  text-decoration: none; font-weight: inherit}
.st-key-views_list button {min-height: 2rem; padding: 0 .5rem}
.st-key-views_list :is([data-testid="stElementContainer"], [data-testid="stPageLink"]) {margin: 0}
.st-key-filter_bar {row-gap: .5rem}
.st-key-filter_bar button {border-radius: 999px; min-height: 2.25rem}
/* A table's own download would hand a spreadsheet cells it runs: ours are made safe. */
[data-testid="stElementToolbar"] [aria-label^="Download as CSV"] {display: none}
button:focus-visible, a:focus-visible, [role="tab"]:focus-visible, [role="radio"]:focus-visible {
  outline: 2px solid currentColor !important; outline-offset: 2px}
[data-testid="stMain"]:focus-visible {outline: 2px solid currentColor; outline-offset: -2px}

/* Titles of cards, and at their right what can be done with the chart: icons to the eye, words
   to a reader. Below the weekly tables, of which there are several, words to both. */
[class*="st-key-head_"] {min-height: 2rem; margin-top: -.25rem; flex-wrap: nowrap}
[class*="st-key-head_"] h2 {font-size: 1rem; padding: 0}
[class*="st-key-head_"] button {min-height: 2rem}
.st-key-head_imports h2 {font-size: 1.125rem}
[class*="st-key-download_"] button {min-height: 2rem; padding: 0 .375rem; opacity: .75}
[class*="st-key-download_"] button:is(:hover, :focus-visible) {opacity: 1}
[class*="st-key-download_"]:not([class*="st-key-weekly_more_"] *) {
  [data-testid="stPopoverButton"] p {
    position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%)}
  [data-testid="stPopoverButton"] > div > [aria-hidden] {display: none}
}

[class*="st-key-figure_"] p {font-size: 2rem; font-weight: 700; line-height: 1.05}
.st-key-figure_the_score p {font-size: 4.5rem}

/* Cards, and a chart and its words, side by side where charts have room, else below one another. */
@media (min-width: 641px) and (max-width: 1199px) {
  .st-key-cards_top [data-testid="stColumn"] {min-width: calc(50% - 1rem)}
}
@media (max-width: 1279px) {
  .st-key-cards_rest [data-testid="stColumn"] {min-width: 100%}
}
@media (max-width: 960px) {
  [data-testid="stHorizontalBlock"]:has(
    > [data-testid="stColumn"] [data-testid="stPlotlyChart"]
  ):not(.st-key-cards_top *, :has([class*="st-key-chart_compare"])) {
    row-gap: 1rem;
    > [data-testid="stColumn"] {min-width: 100%}
  }
}
@media (min-width: 641px) {
  .st-key-copy_link [data-has-shortcut] > span:first-child {display: none}
}
/* On a phone the pills stand in one row that is moved sideways. */
@media (max-width: 640px) {
  .st-key-filter_pills {flex-wrap: nowrap; overflow-x: auto; scrollbar-width: none;
    margin: -.375rem -1rem; padding: .375rem 1rem}
  .st-key-filter_pills > * {flex-shrink: 0}
  :is(.st-key-trend_choices, .st-key-segment_choices, .st-key-change_choices, .st-key-move_choices)
    > :has([data-testid="stSkeleton"]) {flex-basis: 100%}
  .st-key-scores [role="toolbar"] {flex-wrap: wrap}
  .st-key-copy_link button p {
    position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%)}
  .st-key-copy_link button > div > [aria-hidden] {display: none}
  [data-testid="stHorizontalBlock"]:has(> [data-testid="stColumn"]) {row-gap: 1rem}
  :is(.st-key-compare_choices, .st-key-tour_bar,
    .st-key-weekly_exports [data-testid="stHorizontalBlock"]) > :first-child {flex-basis: 100%}
  .st-key-weekly_exports [data-testid="stHorizontalBlock"] {row-gap: 0}
}
/* A heatmap of many columns is moved sideways within its own box, not the page. */
[class*="st-key-png_"], [class*="st-key-csv_"] {margin: -.375rem 0}
.st-key-wide_chart {overflow-x: auto}
.st-key-wide_chart > * {min-width: 40rem}
/* Names of product changes need a plot this wide; on narrower ones their numbers stand there, and
   the names in a list below. */
[class*="st-key-numbered_"] ol {margin: 0; padding-left: 1.25rem; font-size: .875rem}
@media (min-width: BEYONDpx) {
  [data-testid="stLayoutWrapper"]:has(> [class*="st-key-numbered_"]) {display: none}
}
@media (max-width: NARROWpx) {
  :is(.st-key-chart_nps-trend, .st-key-chart_nps-by-month) {
    .annotation:has([style*="pointer-events: all"]) {display: none}
    .annotation[style*="opacity: 0"] {opacity: 1 !important}
  }
}
.st-key-tour_bar, .st-key-footer {row-gap: .25rem}
"""
_AROUND: Final = 190
"""Pixels of a page that a trend's plot does not have: paddings, axis, names beside it."""


_NARROW: Final = NARROWEST + _AROUND

STYLE: Final = (
    ":root {" + _RULES.replace("NARROW", str(_NARROW)).replace("BEYOND", str(_NARROW + 1)) + "}"
)
"""CSS of every page; the web server puts it into their heads. Nested, each rule weighs more than
those of Streamlit, which come after it."""
