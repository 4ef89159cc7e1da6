"""What is settled before the first visitor: without a sign-in, this machine alone is served."""

import ipaddress
import sys
from typing import Final

from streamlit import config

from nps_app.web.sign_in import SignIn, WrongSetting, configured_sign_in
from nps_core.language import tr

_REFUSED: Final = 2


def settle_sign_in() -> SignIn | None:
    """Give the configured sign-in, None without one; say on the terminal who is served.

    Ends the process with a sentence when the dashboard would be reachable from other machines
    without a sign-in, or a setting is wrong.
    """
    try:
        sign_in = configured_sign_in()
        if sign_in is None:
            _refuse_other_machines(config.get_option("server.address"))
    except WrongSetting as error:
        print(error, file=sys.stderr, flush=True)
        raise SystemExit(_REFUSED) from None
    if sign_in is None:
        said = tr(
            "No sign-in is configured: the dashboard listens on this machine alone (127.0.0.1). "
            "docs/sign-in.md says how to open it to others."
        )
    else:
        said = tr("Everybody signs in, at {address}.", address=sign_in.origin)
    print(f"\n  {said}", flush=True)
    return sign_in


def is_loopback(address: str | None) -> bool:
    """Whether an address, or the name localhost, is this machine's own.

    >>> [is_loopback(a) for a in ("127.0.0.1", "::1", "::ffff:127.0.0.9", "localhost")]
    [True, True, True, True]
    >>> [is_loopback(a) for a in ("0.0.0.0", "::", "192.0.2.1", "", None, "127.0.0.1.example.com")]
    [False, False, False, False, False, False]
    """
    if not address:
        return False
    if address.lower() == "localhost":
        return True
    try:
        parsed = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return False
    return (getattr(parsed, "ipv4_mapped", None) or parsed).is_loopback


def _refuse_other_machines(address: str | None) -> None:
    if is_loopback(address):
        return
    raise WrongSetting(
        tr(
            "The dashboard was not started: server.address is {address}, which other machines "
            "reach, and no sign-in is configured. Either start it with --server.address 127.0.0.1, "
            "or configure a sign-in as docs/sign-in.md says.",
            address=address or tr("not set"),
        )
    )
