import time

from djust import LiveView, event_handler, push_to_view


class Clock(LiveView):
    """Changes by itself while the user does something else."""

    template_name = "clock.html"
    tick_interval = 50

    def mount(self, request, **kwargs):
        self.ticks = 0
        self.clicks = 0

    def handle_tick(self):
        self.ticks += 1

    @event_handler
    def click(self):
        self.clicks += 1

    @event_handler
    def nothing(self):
        pass


class Room(LiveView):
    """What one tab does, all of them see."""

    template_name = "room.html"
    lines: list = []

    def mount(self, request, **kwargs):
        self.said = []

    @event_handler
    def send(self, text: str = "", **kwargs):
        self.said = [*self.said, text]
        push_to_view("demo.views.live.Room", handler="receive", payload={"text": text})

    @event_handler
    def receive(self, text: str = ""):
        self.said = [*self.said, text]


class Slow(LiveView):
    """Answers at once, and again when the work in the background is done."""

    template_name = "slow.html"

    def mount(self, request, **kwargs):
        self.state = "idle"

    @event_handler
    def work(self):
        self.state = "working"
        self.start_async(self._work)

    def _work(self):
        time.sleep(2)
        self.state = "done"
