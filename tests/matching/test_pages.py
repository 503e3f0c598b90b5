"""The pages of matching as people meet them: from opening a round to writing down an afternoon."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from matching import choices, linkups
from matching.forms import MOST_GIVEN_BACK
from matching.models import Choice, LinkUp, Proposal, Round, Shortlist, Together
from safeguarding.models import AccessEvent
from tests import cast
from tests.matching.browser import as_, post, read
from tests.matching.conftest import Street


@pytest.fixture
def amara(lived_in: Street) -> Client:
    """Amara's phone."""
    return as_(cast.guardian_of(lived_in.amara))


@pytest.fixture
def sent(lived_in: Street, ruth: Client) -> Round:
    """A round that Ruth opened, approved and sent on its pages."""
    page = post(ruth, "open_round", area_id=lived_in.town.area.pk)
    assert "Two of two families can be matched" in page
    assert "Checked a second way" in page
    made = Round.objects.get()
    post(ruth, "approve_all", id=made.pk)
    assert "2 families have an offer now" in post(ruth, "send", id=made.pk)
    return made


def test_it_walks_from_a_round_to_an_afternoon_together(
    lived_in: Street, sent: Round, amara: Client
):
    shortlist = Shortlist.objects.get(family=lived_in.amara)
    page = read(amara, "shortlist")
    assert "Two who could walk with you" in page
    entry = shortlist.entries.get(supporter=lived_in.denise)
    chosen = {
        "entry": entry.pk,
        f"children_{entry.pk}": "yes",
        "children_words": "the one with the dog",
    }
    assert "Check your choice" in post(amara, "shortlist", chosen)
    assert not Choice.objects.exists()
    assert "checked" in post(amara, "shortlist", {**chosen, "change": "1"})
    assert "We’ve asked Denise and Mark" in post(amara, "shortlist", {**chosen, "send": "1"})
    choice = Choice.objects.get()
    assert (choice.children_said, choice.passes_on) == ("the one with the dog", False)

    denise = as_(cast.guardian_of(lived_in.denise.family))
    asked = read(denise, "choice", id=choice.pk)
    assert "Mornings without shouting" in asked
    assert "Us, with Amara and Joe" in post(denise, "choice", {"yes": "1"}, id=choice.pk)
    link_up = LinkUp.objects.get()
    assert "Week 1 of 20" in read(amara, "link_up", id=link_up.pk)

    form = read(denise, "together", id=link_up.pk)
    client_id = re.search(r'name="client_id" value="([0-9a-f-]+)"', form)
    told = {
        "happened_on": timezone.localdate().isoformat(),
        "minutes": "1h30",
        "words": "Park, then chips",
        "client_id": client_id.group(1),
    }
    for _twice in range(2):
        assert "Waiting for the other side" in post(denise, "together", told, id=link_up.pk)
    assert Together.objects.get().exchange.claimed_minutes == 90


def test_it_writes_down_whose_records_a_round_shows(lived_in: Street, ruth: Client, sent: Round):
    AccessEvent.objects.all().delete()
    read(ruth, "round", id=sent.pk)
    assert set(AccessEvent.objects.values_list("family", "purpose", "page")) == {
        (family.pk, "matching", "matching:round")
        for family in (lived_in.amara, lived_in.hollis, lived_in.denise.family)
    }


def test_it_writes_down_a_coachs_look_and_nobody_elses(
    lived_in: Street, ruth: Client, sent: Round, amara: Client
):
    AccessEvent.objects.all().delete()
    read(amara, "shortlist")
    assert not AccessEvent.objects.exists()
    read(ruth, "family", id=lived_in.amara.pk)
    event = AccessEvent.objects.get()
    assert (event.actor, event.family, event.purpose) == (
        lived_in.ruth,
        lived_in.amara,
        "coaching",
    )


