from djust import LiveView, event_handler
from djust.js import JS


class Commands(LiveView):
    template_name = "commands.html"

    def mount(self, request, **kwargs):
        self.count = 0
        self.open_menu = str(JS.show("#menu").add_class("on", to="#menu").set_attr("aria-expanded", "true"))
        self.close_menu = str(JS.hide("#menu").remove_class("on", to="#menu").push("closed", value={"by": 2}))

    @event_handler
    def closed(self, by: int = 0):
        self.count += by

    @event_handler
    def highlight(self):
        self.push_commands(JS.add_class("lit", to="#menu"))
