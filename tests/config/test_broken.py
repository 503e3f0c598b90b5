"""What somebody reads when something broke promises nothing that isn't so."""

import pytest
from django.conf import settings
from django.test import Client, RequestFactory
from django.views.defaults import server_error


def test_it_does_not_say_that_somebody_was_told(rf: RequestFactory) -> None:
    page = server_error(rf.get("/")).content.decode()
    assert not settings.ADMINS  # nobody is mailed, so nobody is told
    assert "told" not in page
    assert "It’s our fault, not yours." in page
    assert "tell your coach, or whoever runs Kith where you are" in page


@pytest.mark.django_db
def test_a_form_from_another_page_is_refused_in_our_words() -> None:
    answer = Client(enforce_csrf_checks=True).post("/accounts/login/", {"login": "a@example.org"})
    assert answer.status_code == 403
    page = answer.content.decode()
    assert "<h1>That didn’t go through</h1>" in page
    assert "Nothing was saved." in page
