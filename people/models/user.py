"""Somebody who can sign in, and the work they do for the programme.

There is no username: people are known by their e-mail address, always in lower case. A user is not yet a family
or a volunteer; `Guardian` and `Volunteer` say which they are.
"""

from typing import Any

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone

from people.models.choices import one_of


class UserManager(BaseUserManager["User"]):
    """Makes users; an address is one person's, whatever its capitals."""

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        """Give a saved user. Without a password they sign in by a code sent to their address."""
        user = self.model(email=email.strip().lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> "User":
        """Give a saved user who may do everything in the editor and in Django's own admin."""
        return self.create_user(email, password, is_staff=True, is_superuser=True, **fields)

    def get_by_natural_key(self, username: str | None) -> "User":
        """Give the user with this address, whatever its capitals."""
        return self.get(email=(username or "").strip().lower())


class User(AbstractBaseUser, PermissionsMixin):
    """Somebody who can sign in."""

    email = models.EmailField("e-mail", unique=True)
    name = models.CharField("what we call you", max_length=80, blank=True)
    language = models.CharField(max_length=12, default="en-gb")
    is_staff = models.BooleanField("may open Django's admin", default=False)
    is_active = models.BooleanField(default=True)
    joined_at = models.DateTimeField(default=timezone.now)

    objects = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = []

    class Meta:
        constraints = [
            models.UniqueConstraint(Lower("email"), name="people_user_email_once"),
        ]

    def __str__(self) -> str:
        return self.name or f"user {self.pk}"

    def get_full_name(self) -> str:
        """Give what we call them; the editor's pages ask for it."""
        return str(self)

    def get_short_name(self) -> str:
        """Give what we call them; the editor's pages ask for it."""
        return str(self)

    @property
    def reads(self) -> str:
        """The language to speak to them in: the one they chose, while the pages are offered in it."""
        offered = dict(settings.LANGUAGES)
        return self.language if self.language in offered else settings.LANGUAGE_CODE


class StaffRoleName(models.TextChoices):
    """The programme's own people."""

    COACH = "coach", "Coach"
    BROKER = "broker", "Time broker"
    EDITOR = "editor", "Community editor"
    MANAGER = "manager", "Programme manager"
    SAFEGUARDING = "safeguarding", "Safeguarding lead"


class StaffRole(models.Model):
    """Work that somebody does for the programme. What each role may do stands in config/policies/roles.yaml."""

    Role = StaffRoleName
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="staff_roles")
    role = models.CharField(max_length=16, choices=Role)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user", "role"], name="people_staffrole_once"),
            one_of("role", StaffRoleName, name="people_staffrole_role"),
        ]

    def __str__(self) -> str:
        return f"{self.get_role_display()}: {self.user}"
