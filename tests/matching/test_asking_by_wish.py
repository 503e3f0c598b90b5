"""Why not somebody else, for a family that hopes for two people, or has one of them already."""

from datetime import datetime

import pytest
from django.test import Client

from matching import rounds
from matching.models import Supporter
from people.models import Family
from tests.matching import cast as street
from tests.matching.browser import read
from tests.matching.conftest import Street, opened
from tests.matching.test_asking import told
from tests.matching.test_snapshot import linked


def test_it_asks_for_the_wish_that_the_supporter_could_answer(
    lived_in: Street, now: datetime, ruth: Client
):
    Family.objects.filter(pk=lived_in.amara.pk).update(hopes_for="both")
    Family.objects.filter(pk=lived_in.hollis.pk).update(hopes_for="volunteer")
    where = {"at": lived_in.town.burntwood, "coach": lived_in.ruth}
    street.volunteering("Late Larry", **where)
    made = opened(lived_in, now)
    page = read(ruth, "ask", id=made.pk, family_id=lived_in.amara.pk)
    assert (
        "This round proposes Denise and Mark and, as a volunteer, Stan for Amara and Joe." in page
    )
    larry = Supporter.objects.get(volunteer__name="Late Larry")
    why = {"id": made.pk, "supporter_id": larry.pk}
    page = read(ruth, "why_not", family_id=lived_in.amara.pk, **why)
    assert "With Stan, as it is" in page
    # A family with two wishes stands twice in what it would cost, so each says which it is.
    assert "Amara and Joe (for a volunteer) with Late Larry" in page
    assert "Amara and Joe with Late Larry:" not in page
    page = read(ruth, "ask", id=made.pk, family_id=lived_in.hollis.pk)
    assert "They hope for a volunteer; this is a family." in page


@pytest.fixture
def half(lived_in: Street) -> Street:
    """Amara hopes for both and has Denise; Maud, who shares, and Larry, who volunteers, are free."""
    Family.objects.filter(pk=lived_in.amara.pk).update(hopes_for="both")
    lived_in.amara.refresh_from_db()
    where = {"at": lived_in.town.burntwood, "coach": lived_in.ruth}
    street.sharing("Maud and Finn", guardian="Maud", **where)
    street.volunteering("Larry", **where)
    linked(lived_in.amara, lived_in.denise)
    return lived_in


def test_it_lists_only_those_who_answer_what_a_family_still_waits_for(
    half: Street, now: datetime, ruth: Client
):
    made = opened(half, now)
    page = read(ruth, "ask", id=made.pk, family_id=half.amara.pk)
    may, may_not = page.split("Something stands in the way today")
    assert "Allowed, and free in this round" in may
    free = {"Stan", "Larry"} - {str(one.supporter) for one in made.proposals.all()}
    assert all(f">{name}<" in may for name in free)
    assert "Maud" not in may
    words = "They already have a family beside them; here they wait for a volunteer."
    assert words in may_not.split(">Maud and Finn<")[1]
    denise = may_not.split(">Denise and Mark<")[1].split("</li>")[0]
    assert words in denise
    assert "room for one family" not in denise  # one reason is enough, and not about Denise
    maud = Supporter.objects.get(family__display_name="Maud and Finn")
    page = read(ruth, "why_not", **told(made, half.amara, maud.pk))
    assert words in page
    assert "run it again" not in page


def test_it_says_what_a_family_has_already_a_list_too(half: Street, now: datetime, ruth: Client):
    made = opened(half, now)
    rounds.approve_all(round=made, by=half.ruth, at=now)
    rounds.send(round=made, by=half.ruth, at=now)
    page = read(ruth, "ask", id=made.pk, family_id=half.amara.pk)
    assert "Allowed," not in page
    assert "They already have a family beside them." in page
    assert "They already have a list of volunteers." in page
    Family.objects.filter(pk=half.amara.pk).update(hopes_for="either")
    page = read(ruth, "ask", id=made.pk, family_id=half.amara.pk)
    assert "They already have somebody beside them." in page
