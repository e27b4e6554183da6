"""The bytes kept of each file: cut down to what is still needed of them."""

from collections.abc import Container

from django.utils import timezone

from bofast.arrears import queries
from bofast.arrears.models import FileContent, FileKind, QuarantinedRow, ReceivedFile, Tenancy
from bofast.domain.files import Kind, Refused
from bofast.domain.files.redaction import Sheet, read


def sheet_of(content: FileContent) -> Sheet | None:
    """The file as it is read now; None where the sender's column names of today no longer fit it."""
    kind = Kind(content.file.kind)
    try:
        return read(bytes(content.data), kind, queries.profile(content.file.sender, kind))
    except Refused:
        return None


def empty_lines(content: FileContent, sheet: Sheet, lines: Container[int]) -> None:
    """Keep the file without these lines, and without whatever else was in it."""
    content.data, content.redacted_at = sheet.without(lines), timezone.now()
    content.save(update_fields=["data", "redacted_at"])


def reduce_former_registers(sender: str) -> None:
    """Of all this sender's registers but the newest, keep only the rows that are still read.

    Those are the rows a contract points at because no later register has it, and those that wait for somebody. A
    register without any is dropped; its receipt stays.
    """
    registers = ReceivedFile.objects.filter(kind=FileKind.REGISTER, sender=sender).order_by("-pk").values_list("pk")
    former = FileContent.objects.filter(file__in=registers[1:]).select_related("file").defer("data")
    for content in former:
        if needed := _needed_lines(content.file):
            _reduce(content, needed)
        else:
            content.delete()


def _needed_lines(register: ReceivedFile) -> set[int]:
    pointed = Tenancy.objects.filter(register_file=register).values_list("register_line", flat=True)
    waiting = QuarantinedRow.objects.filter(file=register, state=QuarantinedRow.State.OPEN)
    return {line for line in pointed if line} | set(waiting.values_list("line", flat=True))


def _reduce(content: FileContent, needed: set[int]) -> None:
    sheet = sheet_of(content)
    if sheet and (superfluous := sheet.filled - needed):
        empty_lines(content, sheet, superfluous)
