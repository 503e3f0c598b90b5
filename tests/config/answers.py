"""Who may use the views of config."""

from tests.boundaries.access import Answer

EVERYBODY = Answer(200, 200, 200, 200, 200, signed_out=200)
# A side door leads to the one sign-in; whoever is signed in already was refused something, and is told so.
DOOR = Answer(403, 403, 403, 403, 403, signed_out=302)

ANSWERS = {
    "home": Answer(200, 200, 200, 200, 200),
    "health": EVERYBODY,
    "look": EVERYBODY,
    "editor_sign_in": DOOR,
    "page_sign_in": DOOR,
    "admin:login": DOOR,
}
