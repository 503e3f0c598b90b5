"""The community's year, played again in the order it happened in, through the functions that people's own pages call.

So the books are true: every hour was written down by one side and confirmed by the other, and the running balances
follow the days. A newcomer would load link-ups, then hours, then messages: a conversation that had ended by then
would take no message.
"""

from collections.abc import Callable, Iterator
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid5

from django.utils import timezone

from config.demonstration.cast import Cast
from config.demonstration.community import Community
from config.demonstration.farewells import farewells
from config.demonstration.plans import play_plans
from goals.models import WebDomain
from goals.reviewing import rate
from goals.wellbeing import fill_in
from matching import linkups
from matching.models import Contact, LinkUp
from messaging.coaching import talk_with_coach
from messaging.models import Conversation, Participant
from messaging.posting import post
from people.consenting import answer
from people.models import Consent
from timebank import exchanges
from timebank.listings import post_listing
from timebank.models import Exchange, Listing

Event = tuple[datetime, Callable[[datetime], Any]]
Say = Callable[[str], object]

RING_THE_BROKER = ("V01", "V04", "F012", "F023")  # they'd rather ring than write their hours down
SAID_SO_BEFORE = timedelta(weeks=10)
SEEN_AFTER = timedelta(days=2)  # what is newer stands as new on somebody's page
A_LOT = 2_000  # fewer events are played before anybody wonders


