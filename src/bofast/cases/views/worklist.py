"""I dag: the ranked list, the figures above it and its filters."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET
from django_tables2 import RequestConfig

from bofast.access.actions import log_access
from bofast.access.doors import opens
from bofast.access.models import AccessAction, User
from bofast.access.need_to_know import Door, Viewer
from bofast.access.views import front_page, signed_in
from bofast.cases.filters import ALL, SHARED, TEAM, WHOSE, WorklistFilter
from bofast.cases.queries import hand_out, worklist_page
from bofast.cases.queries import worklist as worklist_queries
from bofast.cases.queries.reach import only_shared, reasons
from bofast.cases.tables import WorklistTable
from bofast.domain.findings import Part

FIGURES: Mapping[str, Promise] = {
    "new": gettext_lazy("New on the list"),
    "deadline": gettext_lazy("Legal date within a week"),
    "waiting": gettext_lazy("Waiting for an answer"),
    "eviction": gettext_lazy("Evictions with a date"),
}
NARROWING = ("show", "district", "stage", "team", "holder")


@require_GET
@opens(Door.OWN)
def worklist(request: HttpRequest) -> HttpResponse:
    """The households in the order they need somebody."""
    user = signed_in(request)
    if not user.viewer.opens(Door.WORKLIST):
        return redirect(front_page(user.viewer))
    today = timezone.localdate()
    chosen = _chosen(request.GET, user)
    whose = str(chosen["whose"])
    shared = whose == SHARED or only_shared(user.viewer)
    cases = worklist_queries.worklist(user.viewer, today, shared=shared)
    conditions = worklist_page.narrowings(user.viewer, today)
    filters = WorklistFilter(chosen, cases, user=user, conditions=conditions, shared=shared)
    table = WorklistTable(worklist_queries.narrowed(filters.qs), viewer=user.viewer, today=today, shared=shared)
    RequestConfig(request).configure(table)
    _log(user.viewer, table)
    scope = filters.of(cases, "whose", whose)
    context = {
        "late": hand_out.overdue(user.viewer, today) if user.viewer.opens(Door.HAND_OUT) else [],
        "table": table,
        "form": filters.form,
        "figures": () if shared else _figures(request.GET, worklist_page.key_figures(scope, conditions)),
        "shared": shared,
        "tabs": _tabs(whose, user),
        "nothing_assessed": not table.rows and worklist_queries.nothing_assessed(today),
        "narrowed": any(chosen.get(name) for name in NARROWING),
    }
    return render(request, "cases/worklist.html", context)


def _chosen(asked: QueryDict, user: User) -> QueryDict:
    """What the URL asks for; one's own team's cases where it does not say whose."""
    chosen = asked.copy()
    chosen.setdefault("whose", TEAM if user.team_id else ALL)
    return chosen


def _log(viewer: Viewer, table: WorklistTable) -> None:
    """The cases on the page shown, and what binds the viewer to each."""
    why = reasons([row.record.case for row in table.page.object_list], viewer)
    log_access(viewer=viewer, action=AccessAction.LIST, kind="case", object_ids=list(why), reason=why)


def _figures(asked: QueryDict, counted: Mapping[str, int]) -> list[dict[str, Any]]:
    """Each figure with the address that shows its cases, or shows all again when it is the one chosen."""
    chosen = asked.get("show")
    kept = {"whose": str(asked["whose"])} if "whose" in asked else {}
    return [
        {
            "label": label,
            "value": counted[name],
            "href": _address(kept if name == chosen else kept | {"show": name}),
            "note": _("Shown now. Choose again to see all.") if name == chosen else "",
        }
        for name, label in FIGURES.items()
    ]


def _tabs(chosen: str, user: User) -> list[dict[str, Any]]:
    """Whose cases to see; no choice for those who may not know who helps, nor where it makes no difference."""
    if not user.viewer.sees(Part.HELP):
        return []
    pointless = {ALL} if not user.viewer.reaches_all else {SHARED} if user.team_id else {SHARED, TEAM}
    return [
        {"label": label, "href": _address({"whose": name}), "chosen": name == chosen}
        for name, label in WHOSE
        if name not in pointless
    ]


def _address(query: Mapping[str, str]) -> str:
    return f"?{urlencode(query)}"
