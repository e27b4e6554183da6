"""The root of the URLs: one include a room."""

from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("bofast.access.identity.urls")),
    path("", include("bofast.access.urls")),
    path("", include("bofast.arrears.urls")),
    path("", include("bofast.cases.urls")),
    path("", include("bofast.reports.urls")),
]
