"""The notice before petition: what makes one sound, and the year it lasts.

Provisions without a name are of tvangsfullbyrdelsesloven: §§ 4-18, 4-19 and 13-2.
A notice is judged by the law of the day it was sent; a later change of the law never touches it.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from bofast.domain.calendar import limit, next_working_day, shifted_due_day, years_after
from bofast.domain.facts import Channel, Deed, DeedCode, Facts, Ground, NoticeContent
from bofast.domain.findings import Finding, Outcome, finding

NOTICE_DAYS = 14
PAYMENT_CONTENT_FROM = date(2001, 5, 4)
ELECTRONIC_FROM = date(2017, 4, 18)
FULL_CONTENT = frozenset(NoticeContent)


@dataclass(frozen=True)
class Window:
    """The days, both included, on which a petition may rest on the notice sent on `sent_on`."""

    sent_on: date
    opens_on: date
    closes_on: date


@lru_cache(maxsize=4096)
def window(sent_on: date) -> Window:
    """Two weeks from sending (§ 4-18), then one year (§ 4-19); both ends as domstolloven §§ 148, 149 count them."""
    opens_on = limit(sent_on, NOTICE_DAYS).ends_on
    return Window(sent_on, opens_on, next_working_day(years_after(opens_on, 1)))


def is_notice(deed: Deed, ground: Ground) -> bool:
    """A notice on that ground; a payment demand only when it is recorded to carry the notice's whole content."""
    if deed.ground is not ground:
        return False
    return deed.code is DeedCode.NOTICE or (deed.code is DeedCode.DEMAND and deed.content >= FULL_CONTENT)


def form_faults(notice: Deed) -> Iterator[Finding]:
    """What is wrong with the notice as sent, whatever it is about: its words and its channel."""
    if NoticeContent.WILL_PETITION not in notice.content:
        yield finding("notice_lacks_petition", hard=True, sent_on=notice.on)
    if _must_tell_of_payment(notice) and NoticeContent.AVOIDED_BY_PAYMENT not in notice.content:
        yield finding("notice_lacks_payment", hard=True, sent_on=notice.on)
    if notice.channel is Channel.ELECTRONIC and notice.on < ELECTRONIC_FROM:
        yield finding("notice_electronic", hard=True, sent_on=notice.on, valid_from_on=ELECTRONIC_FROM)


def _must_tell_of_payment(notice: Deed) -> bool:
    return notice.ground is Ground.UNPAID_RENT and notice.on >= PAYMENT_CONTENT_FROM


def cover_faults(notice: Deed, facts: Facts) -> Iterator[Finding]:
    """What is wrong with the notice against what is owed now, or against the end of the lease."""
    if notice.ground is Ground.LEASE_EXPIRED and facts.lease_to and notice.on < facts.lease_to:
        yield finding("notice_before_lease_end", hard=True, sent_on=notice.on, lease_to_on=facts.lease_to)
    if notice.ground is not Ground.UNPAID_RENT or not facts.claims:
        return
    due_on = min(shifted_due_day(claim.due_on) for claim in facts.claims)
    if notice.on >= due_on:
        return
    oldest_due_on = facts.oldest_due_on
    if facts.first_listed_on <= notice.on and oldest_due_on and oldest_due_on > notice.on:
        yield finding("notice_claims_paid", hard=True, sent_on=notice.on)
    else:
        yield finding("notice_before_due", hard=True, sent_on=notice.on, due_on=due_on)


def time_faults(notice: Deed, day: date) -> Iterator[Finding]:
    """Whether a petition on `day` comes too early or too late for the notice."""
    open_days = window(notice.on)
    if day < open_days.opens_on:
        yield finding("notice_too_recent", hard=True, sent_on=notice.on, earliest_on=open_days.opens_on)
    if day > open_days.closes_on:
        yield finding("notice_void", hard=True, sent_on=notice.on, void_on=open_days.closes_on)


def why_not(notice: Deed, facts: Facts, day: date) -> list[Finding]:
    """Everything that keeps a petition on `day` from resting on this notice."""
    return [*form_faults(notice), *cover_faults(notice, facts), *time_faults(notice, day)]


def windows(facts: Facts, ground: Ground) -> tuple[Window, ...]:
    """The windows of all notices that fail in nothing but, perhaps, time."""
    return tuple(
        window(deed.on)
        for deed in facts.deeds
        if is_notice(deed, ground) and not any(form_faults(deed)) and not any(cover_faults(deed, facts))
    )


def no_sound_notice(facts: Facts, ground: Ground, day: date) -> list[Finding]:
    """Empty when a petition on `day` can rest on some notice; otherwise what is wrong with the one nearest to it."""
    faults = [why_not(deed, facts, day) for deed in reversed(facts.deeds) if is_notice(deed, ground)]
    if faults:
        return min(faults, key=len)
    missing = [finding("notice_missing", outcome=Outcome.NO, hard=True)]
    demands = [deed for deed in facts.deeds if deed.code is DeedCode.DEMAND]
    return [*missing, finding("demand_is_no_notice", hard=True, demanded_on=demands[-1].on)] if demands else missing
