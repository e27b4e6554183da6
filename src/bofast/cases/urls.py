"""Addresses of the room: worklist, cases, search, rules."""

from django.urls import path

from bofast.cases.views import case, intake, rules, search, work, worklist

app_name = "cases"
urlpatterns = [
    path("", worklist.worklist, name="worklist"),
    path("search/", search.search, name="search"),
    path("rules/", rules.rules, name="rules"),
    path("cases/<slug:number>/", case.case, name="case"),
    path("cases/<slug:number>/step/", work.step, name="step"),
    path("cases/<slug:number>/clause/", work.answer_clause, name="answer_clause"),
    path("cases/<slug:number>/tasks/<int:pk>/done/", work.finish_task, name="finish_task"),
    path("cases/<slug:number>/<str:verb>/", work.do, name="do"),
    path("lists/receive/", intake.receive, name="receive"),
    path("lists/rows/<int:pk>/correct/", intake.correct, name="correct"),
    path("tenancies/<int:pk>/case/", intake.of_tenancy, name="of_tenancy"),
]
