"""A language is offered once it has words, so that no page says that it is in Polish and then speaks English."""

from pathlib import Path

from config.languages import translated

NAMES = [("en-gb", "English"), ("cy", "Cymraeg"), ("ur", "اردو")]


def catalogue(folder: Path, code: str, name: str) -> None:
    (folder / code / "LC_MESSAGES").mkdir(parents=True)
    (folder / code / "LC_MESSAGES" / name).touch()


def test_it_offers_the_language_that_the_code_is_written_in(tmp_path: Path) -> None:
    assert translated(NAMES, written_in="en-gb", folder=tmp_path / "none") == NAMES[:1]


def test_it_offers_a_language_whose_catalogue_is_compiled(tmp_path: Path) -> None:
    catalogue(tmp_path, "ur", "django.mo")
    assert translated(NAMES, written_in="en-gb", folder=tmp_path) == [NAMES[0], NAMES[2]]


def test_it_does_not_offer_one_that_is_being_translated(tmp_path: Path) -> None:
    catalogue(tmp_path, "cy", "django.po")
    assert translated(NAMES, written_in="en-gb", folder=tmp_path) == NAMES[:1]


def test_a_page_in_a_language_that_is_not_offered_is_english(client, db) -> None:
    client.cookies["django_language"] = "pl"
    page = client.get("/accounts/login/", headers={"accept-language": "pl"}).content.decode()
    assert '<html lang="en-gb" dir="ltr">' in page


def test_a_page_read_from_the_right_says_so(client, db, four_languages) -> None:
    page = client.get("/accounts/login/", headers={"accept-language": "ur"}).content.decode()
    assert '<html lang="ur" dir="rtl">' in page
