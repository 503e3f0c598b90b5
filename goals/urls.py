"""Addresses of this app, under /goals/."""

from django.urls import path

from goals import views, web_views

app_name = "goals"
urlpatterns = [
    path("web/", web_views.web, name="web"),
    path("web/new/", web_views.fill_in, name="fill_in"),
    path("new/", views.new, name="new"),
    path("<int:goal_id>/", views.goal, name="goal"),
    path("<int:goal_id>/today/", views.rate, name="rate"),
    path("<int:goal_id>/move/", views.move, name="move"),
]
