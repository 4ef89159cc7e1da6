"""No string a person reads was left unwrapped: what is shown is first looked up."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SOURCES = sorted(
    path
    for place in ("nps_core", "nps_app", "pages", "dashboard.py")
    for path in ([ROOT / place] if place.endswith(".py") else (ROOT / place).rglob("*.py"))
)
LOOK_UPS = ("tr", "tr_plural", "tr_in", "mark")

WIDGETS = ("show_chart", "plotly_chart", "dataframe", "page_link", "verdict_popover")
# What a call shows: by keyword, and by position where the first argument is what is read.
SHOWN = {
    *("label", "body", "help", "placeholder", "heading", "alt", "title", "text", "caption"),
    "column_config",
}
FIRST = {
    *("title", "header", "subheader", "caption", "text", "write", "markdown", "badge", "metric"),
    *("info", "warning", "error", "success", "toast", "spinner", "status", "expander", "popover"),
    *("button", "download_button", "link_button", "form_submit_button", "checkbox", "toggle"),
    *("radio", "selectbox", "multiselect", "slider", "select_slider", "segmented_control"),
    *("pills", "text_input", "text_area", "number_input", "date_input", "time_input", "tabs"),
    *("file_uploader", "data_editor", "dialog", "guard_page", "title_row"),
    *("TextColumn", "NumberColumn", "DateColumn", "DatetimeColumn", "LinkColumn"),
    *("CheckboxColumn", "SelectboxColumn", "ProgressColumn"),
}
LATER = {"linked_choice": 2, "linked_number": 2, "linked_choices": 1, "progress": 1}
SAME_IN_EVERY_LANGUAGE = {"NPS", "CSV", "XLSX", "PNG", "Parquet", "HTML", "PDF", "PowerPoint"}


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
    elif isinstance(expression, ast.BoolOp | ast.Dict):
        for value in expression.values:
            yield from literals(value)
    elif isinstance(expression, ast.List | ast.Tuple):
        for value in expression.elts:
            yield from literals(value)


def for_the_log(call: ast.Call) -> bool:
    """Whether a call writes to the log, which is English."""
    return "log" in getattr(getattr(call.func, "value", None), "id", "").lower()


def never_wrapped(source: str) -> list[tuple[int, str]]:
    """The line and text of every literal with a letter that a call shows as it is."""
    found = []
    for node in ast.walk(ast.parse(source)):
        if not isinstance(node, ast.Call) or for_the_log(node):
            continue
        for text in (text for argument in shown(node) for text in literals(argument)):
            # Names of icons and colours, and the tags of Markdown and HTML, are not words.
            words = re.sub(r":material/\w+:|:\w+\[|<[^>]*>|&\w+;|\w+://|\\\w", "", text)
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
        for line, text in never_wrapped(path.read_text())
    ]
    assert not found, "\n".join(found)


def looked_up_in_pieces(source: str) -> list[tuple[int, str]]:
    """The line and text of every look-up of a text that no catalogue can hold, nor a tool find."""
    return [
        (node.lineno, ast.unparse(node))
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") in LOOK_UPS
        for argument in node.args[:2]
        if not isinstance(argument, ast.Constant) and any(literals(argument))
    ]


def test_what_is_looked_up_is_written_as_one_text() -> None:
    assert looked_up_in_pieces('tr(f"{n} responses")')
    assert looked_up_in_pieces('tr("Up" if up else "Down")')
    assert not looked_up_in_pieces('tr("{n} of " "{total}", n=1, total=2)')
    found = [
        f"{path.relative_to(ROOT)}:{line}: {text}"
        for path in SOURCES
        for line, text in looked_up_in_pieces(path.read_text())
    ]
    assert not found, "\n".join(found)


# A capital, then words: what a function gives back, wherever it is shown.
SENTENCE = re.compile(r"\W*[A-Z][a-z]*\b[^<>]* [a-z]{2,}\b[^<>]* [a-z]{2,}")
ERRORS = ("ValueError", "TypeError", "KeyError", "OSError", "RuntimeError")
NOT_FOR_READERS = {
    # What the operating system and DuckDB say, which is looked for in their errors.
    *("Read-only file system", "Could not write", "No space left"),
    # A line of the example of a file of product changes.
    "Invoices on one page",
}


def sentences_never_wrapped(source: str) -> list[tuple[int, str]]:
    """The line and text of every sentence that is neither looked up, nor a docstring, nor raised
    for a programmer, nor written to the log."""
    tree, left = ast.parse(source), set[int]()
    for node in ast.walk(tree):
        said: list[ast.AST] = []
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            said = [node.value]
        elif isinstance(node, ast.JoinedStr):
            said = [*node.values]
        elif isinstance(node, ast.Call) and (
            for_the_log(node) or getattr(node.func, "id", "") in (*LOOK_UPS, *ERRORS)
        ):
            said = [inner for argument in node.args for inner in ast.walk(argument)]
        left.update(map(id, said))
    return [
        (node.lineno, text)
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant | ast.JoinedStr) and id(node) not in left
        for text in ["".join(literals(node))]
        if SENTENCE.match(text) and text not in NOT_FOR_READERS
    ]


def test_a_sentence_given_back_unwrapped_is_seen() -> None:
    assert sentences_never_wrapped('def f(n):\n    return f"No group of {n} has a score."')
    assert not sentences_never_wrapped('def f():\n    """Give a word to the page."""')
    assert not sentences_never_wrapped('a = mark("No group has a score.")')


def test_every_sentence_was_wrapped() -> None:
    # What `nps_core.measure` says is said to programmers.
    found = [
        f"{path.relative_to(ROOT)}:{line}: {text!r}"
        for path in SOURCES
        if "measure" not in path.parts
        for line, text in sentences_never_wrapped(path.read_text())
    ]
    assert not found, "\n".join(found)
