"""Addresses of this app, under /concern/."""

from django.urls import path

from safeguarding.views import concerns as views

app_name = "safeguarding"
urlpatterns = [
    path("", views.raise_concern, name="raise"),
    path("thank-you/", views.thanks, name="thanks"),
    path("all/", views.listing, name="concerns"),
    path("all/<int:concern_id>/", views.concern, name="concern"),
]
