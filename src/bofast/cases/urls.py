"""Addresses of the room: worklist, cases, search, rules."""

from django.urls import path

from bofast.cases import views

app_name = "cases"
urlpatterns = [
    path("", views.worklist, name="worklist"),
    path("search/", views.search, name="search"),
    path("rules/", views.rules, name="rules"),
]
