"""How a report looks on paper and on its own: the house's mark, type and colours."""

from typing import Final

from nps_app.view.charts.theme import FONT, palette
from nps_app.view.widgets.weekly_html import STYLE as WEEKLY

_COLOURS = palette("light")

MARK: Final = (
    '<svg class="mark" viewBox="0 0 24 24" width="22" height="22" aria-hidden="true">'
    f'<rect x="0" y="15" width="6" height="9" rx="1.5" fill="{_COLOURS.orange}"/>'
    f'<rect x="9" y="9" width="6" height="15" rx="1.5" fill="{_COLOURS.grey}"/>'
    f'<rect x="18" y="0" width="6" height="24" rx="1.5" fill="{_COLOURS.blue}"/></svg>'
)
"""The three bars of the product, as SVG."""

STYLE: Final = f"""
*{{box-sizing:border-box}}
html{{-webkit-print-color-adjust:exact;print-color-adjust:exact}}
body{{margin:0;background:{_COLOURS.background};color:{_COLOURS.ink};font:16px/1.5 {FONT}}}
main{{max-width:60rem;margin:0 auto;padding:2rem 1.25rem}}
header{{display:flex;flex-direction:row-reverse;justify-content:space-between;
align-items:center;border-bottom:2px solid {_COLOURS.ink};padding-bottom:.5rem;
margin-bottom:1rem}}
h1{{font-size:1rem;font-weight:600;margin:0}}
section{{margin:2rem 0 0}}
{WEEKLY}
.weekly .print{{display:block;white-space:pre-wrap}}
h2,h3{{break-after:avoid}}
figure{{margin:1rem 0;break-inside:avoid}}
figcaption{{font-weight:600}}
ul.numbers,tr{{break-inside:avoid}}
.weekly p,.weekly td{{unicode-bidi:plaintext}}
.weekly th{{white-space:normal}}
.weekly td.short{{white-space:nowrap}}
.weekly td.unbroken{{overflow-wrap:anywhere}}
.weekly ul.numbers{{margin-top:.75rem}}
thead{{display:table-header-group}}
@page{{size:A4}}
@media print{{body{{font-size:13px}} main{{max-width:none;padding:0}}
.weekly .label{{font-size:.8125rem}}}}
"""
