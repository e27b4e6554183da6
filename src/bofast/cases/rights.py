"""Who may do what on a case: one table of agency × deed, and one of agency × the other verbs.

What is not listed is not allowed. Social services act only on cases their own team holds; for everybody else the
need-to-know table of `access` has already decided which cases exist.
"""

from collections.abc import Callable, Mapping

import rules

from bofast.access.models import User
from bofast.cases.models import Case
from bofast.cases.queries import worklist
from bofast.domain.facts import Agency, DeedCode

Predicate = Callable[[User, Case | None], bool]

CONTACTS = frozenset({DeedCode.CONTACT, DeedCode.CONTACT_TRIED})

DEEDS: Mapping[Agency, frozenset[DeedCode]] = {
    Agency.LANDLORD: frozenset({
        DeedCode.REMINDER, DeedCode.NOTICE, DeedCode.SOCIAL_NOTICE, DeedCode.EVICTION, DeedCode.REINSTATEMENT,
        DeedCode.SETTLEMENT, DeedCode.MOVE,
    }),
    Agency.COLLECTOR: frozenset({
        DeedCode.DEMAND, DeedCode.NOTICE, DeedCode.PETITION, DeedCode.DATE_SET, DeedCode.WITHDRAWAL,
    }),
    Agency.OUTREACH: frozenset(DeedCode) - {DeedCode.CLOSURE},
    Agency.SOCIAL_SERVICES: CONTACTS,
}  # fmt: skip
"""Who records which deed. Closing is a verb of its own: it asks for the outcome."""

HELPERS = frozenset({Agency.OUTREACH, Agency.SOCIAL_SERVICES})
VERBS: Mapping[str, frozenset[Agency]] = {
    "write_note": HELPERS,
    "hand_over": HELPERS,
    "set_review": HELPERS,
    "add_task": HELPERS,
    "close": frozenset({Agency.OUTREACH}),
    "answer_clause": frozenset({Agency.LANDLORD, Agency.OUTREACH}),
}
"""Who does what else on a case."""


def within_reach(user: User, case: Case | None) -> bool:
    """Whether this case is one the person may know of at all."""
    return case is not None and worklist.within_reach(case, user.viewer)


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


_reach = rules.predicate(within_reach, name="within reach")
for _deed in DeedCode:
    rules.add_perm(
        f"cases.record_{_deed.value}", _reach & rules.predicate(_records(_deed), name=f"records {_deed.value}")
    )
for _verb in VERBS:
    rules.add_perm(f"cases.{_verb}", _reach & rules.predicate(_does(_verb), name=_verb))
