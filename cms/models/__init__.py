"""The pages that editors publish. One noun a file; import them from here."""

from cms.models.event import EventIndexPage, EventPage
from cms.models.guide import GuideIndexPage, GuidePage
from cms.models.home import HomePage
from cms.models.place import PlaceIndexPage, PlacePage
from cms.models.service import ServiceIndexPage, ServicePage
from cms.models.story import StoryIndexPage, StoryPage

__all__ = [
    "EventIndexPage",
    "EventPage",
    "GuideIndexPage",
    "GuidePage",
    "HomePage",
    "PlaceIndexPage",
    "PlacePage",
    "ServiceIndexPage",
    "ServicePage",
    "StoryIndexPage",
    "StoryPage",
]
