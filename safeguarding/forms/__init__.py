"""Forms of this app. One subject a file; import them from here."""

from safeguarding.forms.concerns import ActForm, RaiseForm

__all__ = ["ActForm", "RaiseForm"]