def test_it_tells_that_a_refused_pair_was_approved_before(lived_in: Street, ruth: Client):
    post(ruth, "open_round", area_id=lived_in.town.area.pk)
    proposal = Proposal.objects.first()
    post(ruth, "decide", {"approve": "1"}, id=proposal.pk)
    refusal = {"refuse": "1", "why": "They are cousins"}
    response = ruth.post(reverse("matching:decide", kwargs={"id": proposal.pk}), refusal)
    assert "#" not in response.url  # what is told stands at the top
    page = ruth.get(response.url).content.decode()
    assert "You had approved this pair." in page
    assert "They are cousins" in page
    assert "had approved this pair" not in post(ruth, "decide", refusal, id=proposal.pk)


def test_it_asks_why_not_these_two(lived_in: Street, ruth: Client):
    post(ruth, "open_round", area_id=lived_in.town.area.pk)
    proposal = Proposal.objects.first()
    assert "why not these two" in post(ruth, "decide", {"refuse": "1", "why": ""}, id=proposal.pk)
    page = post(ruth, "decide", {"refuse": "1", "why": "They are cousins"}, id=proposal.pk)
    assert "They are cousins" in page


def test_it_gives_a_reason_that_is_too_long_back_and_decides_nothing(
    lived_in: Street, ruth: Client
):
    post(ruth, "open_round", area_id=lived_in.town.area.pk)
    proposal = Proposal.objects.first()
    page = post(ruth, "decide", {"refuse": "1", "why": "x" * 281}, id=proposal.pk)
    assert f'<a href="#why-{proposal.pk}">Say why in 280 letters or fewer.</a>' in page
    assert "data-focus" in page
    box = re.search(rf'<input[^>]* id="why-{proposal.pk}"[^>]*>', page)
    assert f'value="{"x" * 281}"' in box.group()
    assert 'aria-invalid="true"' in box.group()
    assert len(re.findall(r"<details open", page.split(f'id="pair-{proposal.pk}"')[1])) >= 2
    assert "<title>Error: " in page
    proposal.refresh_from_db()
    assert proposal.standing == Proposal.Standing.PROPOSED


def test_it_gives_no_more_than_a_few_pages_of_a_reason_back(ruth: Client, lived_in: Street):
    post(ruth, "open_round", area_id=lived_in.town.area.pk)
    proposal = Proposal.objects.first()
    page = post(ruth, "decide", {"refuse": "1", "why": "x" * 200_000}, id=proposal.pk)
    assert "Say why in 280 letters or fewer." in page
    assert max(len(run) for run in re.findall("x+", page)) == MOST_GIVEN_BACK


def test_it_gives_a_reason_back_that_comes_after_the_round_was_sent(ruth: Client, sent: Round):
    proposal = sent.proposals.first()
    page = post(ruth, "decide", {"refuse": "1", "why": "They are cousins"}, id=proposal.pk)
    assert "A new round can change the rest" in page
    assert "They are cousins" in page


def test_it_writes_down_whose_records_it_shows_with_a_reason_to_put_right(
    lived_in: Street, ruth: Client
):
    post(ruth, "open_round", area_id=lived_in.town.area.pk)
    AccessEvent.objects.all().delete()
    post(ruth, "decide", {"refuse": "1", "why": ""}, id=Proposal.objects.first().pk)
    assert set(AccessEvent.objects.values_list("family", flat=True)) == {
        lived_in.amara.pk,
        lived_in.hollis.pk,
        lived_in.denise.family_id,
    }


def test_it_keeps_what_the_children_said_when_somebody_has_no_room_any_more(
    lived_in: Street, sent: Round, amara: Client, monkeypatch: pytest.MonkeyPatch
):
    entry = Shortlist.objects.get(family=lived_in.amara).entries.first()

    def asked_first(**_told: object) -> None:
        raise choices.NoLongerFreeError("Somebody else asked them first.")

    monkeypatch.setattr(choices, "choose", asked_first)
    told = {"entry": entry.pk, "children_words": "the dog", "send": "1"}
    page = post(amara, "shortlist", told)
    assert "Somebody else asked them first." in page
    assert 'value="the dog"' in page


def test_it_gives_back_what_would_feel_right_when_the_list_was_closed_meanwhile(
    lived_in: Street, sent: Round, amara: Client
):
    Shortlist.objects.update(standing=Shortlist.Standing.CLOSED)
    page = post(amara, "none_of_these", {"words": "Somebody with a garden"})
    assert "Your list was closed meanwhile" in page
    assert "Somebody with a garden" in page


