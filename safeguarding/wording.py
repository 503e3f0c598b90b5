"""How the steps of a clearance are said: to colleagues in sentences why not, on pages in a shape and a few words."""

from datetime import date

from django.utils import formats
from django.utils.translation import gettext as _

from people.saying import plain_day
from safeguarding.models import Step
from safeguarding.rules import CHECK, FOREVER
from safeguarding.tasks import State, Task

SHAPES = {
    State.DONE: "full",
    State.SOON: "half",
    State.EXEMPT: "dotted",
    State.COMING: "dotted",
    State.MISSING: "empty",
    State.RAN_OUT: "diamond",
    State.REFUSED: "diamond",
}


def name(task: Task) -> str:
    """Give what a step is called."""
    if task.kind == Step.Kind.REFERENCE and task.many == 2:
        return _("Two references")
    return {
        CHECK: _("Background check"),
        Step.Kind.REFERENCE: _("References"),
        Step.Kind.INTERVIEW: _("A talk with us"),
        Step.Kind.INDUCTION: _("Getting to know how we work"),
        Step.Kind.CODE: _("Code of conduct"),
    }[task.kind]


def standing(task: Task) -> str:
    """Give how it stands, in a few words."""
    day = {"day": plain_day(task.until_on or task.ran_out_on or date.min, with_year=True)}
    if task.state == State.MISSING and task.many > 1:
        return _("%(have)d of %(many)d") % {"have": task.have, "many": task.many}
    if task.state == State.DONE:
        return _("Done")
    return {
        State.SOON: _("Runs out on %(day)s"),
        State.EXEMPT: _("May wait until %(day)s"),
        State.COMING: _("Needed after %(day)s"),
        State.MISSING: _("Not done yet"),
        State.RAN_OUT: _("Ran out on %(day)s"),
        State.REFUSED: _("Not cleared"),
    }[task.state] % day


def for_them(task: Task, *, coach: str) -> str:
    """Say to the person what comes next and who does it; "" where nothing does."""
    if task.state == State.DONE:
        return ""
    if task.state == State.REFUSED:
        return _("%(coach)s will talk with you about it.") % {"coach": coach}
    words = {
        CHECK: _("%(coach)s sends you the form. You fill it in, and show us what comes back."),
        Step.Kind.REFERENCE: _(
            "Tell %(coach)s who knows you well and isn’t family. %(coach)s writes to them."
        ),
        Step.Kind.INTERVIEW: _("%(coach)s will find a time for it with you."),
        Step.Kind.INDUCTION: _("%(coach)s will tell you when and where."),
        Step.Kind.CODE: _("Read it with %(coach)s, and say yes to it."),
    }[task.kind]
    return words % {"coach": coach}


def for_staff(task: Task) -> str:
    """Say to a colleague what comes next."""
    if task.state == State.DONE:
        return ""
    if task.state == State.REFUSED:
        return _("They can’t be beside a family. Talk with them, kindly and soon.")
    return {
        CHECK: _("They apply, you look at what comes back, and write the decision down."),
        Step.Kind.REFERENCE: _("Ask people who know them well and aren’t family."),
        Step.Kind.INTERVIEW: _("Find a time, and listen."),
        Step.Kind.INDUCTION: _("Invite them to the next one."),
        Step.Kind.CODE: _("Go through it together, and ask for their yes."),
    }[task.kind]


def why_not(task: Task, *, until_on: date) -> str:
    """Say what is in the way of being beside a family until a day; "" for nothing."""
    what = _what(task)
    if task.state == State.REFUSED:
        return _("the last check was decided as not cleared.")
    if task.state == State.RAN_OUT and task.ran_out_on:
        return _("%(what)s ran out on %(day)s.") % {"what": what, "day": _day(task.ran_out_on)}
    if task.state == State.MISSING:
        if task.many > 1:
            words = _("%(have)d of %(many)d references are in.")
            return words % {"have": task.have, "many": task.many}
        return _("%(what)s is not done yet.") % {"what": what}
    if (task.until_on or FOREVER) >= until_on or task.until_on is None:
        return ""
    words = _("%(what)s runs out on %(day)s.")
    if task.state in (State.EXEMPT, State.COMING):
        words = _("%(what)s may wait only until %(day)s.")
    return words % {"what": what, "day": _day(task.until_on)}


def _what(task: Task) -> str:
    return {
        CHECK: _("the check"),
        Step.Kind.REFERENCE: _("the reference"),
        Step.Kind.INTERVIEW: _("the interview"),
        Step.Kind.INDUCTION: _("the induction"),
        Step.Kind.CODE: _("the code of conduct"),
    }[task.kind]


def _day(day: date) -> str:
    return formats.date_format(day, "j F Y")
