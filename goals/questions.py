"""The goals app's questions for somebody who joins, and its own form for a goal set later.

Own words come first and by themselves. A theme is only offered afterwards, so that nobody trims a wish to fit a list.
"""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from goals.models import Goal, Theme
from people.asking import Kept, Question, Unsure, not_sure

UNSURE = "unsure"
HORIZONS = [*Goal.Horizon.choices, (UNSURE, gettext_lazy("I’m not sure yet"))]
ZERO_TO_TEN = [(n, str(n)) for n in range(11)]


def words_field() -> forms.CharField:
    """Give the box for a goal in its owner's words."""
    return forms.CharField(
        label=gettext_lazy("What would you like to be different?"),
        help_text=gettext_lazy("Your words. There’s no wrong answer. One thing is enough for now."),
        max_length=280,
        error_messages={
            "required": gettext_lazy("Write one thing, in your own words."),
            "max_length": gettext_lazy("Use 280 letters or fewer."),
        },
        widget=forms.Textarea(attrs={"rows": 4, "dir": "auto", "autocomplete": "off"}),
    )


def theme_field() -> forms.ModelChoiceField:
    """Give the list of themes."""
    return forms.ModelChoiceField(
        label=gettext_lazy("What is it mostly about?"),
        help_text=gettext_lazy("It helps us find people who’ve been there. Leave it if none fits."),
        queryset=Theme.objects.all(),
        to_field_name="slug",
        required=False,
        error_messages={"invalid_choice": gettext_lazy("Choose from the list, or leave it.")},
    )


def horizon_field() -> forms.ChoiceField:
    """Give the choice of when."""
    return forms.ChoiceField(
        label=gettext_lazy("When do you hope for it?"),
        choices=HORIZONS,
        widget=forms.RadioSelect,
        error_messages={
            "required": gettext_lazy("Choose when, or “I’m not sure yet”."),
            "invalid_choice": gettext_lazy("Choose when from the list."),
        },
    )


def scale_field(label: Any, *, required_words: Any = "") -> forms.TypedChoiceField:
    """Give a number from 0 to 10 as eleven tiles; empty is None."""
    return forms.TypedChoiceField(
        label=label,
        choices=ZERO_TO_TEN,
        coerce=int,
        empty_value=None,
        required=bool(required_words),
        error_messages={
            "required": required_words,
            "invalid_choice": gettext_lazy("Pick a number from 0 to 10."),
        },
        widget=forms.RadioSelect,
    )


def grouped_themes() -> list[Any]:
    """Give the themes as a select shows them: the broad one first in its group. One query."""
    themes = list(Theme.objects.order_by("name"))
    below: dict[int, list[tuple[str, str]]] = {}
    for theme in themes:
        if theme.parent_id:
            below.setdefault(theme.parent_id, []).append((theme.slug, theme.name))
    groups = [
        (theme.name, [(theme.slug, theme.name), *below.get(theme.pk, [])])
        for theme in themes
        if theme.parent_id is None
    ]
    return [("", _("None of these, or I’m not sure")), *groups]


class GoalQuestion(Question):
    """Own words."""

    slug = "goal"
    title = gettext_lazy("What would you like to be different?")
    why = gettext_lazy(
        "This is what you and the people beside you will work on. You can add two more later, and change your mind."
    )
    words = words_field()

    @classmethod
    def said(cls, kept: Kept) -> list[tuple[str, str]]:
        """Their words."""
        return [(_("What I’d like to be different"), f"“{kept['words']}”")]


class AboutQuestion(Question):
    """Theme and horizon."""

    slug = "about"
    title = gettext_lazy("About what you’d like")
    heading = gettext_lazy("A little more about that")
    theme = theme_field()
    horizon = horizon_field()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["theme"].choices = grouped_themes()  # type: ignore[attr-defined]

    def kept(self) -> Kept:
        """The theme's slug, empty for none."""
        theme = self.cleaned_data["theme"]
        return {
            "theme": theme.slug if theme else "",
            "horizon": self.cleaned_data["horizon"],
        }

    @classmethod
    def said(cls, kept: Kept) -> list[tuple[str, str]]:
        """Two lines."""
        theme = Theme.objects.filter(slug=kept["theme"]).first()
        return [
            (_("What it’s about"), theme.name if theme else not_sure()),
            (_("When"), str(dict(HORIZONS)[kept["horizon"]])),
        ]


class LineQuestion(Question):
    """Where it is today and where they would like it to be."""

    slug = "line"
    title = gettext_lazy("Where is it today?")
    heading = gettext_lazy("On a line from 0 to 10")
    template = "goals/question_line.html"
    rating = scale_field(gettext_lazy("Where is it today?"))
    hope = scale_field(gettext_lazy("Where would be good enough?"))
    unsure = Unsure(gettext_lazy("I’m not sure yet"))

    def clean(self) -> Kept:
        """A number for today, or the tick."""
        told = super().clean() or {}
        if told.get("rating") is None and not told.get("unsure") and "rating" not in self.errors:
            self.add_error("rating", _("Pick a number for today, or tick “I’m not sure yet”."))
        return told

    @classmethod
    def said(cls, kept: Kept) -> list[tuple[str, str]]:
        """Two numbers."""
        return [
            (_("Today, from 0 to 10"), _number(kept["rating"])),
            (_("Good enough"), _number(kept["hope"])),
        ]


def _number(value: int | None) -> str:
    return not_sure() if value is None else str(value)


class GoalForm(forms.Form):
    """A goal set after joining: the same questions on one short page, own words first."""

    words = words_field()
    theme = theme_field()
    horizon = horizon_field()
    rating = scale_field(gettext_lazy("Where is it today?"))
    hope = scale_field(gettext_lazy("Where would be good enough?"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.label_suffix = ""
        self.fields["theme"].choices = grouped_themes()  # type: ignore[attr-defined]
        self.fields["words"].help_text = _("Your words. There’s no wrong answer.")


def horizon_of(told: str) -> str:
    """Give the horizon as it is stored; somebody who isn't sure gets the middle one."""
    return Goal.Horizon.MEDIUM if told == UNSURE else told
