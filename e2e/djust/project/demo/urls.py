from django.urls import path

from demo.views.counter import Counter

urlpatterns = [
    path("counter/", Counter.as_view()),
]
