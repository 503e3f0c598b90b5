"""Questions asked one a page, in an order, with answers that are kept as they are given.

A question is a Django form that also knows what to keep and how to say it back. Apps on higher floors may put
questions of their own into the order (from their AppConfig.ready); people never knows what they ask.
"""

from abc import ABCMeta, abstractmethod
from typing import Any, ClassVar

from django import forms
from django.forms.forms import DeclarativeFieldsMetaclass
from django.utils.translation import gettext as _

Kept = dict[str, Any]


class _Asked(DeclarativeFieldsMetaclass, ABCMeta):
    """A form's class that also refuses to be asked before all it must say is written."""


class Question(forms.Form, metaclass=_Asked):
    """One page of one question."""

    slug: ClassVar[str]
    title: ClassVar[Any]  # for the browser's tab; never anybody's words
    heading: ClassVar[Any] = ""  # over several boxes; a single box has its own label as the heading
    lead: ClassVar[Any] = ""
    why: ClassVar[Any] = ""  # "Why we ask", folded away
    template: ClassVar[str] = "people/question.html"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.label_suffix = ""

    def kept(self) -> Kept:
        """Give the checked answer as plain JSON."""
        return dict(self.cleaned_data)

    @classmethod
    def again(cls, kept: Kept) -> dict[str, Any]:
        """Give what the boxes hold when the page is opened again."""
        return kept

    @classmethod
    @abstractmethod
    def said(cls, kept: Kept) -> list[tuple[str, str]]:
        """Give (label, answer) lines for check-your-answers; an empty answer reads "Not sure yet"."""

    def reshaped(self) -> "Question | None":
        """Give the page anew where the press only asked for another row; None for a real answer."""
        return None


_order: list[type[Question]] = []


def ask(question: type[Question], *, before: str = "") -> None:
    """Put a question into the order: last, or before the one with the slug `before`. Twice is once."""
    if question in _order:
        return
    slugs = [other.slug for other in _order]
    _order.insert(slugs.index(before) if before else len(_order), question)


def order() -> list[type[Question]]:
    """Give every question, first to last."""
    return list(_order)


def named(slug: str) -> type[Question] | None:
    """Give the question with this slug; None where there is none."""
    return next((question for question in _order if question.slug == slug), None)


def first_open(answers: Kept) -> type[Question] | None:
    """Give the first question without an answer; None when all are answered."""
    return next((question for question in _order if question.slug not in answers), None)


def not_sure() -> str:
    """Say an empty answer back."""
    return _("Not sure yet")


class Unsure(forms.BooleanField):
    """The tick that is always there: "I'm not sure yet" is an answer."""

    def __init__(self, label: Any) -> None:
        super().__init__(label=label, required=False)
