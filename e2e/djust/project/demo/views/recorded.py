from djust import LiveView, event_handler
from djust.performance import PerformanceTracker


class Recorded(LiveView):
    """Remembers its states, which djust does in DEBUG alone."""

    template_name = "counter.html"
    time_travel_enabled = True

    def mount(self, request, **kwargs):
        self.count = 0

    @event_handler
    async def add(self, by: int = 1):
        """Counts up."""
        # Of a handler that is not async the tracker knows nothing: it belongs to the thread of the connection.
        with PerformanceTracker.get_current().track("counting"):
            self.count += by

    @event_handler
    def nothing(self):
        pass
