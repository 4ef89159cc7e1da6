"""Charts of PowerPoint itself, in the house's colours: their numbers can be edited."""

from copy import deepcopy
from typing import Any, Final

import pandas as pd
from pptx.chart.data import CategoryChartData
from pptx.enum.chart import XL_CHART_TYPE, XL_LABEL_POSITION, XL_TICK_LABEL_POSITION, XL_TICK_MARK
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls
from pptx.slide import Slide
from pptx.util import Inches, Pt

from nps_app.view.tables import count_text, day_month_text, nps_text, period_text
from nps_app.view.weekly.content import Section
from nps_app.view.weekly.export import slides
from nps_app.view.weekly.export.slides import COLOURS, Place, colour, letters
from nps_app.view.weekly.export.wrapping import printable
from nps_app.view.weekly.volume import PLANNED
from nps_core.columns import DETRACTORS, NPS, PASSIVES, PERIOD, PROMOTERS, RESPONSES
from nps_core.language import tr

_LABEL: Final = 11
_NAMES: Final = 0.28
"""Where the bars begin, as a part of the chart's width: left of it stand their names."""

_PERCENT: Final = '[<0.08]"";0 %'
"""A share, and none where its bar is too narrow for it."""


def add_shares(slide: Slide, section: Section, place: Place) -> None:
    """Promoters, passives and detractors of two spans: a bar each, named below."""
    left, top, width, height = place
    sides = section.data if section.data is not None else pd.DataFrame()
    sides = sides[sides[RESPONSES] > 0]
    data = CategoryChartData(number_format="0%")
    data.categories = [_side(row) for row in sides.to_dict("records")]
    kinds = (
        (PROMOTERS, tr("promoters"), COLOURS.blue, COLOURS.background, COLOURS.blue),
        (PASSIVES, tr("passives"), COLOURS.grid, COLOURS.ink, COLOURS.muted),
        (DETRACTORS, tr("detractors"), COLOURS.orange, COLOURS.background, COLOURS.orange),
    )
    for name, label, *_ in kinds:
        data.add_series(label, list(sides[name] / sides[RESPONSES]))
    chart = _chart(slide, XL_CHART_TYPE.BAR_STACKED_100, data, (left, top, width, height - 0.3))
    _inside(chart, (_NAMES, 0.0, 1 - _NAMES, 1.0))
    chart.category_axis.reverse_order = True
    plot = chart.plots[0]
    plot.gap_width, plot.overlap = 60, 100
    for series, (_, _, fill, ink, _) in zip(plot.series, kinds, strict=True):
        _fill(series.format, fill)
        labels = series.data_labels
        labels.show_value, labels.number_format = True, _PERCENT
        labels.number_format_is_linked = False
        letters(labels.font, _LABEL + 1, tone=ink)
    _described(slide, section.alt)
    third = (1 - _NAMES) * width / 3
    for number, (_, label, *_, tone) in enumerate(kinds):
        at = (left + _NAMES * width + number * third, top + height - 0.3, third)
        slides.add_text(
            slide, [label], _LABEL, at, tone=tone, centred=number == 1, right=number == 2
        )


def _side(row: dict[Any, Any]) -> str:
    n = tr("n {n}", n=count_text(row[RESPONSES]))
    return printable(f"{row['side']}\nNPS {nps_text(row[NPS])}, {n}")


def add_volume(slide: Slide, section: Section, place: Place) -> None:
    """Responses a week or month, a column each, the last blue; hollow while it still runs."""
    table = section.data if section.data is not None else pd.DataFrame()
    monthly = not any("W" in key for key in table["key"])
    data = CategoryChartData(number_format="#,##0")
    data.categories = [
        period_text(day, "month") if monthly else day_month_text(day) for day in table[PERIOD]
    ]
    data.add_series(tr("Responses"), list(map(int, table[RESPONSES])))
    if PLANNED in table:
        data.add_series(tr("Plan"), list(table[PLANNED]))
    chart = _chart(slide, XL_CHART_TYPE.COLUMN_CLUSTERED, data, place)
    chart.value_axis.minimum_scale = 0
    plot = chart.plots[0]
    plot.gap_width = 35
    series = plot.series[0]
    _fill(series.format, COLOURS.grey)
    labels = series.data_labels
    labels.show_value, labels.number_format = True, "#,##0"
    labels.number_format_is_linked, labels.position = False, XL_LABEL_POSITION.OUTSIDE_END
    letters(labels.font, _LABEL)
    for number, complete in enumerate(table["complete"]):
        last = number == len(table) - 1
        tone = COLOURS.blue if last else COLOURS.grey
        if last or not complete:
            point = series.points[number].format
            _fill(point, tone if complete else COLOURS.background)
            point.line.color.rgb, point.line.width = colour(tone), Pt(1.5)
    if PLANNED in table:
        _as_line(chart)
    _described(slide, section.alt)


