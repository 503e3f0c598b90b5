"""Addresses of pages that are not Wagtail pages: an event's calendar file."""

from django.urls import path

from cms import views

app_name = "cms"
urlpatterns = [
    path("events/<int:page_id>/calendar.ics", views.calendar, name="calendar"),
]
