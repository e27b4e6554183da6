"""What of the rows in quarantine a viewer may see.

Nobody knows for certain whose such a row is. So the cells that may say where somebody lives are kept from everybody but
those named, where the household has a protected address or the row itself says so, and from everybody where the row's
household is not one we follow: the register may protect it. A household shielded as a whole is told by no row of its.
"""

from collections.abc import Iterable, Mapping, Sequence

from django.db.models import Exists, OuterRef, QuerySet

from bofast.access.need_to_know import Viewer
from bofast.arrears import queries
from bofast.arrears.models import Claim, QuarantinedRow, ReceivedFile, Resident, Tenancy
from bofast.arrears.shielding import address_hidden_from, closed_to, named_for
from bofast.domain.files import Kind
from bofast.domain.files.columns import match
from bofast.domain.files.parsing import TABLES
from bofast.domain.files.redaction import Sought, marks_of
from bofast.domain.files.values import protected

WHERE = frozenset({"address", "postal_code", "city", "district", "dwelling_no", "phone", "email"})
"""Columns that say where somebody lives or how to find out; a column nobody knows may say it too."""
TELLS_OF_A_HOME = frozenset({Kind.ARREARS, Kind.REGISTER})
OUT_OF_SHAPE = frozenset({"broken_quotes", "row_ends_early", "too_many_cells"})
"""Faults after which a cell may stand under any header."""

NOTHING: frozenset[str] = frozenset()


class SeenRows:
    """The quarantined rows of one file as one viewer may see them."""

    def __init__(self, file: ReceivedFile, viewer: Viewer) -> None:
        """Reads only how the sender names its columns."""
        self._file, self._viewer, self._kind = file, viewer, Kind(file.kind)
        self._profile = queries.profile(file.sender, self._kind)

    def all(self) -> QuerySet[QuarantinedRow]:
        """Those waiting first, then by line; without those of households the viewer may not know of."""
        rows = queries.quarantine(self._file)
        closed = list(Tenancy.objects.filter(closed_to(self._viewer, "pk")).prefetch_related("residents"))
        if not closed:
            return rows
        sought = _sought(closed)
        return rows.exclude(pk__in=[row.pk for row in rows if self._is_about(row, sought)])

    def hidden(self, rows: Sequence[QuarantinedRow]) -> dict[int, frozenset[str]]:
        """Of each row, by its id, the headers whose cells are not shown."""
        if self._kind not in TELLS_OF_A_HOME:
            return {row.pk: NOTHING for row in rows}
        known = self._known(rows)
        return {row.pk: self._hidden(row, known.get(self._said(row, "contract_no"))) for row in rows}

    def _known(self, rows: Iterable[QuarantinedRow]) -> Mapping[str, Tenancy]:
        """The households of these rows that we follow or have shielded, by contract number."""
        numbers = [self._said(row, "contract_no") for row in rows]
        found = Tenancy.objects.annotate(
            seen=Exists(named_for("pk", self._viewer)),
            hides=address_hidden_from(self._viewer, "pk"),
            followed=Exists(Claim.objects.filter(tenancy=OuterRef("pk"))),
        )
        return {tenancy.contract_no: tenancy for tenancy in found.filter(contract_no__in=numbers)}

    def _hidden(self, row: QuarantinedRow, household: Tenancy | None) -> frozenset[str]:
        if household and (household.seen or (household.followed and not (household.hides or self._marked(row)))):  # type: ignore[attr-defined]
            return NOTHING
        headers = [header for header, _text in row.cells]
        if OUT_OF_SHAPE & {fault["code"] for fault in row.faults}:
            return frozenset(headers)
        shown = {header for key, header in self._columns(row).items() if key not in WHERE}
        return frozenset(headers) - shown

    def _marked(self, row: QuarantinedRow) -> bool:
        mark = self._said(row, "address_protection")
        return bool(mark) and protected(mark)

    def _is_about(self, row: QuarantinedRow, sought: Sought) -> bool:
        texts = (text for _header, text in (*row.cells, *(row.corrected_cells or ())))
        return sought.on(self._said(row, "contract_no"), texts)

    def _said(self, row: QuarantinedRow, key: str) -> str:
        header = self._columns(row).get(key, "")
        return " ".join(dict(row.corrected_cells or row.cells).get(header, "").split())

    def _columns(self, row: QuarantinedRow) -> Mapping[str, str]:
        """Key → header as sent."""
        return match(tuple(header for header, _text in row.cells), TABLES[self._kind], self._profile).by_key


def _sought(tenancies: Iterable[Tenancy]) -> Sought:
    """By what these households are known, in a row that has no other household's contract number."""
    contracts = frozenset(tenancy.contract_no for tenancy in tenancies)
    people = [resident for tenancy in tenancies for resident in tenancy.residents.all()]
    said = [text for person in people for text in _of_a_person(person)] + [tenancy.kid for tenancy in tenancies]
    return Sought(contracts, marks_of(text for text in said if text), queries.known_contracts() - contracts)


def _of_a_person(person: Resident) -> tuple[str, ...]:
    return person.name, person.national_id, person.phone, person.email
