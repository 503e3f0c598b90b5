"""Addresses of this app."""

from django.urls import path

from matching.views import (
    asking,
    choosing,
    differences,
    families,
    linkups,
    meeting,
    newcomers,
    recording,
    rounds,
    weights,
)

app_name = "matching"
urlpatterns = [
    path("families/", families.families, name="families"),
    path("families/<int:id>/", families.family, name="family"),
    path("families/<int:id>/meeting/", meeting.meeting, name="meeting"),
    path("families/<int:id>/hello/", newcomers.hello_family, name="hello_family"),
    path("families/<int:id>/talk/", newcomers.talk_family, name="talk_family"),
    path("volunteers/<int:id>/", newcomers.volunteer, name="volunteer"),
    path("volunteers/<int:id>/hello/", newcomers.hello_volunteer, name="hello_volunteer"),
    path("volunteers/<int:id>/talk/", newcomers.talk_volunteer, name="talk_volunteer"),
    path("contacts/<int:id>/", families.contact, name="contact"),
    path("rounds/", rounds.rounds, name="rounds"),
    path("rounds/open/<int:area_id>/", rounds.open_round, name="open_round"),
    path("rounds/<int:id>/", rounds.round_, name="round"),
    path("rounds/<int:id>/difference/", differences.difference, name="difference"),
    path("rounds/<int:id>/what-if/", asking.what_if, name="what_if"),
    path("rounds/<int:id>/families/<int:family_id>/", asking.ask, name="ask"),
    path(
        "rounds/<int:id>/families/<int:family_id>/<int:supporter_id>/",
        asking.why_not,
        name="why_not",
    ),
    path(
        "rounds/<int:id>/families/<int:family_id>/<int:supporter_id>/overrule/",
        asking.overrule,
        name="overrule",
    ),
    path("rounds/<int:id>/stop/", rounds.stop, name="stop_round"),
    path("rounds/<int:id>/approve/", rounds.approve_all, name="approve_all"),
    path("rounds/<int:id>/send/", rounds.send, name="send"),
    path("weights/", weights.weights, name="weights"),
    path("weights/use/", weights.set_weights, name="set_weights"),
    path("pairs/<int:id>/", rounds.decide, name="decide"),
    path("pairs/also/<int:id>/", rounds.alternative, name="alternative"),
    path("choose/", choosing.shortlist, name="shortlist"),
    path("choose/none/", choosing.none_of_these, name="none_of_these"),
    path("asked/<int:id>/", choosing.choice, name="choice"),
    path("<int:id>/", linkups.link_up, name="link_up"),
    path("<int:id>/time/", recording.together, name="together"),
    path("without-signal/", recording.without_signal, name="without_signal"),
    path("worker.js", recording.worker, name="worker"),
    path("token/", recording.token, name="token"),
    path("<int:id>/end/", linkups.end, name="end"),
]
