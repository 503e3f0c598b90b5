"""A browser for the pages of matching: signed in, and sure that each page answers."""

from django.test import Client
from django.urls import reverse

from people.models import User


def as_(user: User) -> Client:
    """A browser in which `user` has signed in."""
    client = Client()
    client.force_login(user)
    return client


def post(client: Client, name: str, data: dict[str, object] | None = None, **where: int) -> str:
    """Post to one of our pages, follow where it leads, and give what is read there."""
    response = client.post(reverse(f"matching:{name}", kwargs=where), data or {}, follow=True)
    assert response.status_code == 200
    return response.content.decode()


def read(client: Client, name: str, **where: int) -> str:
    """Give what is read on one of our pages."""
    response = client.get(reverse(f"matching:{name}", kwargs=where))
    assert response.status_code == 200
    return response.content.decode()
