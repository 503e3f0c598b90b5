"""Every address of the site. Doors into the editor lead to the one place where people sign in.

Wagtail's and Django's own sign-in pages would let a password alone through (trust.md F1), so they stand shadowed
before the includes that would answer them.
"""

from django.conf import settings
from django.conf.urls.static import static
from django.contrib import admin
from django.urls import include, path, re_path
from django.views.generic import RedirectView
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls

from config import views

admin.site.login = views.to_sign_in  # type: ignore[method-assign]
to_reset = RedirectView.as_view(pattern_name="account_reset_password")
to_change = RedirectView.as_view(pattern_name="account_change_password")

urlpatterns = [
    path("home/", views.home, name="home"),
    path("health/", views.health, name="health"),
    path("look/", views.look, name="look"),
    path("accounts/", include("allauth.urls")),
    path("join/", include("people.urls")),
    path("goals/", include("goals.urls")),
    path("", include("safeguarding.urls")),
    path("talk/", include("messaging.urls")),
    path("hours/", include("timebank.urls")),
    path("together/", include("matching.urls")),
    path("numbers/", include("insight.urls")),
    path("admin/login/", views.to_sign_in, name="editor_sign_in"),
    path("_util/login/", views.to_sign_in, name="page_sign_in"),
    re_path(r"^admin/password_reset/", to_reset),
    path("admin/", include(wagtailadmin_urls)),
    re_path(r"^django-admin/password_change/", to_change),
    path("django-admin/", admin.site.urls),
    path("documents/", include(wagtaildocs_urls)),
    *static(settings.MEDIA_URL, document_root=settings.MEDIA_ROOT),
    path("", include("cms.urls")),
    path("", include(wagtail_urls)),
]
