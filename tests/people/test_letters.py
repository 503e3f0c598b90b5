"""Mail that follows something stored never undoes it, and its failure tells the log nobody's address."""

import smtplib

import pytest
from django.core.mail import EmailMessage

from people import letters
from people.models import Told
from tests import cast

LETTER = EmailMessage("Something new for you on Kith", "Hello", to=["amara@example.org"])


class Away:
    """A mail server that is refusing."""

    def send_messages(self, sent: list[EmailMessage]) -> None:
        raise smtplib.SMTPRecipientsRefused({"amara@example.org": (550, b"no such mailbox")})


def test_it_sends(mailoutbox) -> None:
    assert letters.send([LETTER], what="A notice")
    assert [letter.to for letter in mailoutbox] == [["amara@example.org"]]


def test_it_goes_on_when_mail_is_away_and_keeps_the_address_out_of_the_log(
    monkeypatch, caplog
) -> None:
    monkeypatch.setattr(letters, "get_connection", Away)
    assert not letters.send([LETTER], what="A notice about matching")
    assert caplog.messages == ["A notice about matching could not be sent: SMTPRecipientsRefused"]
    assert "amara" not in caplog.text


@pytest.mark.django_db
def test_it_tells_once(mailoutbox, now) -> None:
    amara = cast.user("amara@example.org", "Amara")
    told = [
        letters.tell_once([amara], key="once", about="matching/offered", page="/home/", at=now)
        for _each in range(3)
    ]
    assert told == [True, False, False]
    assert [letter.subject for letter in mailoutbox] == ["Something new for you on Kith"]
    assert "Amara" not in mailoutbox[0].body


@pytest.mark.django_db
def test_what_the_mail_server_refused_is_told_later(monkeypatch, mailoutbox, now) -> None:
    amara = cast.user("amara@example.org", "Amara")
    what = {"key": "once", "about": "matching/offered", "page": "/home/", "at": now}
    with monkeypatch.context() as away:
        away.setattr(letters, "get_connection", Away)
        assert not letters.tell_once([amara], **what)
    assert not Told.objects.exists()
    assert letters.tell_once([amara], **what)
    assert len(mailoutbox) == 1


@pytest.mark.django_db
def test_with_nobody_to_tell_it_waits_for_somebody(mailoutbox, now) -> None:
    assert not letters.tell_once([], key="once", about="matching/offered", page="/", at=now)
    assert not Told.objects.exists()
