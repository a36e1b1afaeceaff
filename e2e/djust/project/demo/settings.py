"""Settings as a small production site has them. What a test wants different comes as an environment variable."""

import os
from pathlib import Path

BASE = Path(__file__).resolve().parent.parent
DEBUG = os.environ.get("DEMO_DEBUG") == "1"
SECRET_KEY = "only-for-tests-on-this-machine"
ALLOWED_HOSTS = ["127.0.0.1", "localhost"]
ROOT_URLCONF = "demo.urls"
ASGI_APPLICATION = "demo.asgi.application"
USE_TZ = True
TIME_ZONE = "UTC"
LANGUAGE_CODE = "en"

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "channels",
    "djust",
    "demo",
]
MIDDLEWARE = [
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {"context_processors": ["django.template.context_processors.request"]},
    }
]
DATABASES = {"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": os.environ.get("DEMO_DATABASE", ":memory:")}}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
SOCKET = os.environ.get("DEMO_SOCKET", "1")
# The streams of djust 1.2.6 answer 500 when a session has to come from the database. @see docs/djust-wire-notes.md
SESSION_ENGINE = f"django.contrib.sessions.backends.{'db' if SOCKET == '1' else 'cache'}"
LOGIN_URL = "/login/"
CHANNEL_LAYERS = {"default": {"BACKEND": "channels.layers.InMemoryChannelLayer"}}
STATIC_URL = "/static/"

# The switch from the stock client to ours: a folder in front of the package's own, with djust/client.min.js in it.
STATICFILES_DIRS = [folder for folder in [os.environ.get("DEMO_CLIENT")] if folder]

LIVEVIEW_CONFIG = {
    "use_websocket": SOCKET != "forbidden",
    "reauth_on_event": True,
    # Every test comes from the same address.
    "rate_limit": {
        "rate": 100,
        "burst": 20,
        "max_warnings": 3,
        "max_connections_per_ip": 60,
        "connection_cooldown": 1,
    },
}
