"""Several people at once. On PostgreSQL with eight; on SQLite, which lets one writer in at a time, with four."""

import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import IntegrityError, connection, connections, transaction

from timebank import accounts, exchanges, ledger
from timebank.models import Account, Exchange, Transfer

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.concurrent]


def crowd() -> int:
    """Give how many go at once."""
    return 8 if connection.vendor == "postgresql" else 4


def at_once(jobs: list[Callable[[], object]]) -> list[object]:
    """Start all jobs at the same moment, each on a connection of its own; an error is an answer too."""
    start = Barrier(len(jobs))

    def run(job: Callable[[], object]) -> object:
        start.wait()
        try:
            return job()
        except Exception as error:
            return error
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(jobs)) as pool:
        return [future.result() for future in [pool.submit(run, job) for job in jobs]]


def posting(people, now, *, key: str, payer, payee, minutes: int = 10):
    return lambda: ledger.transfer(
        payer_id=payer.pk,
        payee_id=payee.pk,
        minutes=minutes,
        kind=Transfer.Kind.EXCHANGE,
        reason="Race",
        happened_at=now,
        by=people.bea,
        at=now,
        key=key,
    )


def test_it_posts_once_when_the_same_key_comes_all_at_once(people, now) -> None:
    job = posting(people, now, key="same", payer=people.amara, payee=people.denise)
    answers = at_once([job] * crowd())
    assert {answer.pk for answer in answers} == {Transfer.objects.get().pk}


def test_it_answers_one_body_when_a_key_comes_with_two_at_once(people, now) -> None:
    one = posting(people, now, key="same", payer=people.amara, payee=people.denise)
    other = posting(people, now, key="same", payer=people.nadia, payee=people.denise)
    answers = at_once([one, other] * (crowd() // 2))
    kept = Transfer.objects.get()
    for answer in answers:
        assert isinstance(answer, ledger.KeyReused) or answer.pk == kept.pk
    assert sum(isinstance(answer, ledger.KeyReused) for answer in answers) == crowd() // 2


def test_it_never_deadlocks_between_opposite_transfers(people, now) -> None:
    four = [people.amara, people.denise, people.nadia, accounts.pot()]
    rounds = 25 if connection.vendor == "postgresql" else 6

    def worker(number: int) -> Callable[[], object]:
        def run() -> object:
            for turn in range(rounds):
                payer, payee = four[(number + turn) % 4], four[(number * 3 + turn * 2 + 1) % 4]
                if payer == payee:
                    payee = four[(number + turn + 1) % 4]
                posting(people, now, key=f"{number}-{turn}", payer=payer, payee=payee, minutes=1)()
            return rounds

        return run

    answers = at_once([worker(number) for number in range(crowd())])
    assert answers == [rounds] * crowd()
    assert Transfer.objects.count() == rounds * crowd()


def test_it_lets_exactly_one_through_of_two_that_fit_only_singly(people, now) -> None:
    jobs = [
        posting(people, now, key=str(n), payer=people.amara, payee=people.denise, minutes=400)
        for n in range(crowd())
    ]
    answers = at_once(jobs)
    assert sum(isinstance(answer, Transfer) for answer in answers) == 1
    assert sum(isinstance(answer, ledger.BelowFloor) for answer in answers) == crowd() - 1


def test_it_reverses_once_when_asked_all_at_once(people, now) -> None:
    wrong = posting(people, now, key="wrong", payer=people.amara, payee=people.denise)()
    jobs = [
        lambda key=f"back-{n}": ledger.reverse(
            transfer=wrong, reason="Wrong", by=people.bea, at=now, key=key
        )
        for n in range(crowd())
    ]
    answers = at_once(jobs)
    assert sum(isinstance(answer, Transfer) for answer in answers) == 1
    assert sum(isinstance(answer, ledger.NotReversible) for answer in answers) == crowd() - 1


def test_it_posts_once_when_an_exchange_is_confirmed_all_at_once(people, now) -> None:
    written = Exchange.objects.create(
        giver=people.denise,
        receiver=people.amara,
        claimed_minutes=45,
        happened_on=now.date(),
        words="Lift",
        recorded_side="giver",
        recorded_by=people.denise_user,
        recorded_at=now,
        client_id="7b4d4a6e-0000-4000-8000-000000000001",
    )
    answers = at_once(
        [lambda: exchanges.confirm(exchange=written, by=people.amara_user, at=now)] * crowd()
    )
    assert {answer.standing for answer in answers} == {Exchange.Standing.CONFIRMED}
    assert Transfer.objects.count() == 1


def test_it_keeps_an_account_that_is_paid_at_this_moment(people, now) -> None:
    def delete() -> int:
        return Account.objects.filter(pk=people.denise.pk)._raw_delete("default")

    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            posting(people, now, key="held", payer=people.amara, payee=people.denise)()
            deleting = pool.submit(at_once, [delete])
            # It waits for us by now; were it late, it would be refused all the same.
            time.sleep(0.3)
        (answer,) = deleting.result()
    assert isinstance(answer, IntegrityError)
    assert Account.objects.get(pk=people.denise.pk).balance_minutes == 10
