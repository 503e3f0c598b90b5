"""What was said about link-ups, played again: how the weeks were, lines looking back, words to the coach."""

from collections.abc import Callable, Iterator
from datetime import date, datetime, time
from typing import TYPE_CHECKING

from django.utils import timezone

from matching import ending, how_was_it, words
from people.models import User

if TYPE_CHECKING:
    from config.demonstration.history import Event, History


def farewells(history: "History") -> "Iterator[Event]":
    """Give the moments and what happens at each."""
    for row in history.community["lookbacks"]:
        yield _evening(row["written_on"]), _look_back(history, row)
    for row in history.community["words"]:
        yield _evening(row["said_on"]), _word(history, row)
    for row in history.community["howwasits"]:
        yield _evening(row["said_on"]), _how_was_it(history, row)


def _look_back(history: "History", row: dict[str, str]) -> Callable[[datetime], None]:
    def happen(at: datetime) -> None:
        ending.look_back(
            link_up=history.link_ups[row["linkup"]],
            side=row["side"],
            voice=row["voice"],
            words=row["words"],
            by=_of_side(history, row),
            at=at,
        )

    return happen


def _word(history: "History", row: dict[str, str]) -> Callable[[datetime], None]:
    def happen(at: datetime) -> None:
        words.about_the_end(
            link_up=history.link_ups[row["linkup"]],
            side=row["side"],
            kind=row["kind"],
            words=row["words"],
            by=_of_side(history, row),
            at=at,
        )

    return happen


def _how_was_it(history: "History", row: dict[str, str]) -> Callable[[datetime], None]:
    def happen(at: datetime) -> None:
        how_was_it.say(
            link_up=history.link_ups[row["linkup"]],
            answer=row["answer"],
            words=row["words"],
            by=_of_side(history, {**row, "side": "supporter"}),
            at=at,
        )

    return happen


def _of_side(history: "History", row: dict[str, str]) -> User:
    """Give who speaks for a side of a link-up."""
    told = next(one for one in history.community["linkups"] if one["reference"] == row["linkup"])
    return history.cast.users[told[row["side"]]]


def _evening(day: str) -> datetime:
    return timezone.make_aware(datetime.combine(date.fromisoformat(day), time(19)))
