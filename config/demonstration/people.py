"""Whom to sign in as, and how: by a code, like everybody in Kith. There is no password to know.

On one's own machine mail is printed in the terminal, so that every code can be read there.
"""

PEOPLE = (
    ("Amara", "amara@example.org", "a seeking family, seven weeks into a link-up"),
    ("Denise", "denise@example.org", "a sharing family, linked with Amara and Joe"),
    ("Nadia", "nadia@example.org", "a seeking family who wait for a link-up"),
    ("Jo", "jo@example.org", "a sharing family with room for two"),
    ("Stan", "stan@example.org", "a volunteer who mends bicycles"),
    ("Mavis", "mavis@example.org", "a volunteer who brings her own mug"),
    ("Ruth", "ruth@example.org", "coach for Burntwood and Lichfield"),
    ("Imran", "imran@example.org", "coach for Rugeley and Cannock"),
    ("Bea", "bea@example.org", "time broker"),
    ("Ellis", "ellis@example.org", "community editor"),
    ("Morgan", "morgan@example.org", "manager and safeguarding lead"),
)


def table() -> str:
    """Give who there is to sign in as, a line each."""
    names = max(len(name) for name, _, _ in PEOPLE)
    addresses = max(len(email) for _, email, _ in PEOPLE)
    return "\n".join(f"{name:{names}}  {email:{addresses}}  {what}" for name, email, what in PEOPLE)
