from djust import LiveView, event_handler


class Big(LiveView):
    """A thousand rows, to see what a change costs."""

    template_name = "big.html"

    def mount(self, request, **kwargs):
        self.rows = [{"key": n, "label": f"row {n}"} for n in range(1000)]

    @event_handler
    def touch(self):
        """Every hundredth row."""
        self.rows = [{**row, "label": row["label"] + "!"} if at % 100 == 0 else row for at, row in enumerate(self.rows)]

    @event_handler
    def swap(self):
        rows = list(self.rows)
        rows[1], rows[998] = rows[998], rows[1]
        self.rows = rows

    @event_handler
    def add(self):
        self.rows = [{"key": len(self.rows) + 1000, "label": "new"}, *self.rows]

    @event_handler
    def reverse(self):
        self.rows = self.rows[::-1]
