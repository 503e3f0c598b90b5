"""A gathering's or a gift's line is put right by a broker: after a check, once, and both lines stay."""

import uuid
from datetime import timedelta

import pytest
from django.urls import reverse

from people.models import Guardian
from tests.timebank.deeds import as_user, told_by
from timebank import accounts, gatherings, leaving, ledger, lines, reading
from timebank.models import FloorException, Transfer
from timebank.statements import statement

pytestmark = pytest.mark.django_db


@pytest.fixture
def bea(neighbours):
    return as_user(neighbours.bea)


@pytest.fixture
def line(neighbours, now) -> Transfer:
    """Amara's hour and a half at a gathering, where Denise was too."""
    gatherings.record(
        words="Cooked for everybody",
        held_on=now.date(),
        minutes={neighbours.amara: 90, neighbours.denise: 30},
        by=neighbours.bea,
        at=now,
        client_id=uuid.uuid4(),
    )
    return Transfer.objects.get(payee=neighbours.amara)


def page_of(account, line) -> str:
    return reverse("timebank:put_line_right", args=[account.pk, line.pk])


def had(account) -> int:
    account.refresh_from_db()
    return account.balance_minutes


def test_it_sends_one_persons_time_back_after_a_check(neighbours, bea, line) -> None:
    home = reverse("timebank:account", args=[neighbours.amara.pk])
    address = page_of(neighbours.amara, line)
    shown = bea.get(home).content.decode()
    assert address in shown
    assert "Cooked for everybody" in shown
    assert "“Cooked for everybody”, 1 h 30" in told_by(bea.get(address))
    checked = told_by(bea.post(address, {"reason": "She was away", "step": "check"}))
    assert "She was away" in checked
    assert had(neighbours.amara) == 90
    sent = bea.post(address, {"reason": "She was away", "step": "send"})
    assert sent.url == home
    assert (had(neighbours.amara), had(neighbours.denise)) == (0, 30)
    assert address not in bea.get(home).content.decode()
    assert "Put right: She was away" in told_by(
        as_user(neighbours.amara_user).get(reverse("timebank:statement"))
    )


def test_it_tells_both_sides_for_two_weeks(neighbours, a_lift, now) -> None:
    back = ledger.reverse(
        transfer=a_lift, reason="Another week", by=neighbours.bea, at=now, key="back"
    )
    for account, user in (
        (neighbours.amara, neighbours.amara_user),
        (neighbours.denise, neighbours.denise_user),
    ):
        for days, told in [(1, [back]), (13, [back]), (14, [])]:
            at = now + timedelta(days=days)
            assert reading.hours_of(account, at=at).put_right == told
        for address in ("/home/", reverse("timebank:statement")):
            assert "Another week" in told_by(as_user(user).get(address))
    assert reading.hours_of(neighbours.nadia, at=now).put_right == []


def test_it_stands_on_the_day_on_which_it_was_put_right(neighbours, a_lift, now) -> None:
    at = now + timedelta(days=3)
    ledger.reverse(transfer=a_lift, reason="Oh", by=neighbours.bea, at=at, key="back")
    assert [line.counted_at for line in statement(neighbours.amara).lines] == [at, now]


@pytest.mark.parametrize("step", ["check", "send"])
def test_it_asks_for_a_reason(neighbours, bea, line, step) -> None:
    told = told_by(bea.post(page_of(neighbours.amara, line), {"reason": " ", "step": step}))
    assert "Write why, so that both sides understand." in told
    assert had(neighbours.amara) == 90


def test_it_is_done_once_however_often_it_is_sent(neighbours, bea, line, now) -> None:
    for reason in ("She was away", "Sent again"):
        bea.post(page_of(neighbours.amara, line), {"reason": reason, "step": "send"})
    lines.put_right(line=line, reason="Once more", by=neighbours.bea, at=now)
    assert Transfer.objects.get(reverses=line).reason == "She was away"
    assert had(neighbours.amara) == 0
    led_back = bea.get(page_of(neighbours.amara, line), follow=True)
    assert "put right already" in told_by(led_back)


def test_it_puts_a_gift_right_below_the_floor_with_an_exception(neighbours, bea, now) -> None:
    ledger.transfer(
        payer_id=accounts.pot().pk,
        payee_id=neighbours.amara.pk,
        minutes=60,
        kind="gathering",
        reason="Park",
        happened_at=now,
        by=neighbours.bea,
        at=now,
        key="park",
    )
    gift = leaving.donate(
        account=neighbours.amara,
        to=neighbours.nadia,
        minutes=60,
        words="For you",
        by=neighbours.amara_user,
        at=now,
        key="gift",
    )
    ledger.transfer(
        payer_id=neighbours.nadia.pk,
        payee_id=neighbours.denise.pk,
        minutes=660,
        kind="exchange",
        reason="Moving",
        happened_at=now,
        by=neighbours.bea,
        at=now,
        key="moving",
    )
    bea.post(page_of(neighbours.nadia, gift), {"reason": "Wrong one", "step": "send"})
    assert (had(neighbours.amara), had(neighbours.nadia)) == (60, -660)
    assert FloorException.objects.get().reverses == gift


def test_it_is_not_for_a_broker_of_the_same_family(neighbours, bea, line, now) -> None:
    Guardian.objects.create(family=neighbours.families[0], user=neighbours.bea, name="Bea")
    assert bea.get(page_of(neighbours.amara, line)).status_code == 404
    with pytest.raises(lines.NotTheirs):
        lines.put_right(line=line, reason="Mine", by=neighbours.bea, at=now)
    assert had(neighbours.amara) == 90


def test_it_finds_no_line_of_another_account_or_of_another_kind(
    neighbours, bea, line, a_lift, now
) -> None:
    assert bea.get(page_of(neighbours.denise, line)).status_code == 404
    assert bea.get(page_of(neighbours.amara, a_lift)).status_code == 404
    with pytest.raises(ledger.NotReversible):
        lines.put_right(line=a_lift, reason="No", by=neighbours.bea, at=now)
