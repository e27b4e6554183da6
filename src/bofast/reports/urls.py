"""Addresses of the room: statistics, the cases behind a number, the files, and what the routines cost."""

from django.urls import path

from bofast.reports import views
from bofast.reports.access_log import views as log
from bofast.reports.annual import views as annual
from bofast.reports.privacy_record import views as record

app_name = "reports"
urlpatterns = [
    path("statistics/", views.statistics, name="statistics"),
    path("statistics/cases/", views.cases, name="cases"),
    path("statistics/routines/", views.routines, name="routines"),
    path("statistics/file.<str:shape>", views.download, name="download"),
    path("annual/", annual.reports, name="annual"),
    path("annual/begin/", annual.begin, name="annual_begin"),
    path("annual/years/", annual.years, name="annual_years"),
    path("annual/sources/", annual.sources, name="annual_sources"),
    path("annual/sources/<int:pk>/remove/", annual.remove_source, name="annual_remove_source"),
    path("annual/caveats/<int:pk>/remove/", annual.remove_caveat, name="annual_remove_caveat"),
    path("annual/<int:pk>/", annual.write, name="annual_write"),
    path("annual/<int:pk>/preview/", annual.preview, name="annual_preview"),
    path("annual/<int:pk>/preview.<str:shape>", annual.preview_file, name="annual_preview_file"),
    path("annual/<int:pk>/team.<str:shape>", annual.team_file, name="annual_team_file"),
    path("annual/<int:pk>/publish/", annual.publish, name="annual_publish"),
    path("annual/published/<int:pk>/", annual.published, name="annual_published"),
    path("annual/published/<int:pk>/report.<str:shape>", annual.published_file, name="annual_file"),
    path("access-log/", log.access_log, name="access_log"),
    path("access-log/file.<str:shape>", log.download, name="access_log_download"),
    path("access-log/person/", log.find, name="access_log_find"),
    path("access-log/person/<int:pk>/", log.of_person, name="access_log_person"),
    path("access-log/person/<int:pk>/print/", log.print_of_person, name="access_log_print"),
    path("access-log/unusual/", log.unusual_looks, name="access_log_unusual"),
    path("access-log/unusual/review/", log.review_look, name="access_log_review"),
    path("record/", record.record, name="privacy_record"),
    path("record/file.<str:shape>", record.download, name="privacy_record_file"),
]
