"""Nobody whom a concern is about, nor their household, can list, open, count or be mailed about it (trust.md SG-19)."""

import random
from datetime import datetime, timedelta

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse

from config import clock
from config.home import parts_for
from people.models import Family, Guardian, StaffRole, User, Volunteer
from safeguarding.access import asked_of, coaches_for, concerns_for, not_acted_on, readers_of
from safeguarding.concerns import raise_concern
from safeguarding.deciding import NotThisCoach, ask_coach, say_whom
from safeguarding.models import Concern
from tests import cast

ROLES = ("safeguarding", "manager", "coach", "broker")


class Crowd:
    """Random people: some share a home, some volunteer, some work here, some do all three."""

    def __init__(self, chance: random.Random, town: cast.Town) -> None:
        self.families = [
            cast.family(f"Family {n}", guardian=f"Adult{n}", at=town.burntwood) for n in range(4)
        ]
        self.users = [cast.guardian_of(family) for family in self.families]
        for n in range(5):
            user = cast.user(f"other{n}@example.org", f"Other{n}")
            if chance.random() < 0.5:
                Guardian.objects.create(
                    family=chance.choice(self.families), user=user, name=user.name
                )
            self.users.append(user)
        self.volunteers = [cast.volunteer(f"Vol{n}", at=town.burntwood) for n in range(3)]
        for volunteer in self.volunteers:
            if chance.random() < 0.5:
                Guardian.objects.create(
                    family=chance.choice(self.families), user=volunteer.user, name=volunteer.name
                )
        self.users += [volunteer.user for volunteer in self.volunteers]
        for user in self.users:
            for role in ROLES:
                if chance.random() < 0.4:
                    StaffRole.objects.create(user=user, role=role)
        self.users = [User.objects.get(pk=user.pk) for user in self.users]  # nothing remembered


def household(user: User) -> set[int]:
    """The rule said over again, another way: somebody and everybody they live with."""
    home = Guardian.objects.filter(user=user).values_list("family", flat=True)
    return {user.pk, *Guardian.objects.filter(family__in=home).values_list("user", flat=True)}


def kept_from(concern: Concern) -> set[int]:
    named: set[int] = set()
    for one in concern.people.all():
        if one.family:
            for adult in one.family.guardians.all():
                named |= household(adult.user)
        else:
            named |= household(one.user or one.volunteer.user)
    if concern.raised_by:
        named |= household(concern.raised_by) - {concern.raised_by.pk}
    return named


@pytest.mark.parametrize("seed", range(8))
def test_nobody_it_is_about_ever_learns_of_it(
    town: cast.Town, now: datetime, seed: int, django_capture_on_commit_callbacks
) -> None:
    chance = random.Random(seed)
    crowd = Crowd(chance, town)
    whom: list[Family | Volunteer | User] = [*crowd.families, *crowd.volunteers, *crowd.users]
    with django_capture_on_commit_callbacks(execute=True):
        for n in range(6):
            raise_concern(
                words=f"worry {n}",
                about="",
                reach="",
                by=chance.choice([None, *crowd.users]),
                whom=chance.sample(whom, chance.randint(0, 2)),
                at=now,
            )
    for hours in (1, 5, 9):
        clock.tick(now + timedelta(hours=hours))
    for concern in Concern.objects.all():
        kept, readers = kept_from(concern), readers_of(concern)
        reached = {to for letter in mail.outbox if _names(letter, concern) for to in letter.to}
        assert reached <= {reader.email for reader in User.objects.exclude(pk__in=kept)} | {
            "hello@localhost",
            "Kith <hello@localhost>",
        }
        for user in crowd.users:
            can_read = concerns_for(user).filter(pk=concern.pk).exists()
            assert can_read == (user in readers)
            assert not (can_read and user.pk in kept)
            assert not (user.pk in kept and user in coaches_for(concern))
    _ask_every_page(crowd, now)


def _names(letter: mail.EmailMessage, concern: Concern) -> bool:
    return f"/all/{concern.pk}/" in letter.body


