"""What may be said, by whom, and that saying it twice says it once."""

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from threading import Barrier
from uuid import uuid4

import pytest
from django.db import IntegrityError, connection, transaction

from messaging.models import LONGEST_MESSAGE, Conversation, Message
from messaging.posting import (
    AlreadySaid,
    ConversationClosed,
    NothingSaid,
    NotInConversation,
    TooLong,
    close_conversation,
    post,
    remove_participant,
    start_conversation,
)
from tests.messaging.conftest import Talk, make_talk


def test_it_stores_what_was_said(talk: Talk, now: datetime) -> None:
    message = talk.say("Shall we bring the big ball?", at=now)
    stored = Message.objects.get()
    assert (stored.pk, stored.words, stored.author, stored.at) == (
        message.pk,
        "Shall we bring the big ball?",
        talk.denise,
        now,
    )


def test_it_rings_only_after_the_commit(
    talk: Talk, rings: list[tuple[int, int]], django_capture_on_commit_callbacks
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        message = talk.say("Hello")
        assert rings == []
    assert rings == [(talk.conversation.pk, message.pk)]


def test_it_gives_the_first_message_when_sent_again_and_rings_nobody(
    talk: Talk, now: datetime, rings: list[tuple[int, int]], django_capture_on_commit_callbacks
) -> None:
    said = {"conversation": talk.conversation, "author": talk.amara, "client_id": uuid4()}
    first = post(**said, words="Yes please\nI’ll bring oranges", at=now)
    with django_capture_on_commit_callbacks(execute=True):
        # A form sends a line end as two characters; it is the same message.
        again = post(**said, words="Yes please\r\nI’ll bring oranges ", at=now)
    assert again == first
    assert rings == []
    assert Message.objects.count() == 1


def test_it_refuses_other_words_under_the_same_client_id(talk: Talk, now: datetime) -> None:
    said = {"conversation": talk.conversation, "author": talk.amara, "client_id": uuid4()}
    first = post(**said, words="Saturday", at=now)
    with pytest.raises(AlreadySaid) as refusal:
        post(**said, words="Sunday", at=now)
    assert refusal.value.message == first
    assert Message.objects.get().words == "Saturday"


def test_two_people_may_use_the_same_client_id(talk: Talk, now: datetime) -> None:
    client_id = uuid4()
    for author in (talk.amara, talk.denise):
        post(
            conversation=talk.conversation,
            author=author,
            words="Hello",
            client_id=client_id,
            at=now,
        )
    assert Message.objects.count() == 2


def test_it_refuses_a_stranger(talk: Talk) -> None:
    with pytest.raises(NotInConversation):
        talk.say("Hello", by=talk.nadia)
    assert not Message.objects.exists()


def test_it_refuses_the_coach_who_takes_no_part(talk: Talk) -> None:
    with pytest.raises(NotInConversation):
        talk.say("Hello", by=talk.town.ruth)


def test_it_refuses_somebody_who_was_removed(talk: Talk, now: datetime) -> None:
    remove_participant(conversation=talk.conversation, user=talk.denise, at=now)
    with pytest.raises(NotInConversation):
        talk.say("Hello", by=talk.denise)


def test_it_refuses_somebody_deactivated(talk: Talk) -> None:
    talk.denise.is_active = False
    talk.denise.save()
    with pytest.raises(NotInConversation):
        talk.say("Hello", by=talk.denise)


def test_it_refuses_a_closed_conversation(talk: Talk, now: datetime) -> None:
    close_conversation(conversation=talk.conversation, at=now)
    with pytest.raises(ConversationClosed):
        talk.say("Hello")


def test_a_stale_copy_of_the_conversation_does_not_get_words_into_a_closed_one(
    talk: Talk, now: datetime
) -> None:
    stale = Conversation.objects.get()
    close_conversation(conversation=talk.conversation, at=now)
    with pytest.raises(ConversationClosed):
        post(conversation=stale, author=talk.amara, words="Hello", client_id=uuid4(), at=now)


def test_a_retry_is_answered_even_when_the_conversation_has_closed_since(
    talk: Talk, now: datetime
) -> None:
    said = {
        "conversation": talk.conversation,
        "author": talk.amara,
        "client_id": uuid4(),
        "words": "Bye",
    }
    first = post(**said, at=now)
    close_conversation(conversation=talk.conversation, at=now)
    assert post(**said, at=now) == first


@pytest.mark.parametrize("words", ["", "   ", "\r\n\t ", "\x00"])
def test_it_refuses_silence(talk: Talk, words: str) -> None:
    with pytest.raises(NothingSaid):
        talk.say(words)


def test_it_takes_the_longest_message_and_no_longer_one(talk: Talk) -> None:
    talk.say("é" * LONGEST_MESSAGE)
    # A line end counts once, however the form sends it.
    talk.say("a\r\n" * (LONGEST_MESSAGE // 2))
    for too_much in (LONGEST_MESSAGE + 1, 5_000_000):
        with pytest.raises(TooLong):
            talk.say("a" * too_much)
    assert Message.objects.count() == 2


@pytest.mark.parametrize(
    "words", ["\ud800 alone", "\x00in the middle", "\u202etxet", "👩‍👩‍👧‍👦" * 200, "اردو میں"]
)
def test_it_stores_odd_letters_or_what_is_left_of_them(talk: Talk, words: str) -> None:
    talk.say(words)
    kept = Message.objects.get().words
    assert kept
    assert "\x00" not in kept
    kept.encode("utf-8")


@pytest.mark.parametrize("words", [None, 7, b"bytes", ["list"], {"a": 1}])
def test_it_takes_nothing_but_text(talk: Talk, words: object, now: datetime) -> None:
    with pytest.raises((TypeError, AttributeError)):
        post(
            conversation=talk.conversation,
            author=talk.amara,
            words=words,  # type: ignore[arg-type]
            client_id=uuid4(),
            at=now,
        )
    assert not Message.objects.exists()


@pytest.mark.parametrize("words", ["", "a" * (LONGEST_MESSAGE + 1)])
def test_the_database_itself_refuses_what_no_door_lets_in(
    talk: Talk, now: datetime, words: str
) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Message.objects.create(
            conversation=talk.conversation,
            author=talk.amara,
            words=words,
            client_id=uuid4(),
            at=now,
        )


def test_somebody_named_twice_takes_part_once(talk: Talk, now: datetime) -> None:
    conversation = start_conversation(
        kind="coach",
        people=[(talk.amara, "Amara"), (talk.amara, "Mum"), (talk.denise, "D")],
        at=now,
    )
    assert list(conversation.participants.order_by("id").values_list("shown_as", flat=True)) == [
        "Amara",
        "D",
    ]


def test_it_refuses_a_kind_of_conversation_that_nobody_knows(talk: Talk, now: datetime) -> None:
    with pytest.raises(ValueError, match="shouting"):
        start_conversation(kind="shouting", people=[], at=now)


def test_closing_twice_keeps_the_first_time(talk: Talk, now: datetime) -> None:
    close_conversation(conversation=talk.conversation, at=now)
    close_conversation(conversation=talk.conversation, at=now.replace(year=2027))
    talk.conversation.refresh_from_db()
    assert talk.conversation.closed_at == now


@pytest.mark.concurrent
@pytest.mark.django_db(transaction=True)
def test_eight_sends_at_once_make_one_message(now: datetime) -> None:
    talk, client_id, together = make_talk(), uuid4(), Barrier(8)

    def send(_: int) -> int:
        together.wait()
        try:
            return post(
                conversation=talk.conversation,
                author=talk.amara,
                words="Yes please!",
                client_id=client_id,
                at=now,
            ).pk
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as threads:
        answers = set(threads.map(send, range(8)))
    assert answers == {Message.objects.get().pk}


@pytest.mark.concurrent
@pytest.mark.django_db(transaction=True)
def test_a_reader_who_asks_from_the_last_id_misses_nobody_while_eight_write(now: datetime) -> None:
    talk, each = make_talk(), 15

    def send(writer: int) -> None:
        try:
            for n in range(each):
                talk.say(f"{writer}.{n}", by=talk.amara if writer % 2 else talk.denise)
        finally:
            connection.close()

    seen: list[int] = []
    with ThreadPoolExecutor(8) as threads:
        writers = [threads.submit(send, writer) for writer in range(8)]
        while len(seen) < 8 * each:
            finished = all(writer.done() for writer in writers)
            after = seen[-1] if seen else 0
            new = list(
                talk.conversation.messages.filter(pk__gt=after)
                .order_by("id")
                .values_list("pk", flat=True)
            )
            seen += new
            if finished and not new:
                break
        for writer in writers:
            writer.result()
    assert seen == list(Message.objects.order_by("id").values_list("pk", flat=True))
    assert len(seen) == 8 * each
