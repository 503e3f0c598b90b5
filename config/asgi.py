"""The door of the server: pages over HTTP, the doorbell over websockets."""

import os
import warnings

from django.core.asgi import get_asgi_application

# WhiteNoise reads small files from disk in a plain loop; that is what we want of it.
warnings.filterwarnings("ignore", message="StreamingHttpResponse must consume synchronous")
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
pages = get_asgi_application()  # loads the apps, so it must come before what follows

from channels.auth import AuthMiddlewareStack  # noqa: E402
from channels.routing import ProtocolTypeRouter, URLRouter  # noqa: E402
from channels.security.websocket import OriginValidator  # noqa: E402
from django.conf import settings  # noqa: E402

from messaging.routing import socket_paths  # noqa: E402

application = ProtocolTypeRouter(
    {
        "http": pages,
        # Whole origins, because a bare host would also let http:// in (trust.md F3).
        "websocket": OriginValidator(
            AuthMiddlewareStack(URLRouter(socket_paths)), settings.SOCKET_ORIGINS
        ),
    }
)
