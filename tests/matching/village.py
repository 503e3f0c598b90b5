"""Three families who seek, three who help, their coaches, and a small model of who may meet whom.

The model knows who may not meet, until when each helper is cleared and who helps nobody just now; it doesn't know how a
match is made. tests/matching/test_life.py lets things happen to them.
"""

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize

from matching.models import Supporter
from people.models import Family, User
from tests import cast
from tests.matching import cast as street


class Model:
    """What must hold, told by ids alone: who may not meet, until when each helper is cleared, who helps nobody now."""

    def __init__(self, cleared_until: dict[int, date]) -> None:
        self.cleared_until = cleared_until
        self.paused: set[int] = set()
        self.blocked: set[tuple[int, int]] = set()
        self.parted: set[tuple[int, int]] = set()  # a link-up of theirs stopped

    def may_meet(self, family: int, helper: int, on: date, until_on: date) -> bool:
        """Whether a link-up of these two may start on a day, as far as people and checks go."""
        return (
            (family, helper) not in self.blocked | self.parted
            and helper not in self.paused
            and self.cleared_until[helper] >= until_on >= on
        )


class Village(RuleBasedStateMachine):
    """The programme on one side, the model on the other."""

    town: cast.Town
    began: datetime

    @initialize()
    def begin(self) -> None:
        self.savepoint = transaction.savepoint()
        self.now = self.began
        where = {"at": self.town.burntwood, "coach": self.town.ruth}
        self.families = [
            street.seeking(name, guardian=name, hopes_for=hope, **where).pk
            for name, hope in (("Amara", "either"), ("Craig", "sharing"), ("Leonie", "both"))
        ]
        helpers = [
            street.sharing("Denise and Mark", guardian="Denise", capacity=2, **where),
            street.sharing("Jo and Perry", guardian="Jo", **where),
            street.volunteering("Stan", **where),
        ]
        self.helpers = [one.pk for one in helpers]
        self.model = Model(dict.fromkeys(self.helpers, date(2029, 1, 1)))

    def teardown(self) -> None:
        if hasattr(self, "savepoint"):
            transaction.savepoint_rollback(self.savepoint)

    # --- Who and when -------------------------------------------------------------------------

    @property
    def ruth(self) -> User:
        return self.town.ruth

    @property
    def on(self) -> date:
        return timezone.localdate(self.now)

    def family(self, n: int) -> Family:
        return Family.objects.get(pk=self.families[n])

    def helper(self, n: int) -> Supporter:
        return Supporter.objects.with_people().get(pk=self.helpers[n])

    def adult(self, n: int) -> User:
        return cast.guardian_of(self.family(n))

    def user_of(self, helper: Supporter) -> User:
        return cast.guardian_of(helper.family) if helper.family else helper.volunteer.user

    def some(self, data: st.DataObject, rows: list) -> object:
        return data.draw(st.sampled_from(rows))
