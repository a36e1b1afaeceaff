"""What few sites use: each a small page."""

from djust import LiveView, event_handler
from djust.decorators import cache, server_function


class Called(LiveView):
    """A function that scripts call past the view."""

    template_name = "called.html"
    api_name = "called"

    def mount(self, request, **kwargs):
        self.count = 0
        self.told = ""

    @event_handler
    def add(self, by: int = 1):
        self.count += by

    @event_handler
    def tell(self, text: str = ""):
        self.told = text

    @server_function
    def double(self, number: int = 0) -> int:
        return number * 2


class Panels(LiveView):
    """A layout that changes, a panel that hides, an answer that may be kept."""

    template_name = "panels.html"

    def mount(self, request, **kwargs):
        self.is_shown = True
        self.count = 0
        self.found = "nothing"

    @event_handler
    def toggle(self):
        self.is_shown = not self.is_shown

    @event_handler
    def add(self):
        self.count += 1

    @event_handler
    def widen(self):
        self.count += 1
        self.set_layout("wide.html")

    @cache(ttl=60, key_params=["query"])
    @event_handler
    def search(self, query: str = ""):
        self.found = f"about {query}"


class Long(LiveView):
    """A list of which the page shows a part."""

    template_name = "long.html"

    def mount(self, request, **kwargs):
        self.rows = [{"key": n, "name": f"row {n}"} for n in range(200)]

    @event_handler
    def change(self):
        self.time = getattr(self, "time", 0) + 1
        rows = [row for row in self.rows if row["key"] != 10 + self.time]
        rows[5] = {**rows[5], "name": f"changed {self.time}"}
        self.rows = [{"key": 1000 + self.time, "name": "first"}, *rows[1:8], rows[0], *rows[8:]]


class Player(LiveView):
    """Stays when the page around it changes."""

    template_name = "player.html"
    sticky = True
    sticky_id = "player"

    def mount(self, request, **kwargs):
        self.played = 0

    @event_handler
    def play(self):
        self.played += 1


class Album(LiveView):
    template_name = "record.html"

    def mount(self, request, **kwargs):
        self.title = "Album"
        self.count = 0

    @event_handler
    def add(self):
        self.count += 1


class Artist(LiveView):
    template_name = "record.html"

    def mount(self, request, **kwargs):
        self.title = "Artist"
        self.count = 0

    @event_handler
    def add(self):
        self.count += 1


class Widget(LiveView):
    template_name = "widget.html"

    def mount(self, request, **kwargs):
        self.count = 0

    @event_handler
    def grow(self):
        self.count += 1


class Other(Widget):
    pass
