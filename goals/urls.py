"""Addresses of this app, under /goals/."""

from django.urls import path

from goals import views

app_name = "goals"
urlpatterns = [
    path("new/", views.new, name="new"),
    path("<int:goal_id>/", views.goal, name="goal"),
    path("<int:goal_id>/today/", views.rate, name="rate"),
    path("<int:goal_id>/move/", views.move, name="move"),
]
