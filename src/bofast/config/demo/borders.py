"""What crosses the agencies' borders in the demo: consents, shared cases, requests, decisions, a protected address."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import QuerySet

from bofast.access.actions import set_organisation
from bofast.access.models import OrganisationSetting, Team, User
from bofast.arrears.actions.shields import shield
from bofast.arrears.models import Shield
from bofast.cases.actions import consents, decisions, representatives, sharing
from bofast.cases.models import Case, Representative
from bofast.cases.queries.sharing import Wish
from bofast.config.demo.stories import stories
from bofast.domain.consents import text_on
from bofast.domain.decisions import Draft, Verdict
from bofast.domain.facts import Agency
from bofast.domain.sharing_facts import LandlordIs, OutreachIs

DAYS_AGO = timedelta(days=9)
ADVISED, TRANSPORTED = 3, 2
CONTENT = "Kommunen dekker husleien for to måneder som lån."
REASONS = "Husstanden har nå inntekt til løpende husleie, men ikke til restansen. Boligen er egnet for familien."
COMPLAINT = "Du kan klage til statsforvalteren. Skriv hva du mener er feil, og send klagen til oss."


def organise(people: Mapping[str, User], today: date) -> None:
    """A team of its own, a landlord that is part of the municipality, as most of the demo's past is drawn."""
    setting = OrganisationSetting(
        valid_from=date(today.year - 2, 1, 1),
        outreach=OutreachIs.OWN_UNIT,
        landlord=LandlordIs.MUNICIPAL,
        relies_on_social_housing_act=True,
    )
    set_organisation(setting=setting, by=people["astrid"].viewer)


@dataclass(frozen=True)
class Borders:
    """The demo's people on a day, sharing what may be shared."""

    people: Mapping[str, User]
    today: date

    def cross(self) -> None:
        """Everything at once, in the order it would come."""
        outreach, office = list(self._running("kari")[: ADVISED + 2]), list(self._running("siv")[:TRANSPORTED])
        for case in outreach[:ADVISED]:
            self._share(case, "case_to_debt_advice", Agency.DEBT_ADVICE, "Gjeldsrådgivningen", by="kari")
        for case in office:
            self._share(case, "benefit_transport", Agency.HOUSING_BENEFIT, "Bostøttekontoret", by="siv")
            self._decide(case)
        for case in outreach[ADVISED:]:
            self._ask(case)
        if outreach:
            self._protect(outreach[-1])

    def _running(self, username: str) -> QuerySet[Case]:
        """Cases of the person's team that still run, the largest debts first; stories stay as they are told."""
        team = self.people[username].team
        running = Case.objects.filter(team=team, closed_on__isnull=True, cleared_on__isnull=True)
        told = [story.contract_no for story in stories()]
        others = running.filter(current__isnull=False).exclude(tenancy__contract_no__in=told)
        return others.order_by("-current__outstanding", "pk")

    def _share(self, case: Case, code: str, receiver: Agency, office: str, *, by: str) -> None:
        text, on, who = text_on(code, self.today), self.today - DAYS_AGO, self.people[by]
        if text is None:
            raise LookupError(f"no text {code} on {self.today}")
        consents.give(case_id=case.pk, text=text, on=on, given_by="tenant", actor=who)
        wish = Wish(receiver=receiver, team=Team.objects.get(name=office), parts=text.parts)
        barred = sharing.share(case_id=case.pk, wish=wish, actor=who, today=on)
        if barred:
            raise LookupError(f"{case.number}: {[finding.code for finding in barred]}")

    def _decide(self, case: Case) -> None:
        draft = Draft(
            outcome=Verdict.GRANTED, content=CONTENT, reasons=REASONS, complaint_text=COMPLAINT,
            decided_on=self.today - DAYS_AGO, complain_by=self.today + DAYS_AGO,
        )  # fmt: skip
        decisions.decide(
            case_id=case.pk, draft=draft, told_on=draft.decided_on, actor=self.people["siv"], today=self.today
        )

    def _ask(self, case: Case) -> None:
        """A request that waits, from a mother who has power of attorney."""
        kari, on = self.people["kari"], self.today - DAYS_AGO
        power = Representative(kind="attorney", name="Mor til leietaker", scope="Økonomi og bolig", since=on)
        representatives.add(case_id=case.pk, power=power, actor=kari, today=on)
        decisions.request_help(case_id=case.pk, received_on=on, actor=kari, today=self.today)

    def _protect(self, case: Case) -> None:
        ingrid, kari = self.people["ingrid"], self.people["kari"]
        shield(tenancy_id=case.tenancy_id, kind=Shield.Kind.ADDRESS, named=[kari], by=ingrid, today=self.today)
