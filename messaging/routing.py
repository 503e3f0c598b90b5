"""Which socket answers at which address."""

from django.urls import path, re_path

from messaging.consumers import Bell, Nobody

socket_paths = [
    path("live/talk/<int:conversation_id>/", Bell.as_asgi()),
    re_path("", Nobody.as_asgi()),
]
