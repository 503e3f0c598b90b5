"""What keeps people safe. One noun a file; import them from here."""

from safeguarding.models.access_event import AccessEvent
from safeguarding.models.board import BoardMark, BoardReview, BoardStep, OnBoard
from safeguarding.models.check import Check
from safeguarding.models.concern import Basis, Concern, ConcernAction
from safeguarding.models.concern_about import ConcernAbout
from safeguarding.models.concern_decision import ConcernDecision
from safeguarding.models.requirements import EligibleLevel, RequirementsVersion, Role
from safeguarding.models.step import Approval, Exemption, Step, TakenBack

__all__ = [
    "AccessEvent",
    "Approval",
    "Basis",
    "BoardMark",
    "BoardReview",
    "BoardStep",
    "Check",
    "Concern",
    "ConcernAbout",
    "ConcernAction",
    "ConcernDecision",
    "EligibleLevel",
    "Exemption",
    "OnBoard",
    "RequirementsVersion",
    "Role",
    "Step",
    "TakenBack",
]
