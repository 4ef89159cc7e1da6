"""How many responses a week the team plans for, kept for everybody."""

from typing import Final

from nps_app.view.widgets.session import current_store

MOST: Final = 1_000_000
_SETTING: Final = "weekly_plan"


def weekly_plan() -> int | None:
    """Responses planned for a week; None when no plan was set."""
    stored = current_store().setting(_SETTING, None)
    return stored if isinstance(stored, int) and 1 <= stored <= MOST else None


def save_weekly_plan(responses: int | None) -> None:
    """Keep the plan, None to have none. Raises StoreError when nothing can be saved."""
    current_store().set_setting(_SETTING, responses)
