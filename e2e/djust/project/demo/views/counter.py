from djust import LiveView, event_handler


class Counter(LiveView):
    template_name = "counter.html"

    def mount(self, request, **kwargs):
        self.count = 0

    @event_handler
    def add(self, by: int = 1):
        self.count += by

    @event_handler
    def nothing(self):
        pass
