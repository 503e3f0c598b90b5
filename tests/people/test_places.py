"""Which coach a newcomer gets: one rule, for those who join by themselves and those who come by file."""

import pytest

from people.models import Family, Place
from people.places import Coaches
from tests import cast
from tests.people.importing import FAMILY, bring, programme

__all__ = ["bring", "programme"]  # fixtures


@pytest.fixture
def grace(town):
    """A second coach of Burntwood; Ruth comes first while both look after as many."""
    made = cast.staff("grace@example.org", "Grace", "coach")
    town.area.coaches.add(made)
    return made


def test_it_counts_families_and_volunteers_who_have_not_left(town, grace):
    cast.family(
        "the B. family", guardian="Bea", at=town.burntwood, coach=town.ruth, standing="left"
    )
    assert Coaches().nearest(town.burntwood) == town.ruth
    cast.volunteer("Stan", at=town.burntwood, coach=town.ruth)
    assert Coaches().nearest(town.burntwood) == grace


def test_it_never_gives_a_coach_to_themselves(town, grace):
    assert Coaches().nearest(town.burntwood, besides=town.ruth) == grace


def test_it_passes_over_somebody_who_no_longer_works_here(town, grace):
    town.ruth.is_active = False
    town.ruth.save()
    assert Coaches().nearest(town.burntwood) == grace


def test_it_counts_a_family_with_its_new_coach_once_it_is_handed_over(town, grace):
    cast.family("the B. family", guardian="Bea", at=town.burntwood, coach=town.ruth)
    coaches = Coaches()
    coaches.hand_over(grace, before=town.ruth.pk)
    assert coaches.nearest(town.burntwood) == town.ruth


def test_a_file_asks_for_the_coach_of_the_town_around_a_neighbourhood(bring, programme):
    Place.objects.create(
        reference="chasetown",
        name="Chasetown",
        kind=Place.Kind.NEIGHBOURHOOD,
        parent=programme.burntwood,
        latitude="52.6715",
        longitude="-1.9360",
    )
    bring("import_families", {**FAMILY, "place": "chasetown"})
    assert Family.objects.get().coach == programme.ruth


def test_it_asks_the_database_as_often_for_many_as_for_one(town, grace, django_assert_num_queries):
    with django_assert_num_queries(4):
        coaches = Coaches()
        for _newcomer in range(50):
            found = coaches.nearest(town.burntwood)
            assert found is not None
            coaches.hand_over(found, before=None)
