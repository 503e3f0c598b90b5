"""Somebody gave, somebody received: one side writes it down, the other answers. Told as stories."""

from datetime import date, timedelta
from functools import partial
from uuid import UUID

import pytest

from people.models import Consent
from tests import cast
from timebank import accounts, exchanges, ledger
from timebank.models import Exchange, Transfer

pytestmark = pytest.mark.django_db

CLIENT = UUID("7b4d4a6e-0000-4000-8000-000000000001")


@pytest.fixture
def lift(neighbours, now):
    """Denise gave Amara a lift; call it to write it down as Denise, with anything else in it."""
    return partial(
        exchanges.record,
        giver=neighbours.denise,
        receiver=neighbours.amara,
        minutes=45,
        happened_on=date(2026, 11, 14),
        words="Lift to Rugeley",
        side="giver",
        by=neighbours.denise_user,
        at=now,
        client_id=CLIENT,
    )


def balances(neighbours) -> tuple[int, int]:
    neighbours.amara.refresh_from_db()
    neighbours.denise.refresh_from_db()
    return neighbours.amara.balance_minutes, neighbours.denise.balance_minutes


def say_yes_to_a_broker(user, now) -> None:
    Consent.objects.create(
        user=user, purpose=Consent.Purpose.RECORDED_FOR, wording="2026-10", given=True, at=now
    )


def test_it_moves_hours_only_when_the_other_side_says_yes(lift, neighbours, now) -> None:
    written = lift()
    assert balances(neighbours) == (0, 0)
    exchanges.confirm(exchange=written, by=neighbours.amara_user, at=now)
    assert balances(neighbours) == (-45, 45)


def test_it_moves_the_same_way_when_who_received_wrote_it_down(lift, neighbours, now) -> None:
    written = lift(side="receiver", by=neighbours.amara_user)
    exchanges.confirm(exchange=written, by=neighbours.denise_user, at=now)
    assert balances(neighbours) == (-45, 45)


def test_it_posts_once_however_often_somebody_says_yes(lift, neighbours, now) -> None:
    written = lift()
    for _time in range(3):
        exchanges.confirm(exchange=written, by=neighbours.amara_user, at=now)
    assert Transfer.objects.count() == 1


def test_it_writes_down_once_what_is_sent_twice(lift, now) -> None:
    assert lift().pk == lift(at=now + timedelta(minutes=1)).pk
    assert Exchange.objects.count() == 1


def test_it_refuses_the_same_sending_with_something_else_in_it(lift) -> None:
    lift()
    with pytest.raises(ledger.KeyReused):
        lift(minutes=46)


@pytest.mark.parametrize(
    "wrong", [{"minutes": 0}, {"minutes": 1441}, {"happened_on": date(2026, 11, 21)}]
)
def test_it_refuses_what_cannot_have_been(lift, wrong) -> None:
    with pytest.raises(exchanges.NotAsItWas):
        lift(**wrong)


def test_it_refuses_one_family_on_both_sides(lift, neighbours) -> None:
    with pytest.raises(exchanges.NotAsItWas):
        lift(receiver=neighbours.denise)


def test_it_refuses_a_stranger_who_writes_for_others(lift, neighbours) -> None:
    with pytest.raises(exchanges.NotYours):
        lift(by=neighbours.nadia_user)


def test_it_refuses_a_yes_from_the_side_that_wrote_it(lift, neighbours, now) -> None:
    with pytest.raises(exchanges.NotYours):
        exchanges.confirm(exchange=lift(), by=neighbours.denise_user, at=now)


def test_it_refuses_a_yes_from_a_stranger(lift, neighbours, now) -> None:
    with pytest.raises(exchanges.NotYours):
        exchanges.confirm(exchange=lift(), by=neighbours.nadia_user, at=now)


def test_it_never_lets_one_person_speak_for_both_sides(lift, neighbours, town, now) -> None:
    stan = cast.volunteer("Stan", at=town.burntwood)
    stan.user = neighbours.amara_user
    stan.save()
    written = lift(giver=accounts.open_account(volunteer=stan, at=now), by=neighbours.amara_user)
    with pytest.raises(exchanges.NotYours):
        exchanges.confirm(exchange=written, by=neighbours.amara_user, at=now)


def test_it_posts_the_agreed_part_and_lets_the_rest_wait(lift, neighbours, now) -> None:
    written = exchanges.dispute(exchange=lift(), minutes=30, by=neighbours.amara_user, at=now)
    assert (written.standing, written.confirmed_minutes) == (Exchange.Standing.DISPUTED, 30)
    assert balances(neighbours) == (-30, 30)


