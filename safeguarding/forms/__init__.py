"""Forms of this app. One subject a file; import them from here."""

from safeguarding.forms.clearance import CheckForm, StepForm, WaitForm
from safeguarding.forms.concerns import ActForm, RaiseForm
from safeguarding.forms.requirements import RequirementsForm

__all__ = ["ActForm", "CheckForm", "RaiseForm", "RequirementsForm", "StepForm", "WaitForm"]
