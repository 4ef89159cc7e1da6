"""Streamlit's own words, which it has in English alone, in the language that is spoken.

A script in the page looks, after each change of it, at the few places where Streamlit writes
words nobody passes to it, and replaces those listed here. Should a release write another word
or in another place, that word stays English; nothing else depends on it. The name of an open
popover, which Streamlit writes as Markdown, becomes the words a reader sees.
"""

import functools
import json
from typing import Final

import streamlit as st

from nps_core.language import LANGUAGES, current_language, mark, speaking, tr

_TEXTS: Final = {
    '[data-testid="stFileUploaderDropzone"]': (
        mark("Upload"),
        mark("{n}MB per file"),
        mark("{n}MB per file • {types}"),
        mark("Drag and drop files here"),
        mark("Drag and drop a file here"),
    ),
    '[data-testid="stFileChip"]': (
        mark("Error:"),
        mark("File must be {n}.0MB or smaller."),
        mark("{n}.{tenth}KB"),
        mark("{n}.{tenth}MB"),
    ),
    '[data-testid="stTopNav"]': (mark("{n} more"),),
    '[data-testid="stSkipToContent"]': (mark("Skip to main content"),),
    '[data-testid="stDateInputCalendar"]': (
        mark("Use arrow keys to navigate dates. Enter to select. Escape to close."),
        mark("Choose date range, {month}"),
        mark("Choose date, {month}"),
    ),
    ".gdg-search-status": (
        mark("Type to search"),
        mark("{n} of over 1000"),
        mark("over 1000"),
        mark("{n} of {total} results"),
        mark("{n} of {total} result"),
        mark("{n} results"),
        mark("{n} result"),
    ),
    '[data-testid="stDataFrameColumnVisibilityMenu"]': (mark("Select all"),),
    '[role="listbox"][data-empty]': (
        mark("No results"),
        mark("You can only select up to {n} options. Remove an option first."),
    ),
    '[data-testid="InputInstructions"]': (
        mark("Press Enter to apply"),
        mark("Press Ctrl+Enter to apply"),
        mark("Press ⌘+Enter to apply"),
    ),
    '[data-testid^="stDateInputQuickSelect"]': (
        mark("Date range"),
        mark("Select..."),
        mark("Past Week"),
        mark("Past Month"),
        mark("Past 3 Months"),
        mark("Past 6 Months"),
        mark("Past Year"),
        mark("Past 2 Years"),
    ),
    '[data-testid^="stDataFrameColumn"]': (
        mark("Sort ascending"),
        mark("Sort descending"),
        mark("Autosize"),
        mark("Pin column"),
        mark("Unpin column"),
        mark("Hide column"),
        mark("Format"),
    ),
    '[data-testid="stTooltipContent"]': (
        mark("Search"),
        mark("Fullscreen"),
        mark("Close fullscreen"),
        mark("Show/hide columns"),
        mark("Copy to clipboard"),
    ),
}
"""Where to look, and the texts that may stand there."""

_NAMES: Final = {
    '[data-testid="stFileUploader"]': (
        mark("file upload"),
        mark("Upload"),
        mark("Add files"),
        mark("Remove {value}"),
        mark("{name}, {n}.{tenth}KB"),
        mark("{name}, {n}.{tenth}MB"),
    ),
    '[data-testid="stSelectbox"]': (mark("Open"), mark("Clear value")),
    '[data-testid="stMultiSelect"]': (
        mark("Open"),
        mark("Clear all"),
        mark("Remove {value}"),
        mark("Selected values"),
    ),
    '[data-testid="stNumberInput"]': (mark("Increment"), mark("Decrement")),
    '[data-testid^="stDateInput"]': (
        mark("Choose date"),
        mark("Choose date range"),
        mark("Clear date"),
        mark("Clear dates"),
        mark("Quick select a date range"),
        mark("Choose date range, {month}"),
        mark("Choose date, {month}"),
        mark("Previous month"),
        mark("Next month"),
        mark("month"),
        mark("year"),
        mark("day, {name} start date"),
        mark("month, {name} start date"),
        mark("year, {name} start date"),
        mark("day, {name} end date"),
        mark("month, {name} end date"),
        mark("year, {name} end date"),
        mark("{name} start date"),
        mark("{name} end date"),
        mark("day, {name}"),
        mark("month, {name}"),
        mark("year, {name}"),
    ),
    '[data-testid="stElementToolbar"]': (
        mark("Search"),
        mark("Fullscreen"),
        mark("Close fullscreen"),
        mark("Show/hide columns"),
        mark("Search: {name}"),
        mark("Fullscreen: {name}"),
        mark("Close fullscreen: {name}"),
        mark("Show/hide columns: {name}"),
    ),
    '[data-testid="stDataFrameResizable"]': (
        mark("Previous Result"),
        mark("Next Result"),
        mark("Close Search"),
    ),
    '[data-testid="stDataFrameColumnVisibilityMenu"]': (mark("Select all"),),
    '[data-testid="stPagination"]': (mark("Previous page"), mark("Next page")),
    '[data-testid="stLogoLink"]': (mark("Navigate to home page"),),
    '[data-testid="stTopNav"]': (mark("App pages"),),
    '[data-testid="stExpandSidebarButton"]': (mark("Expand sidebar"),),
    '[data-testid="stSidebar"]': (
        mark("Sidebar"),
        mark("Collapse sidebar"),
        mark("App pages"),
    ),
    '[data-testid="stCode"]': (mark("Copy to clipboard"),),
    '[role="dialog"]': (mark("Close"),),
}
"""Where to look, and the names, read out by a screen reader, of what may stand there."""

