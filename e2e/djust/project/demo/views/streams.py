import asyncio

from djust import LiveView, event_handler
from djust.streaming import StreamingMixin


class Streams(LiveView):
    """Text and rows that come piece by piece, past the diff."""

    template_name = "streams.html"

    def mount(self, request, **kwargs):
        self.count = 0

    @event_handler
    async def write(self):
        await self.stream_start("answer")
        for word in ("one ", "two ", "three"):
            await self.stream_text("answer", word)
            await asyncio.sleep(0.05)
        await self.stream_done("answer")

    @event_handler
    async def add(self):
        self.count += 1
        await StreamingMixin.stream_insert(self, "rows", f'<li id="row{self.count}">row {self.count}</li>')

    @event_handler
    async def remove(self):
        await StreamingMixin.stream_delete(self, "rows", "#row1")

    @event_handler
    async def fail(self):
        await self.stream_error("answer", "The pen is empty.")
