"""What is in rotation when: slots that are filled anew as the weeks go by.

Everything follows from the seed and the week, so that the list of any moment can be asked for at any other.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache
from random import Random

from scraper.replica import firms
from scraper.replica.adverts import Advert, board_advert, side_advert
from scraper.replica.announcements import Announcement, Story, announce, truncated
from scraper.replica.people import person

WEEK = timedelta(weeks=1)
TERM = 3
"""Weeks that an announcement stays: so a third of them is replaced each week."""
CLIPPED_SLOTS = 3
"""Announcements of which the page shows only the beginning."""
CLIPPED_PEOPLE = 3000
"""How far from a site's first person those stand of whom nothing whole is announced."""


@dataclass(frozen=True)
class Rotation:
    """The announcements and ads of one site.

    `first_person` and `first_advert` are the numbers of its first ones, so that sites share none; `board` says that
    the ads have pages of their own.
    """

    site: str
    seed: int
    start: datetime
    announcements: int
    adverts: int
    first_person: int = 0
    first_advert: int = 0
    board: bool = False

    def week(self, now: datetime) -> int:
        """The number of the week that `now` is in, counted from the start; a moment before it counts as the first."""
        return max(0, (now - self.start) // WEEK)

    def announced(self, week: int) -> list[Announcement]:
        """The announcements in rotation in a week, all of them whole."""
        return [_announcement(self, slot, (week + slot) // TERM) for slot in range(self.announcements)]

    def clipped(self, week: int) -> list[Announcement]:
        """The announcements of which a page shows only the beginning, then and now, in a week."""
        if not self.announcements:
            return []
        return [_clipped(self, slot, (week + slot) // TERM) for slot in range(CLIPPED_SLOTS)]

    def advertised(self, week: int) -> list[Advert]:
        """The job ads in rotation in a week."""
        return [_advert(self, slot, self._turn(slot, week)) for slot in range(self.adverts)]

    def every_advert(self, week: int) -> list[Advert]:
        """The job ads that were in rotation in any week up to this one, those that have ended first."""
        found = [
            _advert(self, slot, turn) for slot in range(self.adverts) for turn in range(self._turn(slot, week) + 1)
        ]
        return sorted(found, key=lambda ad: (ad.ends, ad.key))

    def life(self, slot: int) -> int:
        """Weeks that the ads of a slot stay: 2 to 8."""
        return 2 + (slot * 5 + self.seed) % 7

    def phase(self, slot: int) -> int:
        """How many weeks before the start the first ad of a slot began."""
        return (slot * 3 + self.seed) % self.life(slot)

    def _turn(self, slot: int, week: int) -> int:
        return (week + self.phase(slot)) // self.life(slot)


def _rng(*of: object) -> Random:
    return Random("/".join(str(part) for part in of))  # noqa: S311 - a replica must be reproducible, not secret


@lru_cache(maxsize=4096)
def _announcement(rotation: Rotation, slot: int, turn: int) -> Announcement:
    """The announcement that fills a slot on its turn, from week `turn * TERM - slot` on."""
    rng = _rng(rotation.site, rotation.seed, "announcement", slot, turn)
    number = (turn - slot // TERM) * rotation.announcements + slot
    since = turn * TERM - slot
    firm = firms.FIRMS[(number * 7 + rotation.seed) % len(firms.FIRMS)]
    role, form = rng.choice(firms.ROLES), None
    if rotation.adverts and number % 5 == 2:
        filled = [ad for ad in rotation.every_advert(max(0, since)) if ad.ends <= rotation.start + since * WEEK]
        if filled:
            ad = filled[number % len(filled)]
            firm = next(firm for firm in firms.FIRMS if ad.company in firm.names)
            if ad.title in firms.ROLE_TITLES:
                role, form = ad.title, "hire"
    namesake = number % 19 == 18 and number % 5 not in {2, 3}  # so that neither of the two follows an ad
    who = person(rotation.first_person + rotation.seed * 17 + number - namesake)
    first_shown = max(rotation.start - 6 * WEEK, rotation.start + since * WEEK)
    return announce(f"{rotation.site}-{slot}-{turn}", rng, Story(who, firm, role, first_shown.date()), form)


@lru_cache(maxsize=1024)
def _clipped(rotation: Rotation, slot: int, turn: int) -> Announcement:
    rng = _rng(rotation.site, rotation.seed, "clipped", slot, turn)
    number = turn * CLIPPED_SLOTS + slot
    who = person(rotation.first_person + CLIPPED_PEOPLE + rotation.seed * 17 + number)
    firm = firms.FIRMS[(number * 3 + rotation.seed) % len(firms.FIRMS)]
    story = Story(who, firm, rng.choice(firms.ROLES), rotation.start.date())
    whole = announce(f"{rotation.site}-clipped-{slot}-{turn}", rng, story)
    return truncated(whole, rng)


@lru_cache(maxsize=4096)
def _advert(rotation: Rotation, slot: int, turn: int) -> Advert:
    life, phase = rotation.life(slot), rotation.phase(slot)
    begins = rotation.start + (turn * life - phase) * WEEK
    number, key = rotation.first_advert + turn * rotation.adverts + slot, f"{rotation.site}-ad-{slot}-{turn}"
    if rotation.board:
        rng = _rng(rotation.site, rotation.seed, "ad", slot, turn)
        return board_advert(key, number, rng, begins, begins + life * WEEK)
    return side_advert(key, number, begins, begins + life * WEEK)
