"""When the mail server is down, whoever waits for a code is told so, and nothing else changes."""

import pytest
from django.core.mail import EmailMessage
from django.core.mail.backends.locmem import EmailBackend


def refuse(backend: EmailBackend, letters: list[EmailMessage]) -> int:
    raise ConnectionRefusedError("nobody listens")


@pytest.fixture
def mail_is_away(monkeypatch) -> None:
    monkeypatch.setattr(EmailBackend, "send_messages", refuse)


def test_it_says_that_the_code_was_not_sent(client, town, mail_is_away) -> None:
    answer = client.post("/accounts/login/code/", {"email": "ruth@example.org"})
    assert answer.status_code == 503
    assert "Our mail is stuck" in answer.content.decode()


def test_it_answers_an_unknown_address_the_same(client, town, mail_is_away) -> None:
    known = client.post("/accounts/login/code/", {"email": "ruth@example.org"})
    unknown = client.post("/accounts/login/code/", {"email": "nobody@example.org"})
    assert unknown.status_code == known.status_code


def test_it_lets_them_in_by_code_once_mail_is_back(client, db, monkeypatch, mailoutbox) -> None:
    with monkeypatch.context() as away:
        away.setattr(EmailBackend, "send_messages", refuse)
        assert client.post("/accounts/signup/", {"email": "new@example.org"}).status_code == 503
    assert client.post("/accounts/login/code/", {"email": "new@example.org"}).status_code == 302
    assert [letter.to for letter in mailoutbox] == [["new@example.org"]]
