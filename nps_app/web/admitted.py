"""What the gate tells the scripts: who was let in, in a header of the session's websocket."""

from typing import Final

HEADER: Final = "x-nps-admission"
"""Set by the gate alone; what a visitor sends under this name is thrown away."""

OPEN: Final = "open"
SIGNED_IN: Final = "signed_in"
WALL: Final = "wall"
"""Followed by a space and the number of the wall link."""
