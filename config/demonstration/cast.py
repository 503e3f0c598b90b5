"""Who is who: the references of the files, and what the importers made of them."""

from config.demonstration.community import Community
from goals.models import Goal
from matching.models import Supporter
from people.models import Family, Guardian, User, Volunteer
from timebank.models import Account


class Cast:
    """Everybody of a community that has been imported, by reference; colleagues by address."""

    def __init__(self, community: Community) -> None:
        self.users: dict[str, User] = {user.email: user for user in User.objects.all()}
        self.families: dict[str, Family] = {}
        self.supporters: dict[str, Supporter] = {}
        self._accounts: dict[str, Account] = {}
        for family in Family.objects.select_related("coach"):
            self.families[family.reference or ""] = family
        for adult in Guardian.objects.exclude(user=None).select_related("family", "user"):
            self.users[adult.family.reference or ""] = _there(adult.user)
        for volunteer in Volunteer.objects.exclude(user=None).select_related("user"):
            self.users[volunteer.reference or ""] = _there(volunteer.user)
        for supporter in Supporter.objects.select_related("family", "volunteer__user"):
            party = supporter.family or supporter.volunteer
            self.supporters[(party and party.reference) or ""] = supporter
        for account in Account.objects.with_owners():
            owner = account.family or account.volunteer or account.organisation
            self._accounts[(owner and owner.reference) or ""] = account
        self._broker = next(
            self.users[row["email"]] for row in community["staff"] if "broker" in row["roles"]
        )
        self._goal_words = {
            (row["reference"], number): row[f"goal_{number}"]
            # A family in both files was helped first: its numbers are those of the first file.
            for row in [*community["supporters"], *community["families"]]
            for number in ("1", "2", "3")
            if f"goal_{number}" in row
        }
        goals = Goal.objects.select_related("family")
        self._goals = {(goal.family.reference, goal.words): goal for goal in goals}

    def account(self, reference: str) -> Account:
        """Give the account of a family, a volunteer or an organisation."""
        return self._accounts[reference]

    def speaks_for(self, reference: str) -> User:
        """Give who writes down hours for an account: its own person, or the broker for an organisation."""
        return self.users.get(reference, self._broker)

    def coach(self, reference: str) -> User:
        """Give the coach of a family."""
        return _there(self.families[reference].coach)

    def goal(self, reference: str, number: str) -> Goal:
        """Give the goal that a family's row names under this number."""
        return self._goals[reference, self._goal_words[reference, number]]


def _there(user: User | None) -> User:
    assert user is not None, "the demonstration's people all sign in"
    return user
