import json

from djust import LiveView, event_handler
from djust.js import JSChain

# The builder of djust 1.2.6 (`JS.show(…)`) fails before Python 3.12; its chains are plain lists all the same.
OPEN = [["show", {"to": "#menu"}], ["add_class", {"to": "#menu", "names": "on"}], ["set_attr", {"attr": ["aria-expanded", "true"]}]]
CLOSE = [["hide", {"to": "#menu"}], ["remove_class", {"to": "#menu", "names": "on"}], ["push", {"event": "closed", "value": {"by": 2}}]]


class Commands(LiveView):
    """What runs in the page without a question to the server."""

    template_name = "commands.html"

    def mount(self, request, **kwargs):
        self.count = 0
        self.open_menu = json.dumps(OPEN)
        self.close_menu = json.dumps(CLOSE)

    @event_handler
    def closed(self, by: int = 0):
        self.count += by

    @event_handler
    def highlight(self):
        self.push_commands(JSChain(ops=[["add_class", {"to": "#menu", "names": "lit"}]]))
