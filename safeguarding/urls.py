"""Addresses of this app, under /concern/ and /clearance/."""

from django.urls import path

from safeguarding.views import board, clearance, concerns, dealing, requirements

app_name = "safeguarding"
urlpatterns = [
    path("concern/", concerns.raise_concern, name="raise"),
    path("concern/thank-you/", concerns.thanks, name="thanks"),
    path("concern/all/", concerns.listing, name="concerns"),
    path("concern/all/<int:concern_id>/", concerns.concern, name="concern"),
    path("concern/all/<int:concern_id>/about/", dealing.about, name="about"),
    path("concern/all/<int:concern_id>/ask/", dealing.ask, name="ask"),
    path("concern/all/<int:concern_id>/sign-off/", dealing.sign_off, name="sign_off"),
    path("concern/all/<int:concern_id>/report/", dealing.report, name="report"),
    path("concern/all/<int:concern_id>/report/paper/", dealing.pack, name="pack"),
    path("concern/asked/<int:action_id>/", dealing.asked, name="asked"),
    path("concern/all/<int:concern_id>/board/", board.from_concern, name="from_concern"),
    path("meeting/", board.meeting, name="board"),
    path("meeting/<int:place_id>/", board.on_board, name="on_board"),
    path("meeting/<int:place_id>/steps/", board.add_step, name="add_step"),
    path("meeting/<int:place_id>/steps/<int:step_id>/", board.end_step, name="end_step"),
    path("meeting/<int:place_id>/off/", board.take_off, name="take_off"),
    path("meeting/family/<int:family_id>/", board.put_on, name="put_on"),
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
