"""Addresses of this app."""

from django.urls import path

from timebank.views import desk, exchange, listings, record, statement

app_name = "timebank"
urlpatterns = [
    path("", statement.my_statement, name="statement"),
    path("file/", statement.download, name="download"),
    path("record/", record.record, name="record"),
    path("record/for/<int:account_id>/", record.record_for, name="record_for"),
    path("exchange/<int:exchange_id>/", exchange.exchange, name="exchange"),
    path("exchange/<int:exchange_id>/yes/", exchange.confirm, name="confirm"),
    path("exchange/<int:exchange_id>/different/", exchange.different, name="different"),
    path("exchange/<int:exchange_id>/take-back/", exchange.take_back, name="take_back"),
    path("exchange/<int:exchange_id>/settle/", exchange.settle, name="settle"),
    path("exchange/<int:exchange_id>/leave/", exchange.settle_at_nothing, name="leave"),
    path("exchange/<int:exchange_id>/put-right/", exchange.put_right, name="put_right"),
    path("board/", listings.board, name="listings"),
    path("board/new/", listings.ask, name="ask"),
    path("board/<int:listing_id>/answer/", listings.answer, name="answer"),
    path("board/<int:listing_id>/close/", listings.close_listing, name="close_listing"),
    path("desk/", desk.desk, name="desk"),
    path("books/", desk.books, name="books"),
]
