"""Reporting a message, and the coach who may then look."""

from datetime import datetime

import pytest
from django.test import Client
from django.urls import reverse

from messaging.models import Message, Report
from messaging.posting import remove_participant, start_conversation
from messaging.reporting import CannotReport, report
from messaging.supervising import worrying
from safeguarding.models import AccessEvent, Concern
from tests.messaging.conftest import Talk
from tests.messaging.test_pages import signed_in


def report_page(talk: Talk, message: Message) -> str:
    """Give the address where a message is reported."""
    return reverse("messaging:report", args=[talk.conversation.pk, message.pk])


def look_page(talk: Talk) -> str:
    """Give the address where a coach looks in."""
    return reverse("messaging:look_in", args=[talk.conversation.pk])


def test_it_keeps_a_copy_whatever_becomes_of_the_message(talk: Talk, now: datetime) -> None:
    message = talk.say("You’ll be sorry")
    made = report(message=message, by=talk.amara, why="It frightened me", at=now)
    Message.objects.filter(pk=message.pk).update(words="(taken back)")
    made.refresh_from_db()
    assert (made.copy, made.why, made.at) == ("You’ll be sorry", "It frightened me", now)


def test_it_raises_a_concern_that_holds_the_words(talk: Talk, now: datetime) -> None:
    report(message=talk.say("You’ll be sorry"), by=talk.amara, why="It frightened me", at=now)
    concern = Concern.objects.get()
    assert "Denise wrote" in concern.words
    assert "You’ll be sorry" in concern.words
    assert "It frightened me" in concern.words
    assert concern.raised_by == talk.amara


def test_reporting_twice_is_one_report(talk: Talk, now: datetime) -> None:
    message = talk.say("You’ll be sorry")
    first = report(message=message, by=talk.amara, why="", at=now)
    assert report(message=message, by=talk.amara, why="And again", at=now) == first
    assert Concern.objects.count() == 1


def test_nobody_reports_what_they_said_themselves(talk: Talk, now: datetime) -> None:
    with pytest.raises(CannotReport):
        report(message=talk.say("Hello"), by=talk.denise, why="", at=now)


def test_a_stranger_reports_nothing(talk: Talk, now: datetime) -> None:
    with pytest.raises(CannotReport):
        report(message=talk.say("Hello"), by=talk.nadia, why="", at=now)
    assert not Concern.objects.exists()


def test_somebody_who_has_left_may_still_report_what_they_read(talk: Talk, now: datetime) -> None:
    message = talk.say("You’ll be sorry")
    remove_participant(conversation=talk.conversation, user=talk.amara, at=now)
    assert report(message=message, by=talk.amara, why="", at=now).copy == "You’ll be sorry"


def test_two_actions_report_a_message_without_a_script(talk: Talk) -> None:
    message = talk.say("You’ll be sorry")
    client = signed_in(talk.amara)
    page = client.get(reverse("messaging:conversation", args=[talk.conversation.pk]))
    assert f'href="{report_page(talk, message)}"' in page.content.decode()  # one: follow the link
    assert b"Report this message?" in client.get(report_page(talk, message)).content
    answer = client.post(report_page(talk, message), follow=True)  # two: press the button
    assert b"Thank you for telling us" in answer.content
    assert Report.objects.get().by == talk.amara


def test_it_asks_for_fewer_words_when_the_reason_is_too_long(talk: Talk) -> None:
    message = talk.say("You’ll be sorry")
    answer = signed_in(talk.amara).post(report_page(talk, message), {"why": "a" * 501})
    assert "Use 500 letters or fewer" in answer.content.decode()
    assert not Report.objects.exists()


def test_my_own_message_has_no_report_page(talk: Talk) -> None:
    message = talk.say("Hello", by=talk.amara)
    client = signed_in(talk.amara)
    assert client.get(report_page(talk, message)).status_code == 404
    page = client.get(reverse("messaging:conversation", args=[talk.conversation.pk]))
    assert "/report/" not in page.content.decode()


def test_a_message_is_reported_only_from_its_own_conversation(talk: Talk, now: datetime) -> None:
    elsewhere = start_conversation(
        kind="coach", people=[(talk.amara, "Amara"), (talk.town.ruth, "Ruth")], at=now
    )
    message = talk.say("Hello")
    address = reverse("messaging:report", args=[elsewhere.pk, message.pk])
    assert signed_in(talk.amara).get(address).status_code == 404


def test_the_coach_looks_in_once_somebody_is_worried_and_it_is_written_down(
    talk: Talk, now: datetime
) -> None:
    message = talk.say("You’ll be sorry")
    client = signed_in(talk.town.ruth)
    assert client.get(look_page(talk)).status_code == 404
    report(message=message, by=talk.amara, why="", at=now)
    assert look_page(talk) in client.get(reverse("messaging:conversations")).content.decode()
    answer = client.get(look_page(talk))
    assert "You’ll be sorry" in answer.content.decode()
    assert "no-store" in answer["Cache-Control"]
    opened = AccessEvent.objects.filter(actor=talk.town.ruth, purpose="safeguarding")
    assert set(opened.values_list("family", flat=True)) == {
        talk.amara.guardian.family_id,
        talk.denise.guardian.family_id,
    }


def test_the_coach_who_looks_in_can_neither_write_nor_report(talk: Talk, now: datetime) -> None:
    talk.say("Hello")
    report(message=talk.say("You’ll be sorry"), by=talk.amara, why="", at=now)
    page = signed_in(talk.town.ruth).get(look_page(talk)).content.decode()
    assert page.count(">Reported<") == 1
    assert "<textarea" not in page
    assert "/report/" not in page


@pytest.mark.parametrize("who", ["nadia", "imran", "amara"])
def test_nobody_else_looks_in(talk: Talk, now: datetime, who: str) -> None:
    report(message=talk.say("You’ll be sorry"), by=talk.amara, why="", at=now)
    user = {"nadia": talk.nadia, "imran": talk.town.imran, "amara": talk.amara}[who]
    expected = 404 if who == "imran" else 403
    assert signed_in(user).get(look_page(talk)).status_code == expected
    assert not AccessEvent.objects.exists()


def test_a_coach_never_looks_into_a_report_about_their_own_talk(talk: Talk, now: datetime) -> None:
    conversation = start_conversation(
        kind="coach", people=[(talk.amara, "Amara"), (talk.town.ruth, "Ruth")], at=now
    )
    talk.conversation = conversation
    report(message=talk.say("Hm", by=talk.town.ruth), by=talk.amara, why="", at=now)
    assert not worrying(talk.town.ruth).exists()


def test_a_family_handed_over_leaves_the_old_coach_at_once(talk: Talk, now: datetime) -> None:
    report(message=talk.say("You’ll be sorry"), by=talk.amara, why="", at=now)
    for user in (talk.amara, talk.denise):
        family = user.guardian.family
        family.coach = talk.town.imran
        family.save()
    assert signed_in(talk.town.ruth).get(look_page(talk)).status_code == 404
    assert signed_in(talk.town.imran).get(look_page(talk)).status_code == 200


def test_no_record_of_the_opening_no_messages(
    talk: Talk, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    report(message=talk.say("You’ll be sorry"), by=talk.amara, why="", at=now)

    def fail(*_: object) -> None:
        raise RuntimeError("the log is full")

    monkeypatch.setattr(AccessEvent.objects, "bulk_create", fail)
    client = Client(raise_request_exception=False)
    client.force_login(talk.town.ruth)
    answer = client.get(look_page(talk))
    assert answer.status_code == 500
    assert "sorry" not in answer.content.decode()
