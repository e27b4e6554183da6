"""`bofast demo`: an invented municipality, its past and its people, and where to look first."""

import sys
from collections.abc import Iterator, Sequence
from datetime import date

import click
from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _

from bofast.access.models import AccessAction
from bofast.access.need_to_know import Role, Viewer
from bofast.access.templatetags.written import stage_name
from bofast.cases.actions.assess import assess
from bofast.cases.queries.worklist import Item
from bofast.cases.words import AGENCIES
from bofast.config.cli.database import DatabaseCommand
from bofast.config.cli.operator import log_command, viewer_for
from bofast.config.cli.options import Refusal
from bofast.config.cli.serving import require_free, run_server
from bofast.config.demo import loading
from bofast.config.demo.municipality import MONTHS
from bofast.config.demo.people import PEOPLE, Person, password
from bofast.config.demo.summary import Summary, summary
from bofast.domain.calendar import format_day
from bofast.domain.facts import Agency
from bofast.domain.money import format_kr

HOST = "127.0.0.1"


@click.command(cls=DatabaseCommand)
@click.option("--no-serve", is_flag=True, help="Load and print only.")
@click.option("--port", default=8000, show_default=True, type=click.IntRange(0, 65535), help="The port to listen on.")
@click.pass_obj
def demo(language: str | None, no_serve: bool, port: int) -> None:
    """An invented municipality with lists, cases and users, relative to today; then serve it."""
    if not no_serve:
        require_free(HOST, port)
    today = timezone.localdate()
    secret = password(settings.HOME)
    _ready(today, secret)
    settings.MUNICIPALITY = settings.MUNICIPALITY or loading.named(settings.HOME)  # they were read before
    log_command("demo", AccessAction.COMMAND)
    page = _Page(language or "nb", viewer_for(None), today)
    click.echo("\n".join(page.lines(secret, None if no_serve else f"http://{HOST}:{port}")))
    if not no_serve:
        run_server(host=HOST, port=port)


def _ready(today: date, secret: str) -> None:
    """Load the demo once; a demo that is there rolls on to today. Refuses a database that holds anything else."""
    if loading.is_demo():
        assess(on=today)
        return
    if not loading.is_empty():
        raise Refusal(
            _("This database holds other data, and the demo leaves it alone. Give the demo a BOFAST_HOME of its own.")
        )
    label = _("Receiving and working through {months} months of arrears lists").format(months=MONTHS)
    with click.progressbar(length=MONTHS, label=label, file=sys.stderr) as bar:
        loading.load(today, secret=secret, told=lambda _day: bar.update(1))


class _Page:
    """What the demo prints."""

    def __init__(self, language: str, viewer: Viewer, today: date) -> None:
        self.language = language
        self.today = today
        self.found: Summary = summary(viewer, today)

    def lines(self, secret: str, address: str | None) -> Iterator[str]:
        """Everything, in the order a newcomer asks."""
        yield ""
        yield click.style(_("Bofast: an invented municipality on {day}").format(day=self.day(self.today)), bold=True)
        yield _("Every person, address and number in it is made up.")
        yield from self.lists()
        yield from self.cases()
        yield from self.ranked(_("Most urgent"), self.found.urgent)
        yield from self.evictions()
        yield from self.ranked(_("Four households to look at first"), self.found.stories)
        yield from self.sign_ins(secret)
        yield ""
        if address:
            yield _("Open {address} and sign in as kari.").format(address=click.style(address, bold=True))
        else:
            yield _("Nothing is served. Start it with: bofast serve")

    def lists(self) -> Iterator[str]:
        """One line a list."""
        heads = (_("rows"), _("new"), _("continuing"), _("increased"), _("cleared"), _("in quarantine"))
        outstanding = _("outstanding")
        yield from self.head(_("What the last arrears lists brought"))
        yield f"  {'':<20}" + "".join(f"{head:>{len(head) + 3}}" for head in heads) + f"{outstanding:>16}"
        for file in self.found.lists:
            numbers = (file.rows, file.new, file.continuing, file.increased, file.cleared, file.quarantined)
            cells = "".join(f"{number:>{len(head) + 3}}" for head, number in zip(heads, numbers, strict=True))
            yield f"  {self.day(file.as_of or self.today):<20}{cells}{format_kr(file.outstanding, self.language):>16}"
        if self.found.waiting_rows:
            waiting = _("{rows} rows could not be read for certain and wait for a person.")
            yield "  " + waiting.format(rows=self.found.waiting_rows)

    def cases(self) -> Iterator[str]:
        """Open cases by stage."""
        total = sum(self.found.by_stage.values())
        yield from self.head(_("{total} open cases").format(total=total))
        for stage, count in self.found.by_stage.items():
            yield f"  {count:>4}  {stage_name(stage)}"
        yield "  " + _("{count} of them came back within twelve months.").format(count=self.found.relapses)

    def ranked(self, title: str, items: Sequence[Item]) -> Iterator[str]:
        """Households with what to do next, by when and by whom."""
        yield from self.head(title)
        for item in items:
            owed = format_kr(item.outstanding or 0, self.language)
            due = self.day(item.step_due_on) if item.step_due_on else "–"
            yield f"  {item.case.number}  {item.name}, {item.district or '–'}, {owed}"
            yield f"             {item.step.text(self.language)} ({due}, {AGENCIES.get(item.owner, item.owner)})"

    def evictions(self) -> Iterator[str]:
        """The days set."""
        yield from self.head(_("Evictions with a day set"))
        for item in self.found.evictions:
            if item.deadline:
                yield f"  {self.day(item.deadline.on):<20}{item.case.number}  {item.name}, {item.district or '–'}"

    def sign_ins(self, secret: str) -> Iterator[str]:
        """Who may sign in, and what they see."""
        yield from self.head(_("Sign in, all with the password: {password}").format(password=secret))
        for person in PEOPLE:
            name = f"{person.first_name} {person.last_name}"
            yield f"  {person.username:<8}{name:<24}{_sees(person)}"

    def head(self, title: str) -> tuple[str, str]:
        """An empty line and a title."""
        return "", click.style(title, bold=True)

    def day(self, day: date) -> str:
        """A day in words."""
        return format_day(day, self.language)


def _sees(person: Person) -> str:
    """What somebody of that agency sees, in one sentence."""
    match person.agency:
        case Agency.OUTREACH:
            return _("outreach team: every case whole")
        case Agency.LANDLORD:
            return _("landlord: rent and procedure, never household or help")
        case Agency.COLLECTOR:
            return _("collector: rent and procedure, never household or help")
        case Agency.SOCIAL_SERVICES:
            return _("social services in {district}: the cases of their own team").format(district=person.district)
        case Agency.HOUSING_BENEFIT | Agency.DEBT_ADVICE:
            return _("the cases shared with them, with the parts that were shared")
        case Agency.STEERING:
            return _("steering group: no cases")
    if person.role is Role.AUDITOR:
        return _("auditor: the access log, no cases")
    return _("administrator: users and teams, no cases")
