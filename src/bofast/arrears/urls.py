"""Addresses of the room: lists in, quarantine, districts."""

from django.urls import path

from bofast.arrears import views

app_name = "arrears"
urlpatterns = [
    path("lists/", views.lists, name="lists"),
    path("lists/<int:pk>/", views.one_list, name="list"),
    path("lists/<int:pk>/quarantine/", views.quarantine, name="quarantine"),
    path("lists/<int:pk>/districts/<slug:slug>/", views.district, name="district"),
    path("lists/<int:pk>/districts/<slug:slug>/xlsx/", views.district_xlsx, name="district_xlsx"),
    path("lists/rows/<int:pk>/set-aside/", views.set_aside, name="set_aside"),
    path("lists/columns/", views.profile, name="profile"),
]
