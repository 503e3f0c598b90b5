"""Handing over by page: three presses from Today, both coaches and the families read of it, and nobody else does."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from matching import linkups
from matching.reading.handing import NEWS_TO_FAMILIES, handing_lines, who_looks_after
from people.handing import Reach, end, hand_over
from people.models import Family, HandOver, User
from tests import cast
from tests.matching.browser import as_
from tests.matching.conftest import Street

PAGE = "/together/hand-over/"
LONG = "because " * 60


@pytest.fixture
def told(lived_in: Street) -> dict[str, object]:
    """What Ruth fills in before her leave."""
    today = timezone.localdate()
    return {
        "to": lived_in.town.imran.pk,
        "which": "all",
        "how": "leave",
        "from_on": today.isoformat(),
        "back_on": (today + timedelta(days=7)).isoformat(),
        "why": "Away",
        "client_id": str(uuid4()),
    }


def hands(giver: User, to: User, **told: object) -> HandOver:
    """Everybody, from today, for good unless told otherwise."""
    first = {"reach": Reach(), "from_on": timezone.localdate(), "back_on": None, "why": ""}
    return hand_over(
        giver=giver,
        to=to,
        by=giver,
        at=timezone.now(),
        client_id=uuid4(),
        **{**first, **told},  # type: ignore[arg-type]
    )


def test_it_takes_three_presses_from_today(lived_in, told):
    ruth, imran = as_(lived_in.ruth), as_(lived_in.town.imran)
    assert f'href="{PAGE}"' in ruth.get("/home/").content.decode()
    check = ruth.post(PAGE, {**told, "step": "look"}).content.decode()
    assert "3 families and 1 volunteer" in check
    assert not HandOver.objects.exists()
    done = ruth.post(PAGE, {**told, "step": "send"}, follow=True).content.decode()
    assert "Imran looks after them now" in done
    assert "Imran looks after 3 families and 1 volunteer for you" in done
    assert "You look after 0 families" in done
    family = reverse("matching:family", args=[lived_in.amara.pk])
    assert ruth.get(family).status_code == 404
    assert imran.get(family).status_code == 200
    came = imran.get("/home/").content.decode()
    assert "From Ruth, who is away and back on" in came
    made = HandOver.objects.get()
    assert family in imran.get(reverse("matching:handed", args=[made.pk])).content.decode()
    assert "Amara" not in ruth.get(reverse("matching:handed", args=[made.pk])).content.decode()
    ruth.post(PAGE, {**told, "step": "send"})  # the button, once more
    assert HandOver.objects.count() == 1
    ruth.post(reverse("matching:hand_back", args=[made.pk]))
    assert ruth.get(family).status_code == 200


def test_contacts_that_are_due_move_along(lived_in, told):
    linkups.start(
        family=lived_in.amara,
        supporter=lived_in.denise,
        goals=[],
        weeks=20,
        on=timezone.localdate() - timedelta(weeks=3),
        by=lived_in.ruth,
        at=timezone.now(),
    )
    ruth, imran = as_(lived_in.ruth), as_(lived_in.town.imran)
    assert "Note the call" in ruth.get("/home/").content.decode()
    hands(lived_in.ruth, lived_in.town.imran)
    assert "Note the call" not in ruth.get("/home/").content.decode()
    assert "Note the call" in imran.get("/home/").content.decode()


def test_it_ticks_one_by_one(lived_in, told):
    ruth = as_(lived_in.ruth)
    assert "Amara and Joe" in ruth.get(PAGE, {"tick": "1"}).content.decode()
    ticked = {**told, "people": [f"f{lived_in.amara.pk}", f"v{lived_in.stan.volunteer_id}"]}
    check = ruth.post(f"{PAGE}?tick=1", {**ticked, "step": "look"}).content.decode()
    assert "1 family and 1 volunteer" in check
    assert f'value="f{lived_in.amara.pk}"' in check
    ruth.post(f"{PAGE}?tick=1", {**ticked, "step": "send"})
    mine = Family.objects.looked_after_by(lived_in.town.imran)
    assert list(mine) == [lived_in.amara]
    other = cast.family("Other", guardian="O", at=lived_in.town.rugeley, coach=lived_in.town.imran)
    stolen = {**told, "people": [f"f{other.pk}"], "client_id": str(uuid4()), "step": "send"}
    assert "no longer with you" in ruth.post(f"{PAGE}?tick=1", stolen).content.decode()
    for rubbish in ("zzz", "f", "f9999999999999999999", "f1 OR 1", "\0"):
        page = ruth.post(f"{PAGE}?tick=1", {**stolen, "people": [rubbish]})
        assert page.status_code == 200


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"to": ""}, "Choose a coach"),
        ({"to": "zzz"}, "Choose a coach"),
        ({"which": "9999"}, "Choose who goes along"),
        ({"how": ""}, "Choose for how long"),
        ({"back_on": ""}, "Choose the first day back"),
        ({"back_on": "31/02/2026"}, "Write the day like"),
        ({"from_on": str(timezone.localdate() - timedelta(days=2))}, "today or a later day"),
        ({"back_on": str(timezone.localdate() + timedelta(days=400))}, "more than a year"),
        ({"why": LONG}, "280 letters or fewer"),
        ({"client_id": "zzz"}, ""),
    ],
)
def test_it_says_what_is_missing_and_keeps_what_was_written(lived_in, told, change, words):
    for step in ("look", "send"):
        page = as_(lived_in.ruth).post(PAGE, {**told, **change, "step": step})
        assert words in page.content.decode()
        assert 'value="Away"' in page.content.decode() or "why" in change
    assert not HandOver.objects.exists()


def test_changing_something_goes_back_with_everything_written(lived_in, told):
    page = as_(lived_in.ruth).post(PAGE, {**told, "step": "change"}).content.decode()
    assert 'value="Away"' in page
    assert "Look at it once more" in page
    assert not HandOver.objects.exists()


def test_a_manager_hands_over_for_a_coach_who_is_ill_and_reads_no_names(lived_in, told):
    manager = as_(cast.staff("morgan@example.org", "Morgan", "manager"))
    assert f'href="{PAGE}"' in manager.get("/home/").content.decode()
    whose = manager.get(PAGE).content.decode()
    assert f'href="?of={lived_in.ruth.pk}"' in whose
    of = f"{PAGE}?of={lived_in.ruth.pk}"
    for address in (of, f"{of}&tick=1"):
        assert "Amara" not in manager.get(address).content.decode()
    manager.post(of, {**told, "step": "send"})
    made = HandOver.objects.get()
    assert made.giver == lived_in.ruth
    assert made.by.name == "Morgan"
    assert "Amara" not in manager.get(reverse("matching:handed", args=[made.pk])).content.decode()
    nobody = cast.guardian_of(lived_in.amara)
    assert manager.get(f"{PAGE}?of={nobody.pk}").status_code == 404


def test_a_coach_hands_over_nobody_of_another_coach(lived_in, told):
    imran = as_(lived_in.town.imran)
    address = f"{PAGE}?of={lived_in.ruth.pk}"
    assert imran.get(address).status_code == 404
    assert imran.post(address, {**told, "step": "send"}).status_code == 404
    assert not HandOver.objects.exists()


def test_the_receiver_does_not_send_them_back_nor_does_a_stranger_read_of_it(lived_in):
    back = timezone.localdate() + timedelta(days=7)
    made = hands(lived_in.ruth, lived_in.town.imran, back_on=back)
    grace = cast.staff("grace@example.org", "Grace", "coach")
    for who, name in ((lived_in.town.imran, "hand_back"), (grace, "hand_back"), (grace, "handed")):
        method = "post" if name == "hand_back" else "get"
        heard = getattr(as_(who), method)(reverse(f"matching:{name}", args=[made.pk]))
        assert heard.status_code == 404
    made.refresh_from_db()
    assert made.ended_at is None


def test_a_family_reads_calmly_who_looks_after_it(lived_in):
    amara = as_(cast.guardian_of(lived_in.amara))
    assert "looks after you" not in amara.get("/home/").content.decode()
    back = timezone.localdate() + timedelta(days=7)
    made = hands(lived_in.ruth, lived_in.town.imran, back_on=back)
    for page in (amara, as_(lived_in.stan.volunteer.user)):
        assert "Imran looks after you till then" in page.get("/home/").content.decode()
    end(hand_over=made, by=None, at=timezone.now())
    assert "Ruth is back" in amara.get("/home/").content.decode()
    hands(lived_in.ruth, lived_in.town.imran)
    assert "Imran looks after you now, instead of Ruth" in amara.get("/home/").content.decode()
    lived_in.amara.refresh_from_db()
    later = timezone.now() + NEWS_TO_FAMILIES
    assert who_looks_after(lived_in.amara, at=later) == ""


def test_a_line_tells_both_coaches_while_it_is_news(lived_in):
    ruth, imran, now = lived_in.ruth, lived_in.town.imran, timezone.now()

    def lines(user: User, days: int = 0) -> list[str]:
        return [one.words for one in handing_lines(user, at=now + timedelta(days=days))]

    first = timezone.localdate() + timedelta(days=2)
    planned = hands(ruth, imran, from_on=first, back_on=date(first.year + 1, 1, 1))
    assert "Imran looks after people of yours" in lines(ruth)[0]
    assert "people come to you from Ruth" in lines(imran)[0]
    imran.staff_roles.all().delete()
    assert "can’t take your people" in lines(ruth, 3)[0]
    end(hand_over=planned, by=ruth, at=now)
    assert lines(ruth) == lines(imran) == []
    cast.StaffRole.objects.create(user=imran, role="coach")
    hands(ruth, imran)
    assert lines(ruth) == []
    assert lines(imran) == ["From Ruth, for good: 3 families and 1 volunteer."]
    assert lines(imran, 8) == []


def test_the_pages_cost_the_same_with_many(lived_in, told):
    def costs() -> list[int]:
        found = []
        ruth, imran = as_(lived_in.ruth), as_(lived_in.town.imran)
        made = hands(lived_in.ruth, lived_in.town.imran)
        for client, address in (
            (imran, reverse("matching:handed", args=[made.pk])),
            (imran, PAGE),
            (imran, f"{PAGE}?tick=1"),
        ):
            with CaptureQueriesContext(connection) as queries:
                assert client.get(address).status_code == 200
            found.append(len(queries))
        with CaptureQueriesContext(connection) as queries:
            ruth.post(PAGE, {**told, "step": "look"})
        found.append(len(queries))
        Family.objects.update(coach=lived_in.ruth)
        return found

    few = costs()
    like = {"place": lived_in.town.burntwood, "cell_latitude": 52, "cell_longitude": 1}
    Family.objects.bulk_create(
        Family(display_name=f"F{n}", applied_on=date(2026, 1, 1), coach=lived_in.ruth, **like)
        for n in range(80)
    )
    assert costs() == few
