"""What members see next, from choosing to writing down time together."""

from datetime import date, datetime
from uuid import uuid4

from django.test import Client

from matching import choices, linkups
from matching.models import LinkUp
from matching.reading import link_ups_of, next_thing
from tests import cast
from tests.matching.conftest import Street
from tests.matching.test_reading import ON, linked, offered


def test_it_leads_a_family_from_choosing_to_writing_down(lived_in: Street, now: datetime):
    amara, denise = cast.guardian_of(lived_in.amara), cast.guardian_of(lived_in.denise.family)
    assert next_thing(amara) is None
    shortlist = offered(lived_in, now)
    assert next_thing(amara).url == "/together/choose/"
    choice = choices.choose(
        shortlist=shortlist,
        entry=shortlist.entries.get(supporter=lived_in.denise),
        children_said="",
        words="",
        by=amara,
        at=now,
    )
    assert next_thing(amara) is None
    assert next_thing(denise).url == f"/together/asked/{choice.pk}/"
    link_up = choices.answer(choice=choice, yes=True, by=denise, at=now)
    assert [row.other.name for row in link_ups_of(amara)] == ["Denise and Mark"]
    assert [row.other.name for row in link_ups_of(denise)] == ["Amara and Joe"]
    assert link_ups_of(lived_in.ruth) == []
    client = Client()
    client.force_login(amara)
    assert "in a link-up with Denise and Mark" in client.get("/together/choose/").content.decode()
    LinkUp.objects.filter(pk=link_up.pk).update(started_on=date(2026, 1, 5))
    assert next_thing(amara).url == f"/together/{link_up.pk}/time/"


def test_it_asks_the_other_side_to_confirm(lived_in: Street, now: datetime):
    link_up = linked(lived_in, now)
    denise, amara = cast.guardian_of(lived_in.denise.family), cast.guardian_of(lived_in.amara)
    made = linkups.record_together(
        link_up=link_up,
        minutes=60,
        happened_on=ON,
        words="Tea",
        side="supporter",
        by=denise,
        at=now,
        client_id=uuid4(),
    )
    assert next_thing(amara).url.endswith(f"/{made.exchange_id}/")
    assert next_thing(amara).words == "Tea"
    assert next_thing(denise) is None or next_thing(denise).words != "Tea"
