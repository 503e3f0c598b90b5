"""People of these tests."""

import pytest

from people.models import User, Volunteer
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
