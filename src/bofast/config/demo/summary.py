"""What the demo's arrears lists led to, as of a day: numbers, and a few households by name."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from bofast.access.need_to_know import Viewer
from bofast.arrears.models import DEFAULT_SENDER, QuarantinedRow, ReceivedFile
from bofast.arrears.queries import standing_lists
from bofast.cases.models import Case
from bofast.cases.queries import worklist as listing
from bofast.config.demo.stories import stories
from bofast.domain.facts import Stage

LISTS_SHOWN = 3
MOST_URGENT = 3
OF_THE_REPORT = 4


@dataclass(frozen=True, kw_only=True)
class Summary:
    """The newest lists, oldest first; open cases by stage; the most urgent; those with a day set; the told stories."""

    lists: Sequence[ReceivedFile]
    waiting_rows: int
    by_stage: dict[Stage, int]
    relapses: int
    urgent: Sequence[listing.Item]
    evictions: Sequence[listing.Item]
    stories: Sequence[listing.Item]


def summary(viewer: Viewer, on: date) -> Summary:
    """What there is to see on the day."""
    running = Case.objects.filter(closed_on__isnull=True)
    ranked = listing.narrowed(listing.worklist(viewer, on))
    stages = Counter(running.values_list("stage", flat=True))
    contracts = [story.contract_no for story in stories()[:OF_THE_REPORT]]
    of_the_report = listing.items(list(ranked.filter(tenancy__contract_no__in=contracts)), viewer)
    told = {item.case.tenancy.contract_no: item for item in of_the_report}
    with_a_day = ranked.filter(current__deadline_code="eviction").order_by("current__deadline_on", "number")
    return Summary(
        lists=list(standing_lists(DEFAULT_SENDER).filter(as_of__lte=on))[-LISTS_SHOWN:],
        waiting_rows=QuarantinedRow.objects.filter(state=QuarantinedRow.State.OPEN).count(),
        by_stage={stage: stages[stage] for stage in Stage if stages[stage]},
        relapses=running.filter(relapse_of__isnull=False).count(),
        urgent=listing.items(list(ranked[:MOST_URGENT]), viewer),
        evictions=listing.items(list(with_a_day), viewer),
        stories=[told[contract] for contract in contracts if contract in told],
    )
