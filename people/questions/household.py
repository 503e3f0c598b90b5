"""Which children live with a family: ages and what they like. Never a name or a date of birth (trust.md SG-17)."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from people.asking import Kept, Question, Unsure
from people.models import Child

MOST_CHILDREN = 12
MOST_LIKES = 6


class ChildrenQuestion(Question):
    """Who is in your family? A row a child; the number of rows comes from what was sent or kept."""

    slug = "children"
    title = gettext_lazy("Who is in your family?")
    heading = gettext_lazy("Which children live with you?")
    lead = gettext_lazy("Their age and what they like is enough. Please don’t write their names.")
    why = gettext_lazy(
        "Children get on best with others near their age who like the same things. "
        "Only your coach and families you might be linked with see this."
    )
    template = "people/question_children.html"
    most = MOST_CHILDREN

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        held = self.data.get("count", "") if self.is_bound else self.initial.get("count", 1)
        count = int(held) if str(held).isdecimal() and len(str(held)) < 3 else 1
        self.count = min(max(count, 1), MOST_CHILDREN)
        for n in range(self.count):
            self.fields[f"age_{n}"] = forms.ChoiceField(
                label=_("How old"),
                choices=[("", _("Choose an age")), *Child.AgeBand.choices],
                required=False,
                error_messages={"invalid_choice": _("Choose an age from the list.")},
            )
            self.fields[f"likes_{n}"] = forms.CharField(
                label=_("What do they like?"),
                help_text=_("Such as football, drawing"),
                max_length=120,
                required=False,
                error_messages={"max_length": _("Use 120 letters or fewer.")},
                widget=forms.TextInput(attrs={"autocomplete": "off", "dir": "auto"}),
            )
        self.fields["none"] = Unsure(_("No children just now, or I’d rather say later"))

    def rows(self) -> list[dict[str, Any]]:
        """Give the boxes of each child, for the page. An age is asked for plainly: only a whole row may stay empty."""
        for n in range(self.count):
            self.fields[f"age_{n}"].required = True
        return [
            {"number": n + 1, "place": n, "age": self[f"age_{n}"], "likes": self[f"likes_{n}"]}
            for n in range(self.count)
        ]

    def clean(self) -> Kept:
        """Refuse a child without an age, and an answer that says both none and some."""
        told = super().clean() or {}
        filled = [n for n in range(self.count) if told.get(f"age_{n}") or told.get(f"likes_{n}")]
        if told.get("none") and filled:
            self.add_error(
                "none", _("You’ve told us about a child. Take the tick away, or empty the boxes.")
            )
        elif not filled and not told.get("none") and not self.errors:
            self.add_error("age_0", _("Choose an age, or tick “No children just now”."))
        for n in filled:
            if not told.get(f"age_{n}") and f"age_{n}" not in self.errors:
                self.add_error(f"age_{n}", _("Choose an age for child %(n)d.") % {"n": n + 1})
        return told

    def kept(self) -> Kept:
        """The children, in the order told."""
        return {
            "children": [
                {
                    "age_band": self.cleaned_data[f"age_{n}"],
                    "interests": likes(self.cleaned_data[f"likes_{n}"]),
                }
                for n in range(self.count)
                if self.cleaned_data[f"age_{n}"]
            ]
        }

    @classmethod
    def again(cls, kept: Kept) -> dict[str, Any]:
        """One row a child."""
        told: dict[str, Any] = {
            "count": max(1, len(kept["children"])),
            "none": not kept["children"],
        }
        for n, child in enumerate(kept["children"]):
            told[f"age_{n}"] = child["age_band"]
            told[f"likes_{n}"] = ", ".join(child["interests"])
        return told

    @classmethod
    def said(cls, kept: Kept) -> list[tuple[str, str]]:
        """A line a child."""
        bands = dict(Child.AgeBand.choices)
        lines = [
            (
                _("Child %(n)d") % {"n": n},
                ": ".join(filter(None, [bands[child["age_band"]], ", ".join(child["interests"])])),
            )
            for n, child in enumerate(kept["children"], start=1)
        ]
        return lines or [(_("Children"), _("None just now, or later"))]

    def reshaped(self) -> "ChildrenQuestion | None":
        """Give the page with a row more, or with one row taken away, and everything else as it was."""
        taken = self.data.get("remove", "")
        if "add" not in self.data and not taken:
            return None
        rows = [
            (self.data.get(f"age_{n}", ""), self.data.get(f"likes_{n}", ""))
            for n in range(self.count)
            if str(n) != taken
        ]
        if "add" in self.data:
            rows.append(("", ""))
        rows = rows[:MOST_CHILDREN] or [("", "")]
        told: dict[str, Any] = {"count": len(rows)}
        for n, (age, liked) in enumerate(rows):
            told[f"age_{n}"], told[f"likes_{n}"] = age, liked
        return ChildrenQuestion(initial=told)


def likes(told: str) -> list[str]:
    """Give what a child likes as a short list: split at commas, six at most."""
    return [like.strip()[:40] for like in told.replace(";", ",").split(",") if like.strip()][
        :MOST_LIKES
    ]