def _ask_every_page(crowd: Crowd, now: datetime) -> None:
    for user in crowd.users:
        client = Client()
        client.force_login(user)
        readable = set(concerns_for(user).values_list("pk", flat=True))
        listed = client.get(reverse("safeguarding:concerns"))
        for concern in Concern.objects.all():
            page = client.get(reverse("safeguarding:concern", args=[concern.pk]))
            assert (page.status_code == 200) == (concern.pk in readable)
            if concern.pk not in readable:
                assert concern.words not in listed.content.decode()
        assert set(not_acted_on(user).values_list("pk", flat=True)) <= readable
        if readable and user.staff_roles.filter(role="safeguarding").exists():
            desks = parts_for(user, at=now)["desks"]
            waits = next(desk.waits for desk in desks if str(desk.title) == "Concerns")
            assert str(not_acted_on(user).count()) in waits


def test_a_lead_it_is_about_loses_it_and_the_manager_is_told(
    town: cast.Town, now: datetime, django_capture_on_commit_callbacks
) -> None:
    lead = cast.staff("grace@example.org", "Grace", "safeguarding")
    chief = cast.staff("morgan@example.org", "Morgan", "manager")
    concern = raise_concern(words="x", about="", reach="", by=None, at=now)
    assert readers_of(concern) == [lead]
    assert not concerns_for(chief).exists()
    client = Client()
    client.force_login(lead)
    about = reverse("safeguarding:about", args=[concern.pk])
    assert "works with us" in client.post(about, {"name": "grac"}).content.decode()
    with django_capture_on_commit_callbacks(execute=True):
        answer = client.post(about, {"whom": f"user-{lead.pk}"})
    assert answer.url == reverse("home")
    assert client.get(about).status_code == 404
    assert readers_of(concern) == [chief]
    assert [letter.to for letter in mail.outbox] == [[chief.email]]
    client.force_login(chief)
    assert "1 concern nobody has acted on yet" in client.get(reverse("home")).content.decode()
    assert client.get(reverse("safeguarding:concern", args=[concern.pk])).status_code == 200


def test_the_shared_mail_box_is_not_told_when_it_may_be_theirs(
    town: cast.Town, now: datetime, django_capture_on_commit_callbacks
) -> None:
    lead = cast.staff("grace@example.org", "Grace", "safeguarding")
    second = cast.staff("hal@example.org", "Hal", "safeguarding")
    with django_capture_on_commit_callbacks(execute=True):
        raise_concern(words="x", about="", reach="", by=None, whom=[lead], at=now)
    assert [letter.to for letter in mail.outbox] == [[second.email]]


def test_where_nobody_is_left_it_waits_and_goes_to_whoever_is_appointed(
    town: cast.Town, now: datetime, caplog, django_capture_on_commit_callbacks
) -> None:
    both = cast.staff("morgan@example.org", "Morgan", "manager", "safeguarding")
    with django_capture_on_commit_callbacks(execute=True):
        concern = raise_concern(words="x", about="", reach="", by=None, whom=[both], at=now)
    assert not mail.outbox
    assert f"Nobody here may read concern {concern.pk}" in caplog.text
    client = Client()
    client.force_login(both)
    page = client.get(reverse("safeguarding:concerns")).content.decode()
    assert "One about you would wait unread" in page
    trustee = cast.staff("tess@example.org", "Tess", "safeguarding")
    clock.tick(now + timedelta(minutes=5))
    assert [letter.to for letter in mail.outbox] == [[trustee.email]]
    assert readers_of(concern) == [trustee]


def test_a_coach_it_is_about_cannot_be_asked_nor_read_what_was_asked(
    town: cast.Town, now: datetime
) -> None:
    lead = cast.staff("grace@example.org", "Grace", "safeguarding")
    concern = raise_concern(words="x", about="", reach="", by=None, at=now)
    ask = {"concern": concern, "words": "Ring them", "basis": "public", "by": lead, "at": now}
    ask_coach(coach=town.ruth, **ask)
    assert asked_of(town.ruth).count() == 1
    say_whom(concern=concern, whom=town.ruth, by=lead, at=now)
    assert not asked_of(town.ruth).exists()
    with pytest.raises(NotThisCoach):
        ask_coach(coach=town.ruth, **ask)
    assert town.ruth not in coaches_for(concern)
