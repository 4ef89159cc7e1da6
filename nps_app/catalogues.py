"""The catalogues of `nps_app/locale`: read once a language, compiled in the build.

`make run` and `make test` compile them. Where nobody has, or a translation is newer, they are
compiled in memory at the first use.
"""

import functools
import gettext
from io import BytesIO
from pathlib import Path
from typing import Final

from nps_core import language

FOLDER: Final = Path(__file__).parent / "locale"
_COMPILED: Final = "nps.mo"


def install_catalogues() -> None:
    """Make every language but English known to `nps_core.language`."""
    for name in language.LANGUAGES:
        if name != language.ENGLISH:
            language.install(name, functools.partial(catalogue, name))


@functools.cache
def catalogue(name: str) -> gettext.NullTranslations:
    """Give the catalogue of a language."""
    sources, compiled = _sources(name), FOLDER / name / _COMPILED
    newest = max(path.stat().st_mtime for path in sources)
    if compiled.exists() and compiled.stat().st_mtime >= newest:
        with compiled.open("rb") as file:
            return gettext.GNUTranslations(file)
    return gettext.GNUTranslations(BytesIO(_compile(name)))


def compile_all() -> None:
    """Write each language's compiled catalogue beside its sources."""
    for name in language.LANGUAGES:
        if name != language.ENGLISH:
            (FOLDER / name / _COMPILED).write_bytes(_compile(name))


def _sources(name: str) -> list[Path]:
    return sorted((FOLDER / name).glob("*.po"))


def _compile(name: str) -> bytes:
    # Babel takes 0.2 s to import, and a running app has no use for it here.
    from babel.messages.catalog import Catalog
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import read_po

    whole = Catalog(locale=name)
    for path in _sources(name):
        with path.open("rb") as file:
            part = read_po(file, locale=name)
        for message in part:
            if message.id and not message.fuzzy:
                whole.add(message.id, message.string, context=message.context)
    held = BytesIO()
    write_mo(held, whole)
    return held.getvalue()
