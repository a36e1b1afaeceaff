from djust import LiveView, event_handler


class Place(LiveView):
    """One page of several, each with a query."""

    template_name = "place.html"
    name = ""

    def mount(self, request, **kwargs):
        self.here = self.name
        self.count = 0
        self.tab = "first"

    def handle_params(self, params, uri):
        self.tab = params.get("tab", "first")

    @event_handler
    def add(self):
        self.count += 1

    @event_handler
    def rest(self):
        pass

    @event_handler
    def turn(self, tab: str = ""):
        self.live_patch(params={"tab": tab})

    @event_handler
    def go(self, path: str = ""):
        self.live_redirect(path)


class Rome(Place):
    name = "Rome"


class Oslo(Place):
    name = "Oslo"


class House(Place):
    """Its number is part of the path."""

    def mount(self, request, number=0, **kwargs):
        super().mount(request)
        self.here = f"House {number}"
