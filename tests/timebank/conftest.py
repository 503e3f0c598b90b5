"""The books are recomputed after every test of this folder that touched them; and three families with accounts."""

from dataclasses import dataclass
from datetime import datetime

import pytest

from people.models import Family, User
from tests import cast
from timebank import accounts, ledger
from timebank.limits import DEFAULT_FLOOR_MINUTES
from timebank.models import Account, Transfer
from timebank.reconcile import reconcile


@dataclass
class Neighbours:
    """Amara and Denise know each other; Nadia knows nobody. Bea is a broker."""

    amara: Account
    denise: Account
    nadia: Account
    bea: User
    amara_user: User
    denise_user: User
    nadia_user: User
    families: list[Family]


@pytest.fixture(autouse=True)
def the_books_balance(request, now):
    """Recompute the books after every test that used the database, unless the test broke them on purpose."""
    yield
    uses_database = {"db", "transactional_db"} & set(request.fixturenames)
    if uses_database and not request.node.get_closest_marker("breaks_the_books"):
        for thorough in (False, True):
            report = reconcile(at=now, thorough=thorough)
            assert report.balances, report


@pytest.fixture
def neighbours(town, now: datetime) -> Neighbours:
    """Three families in Burntwood with an account each, and a broker."""
    return make_neighbours(town, now)


@pytest.fixture
def people(transactional_db, now: datetime) -> Neighbours:
    """The same neighbours in rows that other connections can see."""
    return make_neighbours(cast.town(), now)


def make_neighbours(town: cast.Town, now: datetime) -> Neighbours:
    """Make them; also for tests that keep their own transactions."""
    families = [
        cast.family(f"{name}’s family", guardian=name, at=town.burntwood, coach=town.ruth)
        for name in ("Amara", "Denise", "Nadia")
    ]
    amara, denise, nadia = (accounts.open_account(family=one, at=now) for one in families)
    users = [cast.guardian_of(one) for one in families]
    bea = cast.staff("bea@example.org", "Bea", "broker")
    return Neighbours(amara, denise, nadia, bea, *users, families)


@pytest.fixture
def books(transactional_db, now):
    """Give a maker of so many accounts, and a broker who posts."""

    def make(how_many: int) -> None:
        town = cast.town()
        cast.staff("bea@example.org", "Bea", "broker")
        home = cast.family("The first", guardian="First", at=town.burntwood)
        families = Family.objects.bulk_create(
            Family(
                display_name=f"Family {number}",
                place=town.burntwood,
                cell_latitude=home.cell_latitude,
                cell_longitude=home.cell_longitude,
                applied_on=now.date(),
            )
            for number in range(how_many)
        )
        Account.objects.bulk_create(
            Account(
                kind=Account.Kind.FAMILY,
                family=family,
                floor_minutes=DEFAULT_FLOOR_MINUTES,
                opened_at=now,
            )
            for family in families
        )

    return make


@pytest.fixture
def a_lift(neighbours, now) -> Transfer:
    """Give 45 minutes that Denise gave Amara, written by the ledger under the key "lift"."""
    return ledger.transfer(
        payer_id=neighbours.amara.pk,
        payee_id=neighbours.denise.pk,
        minutes=45,
        kind=Transfer.Kind.EXCHANGE,
        reason="Lift to Rugeley",
        happened_at=now,
        by=neighbours.amara_user,
        at=now,
        key="lift",
    )
