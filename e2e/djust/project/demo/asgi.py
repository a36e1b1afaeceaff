import os

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "demo.settings")

from channels.auth import AuthMiddlewareStack
from channels.routing import ProtocolTypeRouter, URLRouter
from django.contrib.staticfiles.handlers import ASGIStaticFilesHandler
from django.core.asgi import get_asgi_application
from django.urls import path

django_application = get_asgi_application()

from djust.websocket import LiveViewConsumer  # noqa: E402  (needs the apps)

protocols = {
    "http": ASGIStaticFilesHandler(django_application),
    "websocket": AuthMiddlewareStack(URLRouter([path("ws/live/", LiveViewConsumer.as_asgi())])),
}
# As behind a proxy that lets no WebSocket pass.
if os.environ.get("DEMO_SOCKET") == "0":
    del protocols["websocket"]
application = ProtocolTypeRouter(protocols)
