"""The few pages the gate itself answers with: a title, a sentence or two, one thing to do."""

from html import escape
from typing import Final

from starlette.responses import HTMLResponse, Response

from nps_core.language import current_language, tr

OWN: Final = "data-nps-notice"
"""By this a wall display tells our refusals from those of a proxy between."""

_STYLE: Final = (
    ":root{color-scheme:light dark}"
    "body{margin:0;min-height:100vh;display:grid;place-items:center;background:#f4f6f8;"
    "color:#1b2430;font:clamp(1.125rem,1.7vw,3rem)/1.5 system-ui,sans-serif}"
    "main{box-sizing:border-box;max-width:32em;margin:1rem;padding:2em;border-radius:.5rem;"
    "background:#fff;border:1px solid #d8dde3}"
    "h1{margin:0 0 .5em;font-size:1.35em;line-height:1.25}p{margin:0 0 1.25rem}"
    "a,button{display:inline-block;margin:.25rem .75rem .25rem 0;padding:.625rem 1.125rem;border:0;"
    "border-radius:.5rem;background:#1f5fa8;color:#fff;font:inherit;font-weight:600;"
    "text-decoration:none;cursor:pointer}form{display:inline}"
    ":is(a,button):focus-visible{outline:3px solid currentColor;outline-offset:2px}"
    "@media(prefers-color-scheme:dark){body{background:#0f151c;color:#f1f3f7}"
    "main{background:#1a222c;border-color:#313b47}a,button{background:#6aa9f2;color:#0f151c}}"
)


def notice(
    status: int,
    title: str,
    text: str,
    *,
    links: tuple[tuple[str, str], ...] = (),
    button: tuple[str, str] | None = None,
    again_after: int | None = None,
) -> Response:
    """Make a page: `links` and `button` are (words, address); a button posts.

    With `again_after` the browser asks again by itself, after so many seconds.
    """
    actions = "".join(
        f'<a href="{escape(address)}">{escape(words)}</a>' for words, address in links
    )
    if button:
        words, address = button
        actions += (
            f'<form method="post" action="{escape(address)}">'
            f"<button>{escape(words)}</button></form>"
        )
    again = f'<meta http-equiv="refresh" content="{again_after}">' if again_after else ""
    return HTMLResponse(
        f'<!DOCTYPE html><html lang="{current_language()}" {OWN}><head><meta charset="utf-8">'
        f'<meta name="viewport" content="width=device-width, initial-scale=1">{again}'
        '<link rel="icon" href="data:,">'
        f"<title>{escape(title)}</title><style>{_STYLE}</style></head>"
        f"<body><main><h1>{escape(title)}</h1><p>{escape(text)}</p>{actions}</main></body></html>",
        status_code=status,
    )


def link_closed(leave: str | None) -> Response:
    """Say that a wall link opens nothing; `leave` is where the browser can stop being a wall."""
    answer = notice(
        403,
        tr("This wall display is switched off"),
        tr("Its link was revoked, or is not complete. Ask whoever looks after it for a new one."),
        button=(tr("Leave the wall display"), leave) if leave else None,
    )
    # The last pictures, which a display keeps for when its server is away.
    answer.headers["Clear-Site-Data"] = '"storage"'
    return answer


def wall_alone(wall: str, leave: str) -> Response:
    """Say that this browser shows a wall display and nothing else until it leaves it."""
    return notice(
        403,
        tr("This browser shows a wall display"),
        tr(
            "It was opened with a wall link, which shows that display and nothing else. To use "
            "the dashboard in this browser, leave the wall display first."
        ),
        links=((tr("Back to the wall display"), wall),),
        button=(tr("Leave the wall display"), leave),
    )


def not_on_the_list(sign_out: str) -> Response:
    """Say that a person is known to the provider but was not given access."""
    return notice(
        403,
        tr("You have no access to this dashboard"),
        tr(
            "You are signed in, but your e-mail address is not on the list of those who may come "
            "in, or your provider has not verified it. Ask whoever runs the dashboard."
        ),
        links=((tr("Sign out"), sign_out),),
    )


def signed_out(sign_in: str) -> Response:
    """Say that a person is signed out."""
    return notice(
        200,
        tr("You are signed out"),
        tr("Close this window, or sign in again."),
        links=((tr("Sign in"), sign_in),),
    )


def sign_in_failed(sign_in: str) -> Response:
    """Say that a round to the provider gave nobody."""
    return notice(
        403,
        tr("The sign-in did not work"),
        tr(
            "Your provider did not confirm who you are, or it took too long. Try again; if it "
            "fails again, tell whoever runs the dashboard."
        ),
        links=((tr("Try again"), sign_in),),
    )


def choose_provider(links: tuple[tuple[str, str], ...]) -> Response:
    """Let a person pick where to sign in."""
    return notice(200, tr("Sign in"), tr("Choose where you have an account."), links=links)


def cannot_tell() -> Response:
    """Say that the links cannot be read for now; the browser asks again by itself."""
    return notice(
        503,
        tr("The wall display will be back shortly"),
        tr("Its link cannot be checked for now. This page tries again every 15 seconds."),
        again_after=15,
    )
