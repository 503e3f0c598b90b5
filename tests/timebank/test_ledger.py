"""The ledger in one connection: worked stories, refusals and retries."""

from datetime import timedelta
from functools import partial

import pytest

from timebank import accounts, ledger
from timebank.models import FloorException, Transfer

pytestmark = pytest.mark.django_db


@pytest.fixture
def lift(neighbours, now):
    """Denise gave Amara a lift of 45 minutes; call it to post, with anything else in it."""
    return partial(
        ledger.transfer,
        payer_id=neighbours.amara.pk,
        payee_id=neighbours.denise.pk,
        minutes=45,
        kind=Transfer.Kind.EXCHANGE,
        reason="Lift to Rugeley",
        happened_at=now - timedelta(days=2),
        by=neighbours.amara_user,
        at=now,
        key="lift-1",
    )


def test_it_takes_from_who_received_and_gives_to_who_gave(lift, neighbours) -> None:
    posted = lift()
    neighbours.amara.refresh_from_db()
    neighbours.denise.refresh_from_db()
    assert (neighbours.amara.balance_minutes, neighbours.denise.balance_minutes) == (-45, 45)
    assert (posted.payer_balance_after, posted.payee_balance_after) == (-45, 45)


def test_it_gives_the_first_answer_to_the_same_key_and_body(lift) -> None:
    first, again = lift(), lift()
    assert again.pk == first.pk
    assert Transfer.objects.count() == 1


def test_it_gives_the_first_answer_even_when_asked_later(lift, now) -> None:
    assert lift().pk == lift(at=now + timedelta(days=90)).pk


@pytest.mark.parametrize(
    "other",
    [
        {"minutes": 46},
        {"reason": "Lift to Lichfield"},
        {"kind": Transfer.Kind.GIFT},
    ],
)
def test_it_refuses_the_same_key_with_another_body(lift, other) -> None:
    lift()
    with pytest.raises(ledger.KeyReused):
        lift(**other)
    assert Transfer.objects.count() == 1


def test_it_refuses_the_same_key_between_other_accounts(lift, neighbours) -> None:
    lift()
    with pytest.raises(ledger.KeyReused):
        lift(payer_id=neighbours.nadia.pk)


@pytest.mark.parametrize("minutes", [0, -1, -45])
def test_it_refuses_no_minutes(lift, minutes) -> None:
    with pytest.raises(ledger.NoSuchPosting):
        lift(minutes=minutes)
    assert not Transfer.objects.exists()


def test_it_refuses_one_account_on_both_sides(lift, neighbours) -> None:
    with pytest.raises(ledger.NoSuchPosting):
        lift(payee_id=neighbours.amara.pk)


def test_it_refuses_an_account_that_is_not_there(lift) -> None:
    with pytest.raises(ledger.NoSuchPosting):
        lift(payee_id=10**9)


@pytest.mark.parametrize(("minutes", "passes"), [(599, True), (600, True), (601, False)])
def test_it_lets_nobody_under_the_floor(lift, neighbours, minutes, passes) -> None:
    if passes:
        assert lift(minutes=minutes).payer_balance_after == -minutes
        return
    with pytest.raises(ledger.BelowFloor):
        lift(minutes=minutes)
    neighbours.amara.refresh_from_db()
    assert neighbours.amara.balance_minutes == 0


def test_it_refuses_the_second_of_two_that_fit_only_singly(lift) -> None:
    lift(minutes=400, key="one")
    with pytest.raises(ledger.BelowFloor):
        lift(minutes=400, key="two")
    assert Transfer.objects.count() == 1


def test_it_refuses_a_closed_account(lift, neighbours, now) -> None:
    neighbours.denise.closed_at = now
    neighbours.denise.save(update_fields=["closed_at"])
    with pytest.raises(ledger.AccountClosed):
        lift()


