"""The clock does every deed, whatever becomes of the others, and goes on until it is stopped."""

from datetime import timedelta
from threading import Event

import pytest
from django.core.management import CommandError, call_command

from config import clock


def test_a_deed_that_fails_keeps_none_of_the_others_back(monkeypatch, caplog, now) -> None:
    done = []

    def falls(at) -> None:
        raise OSError("the disk is full")

    monkeypatch.setattr(clock, "DEEDS", (falls, done.append))
    assert not clock.tick(now)
    assert done == [now]
    assert "falls went wrong" in caplog.text
    with pytest.raises(CommandError):
        call_command("tick")
    assert len(done) == 2


@pytest.mark.django_db
def test_every_real_deed_is_safe_on_an_empty_database(now) -> None:
    assert clock.tick(now)
    call_command("tick")


def test_it_goes_on_until_it_is_stopped(monkeypatch) -> None:
    stop, twice = Event(), Event()
    ticks = []

    def count(at) -> None:
        ticks.append(at)
        if len(ticks) > 1:
            twice.set()

    monkeypatch.setattr(clock, "DEEDS", (count,))
    monkeypatch.setattr(clock, "close_old_connections", lambda: None)
    ticking = clock.keep_ticking(stop, every=timedelta(milliseconds=1))
    assert twice.wait(10)
    stop.set()
    ticking.join(10)
    assert not ticking.is_alive()
