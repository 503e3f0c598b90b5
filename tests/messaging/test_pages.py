"""The pages, as somebody without a script meets them, and what the script is answered."""

import re
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from messaging.models import LONGEST_MESSAGE, Message
from messaging.posting import close_conversation, remove_participant, start_conversation
from tests import cast
from tests.messaging.conftest import Talk
from tests.messaging.test_reading import say_many


def page_of(talk: Talk) -> str:
    """Give the address of the conversation."""
    return reverse("messaging:conversation", args=[talk.conversation.pk])


def signed_in(user) -> Client:
    """Give a browser in which `user` has signed in."""
    client = Client()
    client.force_login(user)
    return client


def test_it_says_what_will_come_when_there_is_nothing_yet(talk: Talk) -> None:
    page = signed_in(talk.nadia).get(reverse("messaging:conversations")).content.decode()
    assert "Nobody has written yet" in page


def test_it_lists_conversations_with_what_is_new(talk: Talk) -> None:
    talk.say("Shall we bring the big ball?")
    client = signed_in(talk.amara)
    page = client.get(reverse("messaging:conversations")).content.decode()
    assert "Denise" in page
    assert "Shall we bring the big ball?" in page
    assert "1 new" in page
    client.get(page_of(talk))
    assert "1 new" not in client.get(reverse("messaging:conversations")).content.decode()


def test_it_names_nobody_in_the_title(talk: Talk) -> None:
    client = signed_in(talk.amara)
    for address in (reverse("messaging:conversations"), page_of(talk)):
        title = re.search(r"<title>(.*?)</title>", client.get(address).content.decode(), re.DOTALL)
        assert "Denise" not in title[1]


def test_it_takes_a_message_without_a_script_and_goes_to_the_newest(talk: Talk) -> None:
    client = signed_in(talk.amara)
    client_id = re.search(
        r'name="client_id" value="([^"]+)"', client.get(page_of(talk)).content.decode()
    )[1]
    said = {"words": "Yes please!", "client_id": client_id}
    answer = client.post(page_of(talk), said)
    assert (answer.status_code, answer["Location"]) == (302, f"{page_of(talk)}#newest")
    client.post(page_of(talk), said)  # Back, and Send again
    assert Message.objects.get().words == "Yes please!"
    assert 'id="newest"' in client.get(page_of(talk)).content.decode()


def test_it_keeps_the_words_that_it_refuses_and_says_what_to_do(talk: Talk) -> None:
    words = "long " * LONGEST_MESSAGE
    answer = signed_in(talk.amara).post(page_of(talk), {"words": words, "client_id": uuid4()})
    page = answer.content.decode()
    assert answer.status_code == 400
    assert "<title>Error:" in page
    assert "There is a problem" in page
    assert "Send it in two or three" in page
    assert words.strip() in page


@pytest.mark.parametrize("client_id", ["", "not-an-id", "1", "\x00"])
def test_a_garbled_client_id_loses_no_words_and_can_be_sent_again(
    talk: Talk, client_id: str
) -> None:
    client = signed_in(talk.amara)
    answer = client.post(page_of(talk), {"words": "Yes please!", "client_id": client_id})
    page = answer.content.decode()
    assert answer.status_code == 400
    assert "Yes please!" in page
    fresh = re.search(r'name="client_id" value="([^"]+)"', page)[1]
    client.post(page_of(talk), {"words": "Yes please!", "client_id": fresh})
    assert Message.objects.count() == 1


def test_words_changed_after_going_back_are_a_second_message_once_sent_again(talk: Talk) -> None:
    client, client_id = signed_in(talk.amara), uuid4()
    client.post(page_of(talk), {"words": "Saturday?", "client_id": client_id})
    answer = client.post(page_of(talk), {"words": "Sunday?", "client_id": client_id})
    page = answer.content.decode()
    assert "Your first message was sent" in page
    fresh = re.search(r'name="client_id" value="([^"]+)"', page)[1]
    client.post(page_of(talk), {"words": "Sunday?", "client_id": fresh})
    assert list(Message.objects.values_list("words", flat=True)) == ["Saturday?", "Sunday?"]


def test_it_shows_fifty_and_leads_to_the_older_ones(talk: Talk) -> None:
    ids = say_many(talk, 120)
    client = signed_in(talk.amara)
    page = client.get(page_of(talk)).content.decode()
    assert re.findall(r'data-message="(\d+)"', page) == [str(pk) for pk in ids[70:]]
    older = client.get(page_of(talk), {"before": ids[70]}).content.decode()
    assert f'href="?before={ids[70]}"' in page
    assert re.findall(r'data-message="(\d+)"', older) == [str(pk) for pk in ids[20:70]]
    assert "<textarea" not in older
    assert "Newest messages" in older


