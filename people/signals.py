"""What lower floors tell higher ones. Sent inside the transaction, so whoever listens joins it or undoes it.

Floors import downwards only; people cannot call goals or the time bank, so it says what happened and they act.
"""

from django.dispatch import Signal

family_joined = Signal()  # sender=Family; family, by, answers (dict), at
volunteer_joined = Signal()  # sender=Volunteer; volunteer, by, answers (dict), at
clearance_changed = (
    Signal()
)  # sender=Guardian or Volunteer; family_id, volunteer_id (one of them), at
# Sent by HandOver when some families and volunteers, told by their ids, went from one coach to another: `families`,
# `volunteers`, `before` and `after` (users), and `at`.
coach_changed = Signal()