def test_it_lets_the_mint_and_the_pot_go_below_nothing(lift, neighbours) -> None:
    lift(payer_id=accounts.mint().pk, payee_id=accounts.pot().pk, minutes=60_000, key="fill")
    lift(payer_id=accounts.pot().pk, minutes=70_000, key="spend")
    assert accounts.mint().balance_minutes == -60_000
    assert accounts.pot().balance_minutes == -10_000


def test_it_puts_a_mistake_right_and_keeps_both_lines(lift, neighbours, now) -> None:
    wrong = lift(minutes=180)
    right = ledger.reverse(
        transfer=wrong, reason="It was another day", by=neighbours.bea, at=now, key="back"
    )
    neighbours.amara.refresh_from_db()
    assert neighbours.amara.balance_minutes == 0
    assert right.reverses == wrong
    assert (right.payer_id, right.payee_id, right.minutes) == (wrong.payee_id, wrong.payer_id, 180)
    assert Transfer.objects.count() == 2


def test_it_gives_the_first_answer_to_a_reversal_sent_twice(lift, neighbours, now) -> None:
    back = partial(
        ledger.reverse, transfer=lift(), reason="Wrong day", by=neighbours.bea, at=now, key="back"
    )
    assert back().pk == back().pk


def test_it_refuses_a_second_reversal(lift, neighbours, now) -> None:
    wrong = lift()
    back = partial(ledger.reverse, transfer=wrong, reason="Wrong day", by=neighbours.bea, at=now)
    back(key="back")
    with pytest.raises(ledger.NotReversible):
        back(key="back again")


def test_it_refuses_to_reverse_a_reversal(lift, neighbours, now) -> None:
    back = ledger.reverse(transfer=lift(), reason="Oh", by=neighbours.bea, at=now, key="back")
    with pytest.raises(ledger.NotReversible):
        ledger.reverse(transfer=back, reason="Oh no", by=neighbours.bea, at=now, key="forth")


def test_it_puts_right_below_the_floor_only_with_an_exception_that_says_so(
    lift, neighbours, now
) -> None:
    wrong = lift(minutes=600)
    lift(
        payer_id=neighbours.denise.pk,
        payee_id=neighbours.nadia.pk,
        minutes=1_200,
        key="spent already",
    )
    back = partial(
        ledger.reverse, transfer=wrong, reason="Late", by=neighbours.bea, at=now, key="back"
    )
    assert back().payer_balance_after == -1_200
    assert back().payer_balance_after == -1_200
    granted = FloorException.objects.get()
    assert (granted.account, granted.reverses) == (neighbours.denise, wrong)
    assert (granted.floor_minutes, granted.reason) == (-1_200, "Late")
    with pytest.raises(ledger.BelowFloor):  # it lets through that one line and nothing else
        lift(payer_id=neighbours.denise.pk, payee_id=neighbours.nadia.pk, minutes=1, key="one more")


def test_it_opens_one_account_for_one_family(neighbours, now) -> None:
    again = accounts.open_account(family=neighbours.families[0], at=now)
    assert again == neighbours.amara
    assert accounts.account_of(neighbours.amara_user) == neighbours.amara


def test_it_opens_an_account_for_one_owner_only(neighbours, town, now) -> None:
    with pytest.raises(ValueError, match="one family"):
        accounts.open_account(at=now)


def test_it_has_no_account_for_staff(neighbours) -> None:
    with pytest.raises(accounts.NoAccount):
        accounts.account_of(neighbours.bea)


@pytest.mark.parametrize(
    "other",
    [
        {"payer_id": "nadia"},
        {"minutes": 46},
        {"happened_at": timedelta(days=-1)},
        {"stood_in_for_id": "nadia"},
        {"reason": "lift"},
    ],
)
def test_it_hashes_the_same_body_alike_and_any_other_unlike(lift, neighbours, now, other) -> None:
    first = lift(key="one").body_hash
    (name, value), *_ = other.items()
    if value == "nadia":
        value = neighbours.nadia.pk
    elif name == "happened_at":
        value = now + value
    assert lift(key="two").body_hash == first
    assert lift(key="three", **{name: value}).body_hash != first
