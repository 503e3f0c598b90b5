"""Every view of ours is asked by owner, partner, stranger, coach, wrong coach and somebody who is signed out.

The list of views comes from the URL configuration, so a new view without an answer fails here (trust.md SG-11).
"""

from importlib import import_module

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse

from config.checks import OURS, our_views
from tests.boundaries.access import ASKERS, Answer, scene

VIEWS = sorted({name for name, _path, _view in our_views()})


def stated_answers() -> dict[str, Answer]:
    """Give every app's answers; an app without views needs no file."""
    answers: dict[str, Answer] = {}
    for app in OURS:
        if any(name.startswith(f"{app}:") for name in VIEWS) or app == "config":
            answers |= import_module(f"tests.{app}.answers").ANSWERS
    return answers


def test_it_names_no_view_that_is_gone() -> None:
    assert set(stated_answers()) - set(VIEWS) == set()


@pytest.mark.django_db
@pytest.mark.parametrize("name", VIEWS)
def test_it_answers_each_of_the_six(name: str) -> None:
    answers = stated_answers()
    assert name in answers, (
        f"Say in tests/{name.split(':', maxsplit=1)[0]}/answers.py who may use {name}."
    )
    answer = answers[name]
    stage = scene()
    address = reverse(name, kwargs=answer.make(stage))
    heard = {}
    for asker in ASKERS:
        with transaction.atomic():
            client = Client()
            if stage.users[asker] is not None:
                client.force_login(stage.users[asker])
            response = getattr(client, answer.method)(address, answer.data(stage))
            heard[asker] = response.status_code
            transaction.set_rollback(True)
    assert heard == {asker: getattr(answer, asker) for asker in ASKERS}
