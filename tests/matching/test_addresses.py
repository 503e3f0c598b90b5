"""Addresses as nobody's link writes them, and the wrong verb: each page answers, and nothing is changed by it."""

from datetime import datetime, timedelta
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from matching import rounds
from matching.models import (
    Alternative,
    CadencePick,
    Overruling,
    Proposal,
    Round,
    Shortlist,
    WeightsVersion,
)
from matching.models.weights import PARTS
from people.models import HandOver
from tests import cast
from tests.matching.browser import as_
from tests.matching.conftest import Street

GARBAGE = ("zzz", "-1", "0", "", " 1", "1.5", "²", "٣", "\0", "9" * 25, "9" * 5000)
READ = {
    "rounds": (),
    "round": ("page", "pair"),
    "difference": ("with",),
    "ask": ("name",),
    "why_not": (),
    "what_if": ("supporter", "more", "further"),
    "meeting": (),
    "weights": (),
    "hand_over": ("of", "tick"),
    "today": ("why", "from"),
    "handed": (),
    "calls": (),
}
POSTED = (
    *("open_round", "stop_round", "approve_all", "send", "decide", "alternative", "overrule"),
    "set_weights",
    "hand_back",
    "pick_cadence",
)


@pytest.fixture
def addresses(lived_in: Street, now: datetime) -> dict[str, str]:
    """Every page of a round in which one of two families waits, and of the weights."""
    lived_in.stan.delete()
    later = now + timedelta(days=7)
    for at in (now, later):
        made = rounds.open_round(area=lived_in.town.area, by=lived_in.ruth, at=at)
    proposal = made.proposals.get()
    further = proposal.alternatives.create(
        supporter=lived_in.denise, place=2, score=1, out_of=1, parts=[]
    )
    leave = HandOver.objects.create(
        client_id=uuid4(),
        giver=lived_in.ruth,
        to=lived_in.town.imran,
        by=lived_in.ruth,
        reach="all",
        from_on=now.date() + timedelta(days=1),
        back_on=now.date() + timedelta(days=7),
        made_at=now,
    )
    family = {"id": made.pk, "family_id": lived_in.amara.pk}
    where = {
        "rounds": {},
        "ask": family,
        "why_not": {**family, "supporter_id": lived_in.denise.pk},
        "overrule": {**family, "supporter_id": lived_in.denise.pk},
        "meeting": {"id": lived_in.amara.pk},
        "weights": {},
        "set_weights": {},
        "hand_over": {},
        "today": {},
        "calls": {},
        "pick_cadence": {"slug": "every-month"},
        "handed": {"id": leave.pk},
        "hand_back": {"id": leave.pk},
        "open_round": {"area_id": lived_in.town.area.pk},
        "decide": {"id": proposal.pk},
        "alternative": {"id": further.pk},
    }
    return {
        name: reverse(f"matching:{name}", kwargs=where.get(name, {"id": made.pk}))
        for name in (*READ, *POSTED)
    }


def everything() -> list[object]:
    """All that these pages could change."""
    kinds = (
        Round,
        Proposal,
        Alternative,
        Overruling,
        Shortlist,
        WeightsVersion,
        HandOver,
        CadencePick,
    )
    return [list(model.objects.order_by("pk").values()) for model in kinds]


def test_it_answers_whatever_stands_in_an_address(lived_in: Street, addresses: dict[str, str]):
    ruth, before = as_(lived_in.ruth), everything()
    for name, asked in READ.items():
        for parameter in asked:
            for told in GARBAGE:
                heard = ruth.get(
                    addresses[name], {"supporter": lived_in.denise.pk, parameter: told}
                )
                assert heard.status_code in (200, 404), (name, parameter, told[:30])
    assert everything() == before


def test_it_changes_nothing_when_asked_with_the_wrong_verb(
    lived_in: Street, addresses: dict[str, str]
):
    ruth, before = as_(lived_in.ruth), everything()
    for name in READ:
        assert ruth.head(addresses[name]).status_code == 200
        if name not in {"weights", "hand_over"}:
            assert ruth.post(addresses[name]).status_code == 405
    for name in POSTED:
        for verb in (ruth.get, ruth.head, ruth.put, ruth.delete):
            assert verb(addresses[name]).status_code == 405, name
    assert everything() == before


def test_it_changes_nothing_for_whoever_is_signed_out(addresses: dict[str, str]):
    nobody, before = Client(), everything()
    for name in READ:
        assert nobody.get(addresses[name]).status_code == 302
    for name in (*POSTED, "weights"):
        assert nobody.post(addresses[name]).status_code == 302
    assert everything() == before


def test_it_changes_nothing_of_another_area(lived_in: Street, addresses: dict[str, str]):
    imran, before = as_(lived_in.town.imran), everything()
    for name in POSTED:
        refused = 403 if name in {"set_weights", "pick_cadence"} else 404
        assert imran.post(addresses[name]).status_code == refused, name
    assert everything() == before


def test_it_takes_no_number_for_a_weight_that_is_none(addresses: dict[str, str]):
    morgan = as_(cast.staff("morgan@example.org", "Morgan", "manager"))
    asked = {**dict.fromkeys(PARTS, 5), "base": 1, "why": "To try"}
    for field in ("base", *PARTS):
        for told in ("zzz", "-1", "", "1.5", "\0", "9" * 25, "9" * 5000):
            for name in ("weights", "set_weights"):
                assert morgan.post(addresses[name], {**asked, field: told}).status_code == 200
    assert WeightsVersion.objects.count() == 1


def test_it_does_the_same_thing_twice_once(lived_in: Street, addresses: dict[str, str]):
    ruth = as_(lived_in.ruth)
    for name, data in (
        ("decide", {"keep": "1"}),
        ("decide", {"let_go": "1"}),
        ("alternative", {}),
        ("approve_all", {}),
        ("send", {}),
        ("stop_round", {}),
    ):
        ruth.post(addresses[name], data)
        once = everything()
        assert ruth.post(addresses[name], data).status_code == 302
        assert everything() == once, name
