"""What leaves the page is safe to open and really a picture."""

import csv
import io

import pandas as pd
import plotly.graph_objects as go
import pytest

from nps_app.view import export


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r"])
def test_a_cell_a_spreadsheet_would_run_gets_an_apostrophe(start: str) -> None:
    cell = f'{start}HYPERLINK("http://t.example")'
    text = export.csv_bytes(pd.DataFrame({"comment": [cell, "fine"]})).decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(text, newline="")))
    assert rows == [["comment"], ["'" + cell], ["fine"]]


def test_headers_and_categorical_cells_are_made_safe_too() -> None:
    table = pd.DataFrame({"=1+1": pd.Categorical(["@x", "y"])})
    text = export.csv_bytes(table).decode("utf-8-sig")
    assert text.splitlines() == ["'=1+1", "'@x", "y"]


def test_numbers_stay_numbers_negative_ones_too_and_missing_stays_empty() -> None:
    table = pd.DataFrame({"nps": [-12.25, float("nan")], "n": [3, 0], "who": ["a", None]})
    text = export.csv_bytes(table).decode("utf-8-sig")
    assert text.splitlines() == ["nps,n,who", "-12.25,3,a", ",0,"]


def test_the_table_itself_is_left_alone_and_may_repeat_a_header() -> None:
    table = pd.DataFrame([["=a", "b"]], columns=["x", "x"])
    assert export.csv_bytes(table).decode("utf-8-sig").splitlines() == ["x,x", "'=a,b"]
    assert table.iloc[0, 0] == "=a"


def test_accents_survive_a_spreadsheet_because_the_file_says_it_is_utf_8() -> None:
    assert export.csv_bytes(pd.DataFrame({"c": ["Déçu"]})).startswith(b"\xef\xbb\xbf")


@pytest.mark.browser
def test_a_picture_is_a_png_in_the_figures_size_at_double_resolution() -> None:
    figure = go.Figure(go.Bar(x=[1, 2], y=[3, 4]), layout={"height": 240})
    picture = export.png_bytes(figure, width=400)
    assert picture[:8] == b"\x89PNG\r\n\x1a\n"
    size = tuple(int.from_bytes(picture[at : at + 4], "big") for at in (16, 20))
    assert size == (800, 480)


@pytest.mark.browser
def test_a_titled_picture_grows_and_the_figure_on_the_page_does_not() -> None:
    figure = go.Figure(go.Bar(x=[1, 2], y=[3, 4]), layout={"height": 240})
    picture = export.png_bytes(figure, title="<b>Mine</b>", width=400)
    assert int.from_bytes(picture[20:24], "big") == 560
    assert figure.layout.height == 240
    assert figure.layout.title.text is None


def test_without_a_browser_the_error_says_what_to_install(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("BROWSER_PATH", "/nowhere/chromium")
    with pytest.raises(export.PictureUnavailableError, match="apt-get install chromium"):
        export.png_bytes(go.Figure())
    assert "none was found" in export.picture_obstacle()
