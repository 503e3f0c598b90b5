"""Addresses of this app."""

from django.urls import path

from messaging import views

app_name = "messaging"
urlpatterns = [
    path("", views.conversations, name="conversations"),
    path("coach/", views.my_coach, name="my_coach"),
    path("<int:conversation_id>/", views.conversation, name="conversation"),
    path("<int:conversation_id>/since/", views.since, name="since"),
    path("<int:conversation_id>/report/<int:message_id>/", views.report_message, name="report"),
    path("<int:conversation_id>/look-in/", views.look_in, name="look_in"),
]
