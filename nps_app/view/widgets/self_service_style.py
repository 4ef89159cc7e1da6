"""The rules of style of what people help themselves with: copying, the tour, the glossary."""

from typing import Final

_RULES: Final = """
.copies {display: flex; flex-direction: column; align-items: flex-start; font-size: .875rem}
.copies button {font: inherit; color: inherit; background: none; border: 0; cursor: pointer;
  min-height: 2.25rem; padding: .25rem 0; border-radius: .25rem}
.copies button::before {content: "content_copy"; font-family: "Material Symbols Rounded";
  font-size: 1rem; line-height: 1; vertical-align: -.1875rem; margin-right: .5rem;
  display: inline-block; width: 1rem; overflow: hidden; font-feature-settings: "liga"}
.copies button:hover {text-decoration: underline}
.copies [role="status"] {font-weight: 600; min-height: 1.25rem}
[class*="st-key-xlsx_"] {margin: -.375rem 0}

[data-testid="stLayoutWrapper"]:has(> .st-key-tour_memory) {display: none}
.st-key-tour_bar {border: 1px solid rgba(128, 136, 148, .5); border-left: .25rem solid #1f5fa8;
  border-radius: .5rem; padding: .375rem .75rem}
.st-key-tour_bar button {min-height: 2rem}
@media (max-width: 640px) {.st-key-tour_bar [data-testid="stMarkdownContainer"] {
  font-size: .875rem}}

[class*="st-key-drill_"] :is(a, button) p, .st-key-page_drill a p {font-size: .875rem}
[class*="st-key-drill_"] button {min-height: 2rem; padding: 0}
[class*="st-key-why_"] [data-testid="stPopoverButton"] {min-height: 2rem; padding: 0}
:is(.st-key-pinned_views, .st-key-views_list) a[href*="filter="] p {font-weight: 400}
.st-key-glossary_terms p {max-width: 34rem}
@media print {
  [class*="st-key-weekly_more_"], [class*="st-key-drill_"], .st-key-tour_bar {display: none}
}
"""

SELF_SERVICE_STYLE: Final = ":root {" + _RULES + "}"
"""CSS of every page, as `style.STYLE`."""
