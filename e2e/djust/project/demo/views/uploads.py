import hashlib

from djust import LiveView, event_handler
from djust.uploads import UploadMixin


class Uploads(UploadMixin, LiveView):
    template_name = "uploads.html"

    def mount(self, request, **kwargs):
        self.files = []
        self.allow_upload("file", accept="", max_entries=5, max_file_size=20_000_000)

    @event_handler
    def save(self, **kwargs):
        self.files = [
            {"name": entry.client_name, "size": len(entry.data), "sum": hashlib.sha256(entry.data).hexdigest()}
            for entry in self.consume_uploaded_entries("file")
        ]
