"""Nobody finds out where a family lives by asking from many places (trust.md SG-14).

The measure. Somebody asks from two hundred places at once and keeps everything they are shown. The homes that would
have shown them exactly the same are the set of positions they can't tell apart. That set must hold every cell of the
family's neighbourhood, so its span is never smaller than the neighbourhood's own.
"""

import re
from collections.abc import Iterable
from datetime import datetime
from decimal import Decimal
from itertools import combinations

import pytest
from django.test import Client
from django.urls import reverse

from matching import choices
from matching.models import LinkUp, Shortlist, ShortlistEntry, Supporter
from matching.reading.offers import choice_page, offers_of
from people.models import Family, Place, User
from people.nearness import CELL_LATITUDE, CELL_LONGITUDE, band, cell_of, distance_km
from tests import cast
from tests.matching import cast as street
from tests.matching.browser import as_
from timebank.accounts import account_of
from timebank.listings import board, post_listing
from timebank.models import Account

ASKERS = 200
# What protects a form, and what lets a second press change nothing.
CHANCE = r'name="csrfmiddlewaretoken" value="\w+"|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}'
Cell = tuple[Decimal, Decimal]


def cells_of(place: Place) -> list[Cell]:
    """The nine cells around the middle of a neighbourhood: where its families live."""
    steps = (-1, 0, 1)
    return [
        cell_of(place.latitude + up * CELL_LATITUDE, place.longitude + along * CELL_LONGITUDE)
        for up in steps
        for along in steps
    ]


def span_km(cells: Iterable[Cell]) -> float:
    """How far apart the two farthest of them are; 0 for a single one."""
    points = [(float(up), float(along)) for up, along in cells]
    return max((distance_km(*two) for two in combinations(points, 2)), default=0.0)


def move(home: Family, cell: Cell) -> None:
    """Let a family live in another cell of its neighbourhood."""
    home.cell_latitude, home.cell_longitude = cell
    home.save(update_fields=["cell_latitude", "cell_longitude"])


@pytest.fixture
def hidden(town: cast.Town, now: datetime) -> Supporter:
    """Denise's family, whose cell everybody would like to know; it offers something on the board too."""
    made = street.sharing(
        "Denise and Mark", guardian="Denise", at=town.burntwood, coach=town.ruth, travel_km=60
    )
    owner = account_of(cast.guardian_of(made.family))
    post_listing(owner=owner, kind="offer", title="Bread", words="", minutes=60, at=now)
    return made


