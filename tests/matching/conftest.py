"""A small street: three families who wait, and two who could help."""

from dataclasses import dataclass
from datetime import datetime

import pytest
from django.test import Client

from matching import rounds
from matching.models import Round, Supporter
from people.models import Family, User
from tests import cast
from tests.matching import cast as street
from tests.matching.browser import as_


@dataclass
class Street:
    """Who lives there."""

    town: cast.Town
    amara: Family
    hollis: Family
    denise: Supporter
    stan: Supporter

    @property
    def ruth(self) -> User:
        """Their coach."""
        return self.town.ruth


@pytest.fixture
def lived_in(town: cast.Town) -> Street:
    """The street, in a transaction that is rolled back."""
    return make_street(town)


@pytest.fixture
def ruth(lived_in: Street) -> Client:
    """Ruth's browser."""
    return as_(lived_in.ruth)


def opened(lived_in: Street, at: datetime) -> Round:
    """A round of the street's area, run and not decided on."""
    return rounds.open_round(area=lived_in.town.area, by=lived_in.ruth, at=at)


def make_street(town: cast.Town) -> Street:
    """Let them move in. Amara waited longest; Denise's family has been through the same, Stan not."""
    where = {"at": town.burntwood, "coach": town.ruth}
    made = Street(
        town=town,
        amara=street.seeking("Amara and Joe", guardian="Amara", **where),
        hollis=street.seeking(
            "The Hollis family", guardian="Craig", applied_on=street.date(2026, 10, 20), **where
        ),
        denise=street.sharing("Denise and Mark", guardian="Denise", **where),
        stan=street.volunteering("Stan", **where),
    )
    made.denise.lived_through.add(street.theme("mornings"))
    return made
