"""Reading uploads in a child process, so that no file can take the server down."""

from nps_app.parsing.folders import remove_leftovers
from nps_app.parsing.upload import ParsedUpload, parse_upload

__all__ = ["ParsedUpload", "parse_upload", "remove_leftovers"]
