"""Addresses of this app."""

from django.urls import path

from timebank.views import account, desk, exchange, gathering, leaving, listings, record, statement

app_name = "timebank"
urlpatterns = [
    path("", statement.my_statement, name="statement"),
    path("file/", statement.download, name="download"),
    path("give/", leaving.give, name="give"),
    path("close/", leaving.close_own, name="close_own"),
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
    path("account/<int:account_id>/", account.account, name="account"),
    path("account/<int:account_id>/lower/", account.lower, name="lower"),
    path(
        "account/<int:account_id>/lower/<int:exception_id>/end/",
        account.end_lower,
        name="end_lower",
    ),
    path("account/<int:account_id>/write-off/", account.write_off, name="write_off"),
    path(
        "account/<int:account_id>/write-off/<int:write_off_id>/agree/",
        account.agree_write_off,
        name="agree_write_off",
    ),
    path(
        "account/<int:account_id>/write-off/<int:write_off_id>/take-back/",
        account.take_back_write_off,
        name="take_back_write_off",
    ),
    path(
        "account/<int:account_id>/line/<int:line_id>/put-right/",
        account.put_line_right,
        name="put_line_right",
    ),
    path("account/<int:account_id>/close/", account.close_account, name="close_account"),
    path("gathering/", gathering.gathering, name="gathering"),
    path("desk/", desk.desk, name="desk"),
    path("books/", desk.books, name="books"),
]
