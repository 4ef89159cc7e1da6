"""The errors this project raises on purpose: plain words a person can act on."""


class NpsError(ValueError):
    """Anything wrong with what was given to the core; its text is fit to be shown."""


class FileRefused(NpsError):  # noqa: N818 - what happened to the file, and a stable public name
    """A file that cannot be read as survey responses.

    `what` says what is wrong, `where` names the line, sheet or column (may be empty),
    `remedy` says what to do. The text of the error is the three as one plain sentence each.
    `header` holds the column names as far as they were read, so that a person can still be
    asked which column is which.

    >>> raise FileRefused("The file is empty.", remedy="Export it again.")
    Traceback (most recent call last):
        ...
    nps_core.errors.FileRefused: The file is empty. Export it again.
    """

    def __init__(
        self, what: str, where: str = "", remedy: str = "", header: tuple[str, ...] = ()
    ) -> None:
        super().__init__(" ".join(part for part in (what, where, remedy) if part))
        self.what = what
        self.where = where
        self.remedy = remedy
        self.header = header
