"""What somebody reads: their list, the messages of one conversation, and what is new to them."""

from datetime import UTC, date, datetime, timedelta

import pytest

from messaging import reading
from messaging.models import Conversation, Message
from messaging.posting import close_conversation, remove_participant, start_conversation
from messaging.wording import day_in_words, in_one_breath
from tests.messaging.conftest import Talk

FRIDAY = date(2026, 11, 20)


def place_of(talk: Talk, name: str = "Amara"):
    """Give somebody's place in the conversation, as a view would load it."""
    return talk.conversation.participants.select_related("user", "conversation").get(shown_as=name)


def say_many(talk: Talk, how_many: int) -> list[int]:
    """Store messages without the bell, and give their ids."""
    from uuid import uuid4  # noqa: PLC0415

    began = datetime(2026, 11, 1, 9, 0, tzinfo=UTC)
    made = Message.objects.bulk_create(
        Message(
            conversation=talk.conversation,
            author=(talk.amara, talk.denise)[n % 2],
            words=f"Number {n}",
            client_id=uuid4(),
            at=began + timedelta(hours=n),
        )
        for n in range(how_many)
    )
    return [message.pk for message in made]


def test_it_lists_who_the_last_words_and_what_is_new(talk: Talk, now: datetime) -> None:
    talk.say("Hello?", by=talk.amara)
    talk.say("Shall we bring the big ball? " * 10)
    [row] = reading.threads_for(talk.amara)
    assert row.who == "Denise"
    assert row.words.startswith("Shall we bring")
    assert row.words.endswith("…")
    assert (row.unread, row.said_by, row.at) == (1, "Denise", now)
    assert (row.door_key, row.door_kind) == (talk.denise.guardian.family_id, "family")


def test_what_i_said_is_not_new_to_me(talk: Talk) -> None:
    talk.say("Hello?", by=talk.amara)
    [row] = reading.threads_for(talk.amara)
    assert (row.unread, row.said_by) == (0, "You")


def test_it_names_whoever_said_the_last_words_and_left(talk: Talk, now: datetime) -> None:
    talk.say("Goodbye")
    remove_participant(conversation=talk.conversation, user=talk.denise, at=now)
    [row] = reading.threads_for(talk.amara)
    assert (row.said_by, row.words) == ("Denise", "Goodbye")


def test_a_conversation_without_words_stands_in_the_list(talk: Talk) -> None:
    [row] = reading.threads_for(talk.amara)
    assert row.said_by == ""
    assert (row.words, row.unread, row.at) == ("", 0, talk.conversation.started_at)


def test_the_one_last_spoken_in_comes_first(talk: Talk, now: datetime) -> None:
    start_conversation(kind="coach", people=[(talk.amara, "A"), (talk.town.ruth, "Ruth")], at=now)
    talk.say("Hello")
    assert [row.who for row in reading.threads_for(talk.amara)] == ["Denise", "Ruth"]
    assert [row.who for row in reading.threads_for(talk.amara, most=1)] == ["Denise"]


def test_a_stranger_has_no_rows_and_neither_has_somebody_who_was_removed(
    talk: Talk, now: datetime
) -> None:
    talk.say("Hello")
    assert reading.threads_for(talk.nadia) == []
    remove_participant(conversation=talk.conversation, user=talk.amara, at=now)
    assert reading.threads_for(talk.amara) == []
    # The others still see who said what, and no longer whom they talk with.
    [row] = reading.threads_for(talk.denise)
    assert row.who == "Nobody else is here now"


def test_the_list_costs_the_same_with_one_conversation_and_with_thirty(
    talk: Talk, now: datetime, django_assert_num_queries
) -> None:
    talk.say("Hello")
    with django_assert_num_queries(3):
        reading.threads_for(talk.amara)
    for n in range(30):
        start_conversation(
            kind="group", people=[(talk.amara, "Amara"), (talk.nadia, f"N{n}")], at=now
        )
    with django_assert_num_queries(3):
        assert len(reading.threads_for(talk.amara)) == 31


def test_it_pages_back_through_two_hundred_messages_without_a_gap(talk: Talk) -> None:
    ids = say_many(talk, 200)
    page = reading.newest(talk.conversation, reader=talk.amara, on=FRIDAY)
    seen = [line.message.pk for line in page.lines]
    assert page.last == ids[-1]
    while page.more:
        page = reading.newest(talk.conversation, reader=talk.amara, on=FRIDAY, before=seen[0])
        seen = [line.message.pk for line in page.lines] + seen
    assert seen == ids


