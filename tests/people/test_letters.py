"""Mail that follows something stored never undoes it, and its failure tells the log nobody's address."""

import smtplib

from django.core.mail import EmailMessage

from people import letters

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
