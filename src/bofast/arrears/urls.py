"""Addresses of the room: lists in, quarantine, districts."""

from django.urls import path

from bofast.arrears import views

app_name = "arrears"
urlpatterns = [
    path("lists/", views.lists, name="lists"),
]