def test_it_posts_the_claimed_part_when_the_other_says_it_was_longer(lift, neighbours, now) -> None:
    exchanges.dispute(exchange=lift(), minutes=60, by=neighbours.amara_user, at=now)
    assert balances(neighbours) == (-45, 45)


def test_it_posts_nothing_when_it_did_not_happen(lift, neighbours, now) -> None:
    written = exchanges.dispute(exchange=lift(), minutes=0, by=neighbours.amara_user, at=now)
    assert written.standing == Exchange.Standing.DISPUTED
    assert balances(neighbours) == (0, 0)


def test_it_confirms_when_both_say_the_same(lift, neighbours, now) -> None:
    written = exchanges.dispute(exchange=lift(), minutes=45, by=neighbours.amara_user, at=now)
    assert written.standing == Exchange.Standing.CONFIRMED


def test_it_ends_a_dispute_when_the_other_side_comes_round(lift, neighbours, now) -> None:
    written = exchanges.dispute(exchange=lift(), minutes=30, by=neighbours.amara_user, at=now)
    exchanges.confirm(exchange=written, by=neighbours.amara_user, at=now)
    assert balances(neighbours) == (-45, 45)


def test_it_ends_a_dispute_when_the_writer_lets_the_rest_go(lift, neighbours, now) -> None:
    written = exchanges.dispute(exchange=lift(), minutes=30, by=neighbours.amara_user, at=now)
    written = exchanges.withdraw(exchange=written, by=neighbours.denise_user, at=now)
    assert (written.standing, written.confirmed_minutes) == (Exchange.Standing.CONFIRMED, 30)
    assert balances(neighbours) == (-30, 30)


@pytest.mark.parametrize(("minutes", "after"), [(30, 30), (40, 40), (45, 45)])
def test_it_ends_a_dispute_when_a_broker_settles_it(lift, neighbours, now, minutes, after) -> None:
    written = exchanges.dispute(exchange=lift(), minutes=30, by=neighbours.amara_user, at=now)
    exchanges.settle(exchange=written, minutes=minutes, by=neighbours.bea, at=now)
    assert balances(neighbours) == (-after, after)


@pytest.mark.parametrize("minutes", [29, 46])
def test_it_holds_a_broker_to_what_the_two_sides_say(lift, neighbours, now, minutes) -> None:
    written = exchanges.dispute(exchange=lift(), minutes=30, by=neighbours.amara_user, at=now)
    with pytest.raises(exchanges.NotAsItWas):
        exchanges.settle(exchange=written, minutes=minutes, by=neighbours.bea, at=now)


def test_it_lets_the_writer_take_it_back_and_nobody_else(lift, neighbours, now) -> None:
    written = lift()
    with pytest.raises(exchanges.NotYours):
        exchanges.withdraw(exchange=written, by=neighbours.amara_user, at=now)
    written = exchanges.withdraw(exchange=written, by=neighbours.denise_user, at=now)
    assert written.standing == Exchange.Standing.WITHDRAWN
    with pytest.raises(exchanges.NotWaiting):
        exchanges.confirm(exchange=written, by=neighbours.amara_user, at=now)


def test_it_lets_nobody_take_back_what_both_agreed(lift, neighbours, now) -> None:
    written = exchanges.confirm(exchange=lift(), by=neighbours.amara_user, at=now)
    with pytest.raises(exchanges.NotWaiting):
        exchanges.withdraw(exchange=written, by=neighbours.denise_user, at=now)


def test_it_stays_waiting_when_the_hours_would_go_too_low(lift, neighbours, now) -> None:
    written = lift(minutes=601)
    with pytest.raises(ledger.BelowFloor) as told:
        exchanges.confirm(exchange=written, by=neighbours.amara_user, at=now)
    written.refresh_from_db()
    assert written.standing == Exchange.Standing.WAITING
    assert "600" not in str(told.value)
    assert "10 h" not in str(told.value)


def test_it_lets_the_pot_pay_and_the_family_keep_its_hours(lift, neighbours, now) -> None:
    written = lift(pot_pays=True)
    exchanges.confirm(exchange=written, by=neighbours.amara_user, at=now)
    line = Transfer.objects.get()
    assert balances(neighbours) == (0, 45)
    assert accounts.pot().balance_minutes == -45
    assert line.stood_in_for == neighbours.amara
    assert line.kind == Transfer.Kind.LINK_UP


