"""Who most tests of safeguarding need: leads, a volunteer to be cleared, and a family with its place on the board."""

from datetime import UTC, datetime

import pytest

from people.models import Family, User, Volunteer
from safeguarding import board
from safeguarding.models import OnBoard
from tests import cast


@pytest.fixture
def stan(town: cast.Town) -> Volunteer:
    """A volunteer who has said hello, and nothing more."""
    return cast.volunteer(
        "Stan", at=town.burntwood, coach=town.ruth, standing=Volunteer.Standing.WELCOMED
    )


@pytest.fixture
def morgan(db: None) -> User:
    """The safeguarding lead."""
    return cast.staff("morgan@example.org", "Morgan", "safeguarding")


@pytest.fixture
def lead(town: cast.Town) -> User:
    return cast.staff("grace@example.org", "Grace", "safeguarding")


@pytest.fixture
def amara(town: cast.Town) -> Family:
    return cast.family("Amara and Joe", guardian="Amara", at=town.burntwood, coach=town.ruth)


@pytest.fixture
def place(amara: Family, town: cast.Town) -> OnBoard:
    return board.put_on(
        family=amara, why="Tired", by=town.ruth, at=datetime(2026, 11, 20, 10, 0, tzinfo=UTC)
    )
