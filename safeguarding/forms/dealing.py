"""What the safeguarding lead, or a coach who was asked, writes about a concern.

Every form that adds something carries an id of its own, so that a double press adds it once.
"""

from typing import Any
from uuid import uuid4

from django import forms
from django.utils.translation import gettext_lazy as _

from people.models import User
from safeguarding.concerns import Kind, levels_from
from safeguarding.models import Basis, Concern, ConcernDecision

TOO_LONG = _("Use 5,000 letters or fewer.")
NOBODY_TOLD, TOLD, NOT_TOLD = "nobody", "shared", "not_shared"


def long_words(label: Any, *, hint: Any = "", missing: Any, rows: int = 5) -> forms.CharField:
    """Give a field for words that must be written."""
    return forms.CharField(
        label=label,
        help_text=hint,
        max_length=5000,
        error_messages={"required": missing, "max_length": TOO_LONG},
        widget=forms.Textarea(attrs={"rows": rows, "dir": "auto"}),
    )


def recipient_field() -> forms.CharField:
    """Give a field for who was told."""
    return forms.CharField(
        label=_("Who did you tell?"),
        help_text=_("A name and where they work, such as the council’s front door"),
        max_length=200,
        required=False,
        error_messages={"max_length": _("Use 200 letters or fewer.")},
        widget=forms.TextInput(attrs={"dir": "auto", "autocomplete": "off"}),
    )


def basis_field(*, required: bool) -> forms.ChoiceField:
    """Give a field for the lawful basis of telling somebody."""
    none = [] if required else [("", _("Nobody was told"))]
    return forms.ChoiceField(
        label=_("Why does the law let us tell them?"),
        choices=[*none, *Basis.choices],
        required=required,
        error_messages={"required": _("Choose why the law lets us tell them.")},
    )


class OnceForm(forms.Form):
    """A form with an id of its own."""

    client_id = forms.UUIDField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.label_suffix = ""
        self.initial.setdefault("client_id", uuid4())