@pytest.fixture
def askers(town: cast.Town, hidden: Supporter, now: datetime) -> list[Family]:
    """Two hundred families on a ring and a grid around it, each in a neighbourhood of its own."""
    made = []
    for number in range(ASKERS):
        place = cast.place(
            f"Place {number}",
            latitude=str(Decimal("52.583") + (number % 20) * Decimal("0.0103")),
            longitude=str(Decimal("-2.070") + (number // 20) * Decimal("0.0317")),
        )
        latitude, longitude = cell_of(place.latitude, place.longitude)
        made.append(
            Family(
                display_name=f"asker {number}",
                place=place,
                cell_latitude=latitude,
                cell_longitude=longitude,
                coach=town.ruth,
                applied_on=now.date(),
                languages=["en"],
                free_times=0b111,
                travel_km=60,
                wants_link_up=True,
                standing=Family.Standing.ACTIVE,
            )
        )
    Family.objects.bulk_create(made)
    lists = Shortlist.objects.bulk_create(
        Shortlist(family=one, offered_by=town.ruth, offered_at=now) for one in made
    )
    ShortlistEntry.objects.bulk_create(
        ShortlistEntry(shortlist=one, supporter=hidden, place=1, score=1, parts=[]) for one in lists
    )
    return made


def seen_from(asker: Family, at: datetime) -> tuple[object, ...]:
    """What one asker is shown of the hidden family: its card, and whether and how near it stands on the board."""
    shortlist = Shortlist.objects.select_related("family__place").get(family=asker)
    card = offers_of(shortlist, at=at)[0]
    account = account_for(asker)
    rows = [(row.place, row.how_near) for row in board(viewer=account).rows]
    return card.other.place, card.near, card.gone, card.why, card.asks, card.noes, *rows


def account_for(asker: Family) -> Account:
    """A time-bank account of somebody who only looks: never saved."""
    return Account(pk=10_000_000 + asker.pk, kind=Account.Kind.FAMILY, family=asker)


def test_two_hundred_askers_learn_the_neighbourhood_and_no_more(
    town: cast.Town, hidden: Supporter, askers: list[Family], now: datetime
):
    home, cells = hidden.family, cells_of(town.burntwood)
    seen = {}
    for cell in (cells[0], cells[4], cells[8]):
        move(home, cell)
        seen[cell] = [seen_from(asker, now) for asker in askers]
    assert len({view[1] for view in seen[cells[4]]}) == 4  # near and far askers: every band is seen
    alike = [cell for cell in seen if seen[cell] == seen[cells[4]]]
    assert span_km(alike) >= span_km(cells) > 2.5


def test_the_same_askers_would_find_the_home_if_bands_went_from_home_to_home(
    town: cast.Town, hidden: Supporter, askers: list[Family]
):
    """The test above can fail: rings around two hundred cells leave a single one."""
    cells = cells_of(town.burntwood)

    def rings(cell: Cell) -> list[str]:
        there = (float(cell[0]), float(cell[1]))
        return [
            band(distance_km((float(one.cell_latitude), float(one.cell_longitude)), there))
            for one in askers
        ]

    alike = [cell for cell in cells if rings(cell) == rings(cells[4])]
    assert alike == [cells[4]]
    assert span_km(alike) < span_km(cells)


def test_a_card_does_not_go_because_of_how_far_it_is(
    town: cast.Town, hidden: Supporter, askers: list[Family], now: datetime
):
    """Else somebody who says they travel a kilometre less, and less again, measures the way."""
    far = askers[0]
    gone = set()
    for travel_km in (60, 20, 5, 1):
        Family.objects.filter(pk=far.pk).update(travel_km=travel_km)
        shortlist = Shortlist.objects.get(family=far)
        gone.add(choices.why_not_now(shortlist, shortlist.entries.get(), at=now))
    assert gone == {""}


def page_of(browser: Client, address: str) -> str:
    """A page without what chance puts into it."""
    page = browser.get(address)
    assert page.status_code == 200, address
    return re.sub(CHANCE, "", page.content.decode())


def pages_of(user: User, addresses: Iterable[str]) -> dict[str, str]:
    """Every page that somebody may open, as they read it."""
    browser = as_(user)
    for address in addresses:
        browser.get(address)  # what happens once, such as an account that is opened
    return {address: page_of(browser, address) for address in addresses}


def test_no_page_tells_two_homes_of_one_neighbourhood_apart(
    town: cast.Town, hidden: Supporter, now: datetime
):
    amara = street.seeking(
        "Amara and Joe", guardian="Amara", at=town.rugeley, coach=town.ruth, travel_km=60
    )
    shortlist = Shortlist.objects.create(family=amara, offered_by=town.ruth, offered_at=now)
    entry = ShortlistEntry.objects.create(
        shortlist=shortlist, supporter=hidden, place=1, score=1, parts=[]
    )
    asked_by, asked = cast.guardian_of(amara), cast.guardian_of(hidden.family)
    account_of(asked_by)
    common = [reverse("home"), reverse("timebank:listings"), reverse("people:details")]

    def told(user: User, *more: str) -> list[dict[str, str]]:
        found = []
        for home in (hidden.family, amara):
            for cell in (cells_of(home.place)[0], cells_of(home.place)[8]):
                move(home, cell)
                found.append(pages_of(user, [*common, *more]))
        return found

    views = told(asked_by, reverse("matching:shortlist"))
    assert "miles away" in views[0][reverse("matching:shortlist")]
    assert all(view == views[0] for view in views)
    choice = choices.choose(
        shortlist=shortlist, entry=entry, children_said="", words="", by=asked_by, at=now
    )
    assert "miles away" in choice_page(choice).near
    views = told(asked, reverse("matching:choice", args=[choice.pk]))
    assert all(view == views[0] for view in views)
    link_up = choices.answer(choice=choice, yes=True, by=asked, at=now)
    assert isinstance(link_up, LinkUp)
    linked = (
        reverse("matching:link_up", args=[link_up.pk]),
        reverse("messaging:conversation", args=[link_up.conversation_id]),
    )
    for user in (asked_by, asked):
        views = told(user, *linked)
        assert all(view == views[0] for view in views)
