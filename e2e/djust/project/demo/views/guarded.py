from django.contrib.auth import authenticate, login, logout
from django.http import HttpResponse, HttpResponseRedirect
from django.views.decorators.csrf import csrf_exempt
from djust import LiveView, event_handler


class Guarded(LiveView):
    """Only for those who are signed in."""

    template_name = "counter.html"
    login_required = True

    def mount(self, request, **kwargs):
        self.count = 0

    @event_handler
    def add(self, by: int = 1):
        self.count += by


class Watchful(Guarded):
    """Asks again who it is at every event."""

    reauth_on_event = True


@csrf_exempt
def sign_in(request):
    if request.method == "POST":
        login(request, authenticate(request, username="ada", password="lovelace"))
        return HttpResponseRedirect(request.GET.get("next", "/counter/"))
    return HttpResponse('<!DOCTYPE html><title>Sign in</title><link rel="icon" href="data:,"><form method="post"><button>Sign in</button></form>')


def sign_out(request):
    logout(request)
    return HttpResponse("out")
