"""Addresses of this app, under /concern/."""

from django.urls import path

from safeguarding import board_pages, concern_pages, views

app_name = "safeguarding"
urlpatterns = [
    path("", views.raise_concern, name="raise"),
    path("thank-you/", views.thanks, name="thanks"),
    path("all/", views.listing, name="concerns"),
    path("all/<int:concern_id>/", views.concern, name="concern"),
    path("all/<int:concern_id>/about/", concern_pages.about, name="about"),
    path("all/<int:concern_id>/ask/", concern_pages.ask, name="ask"),
    path("all/<int:concern_id>/sign-off/", concern_pages.sign_off, name="sign_off"),
    path("all/<int:concern_id>/report/", concern_pages.report, name="report"),
    path("all/<int:concern_id>/report/paper/", concern_pages.pack, name="pack"),
    path("asked/<int:action_id>/", concern_pages.asked, name="asked"),
    path("all/<int:concern_id>/board/", board_pages.from_concern, name="from_concern"),
    path("board/", board_pages.meeting, name="board"),
    path("board/<int:place_id>/", board_pages.on_board, name="on_board"),
    path("board/<int:place_id>/steps/", board_pages.add_step, name="add_step"),
    path("board/<int:place_id>/steps/<int:step_id>/", board_pages.end_step, name="end_step"),
    path("board/<int:place_id>/off/", board_pages.take_off, name="take_off"),
    path("board/family/<int:family_id>/", board_pages.put_on, name="put_on"),
]
