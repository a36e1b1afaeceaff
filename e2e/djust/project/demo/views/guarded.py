from django.contrib.auth import authenticate, login, logout
from django.contrib.auth.models import User
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


@csrf_exempt
def sign_in(request):
    if request.method == "POST":
        name = request.GET.get("as", "ada")
        User.objects.filter(username=name).update(is_active=True)
        login(request, authenticate(request, username=name, password="lovelace"))
        return HttpResponseRedirect(request.GET.get("next", "/counter/"))
    return HttpResponse(
        '<!DOCTYPE html><title>Sign in</title><link rel="icon" href="data:,"><form method="post"><button>Sign in</button></form>'
    )


def sign_out(request):
    logout(request)
    return HttpResponse("out")


def lock_out(request):
    """Somebody's account is closed while his page is open."""
    User.objects.filter(username="bob").update(is_active=False)
    return HttpResponse("locked")
