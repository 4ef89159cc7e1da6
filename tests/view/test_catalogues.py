"""Every word of the product has its French; a string that was never wrapped is found as well."""

import ast
import re
import string
from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

import pytest
from babel.messages.extract import extract
from babel.messages.pofile import read_po

from nps_core.language import LANGUAGES

ROOT = Path(__file__).resolve().parents[2]
LOCALE = ROOT / "nps_app" / "locale"
SOURCES = sorted(
    path
    for place in ("nps_core", "nps_app", "pages", "dashboard.py")
    for path in ([ROOT / place] if place.endswith(".py") else (ROOT / place).rglob("*.py"))
)
KEYWORDS = {"tr": None, "mark": None, "tr_plural": (1, 2), "tr_in": ((1, "c"), 2)}
HARD, NARROW = "\u00a0", "\u202f"


class Key(NamedTuple):
    """What a catalogue finds a message by."""

    context: str | None
    text: str


class Message(NamedTuple):
    """A message as one file has it; `plural` and the second half of `french` only with a number."""

    key: Key
    plural: str | None
    french: tuple[str, ...]
    fuzzy: bool
    where: str


@cache
def in_the_code() -> dict[Key, tuple[str | None, str]]:
    """Each message of the code: its plural and the place it is first used at."""
    found: dict[Key, tuple[str | None, str]] = {}
    for path in SOURCES:
        with path.open("rb") as file:
            for line, said, _, context in extract("python", file, keywords=KEYWORDS):
                text, plural = said[:2] if isinstance(said, tuple) else (said, None)
                if isinstance(said, tuple) and context:
                    text, plural = said[0], None
                key, where = Key(context, text), f"{path.relative_to(ROOT)}:{line}"
                known = found.get(key)
                found[key] = ((known[0] if known else None) or plural, known[1] if known else where)
    return found


@cache
def in_the_catalogue(language: str) -> tuple[Message, ...]:
    """Every message of every file of a language, as often as it stands there."""
    messages = []
    for path in sorted((LOCALE / language).glob("*.po")):
        with path.open("rb") as file:
            for entry in read_po(file, locale=language):
                if not entry.id:
                    continue
                several = isinstance(entry.id, tuple | list)
                text, plural = entry.id if several else (entry.id, None)
                said = entry.string if isinstance(entry.string, tuple | list) else (entry.string,)
                messages.append(
                    Message(Key(entry.context, text), plural, tuple(said), entry.fuzzy, path.name)
                )
    return tuple(messages)


def listing(found: list[str]) -> str:
    return f"{len(found)}:\n" + "\n".join(found)


def places(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}


OTHERS = [name for name in LANGUAGES if name != "en"]
each_language = pytest.mark.parametrize("language", OTHERS)


@each_language
def test_every_message_is_translated(language: str) -> None:
    translated = {
        message.key: message for message in in_the_catalogue(language) if not message.fuzzy
    }
    lacking = []
    for key, (plural, where) in in_the_code().items():
        found = translated.get(key)
        if found is None or not all(found.french):
            lacking.append(f"{where}: {key.text!r}")
        elif plural and (found.plural != plural or len(found.french) < 2):
            lacking.append(f"{where}: {key.text!r} is looked up in the number of {plural!r}")
    assert not lacking, listing(lacking)


@each_language
def test_no_message_is_left_that_no_code_uses(language: str) -> None:
    unused = [
        f"{message.where}: {message.key.text!r}"
        for message in in_the_catalogue(language)
        if message.key not in in_the_code()
    ]
    assert not unused, listing(unused)


@each_language
def test_no_entry_is_fuzzy(language: str) -> None:
    fuzzy = [f"{m.where}: {m.key.text!r}" for m in in_the_catalogue(language) if m.fuzzy]
    assert not fuzzy, listing(fuzzy)


@each_language
def test_a_translation_names_the_places_of_its_message(language: str) -> None:
    wrong = []
    for message in in_the_catalogue(language):
        # "1 response" may say its number in words; the forms for several must have every place.
        named = places(message.plural or message.key.text)
        wrong += [
            f"{message.where}: {said!r} has {sorted(places(said))}, not {sorted(named)}"
            for said in message.french
            if said and places(said) != named
        ]
    assert not wrong, listing(wrong)


@each_language
def test_two_files_never_translate_a_message_differently(language: str) -> None:
    said = defaultdict(list)
    for message in in_the_catalogue(language):
        said[message.key].append(message)
    differing = [
        f"{key.text!r}: " + ", ".join(f"{m.french[0]!r} in {m.where}" for m in messages)
        for key, messages in said.items()
        if len({message.french for message in messages}) > 1
    ]
    assert not differing, listing(differing)


LOOSE = re.compile(rf"[ {NARROW}]:(?!\w)|[ {HARD}](?=[;!?](?!\w))|[ ]%|«(?!{HARD})|(?<!{HARD})»")
GLUED = re.compile(rf"[^\s\W][;!?](?!\w)|[^\W\d_{NARROW}{HARD}]:(?=\s|$)")


@pytest.mark.parametrize(
    "said", ["Vrai :", "Vrai ?", "5 %", "« a »", f"«{HARD}a »", "Vrai?", "a: b"]
)
def test_what_a_french_typographer_would_mark_is_seen(said: str) -> None:
    assert misprints(said)


@pytest.mark.parametrize(
    "said",
    [
        f"Vrai{HARD}: a",
        f"Vrai{NARROW}?",
        f"5{HARD}%",
        f"«{HARD}a{HARD}»",
        "https://a.b/?c",
        "12:30",
    ],
)
def test_what_is_set_well_is_not(said: str) -> None:
    assert not misprints(said)


