"""A run as a coach reads it: how far it is, or why it came to nothing.

A newcomer would read the standing and stop there. A killed run still says "running": whether anybody works on it is
told by its last sign of life.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from matching.models import Round

Standing, Stage = Round.Standing, Round.Stage
STEPS = list(Stage)


@dataclass(frozen=True)
class RunPage:
    """A round that has no answer, or not yet. `value` is how many of `steps` are done, with a part of one."""

    round: Round
    silent: bool
    steps: int
    value: float
    label: str

    @property
    def goes_on(self) -> bool:
        """Whether it waits for its turn or is worked on, so that looking again may show something new."""
        return self.round.is_under_way and not (self.silent and self.runs)

    @property
    def runs(self) -> bool:
        """Whether somebody began it."""
        return self.round.standing == Standing.RUNNING

    @property
    def heading(self) -> str:
        """What became of it, in a line."""
        if self.round.standing == Standing.CANCELLED:
            return _("This round was stopped")
        if not self.goes_on:
            return _("This round didn’t finish")
        return _("This round is on its way")  # for both, because only what is below asks for itself

    @property
    def why(self) -> str:
        """Why it came to nothing, and that nothing was kept; "" while it goes on."""
        if self.goes_on:
            return ""
        if self.round.standing == Standing.CANCELLED:
            return _("%(name)s stopped it. Nothing was kept.") % {"name": self.round.stopped_by}
        trouble = Round.Trouble.SILENT.label if self.runs else self.round.get_trouble_display()
        return _("%(trouble)s Nothing was kept.") % {"trouble": trouble}


@dataclass(frozen=True)
class RunRow:
    """A round in the list of rounds: where it stands, as a shape and a word, and what came of it."""

    round: Round
    shape: str
    word: str


def run_page(round_: Round, *, at: datetime) -> RunPage:
    """Give a run's page without any question to the database; `at` is now."""
    step = STEPS.index(Stage(round_.stage)) if round_.stage else 0
    part = round_.families_done / round_.families_total if round_.families_total else 0
    return RunPage(
        round=round_,
        silent=round_.is_silent(at=at),
        steps=len(STEPS),
        value=round(step + part, 2),
        label=_label(round_, step),
    )


def run_rows(rounds: Iterable[Round], *, at: datetime) -> list[RunRow]:
    """Give these rounds, newest first, as the list shows them."""
    rows: list[RunRow] = []
    newer: set[int] = set()  # areas of which a newer round is done
    for one in rounds:
        shape, word = _stands(one, at)
        if one.is_done and not one.sent_at and one.area_id in newer:
            shape, word = "empty", _("Replaced")
        if one.is_done:
            newer.add(one.area_id)
        rows.append(RunRow(one, shape, word))
    return rows


def _label(round_: Round, step: int) -> str:
    told = {
        "step": step + 1,
        "steps": len(STEPS),
        "what": round_.get_stage_display(),
        "done": f"{round_.families_done:,}",
        "total": f"{round_.families_total:,}",
    }
    if round_.families_total:
        return _("Step %(step)d of %(steps)d: %(what)s. %(done)s of %(total)s so far.") % told
    return _("Step %(step)d of %(steps)d: %(what)s.") % told


def _stands(one: Round, at: datetime) -> tuple[str, str]:
    if one.is_done:
        return ("full", _("Sent")) if one.sent_at else ("half", _("Open"))
    if one.standing == Standing.CANCELLED:
        return "empty", _("Stopped")
    if one.standing == Standing.FAILED or (
        one.standing == Standing.RUNNING and one.is_silent(at=at)
    ):
        return "diamond", _("Didn’t finish")
    return ("today", _("Running")) if one.standing == Standing.RUNNING else ("dotted", _("Waiting"))
