"""Who does what on a case: the table to read beside NEED_TO_KNOW (`access.need_to_know`), which says who sees what.

Read aloud: "the landlord records the reminder, and answers whether the lease has the clause". What is not listed is not
done, and nothing is done to a case that was only shared with the agency (`reach.works_on`): outreach, landlord and
collector work on every case they know of, the social services on those of their own team, the others on none.
"""

from collections.abc import Callable, Mapping

import rules

from bofast.access.models import User
from bofast.access.need_to_know import HELPERS
from bofast.cases.models import Case
from bofast.cases.queries import reach
from bofast.domain.facts import Agency, DeedCode

Predicate = Callable[[User, Case | None], bool]

CONTACTS = frozenset({DeedCode.CONTACT, DeedCode.CONTACT_TRIED})
RESERVATIONS = frozenset({DeedCode.OPT_OUT, DeedCode.OPT_OUT_ENDED})

DEEDS: Mapping[Agency, frozenset[DeedCode]] = {
    Agency.LANDLORD: frozenset({
        DeedCode.REMINDER, DeedCode.NOTICE, DeedCode.SOCIAL_NOTICE, DeedCode.EVICTION, DeedCode.REINSTATEMENT,
        DeedCode.SETTLEMENT, DeedCode.MOVE,
    }),
    Agency.COLLECTOR: frozenset({
        DeedCode.DEMAND, DeedCode.NOTICE, DeedCode.PETITION, DeedCode.DATE_SET, DeedCode.WITHDRAWAL,
    }),
    Agency.OUTREACH: frozenset(DeedCode) - {DeedCode.CLOSURE},
    Agency.SOCIAL_SERVICES: CONTACTS | RESERVATIONS,
}  # fmt: skip
"""Who records which deed. Closing is a verb of its own: it asks for the outcome."""

VERBS: Mapping[str, frozenset[Agency]] = {
    "write_note": HELPERS,
    "hand_over": HELPERS,
    "set_review": HELPERS,
    "add_task": HELPERS,
    "close": frozenset({Agency.OUTREACH}),
    "answer_clause": frozenset({Agency.LANDLORD, Agency.OUTREACH}),
    "give_consent": HELPERS,
    "withdraw_consent": HELPERS,
    "share": HELPERS,
    "end_sharing": HELPERS,
    "add_representative": HELPERS,
    "end_representative": HELPERS,
    "request_help": HELPERS,
    "withdraw_request": HELPERS,
    "decide": HELPERS,
    "decide_aid": frozenset({Agency.SOCIAL_SERVICES}),
    "complain": HELPERS,
    "answer_complaint": HELPERS,
}
"""Who does what else on a case."""


def works_on(user: User, case: Case | None) -> bool:
    """Whether this case, which the person may know of, is one to work on."""
    return case is not None and reach.works_on(case, user.viewer)


def _records(deed: DeedCode) -> Predicate:
    """The agency records that deed."""
    return lambda user, _case: deed in DEEDS.get(Agency(user.agency), ()) if user.agency else False


def _does(verb: str) -> Predicate:
    """The agency does that."""
    return lambda user, _case: user.agency in VERBS[verb]


def may(user: User, verb: str, case: Case) -> bool:
    """Whether the person may do that on the case."""
    return user.has_perm(f"cases.{verb}", case)


def may_record(user: User, deed: DeedCode, case: Case) -> bool:
    """Whether the person may record that deed on the case."""
    return may(user, f"record_{deed.value}", case)


def recordable(user: User, case: Case) -> list[DeedCode]:
    """The deeds this person may record on the case, in the order of the procedure."""
    return [deed for deed in DeedCode if may_record(user, deed, case)]


_works = rules.predicate(works_on, name="works on the case")
for _deed in DeedCode:
    rules.add_perm(
        f"cases.record_{_deed.value}", _works & rules.predicate(_records(_deed), name=f"records {_deed.value}")
    )
for _verb in VERBS:
    rules.add_perm(f"cases.{_verb}", _works & rules.predicate(_does(_verb), name=_verb))
