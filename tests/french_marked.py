"""French with every translated text between marks, and what a page shows outside of them."""

import html
import json
import re
import string
from collections.abc import Iterator
from typing import Any

from babel.dates import get_day_names, get_month_names
from google.protobuf.descriptor import FieldDescriptor
from google.protobuf.message import Message
from streamlit.testing.v1 import AppTest

from nps_app.catalogues import catalogue

OPEN, CLOSE = "\u27e6", "\u27e7"

# Fields of a page's messages that nobody reads: identities, settings of widgets, addresses.
UNREAD = {
    *("id", "element_id", "form_id", "icon", "url", "page", "page_script_hash", "query_string"),
    *("query_param_key", "type", "color", "format", "anchor", "tag", "divider", "language", "src"),
    *(
        "selection_mode",
        "theme",
        "autocomplete",
        "config",
        "data",
        "columns",
        "column_order",
        "min",
    ),
    *("min", "max", "default", "raw_value", "raw_values", "link", "validate_regex", "element_type"),
    *("default_tab_label", "selection_state", "shortcut", "js_content", "css_content", "json"),
    *("component_name", "file_type"),
}
# What a reader of a chart sees of its specification.
DRAWN = {
    *("text", "hovertext", "hovertemplate", "texttemplate", "name", "ticktext", "customdata"),
    *("x", "y", "z", "labels", "title", "tickprefix", "ticksuffix"),
}
SAME_IN_FRENCH = {
    *("NPS", "CSV", "TSV", "PNG", "XLSX", "PDF", "HTML", "PowerPoint", "JSON", "JSONL", "Excel"),
    *("Parquet", "UTC", "MRR", "CSAT", "CES", "SaaS", "English", "Français", "T", "n", "p", "UTF"),
    *("max", "min", "er", "W", "MB", "Mo", "Europe", "Paris", "wald", "measuringu", "adjusted"),
    *("score", "mrr", "csat", "ces"),
}
_DATES = {
    word
    for width in ("wide", "abbreviated")
    for context in ("format", "stand-alone")
    for names in (
        get_month_names(width, context=context, locale="fr"),
        get_day_names(width, context=context, locale="fr"),
    )
    for name in names.values()
    for word in re.findall(r"[^\W\d_]+", name)
    for word in (word, word.capitalize())
}
_NOT_WORDS = (
    r"<style.*?</style>|<script.*?</script>|<[^>]*>|%\{[^}]*\}|\]\([^)]*\)|:material/\w+:|:\w+\["
    r"|\w+://\S+|\?[\w-]+=\S*|&\w+;|(?:period|change) [\d-]+|\b(?=\w*\d)[\da-f]{5,}\b"
    r"|\d{4}-\d\d-\d\dT[\d:.]+|\S+\.csv|\w+…"
)


class Marked:
    """The French catalogue, each of its texts between marks, the values put into them outside."""

    def __init__(self) -> None:
        self._french = catalogue("fr")

    def gettext(self, message: str) -> str:
        return marked(self._french.gettext(message))

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        return marked(self._french.ngettext(msgid1, msgid2, n))

    def pgettext(self, context: str, message: str) -> str:
        return marked(self._french.pgettext(context, message))


def marked(message: str) -> str:
    """The message with marks around what stands between its places."""
    # The pattern of a date is for the widget, which knows no other letters.
    if re.fullmatch(r"[DMY/.\- ]+", message):
        return message
    if "{" not in message:
        return OPEN + message + CLOSE if re.search(r"[^\W\d_]", message) else message
    said = ""
    for text, name, shape, _ in string.Formatter().parse(message):
        said += OPEN + text + CLOSE if re.search(r"[^\W\d_]", text) else text
        if name is not None:
            said += "{" + name + (":" + shape if shape else "") + "}"
    return said


def left_in_english(app: AppTest) -> set[str]:
    """Every word of the Latin alphabet on a page that no catalogue gave, with what it stands in."""
    found = set()
    for text in shown(app):
        # Rows to be copied, and formulas, are the same in every language.
        if "\t" in text or "^2" in text:
            continue
        outside = re.sub(f"{OPEN}[^{CLOSE}]*{CLOSE}?", " ", re.sub(_NOT_WORDS, " ", text, flags=16))
        words = set(re.findall(r"[A-Za-zÀ-ÖØ-öø-ÿ]+", html.unescape(outside)))
        if words - SAME_IN_FRENCH - _DATES:
            found.add(f"{sorted(words - SAME_IN_FRENCH - _DATES)} in {outside.strip()[:160]!r}")
    return found


def shown(app: AppTest) -> Iterator[str]:
    """Every text a page shows, in any attribute of any of its elements."""
    yield from _of_node(app._tree.main)
    yield from _of_node(app._tree.sidebar)


def _of_node(node: Any) -> Iterator[str]:
    proto = getattr(node, "proto", None)
    # What carries the choices of the address is hidden from everybody.
    if "-link_" in getattr(proto, "id", ""):
        return
    if isinstance(proto, Message):
        kind = proto.DESCRIPTOR.name
        if kind == "PlotlyChart":
            yield proto.alt
            yield from _of_figure(json.loads(proto.spec))
        elif kind == "Dataframe":
            yield from _of_table(node.value, json.loads(proto.columns or "{}"))
        yield from _of_message(proto)
    for child in getattr(node, "children", {}).values():
        yield from _of_node(child)


def _of_message(message: Message) -> Iterator[str]:
    for field, value in message.ListFields():
        if field.name in UNREAD or field.name == "spec":
            continue
        many = value if field.is_repeated else [value]
        if field.type == FieldDescriptor.TYPE_STRING:
            for text in many:
                yield from _of_text(text)
        elif field.type == FieldDescriptor.TYPE_MESSAGE:
            for inner in many:
                yield from _of_message(inner)


def _of_text(text: str) -> Iterator[str]:
    yield text
    for name, value in re.findall(r'([\w-]+)="([^"]*)"', text):
        if name in ("alt", "title", "aria-label", "placeholder"):
            yield value
        elif name == "data-picture":
            yield from _of_text(html.unescape(value))


def _of_figure(part: Any, read: bool = False) -> Iterator[str]:
    if isinstance(part, str) and read:
        yield part
    elif isinstance(part, list):
        for inner in part:
            yield from _of_figure(inner, read)
    elif isinstance(part, dict):
        for name, inner in part.items():
            if name != "template":
                yield from _of_figure(inner, name in DRAWN)


def _of_table(table: Any, columns: dict[str, Any]) -> Iterator[str]:
    for name in table.columns:
        told = columns.get(str(name)) or {}
        if not told.get("hidden"):
            yield str(told.get("label") or name)
            yield str(told.get("help") or "")
            yield from (cell for cell in table[name] if isinstance(cell, str))
