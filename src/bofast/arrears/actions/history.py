"""Case registers and agency counts: history for the statistics, never for the worklist."""

from collections.abc import Sequence

from bofast.arrears.models import AgencyCount, FormerRegisteredCase, ReceivedFile, RegisteredCase
from bofast.arrears.queries import in_chunks
from bofast.domain.files import Row


def enter_cases(file: ReceivedFile, rows: Sequence[Row]) -> None:
    """Each case of the register, by its number; a later register takes over the cases it names."""
    newest = {row.values["case_no"]: row for row in rows}
    _keep_former(list(newest))
    RegisteredCase.objects.bulk_create(
        (
            RegisteredCase(
                file=file,
                line=row.line,
                case_no=case_no,
                opened_on=row.values["opened_on"],
                district=row.values.get("district", ""),
                values=dict(row.values),
            )
            for case_no, row in newest.items()
        ),
        update_conflicts=True,
        unique_fields=["case_no"],
        update_fields=["file", "line", "opened_on", "district", "values"],
        batch_size=1000,
    )


TOLD = ("file_id", "line", "case_no", "opened_on", "district", "values")


def _keep_former(numbers: Sequence[str]) -> None:
    """What was said of these cases until now, for reports as of an earlier day."""
    known = in_chunks(RegisteredCase.objects.all(), "case_no", numbers)
    former = (FormerRegisteredCase(**{name: getattr(case, name) for name in TOLD}) for case in known)
    FormerRegisteredCase.objects.bulk_create(former, batch_size=1000)


def enter_counts(file: ReceivedFile, rows: Sequence[Row]) -> None:
    """Each agency's number with its day; which one is in force is a question for the reader of them."""
    AgencyCount.objects.bulk_create(
        AgencyCount(
            file=file,
            line=row.line,
            year=row.values["year"],
            source=row.values["source"],
            indicator=row.values["indicator"],
            count=row.values["count"],
            as_of=row.values["as_of"],
            note=row.values.get("note", ""),
        )
        for row in rows
    )
