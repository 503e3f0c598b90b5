"""The words that people choose from: languages, access needs, things they would rather not meet.

Codes are stored, words are shown. A programme that needs another language adds a line here.
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
