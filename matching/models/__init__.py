"""Who might help whom, and the link-ups that follow. One noun a file; import them from here."""

from matching.models.cadence import CadencePick, CadenceTemplate
from matching.models.contact import Contact
from matching.models.ending import Extension, LookBack
from matching.models.how_was_it import HowWasIt
from matching.models.linkup import LinkUp, Together
from matching.models.milestone import Milestone, Tick
from matching.models.overruling import Overruling
from matching.models.plan import Idea, Plan
from matching.models.rest import Rest
from matching.models.round import Alternative, Proposal, Round
from matching.models.shortlist import Choice, Shortlist, ShortlistEntry
from matching.models.supporter import Supporter
from matching.models.weights import WeightsVersion
from matching.models.wish import Wish
from matching.models.word import Word

__all__ = [
    "Alternative",
    "CadencePick",
    "CadenceTemplate",
    "Choice",
    "Contact",
    "Extension",
    "HowWasIt",
    "Idea",
    "LinkUp",
    "LookBack",
    "Milestone",
    "Overruling",
    "Plan",
    "Proposal",
    "Rest",
    "Round",
    "Shortlist",
    "ShortlistEntry",
    "Supporter",
    "Tick",
    "Together",
    "WeightsVersion",
    "Wish",
    "Word",
]
