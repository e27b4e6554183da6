"""What a person puts right about a resident (GDPR article 16), so that no list undoes it."""

import re
from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils.crypto import salted_hmac

from bofast.arrears.models import Resident, Tenancy

CORRECTABLE = frozenset({"name", "phone", "email", "language"})
_NOT_A_DIGIT = re.compile(r"\D")
_LOCAL_DIGITS = 8


@transaction.atomic
def correct_resident(*, tenancy_id: int, changes: Mapping[str, str], resident_id: int | None = None) -> list[str]:
    """Write what a person says is right; returns the fields that changed, for the event.

    `resident_id` None is the main tenant, made where none is known. A list or register that later says the very value
    that was wrong is not heard; one that says a third is. Raises KeyError for another field than the correctable.
    """
    if strange := changes.keys() - CORRECTABLE:
        raise KeyError(*sorted(strange))
    Tenancy.objects.select_for_update().get(pk=tenancy_id)  # a list that is being taken in holds it too
    resident = _resident(tenancy_id, resident_id)
    changed = sorted(field for field, value in changes.items() if getattr(resident, field) != value)
    for field in changed:
        _correct(resident, field, changes[field])
    if changed:
        resident.save()
    return changed


def _resident(tenancy_id: int, resident_id: int | None) -> Resident:
    if resident_id is not None:
        return Resident.objects.get(pk=resident_id, tenancy=tenancy_id)
    known = Resident.objects.filter(tenancy=tenancy_id, role=Resident.Role.MAIN).first()
    return known or Resident(tenancy_id=tenancy_id, role=Resident.Role.MAIN)


def _correct(resident: Resident, field: str, right: str) -> None:
    wrong = set(resident.corrected.get(field, ()))
    if former := getattr(resident, field):
        wrong.add(_mark(resident, field, former))
    resident.corrected[field] = sorted(wrong - {_mark(resident, field, right)})
    setattr(resident, field, right)


def not_corrected(known: Any, news: Mapping[str, Any]) -> dict[str, Any]:
    """The news of a household without values that a person has said are wrong."""
    corrected = known.corrected if isinstance(known, Resident) else {}
    return {
        field: value
        for field, value in news.items()
        if field not in corrected or _mark(known, field, value) not in corrected[field]
    }


def _mark(resident: Resident, field: str, value: str) -> str:
    """A value made unreadable with the secret key, the same however it is written; of this household alone.

    With another secret key a wrong value is not known again, and a list that says it is heard once more.
    """
    plain = " ".join(value.casefold().split())
    if field == "phone":
        plain = _NOT_A_DIGIT.sub("", value)[-_LOCAL_DIGITS:]
    said = f"{resident.tenancy_id}/{field}/{plain}"
    return salted_hmac("bofast.arrears.corrections", said, algorithm="sha256").hexdigest()
