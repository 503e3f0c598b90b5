"""The words the matcher speaks: one frozen dataclass for each thing it reads or answers.

A newcomer would look for behaviour here. There is next to none: the rules live in the modules
beside this package, and these values only carry what the rules read and say.
"""

from matching.engine.terms.checking import LARGEST, InstanceError, shown
from matching.engine.terms.profiles import (
    Child,
    Point,
    Profile,
    SeekingProfile,
    SupporterProfile,
    Term,
)
from matching.engine.terms.rounds import (
    Answer,
    Instance,
    Pair,
    Seeking,
    Supporter,
    Unplaced,
)
from matching.engine.terms.scores import Part, Score, Weights

__all__ = [
    "LARGEST",
    "Answer",
    "Child",
    "Instance",
    "InstanceError",
    "Pair",
    "Part",
    "Point",
    "Profile",
    "Score",
    "Seeking",
    "SeekingProfile",
    "Supporter",
    "SupporterProfile",
    "Term",
    "Unplaced",
    "Weights",
    "shown",
]