class ActForm(OnceForm):
    """What somebody did about one, who was told or why not, and who deals with it now."""

    words = long_words(
        _("What did you do, and why?"),
        hint=_(
            "Facts, who you spoke to, what you decided. It can’t be changed later, only added to."
        ),
        missing=_("Write what you did, and why."),
    )
    sharing = forms.ChoiceField(
        label=_("Did you tell somebody about it?"),
        choices=[
            (NOBODY_TOLD, _("It didn’t come up")),
            (TOLD, _("Yes. My words above say why")),
            (NOT_TOLD, _("I thought about it and didn’t. My words above say why")),
        ],
        required=False,
        widget=forms.RadioSelect,
    )
    recipient = recipient_field()
    basis = basis_field(required=False)
    level = forms.ChoiceField(
        label=_("Who deals with it now?"),
        help_text=_("It only ever climbs. At gold our manager may open it too."),
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Choose who deals with it."),
            "invalid_choice": _(
                "A concern only ever climbs. Keep its level, or choose a higher one."
            ),
        },
    )

    def __init__(self, *args: Any, concern: Concern, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial = {**self.initial, "level": concern.level, "sharing": NOBODY_TOLD}
        self.fields["level"].choices = levels_from(concern.level)  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Ask with whom and on what ground, where somebody was told."""
        kept: dict[str, Any] = super().clean() or {}
        if kept.get("sharing") == TOLD:
            ask_with_whom(self)
        return kept

    @property
    def deed(self) -> dict[str, Any]:
        """What `concerns.act` is to be told."""
        kept = self.cleaned_data
        kind = {TOLD: Kind.SHARED, NOT_TOLD: Kind.NOT_SHARED}.get(kept["sharing"], Kind.DID)
        told = {name: kept[name] if kind == Kind.SHARED else "" for name in ("recipient", "basis")}
        return (
            {name: kept[name] for name in ("words", "level", "client_id")} | told | {"kind": kind}
        )


class CorrectForm(OnceForm):
    """What turned out otherwise after the sign-off."""

    words = long_words(
        _("What do you want to put right?"),
        hint=_("What was signed off stays as it is. This is added below it."),
        missing=_("Write what you want to put right."),
    )


class AskForm(OnceForm):
    """What a coach is asked, in words that they read instead of the concern."""

    coach = forms.ModelChoiceField(
        label=_("Which coach?"),
        queryset=User.objects.none(),
        empty_label=None,
        error_messages={
            "required": _("Choose a coach."),
            "invalid_choice": _("Choose a coach from the list."),
        },
    )
    words = long_words(
        _("What do they need to know, and what do you ask of them?"),
        hint=_("They read this and whom it’s about. They never read the concern itself."),
        missing=_("Write what you ask of them."),
    )
    basis = basis_field(required=True)

    def __init__(self, *args: Any, coaches: list[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["coach"]
        field.queryset = User.objects.filter(  # type: ignore[attr-defined]
            pk__in=[one.pk for one in coaches]
        ).order_by("name", "pk")


class AnswerForm(OnceForm):
    """What a coach answers."""

    words = long_words(
        _("What did you see, hear or do?"),
        hint=_("Only our safeguarding lead reads it. It can’t be changed later."),
        missing=_("Write what you saw, heard or did."),
    )


class FindForm(forms.Form):
    """Looking for somebody by name. It is posted, so that no name stands in an address."""

    name = forms.CharField(
        label=_("Look for a name"),
        max_length=80,
        error_messages={
            "required": _("Write a part of the name."),
            "max_length": _("Use 80 letters or fewer."),
        },
        widget=forms.TextInput(attrs={"dir": "auto", "autocomplete": "off"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.label_suffix = ""


class SignOffForm(OnceForm):
    """All that must stand in a sign-off (trust.md SG-20)."""

    facts = long_words(
        _("What do we know?"),
        hint=_("The facts: what happened, who saw it, when. Leave out what we only think."),
        missing=_("Write what we know."),
    )
    said = forms.CharField(
        label=_("Words that somebody used"),
        help_text=_("A child’s or grown-up’s own words, exactly"),
        max_length=5000,
        required=False,
        error_messages={"max_length": TOO_LONG},
        widget=forms.Textarea(attrs={"rows": 2, "dir": "auto"}),
    )
    outcome = forms.ChoiceField(
        label=_("What did you decide?"),
        choices=ConcernDecision.Outcome.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what you decided.")},
    )
    reason = long_words(_("Why?"), missing=_("Write why you decided so."), rows=3)
    shared = forms.ChoiceField(
        label=_("Was somebody outside told?"),
        choices=[("yes", _("Yes")), ("no", _("No"))],
        widget=forms.RadioSelect,
        error_messages={"required": _("Say whether somebody outside was told.")},
    )
    sharing_reason = long_words(
        _("Why were they told, or why was nobody told?"),
        missing=_("Write why they were told, or why nobody was."),
        rows=3,
    )
    recipient = recipient_field()
    basis = basis_field(required=False)

    def clean(self) -> dict[str, Any]:
        """Ask with whom and on what ground, where somebody was told; and for neither where nobody was."""
        kept: dict[str, Any] = super().clean() or {}
        kept["shared"] = kept.get("shared") == "yes"
        if kept["shared"]:
            ask_with_whom(self)
        else:
            kept["recipient"] = kept["basis"] = ""
        return kept


def ask_with_whom(form: forms.Form) -> None:
    """Add what is missing about telling somebody: who it was, and why the law let us."""
    kept = form.cleaned_data
    if not kept.get("recipient") and "recipient" not in form.errors:
        form.add_error("recipient", _("Write who was told."))
    if not kept.get("basis") and "basis" not in form.errors:
        form.add_error("basis", _("Choose why the law lets us tell them."))
