"""Addresses of the room: statistics, the cases behind a number, the files, and what the routines cost."""

from django.urls import path

from bofast.reports import views
from bofast.reports.annual import views as annual

app_name = "reports"
urlpatterns = [
    path("statistics/", views.statistics, name="statistics"),
    path("statistics/cases/", views.cases, name="cases"),
    path("statistics/routines/", views.routines, name="routines"),
    path("statistics/file.<str:shape>", views.download, name="download"),
    path("annual/", annual.reports, name="annual"),
    path("annual/begin/", annual.begin, name="annual_begin"),
    path("annual/years/", annual.years, name="annual_years"),
    path("annual/caveats/<int:pk>/remove/", annual.remove_caveat, name="annual_remove_caveat"),
    path("annual/<int:pk>/", annual.write, name="annual_write"),
    path("annual/<int:pk>/preview/", annual.preview, name="annual_preview"),
    path("annual/<int:pk>/preview.<str:shape>", annual.preview_file, name="annual_preview_file"),
    path("annual/<int:pk>/publish/", annual.publish, name="annual_publish"),
    path("annual/published/<int:pk>/", annual.published, name="annual_published"),
    path("annual/published/<int:pk>/report.<str:shape>", annual.published_file, name="annual_file"),
]
