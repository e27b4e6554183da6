"""What stands above the worklist: four figures that filter it, and the choices of its filters."""

from collections.abc import Mapping
from datetime import date, timedelta

from django.db.models import Count, Q, QuerySet

from bofast.access.models import Team, User
from bofast.access.need_to_know import HELPERS, Viewer
from bofast.access.queries import members
from bofast.arrears.models import Dwelling
from bofast.arrears.queries import newest_lists
from bofast.cases.models import Case, Task
from bofast.cases.queries.reach import holds
from bofast.domain.findings import Part, catalogue

WEEK = timedelta(days=7)


def narrowings(viewer: Viewer, on: date) -> Mapping[str, Q]:
    """The key figures as conditions on the worklist: new, deadline within a week, waiting for an answer, eviction."""
    return {
        "new": _on_newest_list_first(on),
        "deadline": Q(deadline_on__range=(on, on + WEEK)),
        "waiting": Q(pk__in=open_questions(viewer).values("case")),  # a correlated question could not be counted over
        "eviction": Q(deadline_code="eviction"),
    }


def _on_newest_list_first(on: date) -> Q:
    """Opened by the newest list of its sender; nothing is, where there is no list."""
    new = Q(pk__in=[])
    for newest in newest_lists(on):
        new |= Q(sender=newest.sender, opened_on=newest.as_of)
    return new


def open_questions(viewer: Viewer) -> QuerySet[Task]:
    """Questions nobody has answered, of those the viewer may know; without help, what one's own agency is asked."""
    asked = Task.objects.filter(done_on__isnull=True, code__in=known_codes(viewer))
    return asked if viewer.sees(Part.HELP) else asked.filter(agency=viewer.agency)


def known_codes(viewer: Viewer) -> list[str]:
    """The codes of what rests on a part the viewer sees."""
    return [code for code, entry in catalogue().items() if viewer.sees(entry.part)]


def key_figures(cases: QuerySet[Case], conditions: Mapping[str, Q]) -> dict[str, int]:
    """How many of these cases each condition holds for."""
    counted: dict[str, int] = cases.order_by().aggregate(
        **{f"n_{name}": Count("pk", filter=condition) for name, condition in conditions.items()}
    )
    return {name: counted[f"n_{name}"] for name in conditions}


def helping_teams(viewer: Viewer) -> QuerySet[Team]:
    """The teams whose cases the viewer may see."""
    teams = Team.objects.filter(agency__in=HELPERS)
    return teams if viewer.reaches_all else teams.filter(pk__in=[viewer.team_id] if holds(viewer) else [])


def helpers(viewer: Viewer) -> QuerySet[User]:
    """Those who may have a case, of the teams the viewer may see."""
    return members(helping_teams(viewer))


def districts() -> list[tuple[str, str]]:
    """The districts there are dwellings in, as choices."""
    names = Dwelling.objects.exclude(district="").order_by("district").values_list("district", flat=True).distinct()
    return [(name, name) for name in names]
