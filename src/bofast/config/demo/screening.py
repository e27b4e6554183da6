"""What the demo's people do with a list as a whole: hand it out to the offices of the social services, and answer it.

Two offices are asked. Of the older lists everything is answered; Fana owes some answers to the list of last month, and
the newest list waits: Årstad has begun, Fana has not.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from bofast.access.models import Team, User
from bofast.arrears.actions.answers import Said, answer_rows
from bofast.arrears.models import HandOut, ReceivedFile
from bofast.cases.actions.hand_out import hand_out
from bofast.cases.actions.screening import take_in_answers
from bofast.cases.models import Case
from bofast.cases.queries.hand_out import Plan, drawn_up
from bofast.domain.calendar import next_working_day
from bofast.domain.screening import Answer

FROM_LIST = -3
HANDED_AFTER_DAYS, ANSWERED_AFTER_DAYS = 1, 5
OFFICES = {"siv": "Årstad", "berit": "Fana"}
ANSWERED: Mapping[tuple[str, int], float] = {("Fana", -1): 0.6, ("Årstad", 0): 0.4, ("Fana", 0): 0.0}
"""The share of rows answered, by office and list; of the others all."""
DRAWN = (Answer.ACTIVE, Answer.KNOWN, Answer.UNKNOWN)
WEIGHTS = (35, 30, 35)
BECAUSE = {
    "clause_unknown": "Utleier har funnet leieavtalen. Klausulen står der.",
    "share_no_reason_yet": "Betalingsvarselet sendes denne uken. Husstanden har hatt restanser før.",
}
"""What Arne writes of a row that is unclear for that reason."""
RELEASED = 3
NOTES = ("Har saksbehandler her.", "Har time neste uke.", "Søknad om økonomisk sosialhjelp er til behandling.")


@dataclass(frozen=True, kw_only=True)
class Round:
    """One list on its way to the offices and back. `until` is the day the next list comes."""

    number: int
    file: ReceivedFile
    until: date
    people: Mapping[str, User]
    chance: Random

    def hand_out(self) -> None:
        """Arne hands each office its district's part; the tenants were told on the list's own day."""
        on = self._day(HANDED_AFTER_DAYS)
        if self.number < FROM_LIST or on >= self.until:
            return
        for district in OFFICES.values():
            team = Team.objects.get(agency="social_services", district=district)
            plan = Plan(file=self.file, districts=(district,), team=team, told_on=self.file.as_of)
            drawn = drawn_up(plan, self.people["arne"].viewer, on)
            unclear = [each for each in drawn if each.ruling.releasable and each.ruling.findings[-1].code in BECAUSE]
            because = {each.case.pk: BECAUSE[each.ruling.findings[-1].code] for each in unclear[:RELEASED]}
            hand_out(plan=plan, because=because, actor=self.people["arne"], today=on)

    def answer(self, stories: frozenset[str]) -> None:
        """Each office answers; of its own cases, that they are active. The stories' households stay where they are."""
        for username, district in OFFICES.items():
            for made in HandOut.objects.filter(file=self.file, district=district):
                on = min(self._day(ANSWERED_AFTER_DAYS), self.until - timedelta(days=1))
                said = self._said(made, ANSWERED.get((district, self.number), 1.0), stories)
                answer_rows(said=said, by=self.people[username], today=on)
                take_in_answers(on)

    def _said(self, made: HandOut, share: float, stories: frozenset[str]) -> dict[int, Said]:
        """What is left open is the largest: those who owe most are on the list still."""
        rows = list(made.rows.filter(sent=True).select_related("tenancy"))
        own = set(Case.objects.filter(team=made.team, closed_on__isnull=True).values_list("tenancy", flat=True))
        return {
            row.pk: self._one(row.tenancy_id in own, row.tenancy.contract_no in stories)
            for row in rows[len(rows) - round(len(rows) * share) :]
        }

    def _one(self, own: bool, of_a_story: bool) -> Said:
        drawn = Answer.KNOWN if of_a_story else self.chance.choices(DRAWN, WEIGHTS)[0]
        answer = Answer.ACTIVE if own else drawn
        return Said(answer, self.chance.choice(NOTES) if answer is Answer.ACTIVE else "")

    def _day(self, days: int) -> date:
        return next_working_day((self.file.as_of or self.until) + timedelta(days=days))
