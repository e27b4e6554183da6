"""A household agrees to sharing, and takes it back."""

from datetime import date

from django.db import transaction

from bofast.access.models import User
from bofast.cases.actions.sharing import end_each
from bofast.cases.actions.telling import locked, tell
from bofast.cases.models import Consent, Event
from bofast.cases.queries.sharing import asked_for_help_at, resting_on
from bofast.domain.consents import ConsentText
from bofast.domain.facts import Agency
from bofast.domain.sharing import is_weak


@transaction.atomic
def give(
    *,
    case_id: int,
    text: ConsentText,
    on: date,
    given_by: str,
    actor: User,
    asked: frozenset[Agency] = frozenset(),
) -> Consent:
    """Record that the household agreed to a text on a day.

    It is weak where the household has asked a receiver for help, as far as is known here or as `asked` says.
    """
    case = locked(case_id)
    applied_at = asked_for_help_at(case) | asked
    consent = Consent.objects.create(
        tenancy=case.tenancy,
        text_version=text.key,
        sender=text.sender.value,
        receivers=sorted(text.receivers),
        parts=sorted(text.parts),
        given_on=on,
        given_by=given_by,
        weak=any(is_weak(receiver, applied_at) for receiver in text.receivers),
        recorded_by=actor,
    )
    tell(case, Event.Code.CONSENT, on, actor, {"consent": consent.pk, "text": text.key, "given_by": given_by})
    return consent


@transaction.atomic
def withdraw(*, case_id: int, consent_id: int, on: date, actor: User, today: date) -> None:
    """The household takes a consent back: what rests on it is shared no more from now on, in each of its cases.

    Raises Consent.DoesNotExist when it is withdrawn already.
    """
    case = locked(case_id)
    consent = Consent.objects.select_for_update().get(pk=consent_id, tenancy=case.tenancy_id, withdrawn_on__isnull=True)
    consent.withdrawn_on = on
    consent.save(update_fields=["withdrawn_on"])
    tell(case, Event.Code.CONSENT_WITHDRAWN, on, actor, {"consent": consent.pk, "text": consent.text_version})
    end_each(resting_on(consent), because="consent", actor=actor, today=today)
