"""Who is cleared, who is not, and in which words."""

from datetime import UTC, date, datetime

import pytest

from people.models import Family, Guardian, Volunteer
from safeguarding.clearance import clearances, family_cleared, volunteer_cleared
from safeguarding.models import Check
from tests import cast
from tests.safeguarding.cast import check, ready

ON = date(2026, 11, 20)
END = date(2027, 4, 9)


@pytest.fixture
def denise(town: cast.Town) -> Family:
    """A sharing family with two adults who have everything, but that only one of them is checked."""
    family = cast.family("Denise and Mark", guardian="Denise", at=town.burntwood, coach=town.ruth)
    Guardian.objects.create(family=family, name="Mark")
    for adult in family.guardians.all():
        ready(adult, town.ruth)
    check(family.guardians.get(name="Denise"), town.ruth)
    return family


@pytest.fixture
def stan(town: cast.Town) -> Volunteer:
    """A volunteer who has everything but a check."""
    volunteer = cast.volunteer("Stan", at=town.burntwood, coach=town.ruth)
    ready(volunteer, town.ruth)
    return volunteer


def test_it_clears_a_family_only_when_every_adult_is_cleared(denise: Family, town: cast.Town):
    half = family_cleared(denise, on=ON, until_on=END)
    assert not half.ok
    assert half.until_on is None
    assert half.reasons == ("Mark: the check is not done yet.",)
    check(denise.guardians.get(name="Mark"), town.ruth, valid_until_on=date(2028, 5, 1))
    whole = family_cleared(denise, on=ON, until_on=END)
    assert whole.ok
    assert whole.reasons == ()
    assert whole.until_on == date(2028, 5, 1)


def test_it_does_not_clear_somebody_without_a_check(stan: Volunteer):
    found = volunteer_cleared(stan, on=ON, until_on=END)
    assert (found.ok, found.reasons) == (False, ("the check is not done yet.",))


@pytest.mark.parametrize(
    ("valid_until_on", "ok", "reason"),
    [
        (date(2026, 11, 19), False, "the check ran out on 19 November 2026."),
        (date(2026, 11, 20), False, "the check runs out on 20 November 2026."),
        (date(2027, 4, 8), False, "the check runs out on 8 April 2027."),
        (END, True, None),
    ],
)
def test_it_wants_the_check_to_hold_until_the_last_day(
    stan: Volunteer, town: cast.Town, valid_until_on: date, ok: bool, reason: str | None
):
    check(stan, town.ruth, valid_until_on=valid_until_on)
    found = volunteer_cleared(stan, on=ON, until_on=END)
    assert found.ok is ok
    assert found.reasons == ((reason,) if reason else ())


def test_it_does_not_take_a_basic_certificate_for_an_enhanced_one(stan: Volunteer, town: cast.Town):
    check(stan, town.ruth, level=Check.Level.DBS_BASIC)
    check(stan, town.ruth, level=Check.Level.DBS_STANDARD)
    assert not volunteer_cleared(stan, on=ON, until_on=END).ok
    check(stan, town.ruth, level=Check.Level.PVG)  # of another nation
    assert not volunteer_cleared(stan, on=ON, until_on=END).ok
    check(stan, town.ruth, level=Check.Level.DBS_ENHANCED)
    assert volunteer_cleared(stan, on=ON, until_on=END).ok


def test_it_lets_a_later_refusal_outweigh_an_earlier_clearance(stan: Volunteer, town: cast.Town):
    check(stan, town.ruth)
    refused = check(
        stan,
        town.ruth,
        decision=Check.Decision.REFUSED,
        decided_at=datetime(2026, 6, 1, tzinfo=UTC),
    )
    found = volunteer_cleared(stan, on=ON, until_on=END)
    assert found.reasons == ("the last check was decided as not cleared.",)
    assert found.until_on is None
    refused.delete()
    assert volunteer_cleared(stan, on=ON, until_on=END).ok


def test_it_does_not_count_a_check_before_it_was_issued(stan: Volunteer, town: cast.Town):
    check(stan, town.ruth, issued_on=date(2026, 11, 21))
    assert not volunteer_cleared(stan, on=ON, until_on=END).ok


def test_it_does_not_clear_a_family_without_adults(denise: Family):
    denise.guardians.all().delete()
    assert family_cleared(denise, on=ON, until_on=END).reasons == ("No adult is known to us yet.",)


@pytest.mark.parametrize("many", [1, 12])
def test_it_clears_many_in_six_queries(
    town: cast.Town, django_assert_num_queries: object, many: int
):
    families = [
        cast.family(f"Family {n}", guardian=f"Adult{n}", at=town.burntwood) for n in range(many)
    ]
    helpers = [cast.volunteer(f"Helper{n}", at=town.burntwood) for n in range(many)]
    for helper in helpers:
        check(helper, town.ruth)
        ready(helper, town.ruth)
    with django_assert_num_queries(6):
        found = clearances(
            family_ids=[one.pk for one in families],
            volunteer_ids=[one.pk for one in helpers],
            until_on=END,
            on=ON,
        )
    assert all(found.volunteers[one.pk].ok for one in helpers)
    assert not any(found.families[one.pk].ok for one in families)
