"""A link-up starts with its end planned, counts its hours in the time bank, and ends with a reason."""

from datetime import date, datetime, timedelta
from uuid import uuid4

import pytest

from matching import cadence, linkups
from matching.models import CadenceTemplate, Contact, LinkUp, Together
from messaging.posting import ConversationClosed, post
from tests import cast
from tests.matching.conftest import Street
from timebank import exchanges
from timebank.exchanges import NotYours
from timebank.models import Account, Exchange, Transfer


def started(lived_in: Street, at: datetime, **fields: object) -> LinkUp:
    """Amara's family and Denise's, since 5 October."""
    return linkups.start(
        **{
            "family": lived_in.amara,
            "supporter": lived_in.denise,
            "goals": lived_in.amara.goals.all(),
            "weeks": 20,
            "on": date(2026, 10, 5),
            "by": lived_in.ruth,
            "at": at,
            **fields,
        }
    )


def told(link_up: LinkUp, by: object, at: datetime, **fields: object) -> Together:
    """Two hours at the park, as the supporter tells it."""
    return linkups.record_together(
        **{
            "link_up": link_up,
            "minutes": 120,
            "happened_on": date(2026, 11, 14),
            "words": "Park, then chips",
            "side": "supporter",
            "by": by,
            "at": at,
            "client_id": uuid4(),
            **fields,
        }
    )


def test_it_plans_the_end_and_the_calls_from_the_first_day(lived_in: Street, now: datetime):
    made = started(lived_in, now)
    assert made.planned_end_on == date(2027, 2, 21)
    due = {
        side: list(made.contacts.filter(side=side).values_list("due_on", flat=True))
        for side in Contact.Side.values
    }
    weeks = [date(2026, 10, 5) + timedelta(weeks=n) for n in (2, 3, 10, 18)]
    assert due == {
        "family": weeks,
        "supporter": weeks,
        "child": [weeks[1], weeks[2], date(2027, 2, 8)],
    }


def test_it_plans_no_call_after_the_end_and_one_every_four_weeks_in_a_long_one(db):
    family = cadence.cadences_of(CadenceTemplate.objects.in_use())["family"]
    short = family.due(started_on=date(2026, 10, 5), planned_end_on=date(2026, 12, 13))
    assert short == [date(2026, 10, 19), date(2026, 10, 26)]
    long = family.due(started_on=date(2026, 10, 5), planned_end_on=date(2027, 5, 2))
    assert long[-3:] == [date(2027, 2, 8), date(2027, 3, 8), date(2027, 4, 5)]


@pytest.mark.parametrize("weeks", [9, 31])
def test_it_lasts_from_ten_to_thirty_weeks(lived_in: Street, now: datetime, weeks: int):
    with pytest.raises(linkups.LinkUpError, match="10 to 30 weeks"):
        started(lived_in, now, weeks=weeks)


def test_it_links_two_once(lived_in: Street, now: datetime):
    started(lived_in, now)
    with pytest.raises(linkups.LinkUpError, match="linked already"):
        started(lived_in, now)


def test_it_is_about_the_familys_own_goals(lived_in: Street, now: datetime):
    with pytest.raises(linkups.LinkUpError, match="own goals"):
        started(lived_in, now, goals=lived_in.hollis.goals.all())


def test_it_links_no_family_with_itself(lived_in: Street, now: datetime):
    with pytest.raises(linkups.LinkUpError, match="with itself"):
        started(lived_in, now, family=lived_in.denise.family, goals=[])


def test_it_writes_time_down_for_the_supporter_from_the_pot(lived_in: Street, now: datetime):
    made = told(started(lived_in, now), cast.guardian_of(lived_in.denise.family), now)
    exchange = made.exchange
    assert exchange.giver.family == lived_in.denise.family
    assert exchange.receiver.family == lived_in.amara
    assert (exchange.pot_pays, exchange.recorded_side, exchange.standing) == (
        True,
        "giver",
        "waiting",
    )
    exchanges.confirm(exchange=exchange, by=cast.guardian_of(lived_in.amara), at=now)
    assert Account.objects.get(family=lived_in.denise.family).balance_minutes == 120
    assert Account.objects.get(family=lived_in.amara).balance_minutes == 0
    assert sum(Account.objects.values_list("balance_minutes", flat=True)) == 0
    assert Transfer.objects.filter(exchange=exchange).count() == 1


