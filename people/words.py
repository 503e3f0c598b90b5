"""The words that people choose from: languages, access needs, things they would rather not meet.

Codes are stored, words are shown. A programme that needs another language adds a line here, and puts the languages
that it hears most into MOST_HEARD.
"""

from django.utils.translation import gettext_lazy as _

LANGUAGES = {
    "en": _("English"),
    "ar": _("Arabic"),
    "bg": _("Bulgarian"),
    "bn": _("Bengali"),
    "bsl": _("British Sign Language"),
    "cy": _("Welsh"),
    "fa": _("Persian"),
    "fr": _("French"),
    "hu": _("Hungarian"),
    "ku": _("Kurdish"),
    "lt": _("Lithuanian"),
    "ml": _("Malayalam"),
    "pa": _("Punjabi"),
    "pl": _("Polish"),
    "ps": _("Pashto"),
    "pt": _("Portuguese"),
    "ro": _("Romanian"),
    "so": _("Somali"),
    "es": _("Spanish"),
    "ta": _("Tamil"),
    "ti": _("Tigrinya"),
    "tr": _("Turkish"),
    "uk": _("Ukrainian"),
    "ur": _("Urdu"),
    "zh": _("Chinese"),
}

# Asked for first, most speakers first: the five largest main languages of England and Wales (census of 2021), then
# Ukrainian, which many have brought since, and Welsh.
MOST_HEARD = ("en", "pl", "ro", "pa", "ur", "uk", "cy")


def languages_to_tick() -> list[tuple[str, str]]:
    """Give codes and names as a form shows them: those most heard, then the others from A to Z."""
    rest = [(code, str(name)) for code, name in LANGUAGES.items() if code not in MOST_HEARD]
    return [
        *((code, str(LANGUAGES[code])) for code in MOST_HEARD),
        *sorted(rest, key=lambda language: language[1]),
    ]


ACCESS_NEEDS = {
    "step-free": _("No steps"),
    "hearing-loop": _("A hearing loop"),
    "quiet": _("Somewhere quiet"),
    "large-print": _("Large print"),
    "interpreter": _("An interpreter"),
}

RATHER_NOT = {
    "dogs": _("Dogs"),
    "cats": _("Cats"),
    "smoking": _("Smoking"),
    "steps": _("Steps at the door"),
}
