from djust import LiveView, event_handler


class Lists(LiveView):
    """Everything that makes a diff hard: keyed rows, boundaries beside text, nesting, tables, SVG, white space."""

    template_name = "lists.html"

    def mount(self, request, **kwargs):
        self.keys = ["A", "B", "C"]
        self.numbers = [1, 2]
        self.flags = ""
        self.text = "text"
        self.note = "one\n  two"

    @event_handler
    def order(self, keys: str = "", **kwargs):
        self.keys = list(keys)

    @event_handler
    def grow(self, keys: str = "", numbers: int = 0, **kwargs):
        """A batch of more than a dozen patches: attributes of every row, a new boundary, moved rows."""
        self.keys = list(keys)
        self.numbers = list(range(numbers))
        self.flags = "" if "a" in self.flags else "ab"

    @event_handler
    def flag(self, flags: str = "", **kwargs):
        self.flags = flags

    @event_handler
    def write(self, text: str = "", **kwargs):
        self.text = text

    @event_handler
    def annotate(self, note: str = "", **kwargs):
        self.note = note

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        context.update(
            a="a" in self.flags,
            b="b" in self.flags,
            c="c" in self.flags,
            groups=[{"key": key, "rows": [f"{key}{n}" for n in self.numbers]} for key in self.keys],
            size=len(self.keys),
        )
        return context