def test_the_page_costs_the_same_with_one_message_and_with_two_hundred(
    talk: Talk, django_assert_max_num_queries
) -> None:
    client = signed_in(talk.amara)
    talk.say("Hello")
    client.get(page_of(talk))
    with django_assert_max_num_queries(20) as few:
        client.get(page_of(talk))
    say_many(talk, 200)
    client.get(page_of(talk))
    with django_assert_max_num_queries(20) as many:
        client.get(page_of(talk))
    assert len(few) == len(many)


def test_words_and_names_find_their_own_direction(talk: Talk) -> None:
    talk.say("السلام علیکم")
    assert (
        '<p dir="auto">السلام علیکم</p>'
        in signed_in(talk.amara).get(page_of(talk)).content.decode()
    )


@pytest.mark.parametrize("who", ["nadia", "coach", "wrong_coach"])
@pytest.mark.parametrize("name", ["conversation", "since"])
def test_whoever_takes_no_part_finds_nothing(talk: Talk, who: str, name: str) -> None:
    user = {"nadia": talk.nadia, "coach": talk.town.ruth, "wrong_coach": talk.town.imran}[who]
    address = reverse(f"messaging:{name}", args=[talk.conversation.pk])
    client = signed_in(user)
    assert client.get(address).status_code == 404
    if name == "conversation":
        answer = client.post(address, {"words": "Hello", "client_id": uuid4()})
        assert answer.status_code == 404
    assert not Message.objects.exists()


def test_somebody_who_was_removed_finds_nothing(talk: Talk, now: datetime) -> None:
    message = talk.say("Hello")
    client = signed_in(talk.amara)
    remove_participant(conversation=talk.conversation, user=talk.amara, at=now)
    for address in (
        page_of(talk),
        reverse("messaging:since", args=[talk.conversation.pk]),
        reverse("messaging:report", args=[talk.conversation.pk, message.pk]),
    ):
        assert client.get(address).status_code == 404


def test_a_number_that_no_row_can_have_is_simply_not_found(talk: Talk) -> None:
    client = signed_in(talk.amara)
    for number in (0, 2**63 - 1, 2**63, 10**40):
        assert client.get(f"/talk/{number}/").status_code == 404
        assert client.get(f"/talk/{number}/since/?after=0").status_code == 404
        assert client.get(f"/talk/{talk.conversation.pk}/report/{number}/").status_code == 404


def test_a_closed_conversation_can_be_read_and_has_no_field(talk: Talk, now: datetime) -> None:
    talk.say("Goodbye")
    close_conversation(conversation=talk.conversation, at=now)
    client = signed_in(talk.amara)
    page = client.get(page_of(talk)).content.decode()
    assert "Goodbye" in page
    assert "This conversation has ended" in page
    assert "<textarea" not in page
    answer = client.post(
        page_of(talk),
        {"words": "One more thing", "client_id": uuid4()},
        headers={"Accept": "application/json"},
    )
    assert answer.status_code == 400
    assert "has ended" in answer.json()["problem"]
    plain = client.post(page_of(talk), {"words": "One more thing", "client_id": uuid4()})
    assert "One more thing" in plain.content.decode()


def test_the_head_says_who_else_can_look(talk: Talk) -> None:
    page = signed_in(talk.amara).get(page_of(talk)).content.decode()
    assert "Ruth, your coach, can look at these messages if somebody is worried." in page


def test_the_head_names_both_coaches_where_there_are_two(talk: Talk, now: datetime) -> None:
    pauline = cast.volunteer("Pauline", at=talk.town.rugeley, coach=talk.town.imran)
    conversation = start_conversation(
        kind="link_up", people=[(talk.amara, "Amara"), (pauline.user, "Pauline")], at=now
    )
    page = signed_in(talk.amara).get(reverse("messaging:conversation", args=[conversation.pk]))
    assert "Ruth, your coach, and Imran, a coach, can look" in page.content.decode()


def test_a_talk_with_the_coach_says_that_nobody_else_reads_it(talk: Talk, now: datetime) -> None:
    conversation = start_conversation(
        kind="coach", people=[(talk.amara, "Amara"), (talk.town.ruth, "Ruth, your coach")], at=now
    )
    page = signed_in(talk.amara).get(reverse("messaging:conversation", args=[conversation.pk]))
    assert "Nobody else reads this" in page.content.decode()


def test_a_message_is_refused_without_the_token_of_the_page(talk: Talk) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(talk.amara)
    assert client.post(page_of(talk), {"words": "Hi", "client_id": uuid4()}).status_code == 403
    assert not Message.objects.exists()


def test_nothing_of_it_stays_in_a_cache(talk: Talk) -> None:
    client = signed_in(talk.amara)
    since = reverse("messaging:since", args=[talk.conversation.pk]) + "?after=0"
    for address in (reverse("messaging:conversations"), page_of(talk), since):
        assert "no-store" in client.get(address)["Cache-Control"]


def test_times_are_said_in_words_and_in_local_time(talk: Talk) -> None:
    talk.say("Late", at=datetime(2026, 7, 1, 18, 40, tzinfo=UTC) + timedelta(0))
    assert "7.40 in the evening" in signed_in(talk.amara).get(page_of(talk)).content.decode()
