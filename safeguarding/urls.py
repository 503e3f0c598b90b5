"""Addresses of this app, under /concern/ and /clearance/."""

from django.urls import path

from safeguarding.views import clearance, concerns, requirements

app_name = "safeguarding"
urlpatterns = [
    path("concern/", concerns.raise_concern, name="raise"),
    path("concern/thank-you/", concerns.thanks, name="thanks"),
    path("concern/all/", concerns.listing, name="concerns"),
    path("concern/all/<int:concern_id>/", concerns.concern, name="concern"),
    path("clearance/", clearance.clearances, name="clearances"),
    path("clearance/ready/", clearance.getting_ready, name="getting_ready"),
    path("clearance/asked/", requirements.requirements, name="requirements"),
    path("clearance/asked/set/", requirements.set_requirements, name="set_requirements"),
    path("clearance/waits/<int:id>/", clearance.grant, name="grant"),
    path("clearance/back/<slug:kind>/<int:id>/", clearance.take_back, name="take_back"),
    path("clearance/<slug:kind>/<int:id>/", clearance.clearance, name="clearance"),
    path("clearance/<slug:kind>/<int:id>/check/", clearance.record_check, name="record_check"),
    path(
        "clearance/<slug:kind>/<int:id>/<slug:step>/done/",
        clearance.record_step,
        name="record_step",
    ),
    path(
        "clearance/<slug:kind>/<int:id>/<slug:step>/wait/",
        clearance.ask_to_wait,
        name="ask_to_wait",
    ),
    path("clearance/<slug:kind>/<int:id>/yes/", clearance.approve, name="approve"),
]
