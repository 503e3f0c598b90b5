"""Forms of this app, one subject a file; import those of concerns and clearance from here.

`forms.dealing` (what is done about a concern) and `forms.board` (the daily meeting) each serve one file of views.
"""

from safeguarding.forms.clearance import CheckForm, StepForm, WaitForm
from safeguarding.forms.concerns import RaiseForm
from safeguarding.forms.requirements import RequirementsForm

__all__ = ["CheckForm", "RaiseForm", "RequirementsForm", "StepForm", "WaitForm"]
