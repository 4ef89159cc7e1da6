"""Every message of the product has its French, with the same places, set as French is."""

import ast
import re
import string
from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

import pytest
from babel.messages.pofile import read_po

from nps_core.language import LANGUAGES

ROOT = Path(__file__).resolve().parents[2]
LOCALE = ROOT / "nps_app" / "locale"
SOURCES = sorted(
    path
    for place in ("nps_core", "nps_app", "pages", "dashboard.py")
    for path in ([ROOT / place] if place.endswith(".py") else (ROOT / place).rglob("*.py"))
)
KEYWORDS = ("tr", "mark", "tr_plural", "tr_in")
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
        for key, plural, line in looked_up(path.read_text()):
            known = found.get(key)
            where = f"{path.relative_to(ROOT)}:{line}"
            found[key] = ((known[0] if known else None) or plural, known[1] if known else where)
    return found


def looked_up(source: str) -> Iterator[tuple[Key, str | None, int]]:
    """Each message a source looks up or marks: what it is found by, its plural, its line.

    Read from the syntax tree: extractors of messages do not look inside an f-string.
    """
    for node in ast.walk(ast.parse(source)):
        name = getattr(node.func, "id", "") if isinstance(node, ast.Call) else ""
        if not isinstance(node, ast.Call) or name not in KEYWORDS:
            continue
        said = [one.value for one in node.args[:2] if isinstance(one, ast.Constant)]
        if name == "tr_in" and len(said) == 2:
            yield Key(said[0], said[1]), None, node.lineno
        elif name == "tr_plural" and len(said) == 2:
            yield Key(None, said[0]), said[1], node.lineno
        elif name in ("tr", "mark") and said:
            yield Key(None, said[0]), None, node.lineno


def test_a_message_inside_an_f_string_is_seen() -> None:
    ((key, plural, _),) = looked_up('a = f\'<p>{tr("None " "yet.")}</p>\'')
    assert (key, plural) == (Key(None, "None yet."), None)


@cache
def in_the_catalogue(language: str) -> tuple[Message, ...]:
    """Every message of every file of a language, as often as it stands there."""
    messages = []
    for path in sorted((LOCALE / language).glob("*.po")):
        with path.open("rb") as file:
            for entry in read_po(file, locale=language):
                if not entry.id:
                    continue
                # Babel has a message with a number as a pair, and its translations as a sequence.
                said = [entry.id] if isinstance(entry.id, str) else [*entry.id]
                held = entry.string or ""
                french = (held,) if isinstance(held, str) else tuple(held)
                key, plural = Key(entry.context, said[0]), said[1] if said[1:] else None
                messages.append(Message(key, plural, french, entry.fuzzy, path.name))
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
        # The first French form is that of none as well as of one: it cannot do without the number.
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
    # Icons and colours are named between colons, code between backquotes; name=value is code too.
    prose = re.sub(r":material/\w+:|:\w+\[|`[^`]*`|\w+://\S*|\w+=\S+", "", said)
    return [found.group() for rule in (LOOSE, GLUED) for found in rule.finditer(prose)]


def test_french_sentences_are_set_as_french_is() -> None:
    wrong = [
        f"{message.where}: {said!r}"
        for message in in_the_catalogue("fr")
        for said in message.french
        if misprints(said) or re.search(r"\w'\w", said)
    ]
    assert not wrong, listing(wrong)
