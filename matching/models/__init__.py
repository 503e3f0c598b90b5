"""Who might help whom, and the link-ups that follow. One noun a file; import them from here."""

from matching.models.contact import Contact
from matching.models.linkup import LinkUp, Together
from matching.models.overruling import Overruling
from matching.models.plan import Idea, Plan
from matching.models.round import Alternative, Proposal, Round
from matching.models.shortlist import Choice, Shortlist, ShortlistEntry
from matching.models.supporter import Supporter
from matching.models.weights import WeightsVersion
from matching.models.wish import Wish

__all__ = [
    "Alternative",
    "Choice",
    "Contact",
    "Idea",
    "LinkUp",
    "Overruling",
    "Plan",
    "Proposal",
    "Round",
    "Shortlist",
    "ShortlistEntry",
    "Supporter",
    "Together",
    "WeightsVersion",
    "Wish",
]