def _as_line(chart: Any) -> None:
    """Make the second series of a column chart a dashed line across the columns."""
    columns = chart.plots[0]._element
    series = columns.findall("{*}ser")[1]
    columns.remove(series)
    for name in ("invertIfNegative", "spPr"):
        for old in series.findall(f"{{*}}{name}"):
            series.remove(old)
    spaces = nsdecls("c", "a")
    tone = colour(COLOURS.muted)
    look = parse_xml(
        f'<c:spPr {spaces}><a:ln w="15875"><a:solidFill><a:srgbClr val="{tone}"/></a:solidFill>'
        '<a:prstDash val="dash"/></a:ln></c:spPr>'
    )
    series.find("{*}tx").addnext(look)
    look.addnext(parse_xml(f'<c:marker {spaces}><c:symbol val="none"/></c:marker>'))
    # The name of the line stands on its first point, where a legend would be farther away.
    shows = "".join(
        f'<c:show{what} val="{int(what == "SerName")}"/>'
        for what in ("LegendKey", "Val", "CatName", "SerName", "Percent", "BubbleSize")
    )
    hidden = shows.replace('SerName val="1"', 'SerName val="0"')
    named = parse_xml(
        f'<c:dLbls {spaces}><c:dLbl><c:idx val="0"/><c:txPr><a:bodyPr/><a:p><a:pPr><a:defRPr '
        f'sz="{_LABEL * 100}"><a:solidFill><a:srgbClr val="{tone}"/></a:solidFill></a:defRPr>'
        f'</a:pPr><a:endParaRPr/></a:p></c:txPr><c:dLblPos val="t"/>{shows}</c:dLbl>'
        f"{hidden}</c:dLbls>"
    )
    series.find("{*}marker").addnext(named)
    series.append(parse_xml(f'<c:smooth {spaces} val="0"/>'))
    line = parse_xml(
        f'<c:lineChart {spaces}><c:grouping val="standard"/><c:varyColors val="0"/></c:lineChart>'
    )
    line.append(series)
    line.append(parse_xml(f'<c:marker {spaces} val="1"/>'))
    for axis in columns.findall("{*}axId"):
        line.append(deepcopy(axis))
    columns.addnext(line)


def _chart(slide: Slide, kind: XL_CHART_TYPE, data: CategoryChartData, place: Place) -> Any:
    shapes: Any = slide.shapes
    chart = shapes.add_chart(kind, *(Inches(part) for part in place), data).chart
    chart.has_legend = chart.has_title = False
    chart.font.name = slides.FONT
    axis = chart.category_axis
    axis.major_tick_mark = axis.minor_tick_mark = XL_TICK_MARK.NONE
    axis.tick_label_position = XL_TICK_LABEL_POSITION.LOW
    axis.has_major_gridlines = False
    axis.format.line.color.rgb = colour(COLOURS.grid)
    letters(axis.tick_labels.font, _LABEL)
    chart.value_axis.visible = chart.value_axis.has_major_gridlines = False
    return chart


def _fill(part: Any, tone: str) -> None:
    part.fill.solid()
    part.fill.fore_color.rgb = colour(tone)


def _inside(chart: Any, place: Place) -> None:
    """Where in the chart its bars stand, as parts of it: names beside them need room."""
    parts = zip("xywh", place, strict=True)
    values = "".join(f'<c:{name} val="{value}"/>' for name, value in parts)
    edges = '<c:layoutTarget val="inner"/><c:xMode val="edge"/><c:yMode val="edge"/>'
    area = chart._chartSpace.chart.plotArea
    for old in area.findall("{*}layout"):
        area.remove(old)
    manual = f"<c:manualLayout>{edges}{values}</c:manualLayout>"
    area.insert(0, parse_xml(f"<c:layout {nsdecls('c')}>{manual}</c:layout>"))


def _described(slide: Slide, words: str) -> None:
    """Say a chart, the newest shape of the slide, in words to those who cannot see it."""
    newest: Any = slide.shapes[-1]._element
    newest.nvGraphicFramePr.cNvPr.set("descr", printable(words))
