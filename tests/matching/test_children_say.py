"""Children say yes, no or don’t mind of each supporter: kept, shown and asked about gently; it blocks nothing."""

from datetime import datetime

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from matching import choices
from matching.models import Choice, Shortlist, ShortlistEntry
from people.models import Child
from tests import cast
from tests.matching.browser import as_, post, read
from tests.matching.conftest import Street
from tests.matching.test_choices import answer, choose, entry, offered

__all__ = ["offered"]  # a fixture


@pytest.fixture
def amara(lived_in: Street, offered: dict[str, Shortlist]) -> Client:
    """Amara's phone, with two on her list."""
    return as_(cast.guardian_of(lived_in.amara))


def told(lived_in: Street, offered: dict[str, Shortlist], **more: str) -> dict[str, str]:
    """Denise is picked, though the children would rather have Stan."""
    denise, stan = (
        entry(offered["amara"], helper).pk for helper in (lived_in.denise, lived_in.stan)
    )
    says = {f"children_{denise}": "no", f"children_{stan}": "yes"}
    return {"entry": str(denise), **says, "children_words": "The one with the bikes", **more}


def test_it_asks_of_each_and_asks_gently_about_a_no(
    lived_in: Street, offered: dict[str, Shortlist], amara: Client
):
    page = read(amara, "shortlist")
    assert page.count("What do your children say?") == 2
    check = post(amara, "shortlist", told(lived_in, offered))
    assert "Your children said no to Denise and Mark" in check
    assert "Only your coach reads this." in check
    assert not Choice.objects.exists()
    again = post(amara, "shortlist", told(lived_in, offered, change="1"))
    assert again.count(" checked") == 3  # the pick and what the children say of both
    assert 'value="The one with the bikes"' in again


def test_a_no_blocks_nothing_and_is_kept_beside_each(
    lived_in: Street, offered: dict[str, Shortlist], amara: Client, ruth: Client
):
    sent = told(lived_in, offered, send="1")
    for _ in range(2):
        post(amara, "shortlist", sent)
    assert Choice.objects.count() == 1
    assert entry(offered["amara"], lived_in.denise).children == "no"
    assert entry(offered["amara"], lived_in.stan).children == "yes"
    page = read(ruth, "family", id=lived_in.amara.pk)
    for said in ("The children say no", "The children say yes", "The one with the bikes"):
        assert said in page


@pytest.mark.parametrize("passes_on", [False, True])
def test_the_supporter_reads_only_what_the_family_means_to_say(
    lived_in: Street, offered: dict[str, Shortlist], amara: Client, passes_on: bool
):
    more = {"send": "1"} | ({"passes_on": "on"} if passes_on else {})
    post(amara, "shortlist", told(lived_in, offered, **more))
    denise = as_(cast.guardian_of(lived_in.denise.family))
    page = read(denise, "choice", id=Choice.objects.get().pk)
    assert ("The one with the bikes" in page) is passes_on
    assert "children say" not in page


def test_it_says_what_to_put_right_and_loses_nothing(
    lived_in: Street, offered: dict[str, Shortlist], amara: Client
):
    wrong = told(lived_in, offered)
    wrong[f"children_{wrong['entry']}"] = "perhaps"
    page = post(amara, "shortlist", wrong)
    assert "Choose yes, no, or that they don’t mind." in page
    assert 'value="The one with the bikes"' in page
    long = post(amara, "shortlist", told(lived_in, offered) | {"children_words": "x" * 201})
    assert "Use 200 letters or fewer." in long
    unpicked = told(lived_in, offered)
    unpicked.pop("entry")
    assert post(amara, "shortlist", unpicked).count(" checked") == 2


def test_what_they_said_stands_when_they_are_asked_again(
    lived_in: Street, offered: dict[str, Shortlist], now: datetime
):
    stan = entry(offered["amara"], lived_in.stan)
    said = choices.choose(
        shortlist=offered["amara"],
        entry=entry(offered["amara"], lived_in.denise),
        children_said="",
        children={stan.pk: "yes", entry(offered["craig"], lived_in.stan).pk: "no"},
        words="",
        by=cast.guardian_of(lived_in.amara),
        at=now,
    )
    assert entry(offered["craig"], lived_in.stan).children == ""  # another family's list
    answer(said, False, now)
    choose(Shortlist.objects.get(pk=offered["amara"].pk), lived_in.stan, now)
    stan.refresh_from_db()
    assert stan.children == "yes"


def test_the_database_takes_no_other_word(lived_in: Street, offered: dict[str, Shortlist]):
    with pytest.raises(IntegrityError), transaction.atomic():
        ShortlistEntry.objects.update(children="perhaps")


def test_it_tells_what_a_sharing_familys_children_like_and_no_name(
    lived_in: Street, offered: dict[str, Shortlist], amara: Client
):
    Child.objects.filter(family=lived_in.denise.family).update(first_name="Callum")
    page = read(amara, "shortlist")
    assert '8 to 10: <span dir="auto">football</span>' in page
    assert "We know mornings." in page
    assert "Callum" not in page
