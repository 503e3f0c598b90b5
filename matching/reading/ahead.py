"""The shape of "the next thing to do" on a home page; whoever waits for it says what it is."""

from dataclasses import dataclass


@dataclass(frozen=True)
class NextThing:
    """The next thing to do, for components/ahead.html; `is_meeting` when it is about meeting somebody new."""

    title: str
    words: str
    url: str
    label: str
    is_meeting: bool = False
