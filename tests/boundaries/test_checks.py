"""The system checks refuse what they are there to refuse."""

from django.http import HttpRequest, HttpResponse
from django.urls import path

from config import checks


def open_by_oversight(request: HttpRequest) -> HttpResponse:
    """A view somebody forgot to guard."""
    return HttpResponse("hello")


open_by_oversight.__module__ = "people.views"


def test_it_refuses_a_view_without_a_policy(monkeypatch) -> None:
    pattern = path("open/", open_by_oversight, name="open")
    monkeypatch.setattr(checks, "our_views", lambda: [("open", "open/", pattern.callback)])
    assert [problem.id for problem in checks.every_view_has_a_policy()] == ["kith.E001"]


def test_it_refuses_a_field_without_a_retention_rule(monkeypatch) -> None:
    stated = checks.retention()
    stated["models"]["goals.Goal"]["personal"].pop("words")
    monkeypatch.setattr(checks, "retention", lambda: stated)
    assert [problem.msg for problem in checks.every_field_has_a_retention_rule()] == [
        "goals.Goal.words has no retention rule."
    ]


def test_it_refuses_a_rule_nobody_stated(monkeypatch) -> None:
    stated = checks.retention()
    stated["models"]["goals.Goal"]["personal"]["words"] = "for_a_while"
    monkeypatch.setattr(checks, "retention", lambda: stated)
    assert [problem.id for problem in checks.every_field_has_a_retention_rule()] == ["kith.E004"]


def test_it_warns_of_a_server_on_sqlite(settings, monkeypatch) -> None:
    monkeypatch.setitem(settings.DATABASES["default"], "ENGINE", "django.db.backends.sqlite3")
    assert [problem.id for problem in checks.served_from_postgresql()] == ["kith.W001"]


def test_it_is_content_with_a_server_on_postgresql(settings, monkeypatch) -> None:
    monkeypatch.setitem(settings.DATABASES["default"], "ENGINE", "django.db.backends.postgresql")
    assert checks.served_from_postgresql() == []
