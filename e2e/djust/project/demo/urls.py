from django.urls import include, path
from django.shortcuts import render
from djust.api import api_patterns
from djust.sse import sse_urlpatterns

from demo.views.big import Big
from demo.views.commands import Commands
from demo.views.counter import Counter
from demo.views.extras import Album, Artist, Called, Long, Panels
from demo.views.forms import Forms
from demo.views.guarded import Guarded, lock_out, sign_in, sign_out
from demo.views.lists import Lists
from demo.views.live import Clock, Room, Slow
from demo.views.messages import Messages
from demo.views.parts import Parts
from demo.views.places import House, Oslo, Rome
from demo.views.recorded import Recorded
from demo.views.streams import Streams
from demo.views.uploads import Uploads

urlpatterns = [
    path("counter/", Counter.as_view()),
    path("recorded/", Recorded.as_view()),
    path("big/", Big.as_view()),
    path("lists/", Lists.as_view()),
    path("forms/", Forms.as_view()),
    path("messages/", Messages.as_view()),
    path("clock/", Clock.as_view()),
    path("room/", Room.as_view()),
    path("slow/", Slow.as_view()),
    path("parts/", Parts.as_view()),
    path("streams/", Streams.as_view()),
    path("uploads/", Uploads.as_view()),
    path("commands/", Commands.as_view()),
    path("rome/", Rome.as_view()),
    path("oslo/", Oslo.as_view()),
    path("house/<int:number>/", House.as_view()),
    path("called/", Called.as_view()),
    path("panels/", Panels.as_view()),
    path("long/", Long.as_view()),
    path("album/", Album.as_view()),
    path("artist/", Artist.as_view()),
    path("several/<str:mode>/", lambda request, mode: render(request, "several.html", {"mode": mode})),
    api_patterns(),
    path("djust/", include(sse_urlpatterns)),
    path("guarded/", Guarded.as_view()),
    path("login/", sign_in),
    path("logout/", sign_out),
    path("lock-out/", lock_out),
]
