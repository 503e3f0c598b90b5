"""The same settings as a server's, with what a test run needs to be quick and alone.

DATABASE_URL and REDIS_URL still choose what it runs on: `make test` sets neither, `make test-served` both.
"""

import os

os.environ.setdefault(
    "SECRET_KEY", "a-key-for-tests-that-is-long-enough-to-please-the-deploy-check-1234"
)
os.environ["DEBUG"] = "false"
os.environ["DATABASE_POOL"] = "false"  # a pool would hold the test database open when it is dropped
# One name a test process, so that those of one run neither hear each other's bells nor empty each other's cache. Set
# whatever was there: a process inherits the name that the one that starts it gave itself.
os.environ["REDIS_PREFIX"] = f"kith-test-{os.environ.get('PYTEST_XDIST_WORKER', 'alone')}"

from config.settings import *  # noqa: F403
from config.settings import DATABASES, STORAGES, VAR_DIR

_database = DATABASES["default"]
if _database["ENGINE"].endswith("sqlite3"):
    # A file, because browser tests serve it from another thread and in-memory tables would not be shared.
    _database["TEST"] = {"NAME": str(VAR_DIR / "test.sqlite3")}

ALLOWED_HOSTS = ["testserver", "localhost", "127.0.0.1"]
SOCKET_ORIGINS = ["*"]
SECURE_SSL_REDIRECT = False
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = False
SESSION_COOKIE_NAME = "kith"
CSRF_COOKIE_NAME = "csrftoken"
STAFF_NEED_SECOND_FACTOR = False  # tests of the second factor switch it on
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = {  # hashed names would need collectstatic first
    **STORAGES,
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = True
TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
MEDIA_ROOT = VAR_DIR / "test-media"
ACCOUNT_RATE_LIMITS = False  # tests of the limits switch them on
