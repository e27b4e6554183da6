"""What looks unusual in the log: signs for the auditor to look into, never a verdict.

Names and addresses are compared here and go no further: the auditor reads «same last name», not which.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum
from typing import Any

from django.db import models
from django.db.models import Count, Q, QuerySet
from django.db.models.functions import TruncDate
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from bofast.access.models import AccessAction, AccessEntry, AccessReason, Assignment, Reviewed, User
from bofast.access.need_to_know import WITHOUT_CASES, Role
from bofast.access.queries import start_of
from bofast.arrears.models import Resident, Shield, Tenancy
from bofast.arrears.queries import in_chunks
from bofast.cases import words
from bofast.cases.models import Case
from bofast.domain.calendar import format_day
from bofast.domain.looks import same_last_name, same_name, same_street
from bofast.domain.rates import rate


class Sign(StrEnum):
    """What is unusual."""

    MANY = "many"
    NAME = "name"
    STREET = "street"
    COLLEAGUE = "colleague"
    REFUSED = "refused"
    ROLE = "role"


SIGNS: Mapping[Sign, Promise] = {
    Sign.MANY: gettext_lazy("Many cases without any bond"),
    Sign.NAME: gettext_lazy("Same last name"),
    Sign.STREET: gettext_lazy("Same street"),
    Sign.COLLEAGUE: gettext_lazy("The tenant has a colleague's name"),
    Sign.REFUSED: gettext_lazy("Was refused"),
    Sign.ROLE: gettext_lazy("Administrator of users was given a role with cases"),
}

SAW = (AccessAction.LOOK, AccessAction.SEARCH, AccessAction.EXPORT)
"""What somebody does with one case at a time that lets them see who it is about."""


@dataclass(frozen=True, kw_only=True)
class Unusual:
    """One line: whose looks, on which day, at which case if it is one, how many; and the reviews of it."""

    sign: Sign
    user: User
    day: date
    number: str = ""
    times: int = 1
    reviews: Sequence[Reviewed] = ()

    @property
    def title(self) -> str:
        """The sign in words."""
        return str(SIGNS[self.sign])


@dataclass(frozen=True, kw_only=True)
class Look:
    """That somebody opened a household on a day; `bound` where they have the case themselves."""

    user: int
    day: date
    tenancy: int
    bound: bool


def threshold(on: date) -> int:
    """From how many cases a day without any bond it is a sign; a practice figure."""
    return int(rate("unbound_looks_a_day").on(on).value)


def meanings(on: date) -> list[tuple[str, str]]:
    """What each sign means, for the page."""
    most = _("From %(n)s cases in a day, opened by one who neither has them nor is on the team that has.")
    return [
        (str(SIGNS[Sign.MANY]), most % {"n": threshold(on)}),
        (str(SIGNS[Sign.NAME]), _("Somebody in the household has the last name of the person who looked.")),
        (str(SIGNS[Sign.STREET]), _("The home is in the street the person has said they live in.")),
        (str(SIGNS[Sign.COLLEAGUE]), _("Somebody in the household is called the same as a user of the program.")),
        (str(SIGNS[Sign.REFUSED]), _("Tried to open what is not theirs.")),
        (str(SIGNS[Sign.ROLE]), _("Who decides what others may see can now see cases too.")),
    ]


def signs(first: date, last: date) -> list[Unusual]:
    """Everything unusual from the first day to the last, newest first, with what was looked into."""
    entries = AccessEntry.objects.filter(
        at__gte=start_of(first), at__lt=start_of(last + timedelta(days=1)), user__isnull=False
    )
    users = User.objects.in_bulk()
    found = [
        *_many(entries, users),
        *_refused(entries, users),
        *_roles(entries, users),
        *_of_homes(_looks(entries), users),
    ]
    reviews = _reviews(first, last)
    seen = [replace(each, reviews=reviews.get(_key(each), ())) for each in found]
    return sorted(seen, key=lambda each: (each.day, str(each.user), each.sign, each.number), reverse=True)


def described(asked: Reviewed) -> str:
    """Who, when and at what, for the page that asks what came of it."""
    said = {"who": asked.user, "day": format_day(asked.day, words.language())}
    if not asked.object_id:
        return _("%(who)s, %(day)s.") % said
    return _("%(who)s, %(day)s, case %(case)s.") % {**said, "case": asked.object_id}


def _many(entries: QuerySet[AccessEntry], users: Mapping[int, User]) -> Iterator[Unusual]:
    unbound = (AccessReason.AGENCY, AccessReason.SHARED)
    looks = entries.filter(action__in=SAW, kind="case", reason__in=unbound).exclude(object_id="")
    handed_out = models.When(detail__contains="hand-out ", then="detail")  # one deed, however many households go
    deed = models.Case(handed_out, default="object_id", output_field=models.CharField())
    counted = _by_day(looks).annotate(times=Count(deed, distinct=True))
    for row in counted:
        if row["times"] >= threshold(row["day"]):
            yield Unusual(sign=Sign.MANY, user=users[row["user"]], day=row["day"], times=row["times"])


def _refused(entries: QuerySet[AccessEntry], users: Mapping[int, User]) -> Iterator[Unusual]:
    for row in _by_day(entries.filter(action=AccessAction.REFUSED)).annotate(times=Count("pk")):
        yield Unusual(sign=Sign.REFUSED, user=users[row["user"]], day=row["day"], times=row["times"])


def _roles(entries: QuerySet[AccessEntry], users: Mapping[int, User]) -> Iterator[Unusual]:
    """Roles with cases given to those who administer users."""
    administer = Assignment.objects.filter(role=Role.ADMINISTRATOR, ended_on__isnull=True).values_list(
        "user", flat=True
    )
    given = entries.filter(action=AccessAction.ADMINISTER, kind="user", detail__startswith="given role ")
    for role in WITHOUT_CASES:
        given = given.exclude(detail__startswith=f"given role {role}")
    to = _given_by_day(given.filter(object_id__in=[str(pk) for pk in administer]))
    for row in to:
        yield Unusual(sign=Sign.ROLE, user=users[int(row["object_id"])], day=row["day"], times=row["times"])


def _given_by_day(given: QuerySet[AccessEntry]) -> Any:
    days = given.annotate(day=TruncDate("at")).values("object_id", "day").order_by()
    return days.annotate(times=Count("pk"))


def _by_day(entries: QuerySet[AccessEntry]) -> Any:
    return entries.annotate(day=TruncDate("at")).values("user", "day").order_by()


def _looks(entries: QuerySet[AccessEntry]) -> set[Look]:
    """Who opened which household on which day: by its case, or by itself."""
    seen = Q(action=AccessAction.LOOK, kind__in=("case", "tenancy")) | Q(action=AccessAction.SEARCH, kind="case")
    opened = entries.filter(seen).exclude(object_id="")
    rows = _by_day(opened).values_list("user", "day", "kind", "object_id", "reason").distinct()
    found = list(rows)
    numbers = opened.filter(kind="case").values("object_id")
    tenancy_of = dict(Case.objects.filter(number__in=numbers).values_list("number", "tenancy"))
    known = ((row, tenancy_of.get(row[3]) if row[2] == "case" else int(row[3])) for row in found)
    return {
        Look(user=row[0], day=row[1], tenancy=tenancy, bound=row[4] == AccessReason.HOLDER)
        for row, tenancy in known
        if tenancy
    }


def _of_homes(looks: Iterable[Look], users: Mapping[int, User]) -> Iterator[Unusual]:
    """Signs that rest on who lives there and where."""
    by_home: dict[int, list[Look]] = defaultdict(list)
    for look in looks:
        by_home[look.tenancy].append(look)
    names, streets, numbers = _names(by_home), _streets(by_home), _newest(by_home)
    colleagues = [str(user) for user in users.values()]
    for home, opened in by_home.items():
        colleague = any(same_name(name, known) for name in names[home] for known in colleagues)
        for look in opened:
            user = users[look.user]
            for sign in _found(user, look, names[home], streets.get(home, ""), colleague=colleague):
                yield Unusual(sign=sign, user=user, day=look.day, number=numbers.get(home, ""))


def _found(user: User, look: Look, names: Sequence[str], street: str, *, colleague: bool) -> Iterator[Sign]:
    if any(same_last_name(user.last_name, name) for name in names):
        yield Sign.NAME
    if same_street(user.street, street):
        yield Sign.STREET
    if colleague and not look.bound:
        yield Sign.COLLEAGUE


def _names(homes: Iterable[int]) -> Mapping[int, list[str]]:
    found: dict[int, list[str]] = defaultdict(list)
    people = Resident.objects.exclude(role=Resident.Role.GUARDIAN)
    for each in in_chunks(people, "tenancy", list(homes)):
        found[each.tenancy_id].append(each.name)
    return found


def _streets(homes: Iterable[int]) -> Mapping[int, str]:
    """Addresses of the homes; a protected one is not compared, for the answer would tell where it is."""
    hidden = Shield.objects.filter(kind=Shield.Kind.ADDRESS, ended_on__isnull=True).values("tenancy")
    known = Tenancy.objects.filter(dwelling__isnull=False).exclude(pk__in=hidden).select_related("dwelling")
    return {each.pk: each.dwelling.address for each in in_chunks(known, "pk", list(homes)) if each.dwelling}


def _newest(homes: Iterable[int]) -> Mapping[int, str]:
    cases = Case.objects.order_by("opened_on")
    return {each.tenancy_id: each.number for each in in_chunks(cases, "tenancy", list(homes))}


def _key(each: Unusual) -> tuple[str, int, date, str]:
    return each.sign, each.user.pk, each.day, each.number


def _reviews(first: date, last: date) -> Mapping[tuple[str, int, date, str], list[Reviewed]]:
    found: dict[tuple[str, int, date, str], list[Reviewed]] = defaultdict(list)
    for each in Reviewed.objects.filter(day__range=(first, last)).select_related("by", "note"):
        found[each.sign, each.user_id, each.day, each.object_id].append(each)
    return found