_SCRIPT: Final = """
const {language, texts, names} = WORDS;
const page = document.documentElement;
page.lang = language;
// Calendars and numbers of tables are written as the browser's first language has them.
const own = window.npsOwnLanguages ??= [...navigator.languages];
const same = own.filter((name) => name.split("-")[0] === language);
const first = same.length ? same : [language];
const spoken = [...first, ...own.filter((name) => !same.includes(name))];
for (const [key, value] of Object.entries({language: spoken[0], languages: spoken})) {
  Object.defineProperty(navigator, key, {value, configurable: true});
}
const escaped = (text) => text.replace(/[.*+?^${}()|[\\]\\\\]/g, "\\\\$&");
const rules = (pairs) => pairs.map(([before, after]) => {
  const places = [...before.matchAll(/{(\\w+)}/g)].map((found) => found[1]);
  const pattern = before.split(/{\\w+}/).map(escaped).join("(.+?)");
  return [new RegExp("^" + pattern + "$"), (...found) =>
    after.replace(/{(\\w+)}/g, (_, name) => found[1 + places.indexOf(name)])];
});
const said = (text, list) => {
  const rule = list.find(([pattern]) => pattern.test(text));
  return rule ? text.replace(...rule) : text;
};
const textRules = Object.entries(texts).map(([place, pairs]) => [place, rules(pairs)]);
const nameRules = Object.entries(names).map(([place, pairs]) => [place, rules(pairs)]);
const speak = () => {
  if (page.lang !== language) return;  // Asked for before the language changed.
  for (const [place, list] of textRules) for (const root of document.querySelectorAll(place)) {
    const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
      const node = walker.currentNode, after = said(node.nodeValue, list);
      if (after !== node.nodeValue) node.nodeValue = after;
    }
  }
  for (const [place, list] of nameRules) for (const root of document.querySelectorAll(place)) {
    for (const node of [root, ...root.querySelectorAll("[aria-label], [title]")]) {
      for (const kind of ["aria-label", "title"]) {
        const before = node.getAttribute(kind), after = before && said(before, list);
        if (after !== before) node.setAttribute(kind, after);
      }
    }
  }
  for (const node of document.querySelectorAll('[role="dialog"][aria-label]')) {
    const before = node.getAttribute("aria-label");
    const after = before.replace(/\\\\(.)|:[a-z]+\\[|\\*\\*|\\]/g, (_, escaped) => escaped ?? "");
    if (after !== before) node.setAttribute("aria-label", after);
  }
};
window.npsWords?.disconnect();
speak();
let asked = 0;
window.npsWords = new MutationObserver(() => {
  cancelAnimationFrame(asked);
  asked = requestAnimationFrame(speak);
});
window.npsWords.observe(document.body, {
  childList: true, subtree: true, characterData: true,
  attributes: true, attributeFilter: ["aria-label", "title"],
});
"""


def translate_streamlits_words() -> None:
    """Name the page's language to the browser, and say Streamlit's own words in it.

    Draws what has no height and no picture: call it where style.py hides it.
    """
    st.html(_script(current_language()), unsafe_allow_javascript=True)


@functools.cache
def _script(spoken: str) -> str:
    with speaking(spoken):
        words = {"language": spoken, "texts": _pairs(_TEXTS), "names": _pairs(_NAMES)}
    script = _SCRIPT.replace("WORDS", json.dumps(words).replace("<", "\\u003c"), 1)
    return f"<script>{{{script}}}</script>"


def _pairs(words: dict[str, tuple[str, ...]]) -> dict[str, list[tuple[str, str]]]:
    """Each place with its words as they may stand there, and as they are to be said."""
    spoken = current_language()
    pairs: dict[str, list[tuple[str, str]]] = {place: [] for place in words}
    for other in LANGUAGES:
        if other != spoken:
            for place, listed in words.items():
                with speaking(other):
                    before = [tr(word) for word in listed]
                pairs[place] += zip(before, map(tr, listed), strict=True)
    return pairs
