"""What keeps people safe. One noun a file; import them from here."""

from safeguarding.models.access_event import AccessEvent
from safeguarding.models.check import Check
from safeguarding.models.concern import Concern, ConcernAction
from safeguarding.models.requirements import EligibleLevel, RequirementsVersion, Role
from safeguarding.models.step import Approval, Exemption, Step, TakenBack

__all__ = [
    "AccessEvent",
    "Approval",
    "Check",
    "Concern",
    "ConcernAction",
    "EligibleLevel",
    "Exemption",
    "RequirementsVersion",
    "Role",
    "Step",
    "TakenBack",
]
