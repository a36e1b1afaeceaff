from djust import LiveComponent, LiveView, event_handler


class Stepper(LiveComponent):
    template = """<div data-component-id="{{ component_id }}"><output>{{ value }}</output>
      <button dj-click="step">Step</button></div>"""

    def mount(self, **kwargs):
        self.value = kwargs.get("value", 0)

    def get_context_data(self):
        return {"value": self.value, "component_id": self.component_id}

    @event_handler
    def step(self):
        self.value += 1
        self.trigger_update()


class Child(LiveView):
    template_name = "child.html"

    def mount(self, request, **kwargs):
        self.count = 0

    @event_handler
    def grow(self):
        self.count += 1

    @event_handler
    def fail(self):
        raise RuntimeError("no")

    @event_handler
    def type(self, text: str = "", **kwargs):
        self.count = len(text)


class Parts(LiveView):
    """Components and embedded views, each with events of its own."""

    template_name = "parts.html"

    def mount(self, request, **kwargs):
        self.title = "Parts"
        self.first = Stepper(value=1)
        self.second = Stepper(value=10)

    @event_handler
    def rename(self):
        self.title += "!"
