"""
The project on daphne, on a port that the system gives. What the tests want to know comes as one JSON object a line on
standard output; when standard input ends, so does the server.
"""

import json
import os
import sys
import threading

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "demo.settings")

import django

django.setup()

from daphne.server import Server  # noqa: E402
from django.core.management import call_command  # noqa: E402
from importlib.metadata import version  # noqa: E402


def note(**values: object) -> None:
    print(json.dumps(values), flush=True)


def end_with_the_tests() -> None:
    sys.stdin.read()
    os._exit(0)


call_command("migrate", verbosity=0, skip_checks=True)

from demo.accounts import create_accounts  # noqa: E402
from demo.asgi import application  # noqa: E402

create_accounts()
server = Server(
    application=application,
    endpoints=[f"tcp:port={os.environ.get('PORT', '0')}:interface=127.0.0.1"],
    ready_callable=lambda: note(kind="ready", port=server.listening_addresses[0][1], djust=version("djust")),
    signal_handlers=False,
    verbosity=0,
)
threading.Thread(target=end_with_the_tests, daemon=True).start()
server.run()