def test_it_tells_a_family_nothing_of_where_or_how_to_reach_a_supporter(
    lived_in: Street, sent: Round, amara: Client
):
    page = read(amara, "shortlist")
    assert "less than a mile away" in page
    for secret in ("@example.org", " km", "52.6", "-1.9", "points"):
        assert secret not in page


def test_it_keeps_names_out_of_titles(lived_in: Street, ruth: Client, sent: Round, amara: Client):
    pages = [
        read(ruth, "families"),
        read(ruth, "family", id=lived_in.amara.pk),
        read(ruth, "round", id=sent.pk),
        read(amara, "shortlist"),
    ]
    titles = " ".join(re.findall(r"<title>(.*?)</title>", " ".join(pages), flags=re.DOTALL))
    for name in ("Amara", "Joe", "Denise", "Hollis", "Stan"):
        assert name not in titles


def test_it_says_what_to_do_when_nobody_is_chosen(lived_in: Street, sent: Round, amara: Client):
    page = post(amara, "shortlist", {"children": "unsure"})
    assert "There is a problem" in page
    assert "Choose one of them, or tell us that none feels right" in page


def test_it_hands_none_of_these_back(lived_in: Street, sent: Round, amara: Client, ruth: Client):
    assert "Tell us in a few words" in post(amara, "none_of_these", {"words": ""})
    amara.post(reverse("matching:none_of_these"), {"words": "Somebody with a baby"})
    assert "Nobody to choose from just now" in read(amara, "shortlist")
    assert "Somebody with a baby" in read(ruth, "family", id=lived_in.amara.pk)


def test_it_shows_who_was_taken_meanwhile(lived_in: Street, sent: Round, amara: Client):
    craig = as_(cast.guardian_of(lived_in.hollis))
    theirs = Shortlist.objects.get(family=lived_in.hollis)
    entry = theirs.entries.get(supporter=lived_in.stan)
    post(craig, "shortlist", {"entry": entry.pk, "children": "", "send": "1"})
    assert "Somebody else asked them first" in read(amara, "shortlist")


def test_it_notes_a_call_and_leads_to_the_next(lived_in: Street, sent: Round, ruth: Client):
    link_up = linkups.start(
        family=lived_in.amara,
        supporter=lived_in.denise,
        goals=[],
        weeks=20,
        on=timezone.localdate() - timedelta(weeks=2),
        by=lived_in.ruth,
        at=timezone.now(),
    )
    first, second = link_up.contacts.filter(due_on=timezone.localdate()).order_by("pk")
    noted = {"kind": "call", "on": timezone.localdate().isoformat(), "words": "All is well"}
    response = ruth.post(reverse("matching:contact", kwargs={"id": first.pk}), noted)
    assert response.url == reverse("matching:contact", kwargs={"id": second.pk})
    assert "up to today" in post(ruth, "contact", {**noted, "on": "2030-01-01"}, id=second.pk)
    first.refresh_from_db()
    assert (first.words, first.done_by) == ("All is well", lived_in.ruth)
    again = post(ruth, "contact", {**noted, "words": "One more thing"}, id=first.pk)
    assert "Nothing was changed" in again
    assert "One more thing" in again
    early = {"ending": "early_done", "looks_on": "no"}
    assert "write a line about why" in post(ruth, "end", early, id=link_up.pk)
    post(ruth, "end", {**early, "words": "They got there"}, id=link_up.pk)
    lived_in.amara.refresh_from_db()
    assert not lived_in.amara.wants_link_up
    assert "Well done" in read(ruth, "link_up", id=link_up.pk)


def test_it_shows_an_empty_list_with_a_way_on(lived_in: Street, amara: Client):
    assert "Your coach can tell you how the search goes" in read(amara, "shortlist")
    imran = as_(lived_in.town.imran)
    assert "Nobody on this list" in read(imran, "families")
    assert "No rounds yet" in read(imran, "rounds")
    page = post(imran, "open_round", area_id=lived_in.town.other_area.pk)
    assert "Nobody is waiting here" in page
