"""What to call somebody, the languages they speak, and whether others may be shown them."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from people import words
from people.asking import Kept, Question, not_sure
from people.consenting import WORDINGS
from people.models import Consent

UNSURE = "unsure"


class NameQuestion(Question):
    """What should we call you?"""

    slug = "name"
    title = gettext_lazy("What should we call you?")
    heading = title
    lead = gettext_lazy(
        "The names you go by are fine. They don’t have to be the ones on your papers."
    )
    name = forms.CharField(
        label=gettext_lazy("Your name"),
        max_length=80,
        error_messages={
            "required": gettext_lazy("Write the name you go by."),
            "max_length": gettext_lazy("Use 80 letters or fewer for your name."),
        },
        widget=forms.TextInput(attrs={"autocomplete": "given-name", "dir": "auto"}),
    )

    @classmethod
    def said(cls, kept: Kept) -> list[tuple[str, str]]:
        """One name."""
        return [(_("Your name"), kept["name"])]


class YouQuestion(NameQuestion):
    """What should we call you and your family?"""

    slug = "you"
    family_name = forms.CharField(
        label=gettext_lazy("A name for your family"),
        help_text=gettext_lazy(
            "Such as “the K. family” or “Leanne and her twins”. Others will see it."
        ),
        max_length=80,
        required=False,
        error_messages={
            "max_length": gettext_lazy("Use 80 letters or fewer for your family’s name.")
        },
        widget=forms.TextInput(attrs={"autocomplete": "off", "dir": "auto"}),
    )

    @classmethod
    def said(cls, kept: Kept) -> list[tuple[str, str]]:
        """Two names."""
        return [
            (_("Your name"), kept["name"]),
            (_("Your family"), display_name(kept)),
        ]


def display_name(you: Kept) -> str:
    """Give the family's name, or one made of the person's where they gave none. At most 80 letters."""
    made = _("%(name)s’s family") % {"name": you["name"]}
    return (you["family_name"] or made)[:80]


class LanguagesQuestion(Question):
    """Which languages do you speak?"""

    slug = "languages"
    title = gettext_lazy("Which languages do you speak at home?")
    languages = forms.MultipleChoiceField(
        label=title,
        help_text=gettext_lazy(
            "Tick all that you’re happy to talk in. The ones we hear most come first, then A to Z."
        ),
        choices=lambda: [
            *words.languages_to_tick(),
            (UNSURE, _("Another one, or I’d rather tell my coach")),
        ],
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": gettext_lazy("Tick at least one language."),
            "invalid_choice": gettext_lazy("Tick languages from the list."),
        },
    )

    def kept(self) -> Kept:
        """The codes."""
        return {"languages": [code for code in self.cleaned_data["languages"] if code != UNSURE]}

    @classmethod
    def again(cls, kept: Kept) -> dict[str, Any]:
        """None of the list is the dashed one."""
        return {"languages": kept["languages"] or [UNSURE]}

    @classmethod
    def said(cls, kept: Kept) -> list[tuple[str, str]]:
        """The names."""
        said = ", ".join(str(words.LANGUAGES[code]) for code in kept["languages"])
        return [(_("Languages"), said or not_sure())]


class ShowingQuestion(Question):
    """May we show you? A yes is asked for by itself, in words that are kept with their version."""

    slug = "showing"
    title = gettext_lazy("May we show you to others?")
    heading = gettext_lazy("May we show you to families we might link you with?")
    template = "people/question_showing.html"
    showing = forms.ChoiceField(
        label=gettext_lazy("Is that all right with you?"),
        choices=[
            ("yes", gettext_lazy("Yes")),
            ("no", gettext_lazy("Not now")),
        ],
        widget=forms.RadioSelect,
        error_messages={
            "required": gettext_lazy("Choose “Yes” or “Not now”."),
            "invalid_choice": gettext_lazy("Choose “Yes” or “Not now”."),
        },
    )

    def wording(self) -> Any:
        """Give what is shown."""
        return WORDINGS[Consent.Purpose.LINK_UP]

    @classmethod
    def said(cls, kept: Kept) -> list[tuple[str, str]]:
        """Yes or not now."""
        return [
            (
                _("Show us to families we might be linked with"),
                _("Yes") if kept["showing"] == "yes" else _("Not now"),
            )
        ]