class History:
    """Plays one community's year up to `now`."""

    def __init__(self, community: Community, cast: Cast, now: datetime) -> None:
        self.community = community
        self.cast = cast
        self.now = now
        self.link_ups: dict[str, LinkUp] = {}
        self.talks: dict[str, Conversation] = {}
        self.listings: dict[str, Listing] = {}

    def play(self, say: Say) -> int:
        """Play every event in order, none later than now; give how many there were."""
        events = sorted(self._events(), key=lambda event: event[0])
        for number, (moment, happen) in enumerate(events, 1):
            happen(min(moment, self.now))
            if len(events) >= A_LOT and number % (len(events) // 10) == 0:
                say(f"{round(100 * number / len(events))} % of the year played")
        play_plans(self.community, self.cast, self.link_ups)
        self._let_the_broker_write()
        self._write_contacts()
        self._mark_seen()
        return len(events)

    def _events(self) -> Iterator[Event]:
        for row in self.community["linkups"]:
            yield _on(row["started_on"], 9), self._start(row)
            if row["ended_on"]:
                yield self._goodbye(row), self._end(row)
        for row in self.community["listings"]:
            yield _on(row["posted_on"], 8), self._list(row)
        yield from self._views()
        for number, row in enumerate(self.community["togethers"]):
            record, confirm = self._together(row, _id("together", number, row["linkup"]))
            yield _on(row["happened_on"], 18), record
            if row["confirmed_on"]:
                yield _on(row["confirmed_on"], 20), confirm
        for number, row in enumerate(self.community["exchanges"]):
            record, confirm = self._exchange(row, _id("exchange", number, row["giver"]))
            yield _on(row["happened_on"], 17), record
            if row["confirmed_on"]:
                yield _on(row["confirmed_on"], 20), confirm
        yield from farewells(self)
        for number, row in enumerate(self.community["messages"]):
            sent = timezone.make_aware(datetime.fromisoformat(row["sent_at"]))
            yield sent, self._say(row, _id("message", number, row["conversation"]))

    def _views(self) -> Iterator[Event]:
        for row in self.community["ratings"]:
            yield _on(row["rated_on"], 16), self._rate(row)
        for number, row in enumerate(self.community["webs"]):
            yield _on(row["filled_on"], 17), self._weave(row, _id("web", number, row["family"]))

    def _start(self, row: dict[str, str]) -> Callable[[datetime], None]:
        def happen(at: datetime) -> None:
            family = self.cast.families[row["family"]]
            goals = [self.cast.goal(row["family"], number) for number in row["goals"].split(";")]
            link_up = linkups.start(
                family=family,
                supporter=self.cast.supporters[row["supporter"]],
                goals=goals,
                weeks=int(row["weeks"]),
                on=date.fromisoformat(row["started_on"]),
                by=self.cast.coach(row["family"]),
                at=at,
                reference=row["reference"],
            )
            self.link_ups[row["reference"]] = link_up
            self.talks[row["reference"]] = link_up.conversation

        return happen

    def _end(self, row: dict[str, str]) -> Callable[[datetime], None]:
        def happen(at: datetime) -> None:
            linkups.end(
                link_up=self.link_ups[row["reference"]],
                ending=row["ending"],
                words=row["ending_words"],
                on=date.fromisoformat(row["ended_on"]),
                by=self.cast.coach(row["family"]),
                at=at,
            )

        return happen

    def _goodbye(self, row: dict[str, str]) -> datetime:
        """Give the evening of the last day, or the minute after the last thing that was said."""
        said = [
            timezone.make_aware(datetime.fromisoformat(message["sent_at"])) + timedelta(minutes=1)
            for message in self.community["messages"]
            if message["conversation"] == row["reference"]
        ]
        return max([_on(row["ended_on"], 22), *said])

    def _list(self, row: dict[str, str]) -> Callable[[datetime], None]:
        def happen(at: datetime) -> None:
            self.listings[row["reference"]] = post_listing(
                owner=self.cast.account(row["owner"]),
                kind=row["kind"],
                title=row["title"],
                words=row["words"],
                minutes=int(row["minutes"]) if row["minutes"] else None,
                at=at,
                reference=row["reference"],
            )

        return happen

    def _rate(self, row: dict[str, str]) -> Callable[[datetime], None]:
        def happen(at: datetime) -> None:
            # A child says it to the coach, who writes it down: children have no accounts.
            by_adult = row["rated_by"] == "guardian"
            coach = self.cast.coach(row["family"])
            rate(
                goal=self.cast.goal(row["family"], row["goal"]),
                value=int(row["value"]),
                scorer=row["rated_by"],
                words=row["words"],
                by=self.cast.users[row["family"]] if by_adult else coach,
                at=at,
            )

        return happen

    def _weave(self, row: dict[str, str], client_id: UUID) -> Callable[[datetime], None]:
        def happen(at: datetime) -> None:
            # A child fills in a card beside a parent, on the parent's phone.
            by_coach = row["scorer"] == "coach"
            fill_in(
                family=self.cast.families[row["family"]],
                scorer=row["scorer"],
                marks={
                    domain: None if row[domain] == "?" else int(row[domain])
                    for domain in WebDomain.values
                },
                words=row["words"],
                by=self.cast.coach(row["family"]) if by_coach else self.cast.users[row["family"]],
                at=at,
                client_id=client_id,
            )

        return happen

    def _together(
        self, row: dict[str, str], client_id: UUID
    ) -> tuple[Callable[[datetime], None], Callable[[datetime], None]]:
        made: list[Exchange] = []
        link = next(one for one in self.community["linkups"] if one["reference"] == row["linkup"])
        family, supporter = self.cast.users[link["family"]], self.cast.users[link["supporter"]]
        by_family = row["recorded_by"] == "family"

        def record(at: datetime) -> None:
            together = linkups.record_together(
                link_up=self.link_ups[row["linkup"]],
                minutes=int(row["minutes"]),
                happened_on=date.fromisoformat(row["happened_on"]),
                words=row["words"],
                side=row["recorded_by"],
                by=family if by_family else supporter,
                at=at,
                client_id=client_id,
            )
            made.append(together.exchange)

        def confirm(at: datetime) -> None:
            exchanges.confirm(exchange=made[0], by=supporter if by_family else family, at=at)

        return record, confirm

    def _exchange(
        self, row: dict[str, str], client_id: UUID
    ) -> tuple[Callable[[datetime], None], Callable[[datetime], None]]:
        made: list[Exchange] = []
        giver, receiver = self.cast.speaks_for(row["giver"]), self.cast.speaks_for(row["receiver"])
        by_giver = row["recorded_by"] == "giver"

        def record(at: datetime) -> None:
            exchange = exchanges.record(
                giver=self.cast.account(row["giver"]),
                receiver=self.cast.account(row["receiver"]),
                minutes=int(row["minutes"]),
                happened_on=date.fromisoformat(row["happened_on"]),
                words=row["words"],
                side=row["recorded_by"],
                by=giver if by_giver else receiver,
                at=at,
                client_id=client_id,
                listing=self.listings.get(row["listing"]),
            )
            made.append(exchange)

        def confirm(at: datetime) -> None:
            exchanges.confirm(exchange=made[0], by=receiver if by_giver else giver, at=at)

        return record, confirm

    def _say(self, row: dict[str, str], client_id: UUID) -> Callable[[datetime], None]:
        def happen(at: datetime) -> None:
            talk = row["conversation"]
            if talk not in self.talks:
                self.talks[talk] = self._with_the_coach(talk.removeprefix("coach:"), at)
            post(
                conversation=self.talks[talk],
                author=self.cast.users[row["author"]],
                words=row["words"],
                client_id=client_id,
                at=at,
            )

        return happen

    def _with_the_coach(self, reference: str, at: datetime) -> Conversation:
        adult = self.cast.users[reference]
        return talk_with_coach(
            coach=self.cast.coach(reference), people=[(adult, adult.name)], at=at
        )

    def _let_the_broker_write(self) -> None:
        for reference in RING_THE_BROKER:
            if user := self.cast.users.get(reference):
                answer(
                    by=user,
                    purpose=Consent.Purpose.RECORDED_FOR,
                    given=True,
                    at=self.now - SAID_SO_BEFORE,
                )

    def _write_contacts(self) -> None:
        """Put the calls and visits of the files in place of the ones that starting a link-up planned."""
        Contact.objects.filter(link_up__in=self.link_ups.values()).delete()
        Contact.objects.bulk_create(
            Contact(
                link_up=(link_up := self.link_ups[row["linkup"]]),
                side=row["side"],
                due_on=date.fromisoformat(row["due_on"]),
                done_on=date.fromisoformat(row["done_on"]) if row["done_on"] else None,
                kind=row["kind"] if row["done_on"] else "",
                words=row["words"],
                done_by=link_up.family.coach if row["done_on"] else None,
            )
            for row in self.community["contacts"]
        )

    def _mark_seen(self) -> None:
        for talk in Participant.objects.select_related("conversation").order_by("id"):
            old = talk.conversation.messages.filter(at__lt=self.now - SEEN_AFTER) | (
                talk.conversation.messages.filter(author=talk.user_id)
            )
            last = old.order_by("-id").values_list("id", flat=True).first()
            if last:
                Participant.objects.filter(pk=talk.pk).update(seen_id=last)


def _on(day: str, hour: int) -> datetime:
    return timezone.make_aware(datetime.combine(date.fromisoformat(day), time(hour)))


def _id(kind: str, number: int, whose: str) -> UUID:
    return uuid5(NAMESPACE_URL, f"demonstration:{kind}:{number}:{whose}")