def test_it_catches_up_from_any_id_without_a_gap(talk: Talk) -> None:
    ids = say_many(talk, 120)
    page = reading.messages_after(talk.conversation, ids[9], reader=talk.amara, on=FRIDAY)
    seen = [line.message.pk for line in page.lines]
    while page.more:
        page = reading.messages_after(talk.conversation, page.last, reader=talk.amara, on=FRIDAY)
        seen += [line.message.pk for line in page.lines]
    assert seen == ids[10:]
    nothing = reading.messages_after(talk.conversation, ids[-1], reader=talk.amara, on=FRIDAY)
    assert (nothing.lines, nothing.last, nothing.more) == ([], ids[-1], False)


def test_it_names_each_day_once_also_when_catching_up(talk: Talk) -> None:
    days = [datetime(2026, 11, day, 9, 0, tzinfo=UTC) for day in (16, 16, 19, 20)]
    first, *_ = [talk.say("Hello", at=at) for at in days]
    page = reading.newest(talk.conversation, reader=talk.amara, on=FRIDAY)
    assert [line.day for line in page.lines] == ["Monday", "", "Yesterday", "Today"]
    page = reading.messages_after(talk.conversation, first.pk, reader=talk.amara, on=FRIDAY)
    assert [line.day for line in page.lines] == ["", "Yesterday", "Today"]


def test_it_counts_days_where_the_families_live(talk: Talk) -> None:
    # Half past midnight in July is still the day before in Greenwich.
    talk.say("Can’t sleep", at=datetime(2026, 7, 1, 23, 30, tzinfo=UTC))
    page = reading.newest(talk.conversation, reader=talk.amara, on=date(2026, 7, 2))
    assert page.lines[0].day == "Today"


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (date(2026, 11, 20), "Today"),
        (date(2026, 11, 19), "Yesterday"),
        (date(2026, 11, 14), "Saturday"),
        (date(2026, 11, 13), "Friday 13 November"),
        (date(2026, 11, 21), "Saturday 21 November"),
        (date(2025, 12, 31), "Wednesday 31 December 2025"),
    ],
)
def test_it_says_days_as_people_do(day: date, words: str) -> None:
    assert day_in_words(day, on=FRIDAY) == words


def test_it_says_names_in_one_breath() -> None:
    assert in_one_breath([]) == ""
    assert in_one_breath(["Denise"]) == "Denise"
    assert in_one_breath(["Denise", "Mark"]) == "Denise and Mark"
    assert in_one_breath(["Denise", "Mark", "Ruth"]) == "Denise, Mark and Ruth"


def test_what_was_seen_only_grows(talk: Talk) -> None:
    ids = say_many(talk, 4)
    reading.mark_seen(place_of(talk), ids[3])
    reading.mark_seen(place_of(talk), ids[1])
    assert place_of(talk).seen_id == ids[3]


def test_mine_is_read_once_everybody_else_has_seen_it(talk: Talk) -> None:
    first, second = talk.say("One", by=talk.amara), talk.say("Two", by=talk.amara)
    reading.mark_seen(place_of(talk, "Denise"), first.pk)
    page = reading.newest(talk.conversation, reader=talk.amara, on=FRIDAY)
    assert [(line.message, line.read) for line in page.lines] == [(first, True), (second, False)]


def test_it_tells_the_bell_who_may_listen(talk: Talk, now: datetime) -> None:
    def heard_by(user) -> int | None:
        return reading.last_heard_by(user_id=user.pk, conversation_id=talk.conversation.pk)

    assert heard_by(talk.amara) == 0
    message = talk.say("Hello")
    assert heard_by(talk.amara) == message.pk
    assert heard_by(talk.nadia) is None
    assert heard_by(talk.town.ruth) is None
    close_conversation(conversation=talk.conversation, at=now)
    assert heard_by(talk.amara) == message.pk
    remove_participant(conversation=talk.conversation, user=talk.amara, at=now)
    assert heard_by(talk.amara) is None
    assert reading.last_heard_by(user_id=talk.amara.pk, conversation_id=10**40) is None


def test_every_kind_of_conversation_can_be_started(talk: Talk, now: datetime) -> None:
    for kind in Conversation.Kind.values:
        assert start_conversation(kind=kind, people=[(talk.amara, "A")], at=now).kind == kind
