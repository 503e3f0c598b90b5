"""What Kith adds to Wagtail's own editor. Wagtail finds this file by its name."""

from django.templatetags.static import static
from django.utils.html import format_html
from wagtail import hooks


@hooks.register("insert_editor_js")
def wait_for_the_draft() -> str:
    """Give the script that lets Publish wait until a draft on its way is kept."""
    return format_html('<script src="{}"></script>', static("js/editor.js"))
