"""Reads of the access log. Nothing here counts it: a log of millions is turned page by page, from one entry on."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from bofast.access.models import AccessEntry
from bofast.access.queries import start_of
from bofast.arrears.models import HandedRow, LedgerEntry, QuarantinedRow, Tenancy
from bofast.cases.models import Case

OPERATOR = "operator"
"""Asks for what was done on the command line in nobody's name."""
A_PAGE = 50


@dataclass(frozen=True, kw_only=True)
class Asked:
    """Which part of the log; what is empty is not asked for. `user` is a key, or OPERATOR."""

    user: str = ""
    case: str = ""
    first: date | None = None
    last: date | None = None
    action: str = ""


@dataclass(frozen=True, kw_only=True)
class Shown:
    """A page of entries, newest first, each with its case number if it has one; `older` is where the next begins."""

    rows: Sequence[tuple[AccessEntry, str]]
    older: int | None


def entries(asked: Asked) -> QuerySet[AccessEntry]:
    """That part of the log, newest first."""
    found = AccessEntry.objects.select_related("user").order_by("-at", "-pk")
    if asked.user:
        found = found.filter(user__isnull=True) if asked.user == OPERATOR else found.filter(user=int(asked.user))
    if asked.action:
        found = found.filter(action=asked.action)
    if asked.first:
        found = found.filter(at__gte=start_of(asked.first))
    if asked.last:
        found = found.filter(at__lt=start_of(asked.last + timedelta(days=1)))
    return found.filter(pk__in=_about_number(asked.case)) if asked.case else found


def _about_number(number: str) -> QuerySet[Any]:
    """Keys of what concerns one case's household; of a number nobody knows, what was logged under it."""
    case = Case.objects.filter(number__iexact=number).select_related("tenancy").first()
    about = about_household(case.tenancy) if case else Q(kind="case", object_id=number)
    return AccessEntry.objects.filter(about).values("pk")


def about_household(tenancy: Tenancy) -> Q:
    """Entries about a household: its cases, its contract, its rows in quarantine and the lists it was handed out on."""
    handed = HandedRow.objects.filter(tenancy=tenancy, sent=True).values_list("hand_out", flat=True)
    about = {
        "case": Case.objects.filter(tenancy=tenancy).values_list("number", flat=True),
        "tenancy": [tenancy.pk],
        "quarantined_row": _quarantined(tenancy),
        "hand_out": handed,
    }
    found = Q(pk__in=[])
    for kind, ids in about.items():
        if known := [str(each) for each in ids]:
            found |= Q(kind=kind, object_id__in=known)
    return found


def _quarantined(tenancy: Tenancy) -> list[int]:
    """Rows in quarantine that were put right as this household's, or that name its contract."""
    line = {"file": OuterRef("file"), "line": OuterRef("line")}
    entered = QuarantinedRow.objects.filter(Exists(LedgerEntry.objects.filter(**line, claim__tenancy=tenancy)))
    if tenancy.register_file_id and tenancy.register_line:
        entered |= QuarantinedRow.objects.filter(file=tenancy.register_file_id, line=tenancy.register_line)
    naming = QuarantinedRow.objects.filter(cells__icontains=tenancy.contract_no)
    named = [row.pk for row in naming if any(text == tenancy.contract_no for _, text in row.cells)]
    return [*entered.values_list("pk", flat=True), *named]


def page(asked: Asked, before: int | None = None) -> Shown:
    """The entries before that one, or the newest."""
    found = entries(asked)
    if before and (edge := AccessEntry.objects.filter(pk=before).first()):
        found = found.filter(at__lte=edge.at).exclude(at=edge.at, pk__gte=edge.pk)
    rows = list(found[: A_PAGE + 1])
    shown = rows[:A_PAGE]
    return Shown(rows=with_numbers(shown), older=shown[-1].pk if len(rows) > A_PAGE else None)


def with_numbers(rows: Sequence[AccessEntry]) -> list[tuple[AccessEntry, str]]:
    """Each entry with the number of the case it is about, empty for what is about none."""
    numbers = _numbers(rows)
    return [(row, row.object_id if row.kind == "case" else numbers.get((row.kind, row.object_id), "")) for row in rows]


def _numbers(rows: Iterable[AccessEntry]) -> dict[tuple[str, str], str]:
    tenancies = {row.object_id: int(row.object_id) for row in rows if row.kind == "tenancy" and row.object_id.isdigit()}
    quarantined = [int(row.object_id) for row in rows if row.kind == "quarantined_row" and row.object_id.isdigit()]
    owners = _owners(quarantined)
    newest = _newest_cases({*tenancies.values(), *owners.values()})
    found = {("tenancy", key): newest.get(pk, "") for key, pk in tenancies.items()}
    return found | {("quarantined_row", str(pk)): newest.get(owner, "") for pk, owner in owners.items()}


def _newest_cases(tenancies: Iterable[int]) -> dict[int, str]:
    wanted = list(tenancies)
    cases = Case.objects.filter(tenancy__in=wanted).order_by("opened_on").values_list("tenancy", "number")
    return dict(cases) if wanted else {}


def _owners(rows: Sequence[int]) -> dict[int, int]:
    """The household each row in quarantine turned out to be about."""
    if not rows:
        return {}
    line = LedgerEntry.objects.filter(file=OuterRef("file"), line=OuterRef("line")).values("claim__tenancy")[:1]
    found = QuarantinedRow.objects.filter(pk__in=rows).annotate(owner=line).values_list("pk", "owner")
    return {pk: owner for pk, owner in found if owner}


def household(number: str) -> Tenancy | None:
    """The household of a contract number or a case number."""
    wanted = number.strip()
    by_case = Tenancy.objects.filter(cases__number__iexact=wanted)
    return Tenancy.objects.filter(contract_no__iexact=wanted).first() or by_case.first()
