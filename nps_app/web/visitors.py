"""Who asks: a person by their cookie, a wall display by its key or cookie, or nobody known."""

from dataclasses import dataclass
from typing import Literal

from nps_app.store import WallLink
from nps_app.web import walls
from nps_app.web.asked import Asked
from nps_app.web.identity import SignedOut, identity_in, person_in
from nps_app.web.sign_in import SignIn


@dataclass(frozen=True)
class Visitor:
    """Who asks. "stranger" and "unlisted" (signed in, but not on the list) may see nothing.

    Of a "wall", `token` is its key, and `link` what it opens, None when it opens nothing.
    `asked` is what the visitor came with, by which it is looked at again later.
    """

    kind: Literal["open", "signed_in", "wall", "unlisted", "stranger"]
    asked: Asked
    token: str = ""
    link: WallLink | None = None


class Visitors:
    """Tells who asks, and whether somebody who was let in may stay."""

    def __init__(self, sign_in: SignIn | None, links: walls.Walls, ended: SignedOut) -> None:
        self._sign_in = sign_in
        self.links = links
        self.ended = ended

    async def of(self, asked: Asked) -> Visitor:
        """Tell who asks. Raises StoreError when a link cannot be looked up."""
        person = self.person(asked)
        if person is not None and person.kind == "signed_in":
            return person
        key = asked.query_params.get(walls.KEY) if asked.place == f"/{walls.PAGE}" else None
        if key is not None:
            return Visitor("wall", asked, key, await self.links.link(key))
        cookie = asked.cookies.get(walls.COOKIE)
        newest = await self.links.newest(walls.tokens_in(cookie))
        if newest is not None:
            return Visitor("wall", asked, *newest)
        if person is None:
            return Visitor("stranger", asked)
        # Without a sign-in too, a browser that came as a display stays one until it leaves.
        return Visitor("wall", asked) if cookie and person.kind == "open" else person

    def person(self, asked: Asked) -> Visitor | None:
        """Tell who signed in; without a sign-in everybody is let in, with one None is nobody."""
        if self._sign_in is None:
            return Visitor("open", asked)
        identity = self.identity(asked)
        person = person_in(identity, self._sign_in.origin)
        if identity is None or person is None or identity in self.ended:
            return None
        return Visitor("signed_in" if self._sign_in.lets_in(person) else "unlisted", asked)

    def identity(self, asked: Asked) -> bytes | None:
        """Give the identity a visitor's cookie holds, if it is one of ours."""
        return identity_in(asked.cookies)

    async def may_stay(self, visitor: Visitor, token: str) -> bool:
        """Whether somebody who was let in may stay; `token` is the key a display uses now."""
        if visitor.kind == "wall":
            return await self.links.still_opens(token)
        person = self.person(visitor.asked)
        return person is not None and person.kind == visitor.kind
