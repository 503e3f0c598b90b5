"""What keeps people safe. One noun a file; import them from here."""

from safeguarding.models.access_event import AccessEvent
from safeguarding.models.board import BoardMark, BoardReview, BoardStep, OnBoard
from safeguarding.models.check import Check
from safeguarding.models.concern import Basis, Concern, ConcernAction
from safeguarding.models.concern_about import ConcernAbout
from safeguarding.models.concern_decision import ConcernDecision

__all__ = [
    "AccessEvent",
    "Basis",
    "BoardMark",
    "BoardReview",
    "BoardStep",
    "Check",
    "Concern",
    "ConcernAbout",
    "ConcernAction",
    "ConcernDecision",
    "OnBoard",
]