def test_it_puts_an_exchange_right_with_both_lines_kept(lift, neighbours, now) -> None:
    written = exchanges.dispute(exchange=lift(), minutes=30, by=neighbours.amara_user, at=now)
    exchanges.settle(exchange=written, minutes=45, by=neighbours.bea, at=now)
    exchanges.put_right(exchange=written, reason="Another day", by=neighbours.bea, at=now)
    assert balances(neighbours) == (0, 0)
    assert Transfer.objects.count() == 4


def test_it_lets_a_broker_write_only_for_those_who_said_yes(lift, neighbours, now) -> None:
    write = partial(lift, by=neighbours.bea, recorded_for=neighbours.denise_user)
    with pytest.raises(exchanges.NotYours, match="said yes"):
        write()
    say_yes_to_a_broker(neighbours.denise_user, now)
    written = write()
    assert (written.recorded_by, written.recorded_for) == (neighbours.bea, neighbours.denise_user)
    exchanges.confirm(exchange=written, by=neighbours.amara_user, at=now)
    line = Transfer.objects.get()
    assert (line.by, line.on_behalf_of) == (neighbours.amara_user, neighbours.denise_user)


def test_it_forgets_a_yes_that_was_taken_back(lift, neighbours, now) -> None:
    say_yes_to_a_broker(neighbours.denise_user, now)
    Consent.objects.create(
        user=neighbours.denise_user,
        purpose=Consent.Purpose.RECORDED_FOR,
        wording="2026-10",
        given=False,
        at=now + timedelta(hours=1),
    )
    with pytest.raises(exchanges.NotYours):
        lift(
            by=neighbours.bea,
            recorded_for=neighbours.denise_user,
            at=now + timedelta(hours=2),
        )


def test_it_keeps_a_broker_away_from_their_own_familys_hours(lift, neighbours, now) -> None:
    cast.StaffRole.objects.create(user=neighbours.amara_user, role="broker")
    say_yes_to_a_broker(neighbours.denise_user, now)
    with pytest.raises(exchanges.NotYours, match="own family"):
        lift(by=neighbours.amara_user, recorded_for=neighbours.denise_user)
    written = lift()
    with pytest.raises(exchanges.NotYours):
        exchanges.settle(exchange=written, minutes=10, by=neighbours.amara_user, at=now)
    exchanges.confirm(exchange=written, by=neighbours.amara_user, at=now)
    with pytest.raises(exchanges.NotYours):
        exchanges.put_right(exchange=written, reason="No", by=neighbours.amara_user, at=now)


def test_it_never_lets_one_broker_write_and_settle(lift, neighbours, now) -> None:
    for user in (neighbours.amara_user, neighbours.denise_user):
        say_yes_to_a_broker(user, now)
    written = lift(by=neighbours.bea, recorded_for=neighbours.denise_user)
    with pytest.raises(exchanges.NotYours):
        exchanges.confirm(exchange=written, by=neighbours.bea, at=now)
    with pytest.raises(exchanges.NotYours):
        exchanges.settle(exchange=written, minutes=45, by=neighbours.bea, at=now)
    other = cast.staff("bob@example.org", "Bob", "broker")
    exchanges.confirm(exchange=written, by=other, at=now)
    assert balances(neighbours) == (-45, 45)


def test_it_refuses_a_coach_who_is_no_broker(lift, neighbours, town, now) -> None:
    written = lift()
    for deed in (exchanges.confirm, partial(exchanges.settle, minutes=45), exchanges.withdraw):
        with pytest.raises(exchanges.NotYours):
            deed(exchange=written, by=town.ruth, at=now)


@pytest.mark.parametrize("standing", Exchange.Standing.values)
def test_it_leaves_no_standing_without_a_way_out(lift, neighbours, now, standing) -> None:
    final = {Exchange.Standing.CONFIRMED, Exchange.Standing.WITHDRAWN}
    written = lift()
    if standing == Exchange.Standing.DISPUTED:
        written = exchanges.dispute(exchange=written, minutes=0, by=neighbours.amara_user, at=now)
    if standing in final:
        return
    for deed, by in [
        (exchanges.confirm, neighbours.amara_user),
        (exchanges.withdraw, neighbours.denise_user),
        (partial(exchanges.settle, minutes=0), neighbours.bea),
    ]:
        with exchanges.transaction.atomic():
            assert deed(exchange=written, by=by, at=now).standing in final
            exchanges.transaction.set_rollback(True)