def misprints(said: str) -> list[str]:
    """Where a plain space, or none, stands before ; : ! ? % or inside « »."""
    # Material icons and colours are named between colons, code between backquotes.
    prose = re.sub(r":material/\w+:|:\w+\[|`[^`]*`|\w+://\S*", "", said)
    return [found.group() for rule in (LOOSE, GLUED) for found in rule.finditer(prose)]


def test_french_sentences_are_set_as_french_is() -> None:
    wrong = [
        f"{message.where}: {said!r}"
        for message in in_the_catalogue("fr")
        for said in message.french
        if misprints(said) or "'" in said
    ]
    assert not wrong, listing(wrong)


WIDGETS = ("guard_page", "show_chart", "title_row", "linked_choice", "linked_choices")
WIDGETS += ("linked_number", "verdict_popover")
# What a call shows: by keyword anywhere, by position where the first argument is what is read.
SHOWN = {"label", "body", "help", "placeholder", "heading", "alt", "title", "text", "caption"}
FIRST = {
    *("title", "header", "subheader", "caption", "text", "write", "markdown", "info", "warning"),
    *(
        "error",
        "success",
        "toast",
        "button",
        "download_button",
        "link_button",
        "checkbox",
        "toggle",
    ),
    *("radio", "selectbox", "multiselect", "slider", "select_slider", "text_input", "text_area"),
    *("number_input", "date_input", "time_input", "file_uploader", "metric", "popover", "expander"),
    *("dialog", "spinner", "segmented_control", "pills", "form_submit_button", "data_editor"),
    *("guard_page", "title_row", "TextColumn", "NumberColumn", "DateColumn", "DatetimeColumn"),
    *("LinkColumn", "CheckboxColumn", "SelectboxColumn", "ProgressColumn", "tabs", "status"),
}
LATER = {"linked_choice": 2, "linked_number": 2, "linked_choices": 1, "progress": 1, "page_link": 9}
SAME_IN_EVERY_LANGUAGE = {"NPS", "CSV", "XLSX", "PNG", "Parquet", "HTML", "PDF", "PowerPoint"}
DATA_MODULES = ("nps_app/view", "pages", "dashboard.py")


def shown(call: ast.Call) -> Iterator[ast.expr]:
    """The arguments of a call that a person reads."""
    name = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
    place = LATER.get(name, 0 if name in FIRST else None)
    if place is not None and len(call.args) > place:
        yield call.args[place]
    if name in FIRST or name in LATER or name in WIDGETS:
        yield from (keyword.value for keyword in call.keywords if keyword.arg in SHOWN)


def literals(expression: ast.expr) -> Iterator[str]:
    """The texts that an argument is made of, but for those that are looked up or only compared."""
    if isinstance(expression, ast.Constant) and isinstance(expression.value, str):
        yield expression.value
    elif isinstance(expression, ast.JoinedStr):
        for part in expression.values:
            if isinstance(part, ast.Constant):
                yield str(part.value)
    elif isinstance(expression, ast.IfExp):
        yield from literals(expression.body)
        yield from literals(expression.orelse)
    elif isinstance(expression, ast.BinOp):
        yield from literals(expression.left)
        yield from literals(expression.right)
    elif isinstance(expression, ast.BoolOp):
        for value in expression.values:
            yield from literals(value)
    elif isinstance(expression, ast.List | ast.Tuple):
        for value in expression.elts:
            yield from literals(value)


def never_wrapped(source: str) -> list[tuple[int, str]]:
    """The line and text of every literal with a letter that a call shows as it is."""
    found = []
    for node in ast.walk(ast.parse(source)):
        if not isinstance(node, ast.Call):
            continue
        for text in (text for argument in shown(node) for text in literals(argument)):
            # Names of icons and colours, and the tags of Markdown and HTML, are not words.
            words = re.sub(r":material/\w+:|:\w+\[|<[^>]*>|&\w+;|\\\w", "", text)
            if any(map(str.isalpha, words)) and words.strip() not in SAME_IN_EVERY_LANGUAGE:
                found.append((node.lineno, text))
    return found


@pytest.mark.parametrize(
    "source",
    [
        'st.button("Save")',
        'row.caption(f"{n} responses")',
        'st.text("Yes" if a else tr("No"))',
        'st.selectbox(tr("Segment"), a, placeholder="All")',
        'linked_choice(st.radio, "by", "Split by", a, default=b)',
        'show_chart(figure, table, "trend", alt="A line")',
        'guard_page("Data")',
        'st.tabs([tr("One"), "Two"])',
    ],
)
def test_a_string_never_wrapped_is_seen(source: str) -> None:
    assert never_wrapped(source)


@pytest.mark.parametrize(
    "source",
    [
        'st.button(tr("Save"))',
        'st.download_button("CSV", data, file_name="responses.csv")',
        'linked_choice(st.radio, "by", tr("Split by"), a, default=b)',
        'st.text(words["up" if a else "down"])',
        'st.markdown(f":blue[**{said}**]")',
    ],
)
def test_a_string_that_needs_no_words_is_not(source: str) -> None:
    assert not never_wrapped(source)


def test_every_string_on_a_page_was_wrapped() -> None:
    found = [
        f"{path.relative_to(ROOT)}:{line}: {text!r}"
        for path in SOURCES
        if str(path.relative_to(ROOT)).startswith(DATA_MODULES)
        for line, text in never_wrapped(path.read_text())
    ]
    assert not found, listing(found)
