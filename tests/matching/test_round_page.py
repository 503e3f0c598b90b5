"""A round as a coach reads it: points out of how many, and in a line why somebody waits."""

import re

import pytest
from django.test import Client

from matching.models import Proposal, Round
from people.models import Family
from tests.matching.browser import post, read
from tests.matching.conftest import Street


def test_it_shows_each_pair_with_its_arithmetic(lived_in: Street, ruth: Client):
    page = post(ruth, "open_round", area_id=lived_in.town.area.pk)
    proposal = Proposal.objects.get(family=lived_in.amara)
    assert f"How the {proposal.score:,} points are made" in page
    assert "What they lived through" in page
    assert "Not counted" in page
    assert "×" not in page  # points, and out of how many
    assert re.search(r"<td class=\"n\">\d+<span class=\"soft\">of 600</span>", page)


@pytest.mark.parametrize(
    ("code", "brief"),
    [
        ("full", "Everybody they could have is taken"),
        ("no_room", "Nobody they could have has room"),
        ("nobody", "Nobody meets every rule for them yet"),
        ("ruled_out", "Whom they could have was ruled out by a person"),
    ],
)
def test_it_says_in_a_line_why_somebody_waits_and_unfolds_the_rest(
    lived_in: Street, ruth: Client, code: str, brief: str
):
    lived_in.stan.delete()
    post(ruth, "open_round", area_id=lived_in.town.area.pk)
    made = Round.objects.get()
    made.answer["unplaced"][0]["code"] = code
    made.save()
    told = read(ruth, "round", id=made.pk).split("Not yet, and why")[1]
    assert brief in told.split("</summary>")[0]
    assert made.answer["unplaced"][0]["why"] in told.split("</summary>")[1]


def test_it_names_those_with_whom_one_more_place_would_help_and_keeps_no_name(
    lived_in: Street, ruth: Client
):
    lived_in.stan.delete()
    page = post(ruth, "open_round", area_id=lived_in.town.area.pk)
    made = Round.objects.get()
    assert "Room for one more family with Denise and Mark would place them." in page
    assert "Denise" not in str(made.answer)
    del made.answer["unplaced"][0]["room_with"]  # a round from before this was kept
    made.save()
    page = read(ruth, "round", id=made.pk)
    assert "Room for one more family there would place them." in page


@pytest.mark.parametrize(
    ("family", "supporter", "marked"),
    [(0b001, 0b110, True), (0b011, 0b110, False), (0, 0b110, False)],
)
def test_it_says_first_that_two_have_no_time_when_both_are_free(
    lived_in: Street, ruth: Client, family: int, supporter: int, marked: bool
):
    """… where both were asked, in the folded line."""
    Family.objects.filter(pk=lived_in.amara.pk).update(free_times=family)
    Family.objects.filter(pk=lived_in.denise.family_id).update(free_times=supporter)
    page = post(ruth, "open_round", area_id=lived_in.town.area.pk)
    pair = Proposal.objects.get(family=lived_in.amara, supporter=lived_in.denise)
    first = page.split(f'id="pair-{pair.pk}"')[1].split("</summary>")[0]
    assert ("No time when both are free" in first) == marked
