from djust import LiveView, event_handler


class Forms(LiveView):
    """Every kind of field, validated on the server while the user types."""

    template_name = "forms.html"

    def mount(self, request, **kwargs):
        self.errors = {}
        self.sent = {}
        self.seen = ""
        self.key = ""
        self.city = "Rome"
        self.agreed = False
        self.tags = []
        self.save_count = 0

    @event_handler
    def validate(self, value: str = "", field: str = "", **kwargs):
        self.errors = dict(self.errors)
        if field == "email" and "@" not in str(value):
            self.errors["email"] = "An address has an @."
        else:
            self.errors.pop(field, None)
        self.seen = f"{field}={value}"

    @event_handler
    def typed(self, value: str = "", field: str = "", **kwargs):
        self.seen = f"{field}:{value}"

    @event_handler
    def left(self, value: str = "", field: str = ""):
        self.seen = f"left {field}"

    @event_handler
    def pressed(self, key: str = "", value: str = "", **kwargs):
        self.key = key

    @event_handler
    def save(self, **values):
        self.sent = values
        self.save_count += 1

    @event_handler
    def show(self):
        self.save_count += 1