def test_it_writes_time_down_once_when_it_is_sent_twice(lived_in: Street, now: datetime):
    link_up, client_id = started(lived_in, now), uuid4()
    denise = cast.guardian_of(lived_in.denise.family)
    first = told(link_up, denise, now, client_id=client_id)
    assert told(link_up, denise, now, client_id=client_id) == first
    assert (Together.objects.count(), Exchange.objects.count()) == (1, 1)


def test_it_takes_the_familys_own_telling_as_the_receivers(lived_in: Street, now: datetime):
    made = told(started(lived_in, now), cast.guardian_of(lived_in.amara), now, side="family")
    assert made.exchange.recorded_side == "receiver"


def test_it_takes_nothing_from_a_stranger(lived_in: Street, now: datetime):
    with pytest.raises(NotYours):
        told(started(lived_in, now), cast.guardian_of(lived_in.hollis), now)


@pytest.mark.parametrize("day", [date(2026, 10, 4), date(2026, 11, 21)])
def test_it_takes_only_days_of_the_link_up(lived_in: Street, now: datetime, day: date):
    with pytest.raises(linkups.LinkUpError, match="since your hello"):
        told(
            started(lived_in, now),
            cast.guardian_of(lived_in.denise.family),
            now,
            happened_on=day,
        )
    assert not Together.objects.exists()


def test_it_ends_with_a_reason_and_closes_the_talk(lived_in: Street, now: datetime):
    made = started(lived_in, now)
    with pytest.raises(linkups.LinkUpError, match="how it ended"):
        ended(made, lived_in, now, ending="")
    done = ended(made, lived_in, now, ending="early_done")
    assert (done.ended_on, done.ending, done.ending_words) == (
        date(2026, 11, 20),
        "early_done",
        "They got there",
    )
    with pytest.raises(ConversationClosed):
        post(
            conversation=made.conversation,
            author=cast.guardian_of(lived_in.amara),
            words="Hello?",
            client_id=uuid4(),
            at=now,
        )


def test_it_ends_once(lived_in: Street, now: datetime):
    made = started(lived_in, now)
    first = ended(made, lived_in, now)
    assert ended(made, lived_in, now) == first
    with pytest.raises(linkups.LinkUpError, match="ended already"):
        ended(made, lived_in, now, ending="stopped")
    with pytest.raises(linkups.LinkUpError, match="before it started"):
        ended(started(lived_in, now), lived_in, now, on=date(2026, 10, 1))


def test_an_early_end_says_why_and_does_not_call_itself_planned(lived_in: Street, now: datetime):
    made = started(lived_in, now)
    with pytest.raises(linkups.LinkUpError, match="Early can be done too"):
        ended(made, lived_in, now, ending="done")
    with pytest.raises(linkups.LinkUpError, match="a line about why"):
        ended(made, lived_in, now, words=" ")
    last_fortnight = made.planned_end_on - timedelta(days=14)
    done = ended(made, lived_in, now, ending="done", words="", on=last_fortnight)
    assert done.ended_on == last_fortnight


def ended(link_up: LinkUp, lived_in: Street, at: datetime, **fields: object) -> LinkUp:
    """End a link-up today."""
    return linkups.end(
        **{
            "link_up": link_up,
            "ending": "early_done",
            "words": "They got there",
            "on": date(2026, 11, 20),
            "by": lived_in.ruth,
            "at": at,
            **fields,
        }
    )


def test_it_writes_a_call_down_once_and_on_a_day_that_has_been(lived_in: Street, now: datetime):
    contact = started(lived_in, now).contacts.first()

    def done(words: str, on: date) -> Contact:
        return cadence.mark_done(
            contact=contact, kind="call", words=words, on=on, by=lived_in.ruth, at=now
        )

    for day in (date(2026, 11, 21), date(2026, 10, 4)):
        with pytest.raises(cadence.ContactError, match="up to today"):
            done("Hm", day)
    done("All fine", date(2026, 10, 19))
    assert done("All fine", date(2026, 10, 19)).words == "All fine"
    with pytest.raises(cadence.WrittenAlready):
        done("Something else", date(2026, 10, 20))
    contact.refresh_from_db()
    assert contact.words == "All fine"
