"""Addresses of this app, under /join/."""

from django.urls import path

from people.views import details, joining

app_name = "people"
urlpatterns = [
    path("", joining.start, name="join"),
    path("about/<slug:slug>/", joining.question, name="question"),
    path("check/", joining.check, name="check"),
    path("saved/", joining.stopped, name="stopped"),
    path("welcome/", joining.welcome, name="welcome"),
    path("volunteer/", joining.volunteer, name="volunteer"),
    path("details/", details.details, name="details"),
    path("details/language/", details.language, name="language"),
    path("details/consent/", details.consent, name="consent"),
    path("details/<slug:slug>/", details.change, name="change"),
]
