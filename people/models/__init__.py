"""Who we are. One noun a file; import them from here."""

from people.models.block import Block
from people.models.consent import Consent
from people.models.family import Child, Family, Guardian
from people.models.handing import Handed, HandOver
from people.models.joining import Joining
from people.models.organisation import Organisation
from people.models.place import Area, Place
from people.models.postcode import Postcode
from people.models.told import Told
from people.models.user import StaffRole, User
from people.models.volunteer import Volunteer

__all__ = [
    "Area",
    "Block",
    "Child",
    "Consent",
    "Family",
    "Guardian",
    "HandOver",
    "Handed",
    "Joining",
    "Organisation",
    "Place",
    "Postcode",
    "StaffRole",
    "Told",
    "User",
    "Volunteer",
]
