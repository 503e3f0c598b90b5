"""What keeps people safe. One noun a file; import them from here."""

from safeguarding.models.access_event import AccessEvent
from safeguarding.models.check import Check
from safeguarding.models.concern import Concern, ConcernAction

__all__ = ["AccessEvent", "Check", "Concern", "ConcernAction"]
