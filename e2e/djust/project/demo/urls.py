from django.urls import path

from demo.views.counter import Counter
from demo.views.lists import Lists

urlpatterns = [
    path("counter/", Counter.as_view()),
    path("lists/", Lists.as_view()),
]
