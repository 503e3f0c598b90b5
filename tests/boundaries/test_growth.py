"""No list asks the database more often because there are more families (design §8)."""

import logging
from datetime import UTC, datetime

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from bench.pages import FEW, MANY, visits
from config.demonstration.loading import load
from people.models import Family, User, Volunteer

AT = datetime(2026, 11, 20, 10, 0, tzinfo=UTC)


def counted(families: int) -> dict[tuple[str, str], int]:
    """Give (who, address) → number of queries, in a community of so many families who are all Ruth's."""
    found = {}
    with transaction.atomic():
        load(size=families, at=AT, say=lambda words: None)
        ruth = User.objects.get(email="ruth@example.org")
        Family.objects.update(coach=ruth)
        Volunteer.objects.update(coach=ruth)
        for who, address, client in visits():
            with CaptureQueriesContext(connection) as queries:
                client.get(address)
            found[who, address] = len(queries)
        transaction.set_rollback(True)
    return found


@pytest.mark.django_db
def test_it_asks_as_often_with_1200_families_as_with_60() -> None:
    logging.disable(logging.ERROR)  # a page that is not for somebody is expected
    try:
        few, many = counted(FEW), counted(MANY)
    finally:
        logging.disable(logging.NOTSET)
    grown = {place: (few[place], many[place]) for place in few if many.get(place) != few[place]}
    assert grown == {}
    assert {address for _who, address in few} > {
        "/home/",
        "/together/families/",
        "/together/rounds/",
        "/hours/desk/",
        "/numbers/",
    }
