from djust import LiveView, event_handler
from djust.decorators import rate_limit


class Messages(LiveView):
    """What a view says beside its HTML: events, notices, the title; and how handlers fail."""

    template_name = "messages.html"

    def mount(self, request, **kwargs):
        self.count = 0
        self.heard = ""

    @event_handler
    def say(self):
        self.count += 1
        self.push_event("said", {"count": self.count})

    @event_handler
    def say_only(self):
        self.push_event("said", {"count": -1})

    @event_handler
    def hear(self, text: str = ""):
        self.heard = text

    @event_handler
    def flash(self):
        self.put_flash("success", "Saved & done")
        self.count += 1

    @event_handler
    def rename(self):
        self.page_title = f"Page {self.count}"
        self.page_meta = {"description": "new"}
        self.count += 1

    @event_handler
    def boom(self):
        raise RuntimeError("a secret that no page may show")

    @event_handler
    def strict(self, number: int):
        self.count = number

    @rate_limit(rate=1, burst=2)
    @event_handler
    def seldom(self):
        self.count += 1

    def not_for_pages(self):
        self.count = 1000
