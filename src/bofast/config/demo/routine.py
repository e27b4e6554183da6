"""What the demo's people do with everybody else's case after a list: call, talk, ask why, warn, petition, withdraw.

Drawn with chances, month by month, and done through the ordinary actions: what the rules bar does not happen.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from bofast.cases.models import Case, Event
from bofast.config.demo.doings import CLOSE, Doing
from bofast.domain.calendar import next_working_day
from bofast.domain.casework import ContactBy
from bofast.domain.facts import DeedCode, Stage

Ways = Sequence[tuple[ContactBy, str]]
PROCEDURE_FROM_LIST = -4
FOLLOW_UP_FROM_LIST = -1
CALLED = 0.9
HOW_IT_GOES = (
    (ContactBy.PHONE, "Ringte for å høre hvordan det går. Husleien er betalt i tide siden sist."),
    (ContactBy.PHONE, "Ringte. Betaler med avtalegiro nå."),
    (ContactBy.PHONE, "Snakket på telefon. Alt er i orden, ønsker ikke mer hjelp."),
)
LONG_AGO = 0.5
"""How much of the contact of older months is told at all."""
CLAUSE_IN_DOUBT = "Utleier sjekker klausulen i leieavtalen. Varselet kan ikke vente."
TRIED = (
    (ContactBy.PHONE, "Ringte, ikke svar. Sendte tekstmelding."),
    (ContactBy.LETTER, "La brosjyre og brev i postkassen."),
    (ContactBy.INTERCOM, "Ringte på porttelefonen, ingen hjemme."),
    (ContactBy.LETTER, "Telefonnummeret er ikke i bruk. Sendte brev."),
)
TALKED = (
    (ContactBy.PHONE, "Snakket på telefon. Ønsker hjelp, kommer på kontoret neste uke."),
    (ContactBy.HOME_VISIT, "Hjemmebesøk. Gikk gjennom regningene sammen."),
    (ContactBy.MEETING, "Kom innom. Vi søker om bostøtte sammen."),
    (ContactBy.PHONE, "Snakket på telefon. Betaler når lønnen kommer."),
    (ContactBy.MEETING, "Møte sammen med tolk. Forsto ikke hva betalingsvarselet gjaldt."),
    (ContactBy.PHONE, "Snakket på telefon. Har mistet jobben og venter på dagpenger."),
)
WHY_GONE = {
    Case.Outcome.PAID: "Betalte selv.",
    Case.Outcome.COVERED: "Sosialtjenesten dekket restansen.",
    Case.Outcome.HOUSING_BENEFIT: "Fikk etterbetalt bostøtte og betalte.",
    Case.Outcome.GUARANTEE: "Sosialtjenesten stilte garanti, og resten er betalt.",
    Case.Outcome.WRITTEN_OFF: "Utleier hadde ført betalingen feil. Rettet.",
}
WHY_GONE_WEIGHTS = (50, 20, 15, 10, 5)


@dataclass(frozen=True, kw_only=True)
class Routine:
    """The weeks after one list. `number` is the list's, 0 for the newest, after which hardly anything is done yet."""

    number: int
    on: date
    chance: Random

    def doings(self, leave_out: frozenset[str]) -> Iterator[Doing]:
        """What is done with every open case but those of the stories."""
        open_cases = Case.objects.filter(closed_on__isnull=True).select_related("tenancy", "current", "holder")
        warned = set(Event.objects.filter(code=DeedCode.NOTICE).values_list("case", flat=True))
        for case in open_cases.exclude(tenancy__contract_no__in=leave_out).order_by("pk"):
            if case.cleared_on:
                yield from self._gone(case)
            else:
                yield from self._contact(case)
                yield from self._in_a_hurry(case)
                yield from self._procedure(case, case.pk in warned)

        yield from self._follow_up(leave_out)

    def _follow_up(self, leave_out: frozenset[str]) -> Iterator[Doing]:
        """Call those whose case was closed a while ago; a few calls are still to be made."""
        if self.number < FOLLOW_UP_FROM_LIST:
            return
        due = Case.objects.filter(current__step_code="review", current__step_due_on__lte=self.on, relapses=None)
        closed = due.filter(closed_on__isnull=False).exclude(outcome=Case.Outcome.RETURNED)
        for case in (
            closed.exclude(tenancy__contract_no__in=leave_out).select_related("tenancy", "holder").order_by("pk")
        ):
            if self.chance.random() < CALLED:
                yield self._contacted(case, 1, DeedCode.CONTACT, HOW_IT_GOES)

    def _gone(self, case: Case) -> Iterator[Doing]:
        """Find out why, then close; of the newest list nobody has asked yet."""
        if self.number == 0:
            return
        if case.stage in (Stage.PETITIONED, Stage.SCHEDULED):
            yield self._doing(case, 2, DeedCode.WITHDRAWAL, by="arne", words="Betalt. Begjæringen er trukket.")
        if self.chance.random() < 0.85:
            outcome = self.chance.choices(list(WHY_GONE), WHY_GONE_WEIGHTS)[0]
            why = f"Snakket på telefon. {WHY_GONE[outcome]}"
            yield self._doing(case, 5, DeedCode.CONTACT, words=why, how=ContactBy.PHONE)
            yield self._doing(case, 6, CLOSE, outcome=outcome.value)

    def _contact(self, case: Case) -> Iterator[Doing]:
        new, newest = case.opened_on == self.on, self.number == 0
        if self.number < PROCEDURE_FROM_LIST and not (new and self.chance.random() < LONG_AGO):
            return
        if self.chance.random() < (0.15 if newest else 0.75 if new else 0.25):
            yield self._contacted(case, 1 if newest else 4, DeedCode.CONTACT_TRIED, TRIED)
        if not newest and self.chance.random() < 0.4:
            yield self._contacted(case, 10, DeedCode.CONTACT, TALKED)

    def _in_a_hurry(self, case: Case) -> Iterator[Doing]:
        """Tried again and again once an eviction threatens."""
        if case.stage in (Stage.PETITIONED, Stage.SCHEDULED) and self.number >= -1:
            for days in (14, 20, 26) if self.number else (1,):
                code = self.chance.choice((DeedCode.CONTACT_TRIED, DeedCode.CONTACT))
                yield self._contacted(case, days, code, TALKED if code is DeedCode.CONTACT else TRIED)

    def _procedure(self, case: Case, warned: bool) -> Iterator[Doing]:
        if not PROCEDURE_FROM_LIST <= self.number < 0:
            return
        drawn = self.chance.random()
        match Stage(case.stage), warned:
            case Stage.DEMANDED, False if drawn < 0.4:
                yield self._doing(case, 3, DeedCode.SOCIAL_NOTICE, by="turid")
                yield self._doing(case, 3, DeedCode.NOTICE, by="arne", despite=CLAUSE_IN_DOUBT)
            case Stage.DEMANDED, True if drawn < 0.35:
                yield self._doing(case, 4, DeedCode.PETITION, by="arne")
            case Stage.PETITIONED, _ if drawn < 0.3:
                day = next_working_day(self.on + timedelta(days=self.chance.randint(42, 60)))
                yield self._doing(case, 9, DeedCode.DATE_SET, by="arne", scheduled_on=day)
            case Stage.SCHEDULED, _:
                yield self._doing(case, 3, DeedCode.WITHDRAWAL, by="arne", words="Det er inngått en avtale om resten.")

    def _contacted(self, case: Case, days: int, does: DeedCode, ways: Ways) -> Doing:
        """One of the ways, drawn."""
        how, words = self.chance.choice(ways)
        return self._doing(case, days, does, words=words, how=how)

    def _doing(
        self,
        case: Case,
        days: int,
        does: str,
        *,
        by: str = "",
        words: str = "",
        how: str = "",
        outcome: str = "",
        despite: str = "",
        scheduled_on: date | None = None,
    ) -> Doing:
        return Doing(
            on=next_working_day(self.on + timedelta(days=days)),
            contract_no=case.tenancy.contract_no,
            by=by or (case.holder.username if case.holder else "kari"),
            does=does,
            words=words,
            how=how,
            outcome=outcome,
            despite=despite,
            scheduled_on=scheduled_on,
        )
