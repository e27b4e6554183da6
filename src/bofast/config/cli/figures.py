"""`bofast cost` and `bofast limit`: what follows from law, money and dates alone. No database, no Django."""

from datetime import date

import click

from bofast.config.cli.options import AMOUNT, DAY, Refusal, json_option, print_json, translator
from bofast.domain import calendar, costs
from bofast.domain.costs import MODEL_DAYS, CostPlan, Item, Reading, StepCost
from bofast.domain.facts import Stage
from bofast.domain.money import format_kr
from bofast.domain.rates import NoRate


@click.command()
@click.option("--rent", type=AMOUNT, required=True, help="The rent, in kroner.")
@click.option("--due", "due_on", type=DAY, required=True, help="The day it is due.")
@click.option(
    "--through", type=click.Choice([stage.value for stage in MODEL_DAYS]), help="The last step; all by default."
)
@click.option(
    "--fees",
    type=click.Choice([reading.value for reading in Reading]),
    default=Reading.ACT.value,
    show_default=True,
    help="Court fees by the act, or as the report of 2006 prints them.",
)
@json_option
@click.pass_obj
def cost(language: str, rent: int, due_on: date, through: str | None, fees: str, as_json: bool) -> None:
    """What the road to eviction costs, step by step, and who pays first."""
    last = Stage(through) if through else None
    try:
        plan = costs.procedure_cost(rent=rent, due_on=due_on, reading=Reading(fees), through=last)
    except NoRate as error:
        raise Refusal(str(error)) from error
    if as_json:
        print_json(costs.as_json(plan))
    else:
        click.echo("\n".join(_CostPage(language).lines(plan)))


@click.command()
@click.option("--from", "start", type=DAY, required=True, help="The day the limit starts; it is not counted.")
@click.option("--days", type=click.IntRange(0, 3660), required=True, help="How many days the limit has.")
@json_option
@click.pass_obj
def limit(language: str, start: date, days: int, as_json: bool) -> None:
    """When a time limit runs out, moved past weekends and holidays."""
    found = calendar.limit(start, days)
    if as_json:
        print_json({"ends_on": found.ends_on, "rule": found.rule, "moved_from": found.moved_from})
        return
    _ = translator(language)
    click.echo(_("The limit ends on %s.") % calendar.format_day(found.ends_on, language) + f" ({found.rule})")
    if found.moved_from:
        click.echo(_("Moved from %s, which is no working day.") % calendar.format_day(found.moved_from, language))


class _CostPage:
    """The cost plan as a person reads it."""

    def __init__(self, language: str) -> None:
        self.language = language
        _ = self.text = translator(language)
        self.words: dict[str, str] = {
            "due": _("Rent due"),
            "reminded": _("Reminder"),
            "demanded": _("Payment demand"),
            "petitioned": _("Petition for eviction"),
            "scheduled": _("Date set"),
            "evicted": _("Eviction"),
            "rent": _("rent"),
            "reminder_fee": _("reminder fee"),
            "collection_notice_fee": _("fee for the collection notice"),
            "demand_fee": _("fee for the payment demand"),
            "petition_fee": _("court fee for the petition"),
            "petition_writing": _("writing the petition"),
            "execution_fee": _("court fee for the eviction"),
            "locksmith": _("locksmith"),
            "tenant": _("tenant"),
            "landlord": _("landlord"),
            "collector": _("collector"),
        }

    def lines(self, plan: CostPlan) -> list[str]:
        """Every step with what it adds and the sum so far; then who pays first, and the interest."""
        _ = self.text
        payers = ", ".join(f"{self.words[who]} {self.kr(ore)}" for who, ore in costs.by_payer(plan.items).items())
        adds, so_far = _("adds"), _("so far")
        return [
            f"{'':54}{adds:>14}{so_far:>14}",
            *(line for step in plan.steps for line in self.step(step)),
            "",
            _("Pays first: %s") % payers,
            _("Interest beside this, to %(day)s: %(amount)s")
            % {"day": self.day(plan.interest.to), "amount": self.kr(plan.interest.amount)},
        ]

    def step(self, step: StepCost) -> list[str]:
        """One line for the step, one for each thing it adds or leaves out."""
        head = click.style(f"{self.day(step.on):<20}{self.words[step.stage]:<34}", bold=True)
        _ = self.text
        unpriced = _("price not known, left out")
        missing = [f"{'':20}  {self.words[code]}: {unpriced}" for code in step.left_out]
        return [f"{head}{self.kr(step.accumulated):>28}", *(self.item(item) for item in step.adds), *missing]

    def item(self, item: Item) -> str:
        """What one item adds, with the marks it carries."""
        _ = self.text
        marks = {
            _("not verified"): item.unverified,
            _("which day's rate applies is unclear"): item.unclear,
            _("not yet known, last known rate used"): item.not_yet_known,
        }
        said = ", ".join(mark for mark, holds in marks.items() if holds)
        line = f"{'':20}  {self.words[item.code]:<32}{self.kr(item.amount):>14}"
        return line + (f"  ({said})" if said else "")

    def kr(self, ore: int) -> str:
        """Øre as kroner."""
        return format_kr(ore, self.language)

    def day(self, day: date) -> str:
        """A day in words."""
        return calendar.format_day(day, self.language)
