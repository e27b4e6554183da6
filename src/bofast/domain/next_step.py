"""The one thing to do now for a household, by whom and by when. There is always one: no dead ends.

The waiting days are practice figures, looked up by the day the waiting begins. Every due day follows from a recorded
day, never from the day of asking, so that a step left undone becomes overdue and does not move along.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from bofast.domain.calendar import add_working_days, last_working_day, months_after, next_working_day
from bofast.domain.facts import Agency, Stage
from bofast.domain.findings import Fact, Finding
from bofast.domain.rates import rate
from bofast.domain.standing import ONE_DAY, Danger, Standing

FOLLOW_UP_MONTHS = (1, 3, 6, 12)
FIGURES_FROM = date(2004, 1, 1)


@dataclass(frozen=True, kw_only=True)
class NextStep:
    """What to do (`code`, text under `step_<code>` in the catalogue), by which working day, and whose it is."""

    code: str
    due_on: date
    owner: Agency
    facts: Mapping[str, Fact] = field(default_factory=dict)

    @property
    def finding(self) -> Finding:
        """The step as a finding, for its text, part and provision."""
        return Finding(code=f"step_{self.code}", facts=self.facts)


Rule = Callable[[Standing], NextStep | None]


def days(figure: str, since: date) -> timedelta:
    """A practice figure as of the day the waiting begins; days before the first value use the first."""
    return timedelta(days=int(rate(figure).on(max(since, FIGURES_FROM)).value))


def next_step(case: Standing, deadline: date | None) -> NextStep:
    """The first rule that has something to say; otherwise a review, never later than the legal deadline."""
    for rule in RULES:
        if step := rule(case):
            return step
    last = case.last_contact or case.facts.first_listed_on
    return _review(case, last, last + days("review_days", last), deadline)


def _step(code: str, due_on: date, owner: Agency = Agency.OUTREACH) -> NextStep:
    return NextStep(code=code, due_on=next_working_day(due_on), owner=owner)


def _review(case: Standing, since: date, usual: date, deadline: date | None) -> NextStep:
    """At the usual time, or on the day a person has set since; a day set past the deadline is moved before it."""
    chosen = case.facts.review_on
    due_on = next_working_day(chosen if chosen and chosen > since else usual)
    if deadline and deadline < due_on:
        due_on = last_working_day(deadline)
    return NextStep(code="review", due_on=due_on, owner=Agency.OUTREACH, facts={"due_on": due_on.isoformat()})


def _withdraw(case: Standing) -> NextStep | None:
    """Paid while a petition runs: withdraw it the same working day."""
    if not case.paid_but_petitioned or case.petitioned_on is None:
        return None
    paid_on = case.facts.cleared_on or case.facts.listed_on
    return _step("withdraw_petition", max(paid_on, case.petitioned_on), Agency.COLLECTOR)


def _eviction_ahead(case: Standing) -> NextStep | None:
    """Find a solution before the day: again every few days, the last time on the last working day up to it."""
    date_set, day = case.position.date_set, case.scheduled_on
    if case.danger is not Danger.EVICTION_AHEAD or date_set is None or day is None:
        return None
    last, last_chance = case.attempt_since(date_set.on), last_working_day(day)
    if last and last >= last_chance:
        return _ask_result(day)
    due_on = last + days("retry_days_petitioned", last) if last else add_working_days(date_set.on, 1)
    return _step("solve_before_eviction", min(next_working_day(due_on), last_chance))


def _eviction_passed(case: Standing) -> NextStep | None:
    """Nobody has said what happened on the day: the landlord attends and knows."""
    if case.danger is not Danger.EVICTION_DAY_PASSED or case.scheduled_on is None:
        return None
    return _ask_result(case.scheduled_on)


def _ask_result(scheduled_on: date) -> NextStep:
    return _step("ask_eviction_result", scheduled_on + ONE_DAY, Agency.LANDLORD)


def _evicted(case: Standing) -> NextStep | None:
    """Where do they sleep tonight? Then record how the case ended."""
    since = case.position.since
    if case.stage is not Stage.EVICTED or since is None:
        return None
    if case.last_contact and case.last_contact >= since:
        return _step("close_case", case.last_contact + days("follow_up_days", case.last_contact))
    if last := case.attempt_since(since):
        return _step("after_eviction", last + days("retry_days_petitioned", last))
    return _step("after_eviction", since + ONE_DAY)


def _closed(case: Standing) -> NextStep | None:
    """Looked at after 1, 3, 6 and 12 months; new unpaid rent after the closing takes the case up again."""
    since = case.position.since
    if case.stage is not Stage.CLOSED or since is None:
        return None
    if new_due_on := case.new_after_closing:
        return _step("reopen_case", new_due_on + days("first_contact_days", new_due_on))
    return _follow_up_of_closed(case, since)


def _follow_up_of_closed(case: Standing, closed_on: date) -> NextStep:
    days_of_review = [months_after(closed_on, months) for months in FOLLOW_UP_MONTHS]
    last = days_of_review[-1]
    for day, following in zip(days_of_review, (*days_of_review[1:], next_working_day(last) + ONE_DAY), strict=True):
        if not case.today.reached(following) and not case.attempt_since(day):
            return _review(case, closed_on, day, None)
    return NextStep(code="follow_up_ended", due_on=next_working_day(last), owner=Agency.OUTREACH)


def _moved(case: Standing) -> NextStep | None:
    since = case.position.since
    if case.stage is not Stage.MOVED or since is None:
        return None
    return _step("close_case", since + days("follow_up_days", since))


def _nothing_owed(case: Standing) -> NextStep | None:
    """Gone from the list is not yet solved: find out why, then close."""
    if case.facts.claims or case.petition_runs:
        return None
    if case.stage is Stage.SETTLED and case.position.since:
        return _step("close_case", case.position.since + days("follow_up_days", case.position.since))
    cleared_on = case.facts.cleared_on or case.facts.listed_on
    if case.last_contact and case.last_contact >= cleared_on:
        return _step("close_case", case.last_contact + days("follow_up_days", case.last_contact))
    if last := case.attempt_since(cleared_on):
        return _step("find_out_why", last + days("retry_days", last))
    return _step("find_out_why", cleared_on + days("find_out_why_days", cleared_on))


def _first_contact(case: Standing) -> NextStep | None:
    """Within 14 days from the list; once a petition is filed, within three."""
    if case.last_attempt:
        return None
    listed_on = case.facts.first_listed_on
    due_on = listed_on + days("first_contact_days", listed_on)
    if case.petition_runs and case.petitioned_on:
        known_on = max(case.petitioned_on, listed_on)
        due_on = min(due_on, known_on + days("first_contact_days_petitioned", known_on))
    return _step("first_contact", due_on)


def _try_again(case: Standing) -> NextStep | None:
    """Nobody answered last time: another channel."""
    last = case.last_attempt
    if last is None or last == case.last_contact:
        return None
    figure = "retry_days_petitioned" if case.petition_runs else "retry_days"
    return _step("try_again", last + days(figure, last))


def _follow_up(case: Standing) -> NextStep | None:
    """The first talk is followed by one that agrees on a solution, sooner while a petition runs."""
    last = case.last_contact
    if last is None or (len(case.contacts) > 1 and not case.petition_runs):
        return None
    figure = "retry_days" if case.petition_runs else "follow_up_days"
    return _step("follow_up", last + days(figure, last))


RULES: tuple[Rule, ...] = (
    _closed,
    _moved,
    _evicted,
    _withdraw,
    _eviction_ahead,
    _eviction_passed,
    _nothing_owed,
    _first_contact,
    _try_again,
    _follow_up,
)
