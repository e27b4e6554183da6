"""Forms of the room: files handed over, a row put right, a sender's columns named."""

from collections.abc import Container, Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from bofast.access.need_to_know import Viewer
from bofast.arrears import senders
from bofast.arrears.models import FileKind, QuarantinedRow
from bofast.arrears.queries import read_fault
from bofast.domain.files.columns import Column, Kind, match
from bofast.domain.files.parsing import TABLES

LONGEST_CELL = 2000
HIDDEN = "•••"
"""Stands for a cell that is not shown; left as it is, the cell stays as sent."""


class SeveralFiles(forms.FileInput):
    """A file field that takes more than one."""

    allow_multiple_selected = True


class FilesField(forms.FileField):
    """One or more files; an empty one is let through, because the reader of files says what is wrong with it."""

    widget = SeveralFiles

    def clean(self, data: Any, initial: Any = None) -> "list[UploadedFile[Any]]":
        """Every file, each checked alone."""
        files = list(data) if isinstance(data, list | tuple) else [data]
        return [super(FilesField, self).clean(file, initial) for file in files or [None]]


class ReceiveForm(forms.Form):
    """Files to take in. Kind, day and sender are asked for only where they cannot be guessed."""

    uploads = FilesField(
        label=_("Choose one or more files"),
        help_text=_(
            "CSV, XLSX or ODS, as they come out of the rent or collection system. Each file is taken in once only."
        ),
        allow_empty_file=True,
        max_length=255,
    )
    kind = forms.ChoiceField(
        label=_("What the file is"),
        choices=[("", _("Let Bofast see for itself")), *FileKind.choices],
        required=False,
    )
    as_of = forms.DateField(
        label=_("The day of the list"),
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        required=False,
    )
    sender = forms.ChoiceField(label=_("Who sent it"), required=False)

    def __init__(self, *args: Any, today: date, viewer: Viewer, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._today = today
        self.senders = senders.choices(viewer)
        self.fields["sender"].choices = self.senders  # type: ignore[attr-defined]  # a choice of texts

    def clean_as_of(self) -> date | None:
        """The day, which is no day to come."""
        day: date | None = self.cleaned_data["as_of"]
        if day and day > self._today:
            raise ValidationError(gettext("This day has not come yet. Give the day the list was made."))
        return day

    def clean_sender(self) -> str:
        """The sender chosen, or the one there usually is."""
        return str(self.cleaned_data["sender"] or self.senders[0][0])

    @property
    def chosen_kind(self) -> Kind | None:
        """The kind the person gave, if any."""
        kind = self.cleaned_data["kind"]
        return Kind(kind) if kind else None


class CorrectionForm(forms.Form):
    """One quarantined row with a field for each of its columns, as sent; those at fault are `faulty`.

    `hidden`: the headers whose cells the person may not see, but may write anew.
    """

    def __init__(self, row: QuarantinedRow, data: Any = None, *, hidden: Container[str] = ()) -> None:
        super().__init__(data, prefix=f"row{row.pk}")
        self.row, self._faults, self._hidden = row, list(row.faults), hidden
        for number, (header, text) in enumerate(self.sent):
            field = forms.CharField(label=header, initial=text, required=False, max_length=LONGEST_CELL)
            self.fields[f"cell{number}"] = field
        self._mark()

    def still_wrong(self, faults: Sequence[Mapping[str, Any]]) -> "CorrectionForm":
        """The same form with what is wrong with the row as now written, in the form it is kept."""
        self._faults = list(faults)
        self._mark()
        return self

    def _mark(self) -> None:
        """Tie each field at fault to the words about it, for those who do not see them side by side."""
        at_fault = {fault["column"] for fault in self._faults}
        for field in self.fields.values():
            for name, value in (("aria-invalid", "true"), ("aria-describedby", self.told_id)):
                field.widget.attrs.pop(name, None)
                if field.label in at_fault:
                    field.widget.attrs[name] = value

    @property
    def told_id(self) -> str:
        """Where on the page it says what is wrong."""
        return f"told-{self.row.pk}"

    @property
    def told(self) -> list[str]:
        """What is wrong, in words."""
        language = (get_language() or "nb")[:2]
        return [read_fault(self._without_words(fault)).message(language) for fault in self._faults]

    def _without_words(self, fault: Mapping[str, Any]) -> dict[str, Any]:
        """A fault that quotes nothing of a cell that is not shown."""
        if fault["column"] not in self._hidden:
            return dict(fault)
        return {**fault, "facts": dict.fromkeys(fault["facts"], HIDDEN)}

    @property
    def sent(self) -> list[tuple[str, str]]:
        """Header and cell as sent, as far as it is shown."""
        return self._shown(self.row.cells)

    def _shown(self, cells: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
        return [(header, HIDDEN if text and header in self._hidden else text) for header, text in cells]

    @property
    def faulty(self) -> list[forms.BoundField]:
        """The fields that something is wrong with, or that were wrong when the row came in."""
        at_fault = {fault["column"] for fault in [*self.row.faults, *self._faults]}
        return [field for field in self if field.label in at_fault]

    @property
    def faulty_headers(self) -> set[str]:
        """Their names as sent."""
        return {str(field.label) for field in self.faulty}

    @property
    def others(self) -> list[forms.BoundField]:
        """The rest of the row."""
        faulty = {field.name for field in self.faulty}
        return [field for field in self if field.name not in faulty]

    @property
    def cells(self) -> dict[str, str]:
        """Header as sent → what the person has written; what was not shown and not written anew, as sent."""
        written = ((header, text, self.cleaned_data[f"cell{n}"]) for n, (header, text) in enumerate(self.row.cells))
        return {header: sent if header in self._hidden and said == HIDDEN else said for header, sent, said in written}

    @property
    def corrected(self) -> list[tuple[str, str, str]]:
        """Header, as sent, as put right: the cells somebody changed."""
        sent, shown = dict(self.row.cells), dict(self.sent)
        right = self.row.corrected_cells or ()
        changed = {name for name, text in right if text != sent.get(name)}
        return [(name, shown.get(name, ""), text) for name, text in self._shown(right) if name in changed]


class ProfileForm(forms.Form):
    """Which of our columns each column of a sender is. `headers` are the sender's own names, in their order."""

    def __init__(self, headers: Sequence[str], kind: Kind, data: Any = None) -> None:
        super().__init__(data, prefix="profile")
        self.headers, self.kind = list(headers), kind
        recognised = {place: key for key, place in match(self.headers, TABLES[kind], {}).places.items()}
        choices = [("", gettext("Not used"))] + [(column.key, _name(column)) for column in TABLES[kind].columns]
        for place, header in enumerate(self.headers):
            self.fields[f"column{place}"] = forms.ChoiceField(
                label=header, choices=choices, initial=recognised.get(place, ""), required=False
            )

    @property
    def columns(self) -> dict[str, str]:
        """Header as sent → our key."""
        return {header: self.cleaned_data[f"column{place}"] for place, header in enumerate(self.headers)}

    def clean(self) -> dict[str, Any]:
        """Every required column once, and no column twice."""
        chosen = [key for key in self.cleaned_data.values() if key]
        columns = TABLES[self.kind].columns
        missing = [column.names[0] for column in columns if column.required and column.key not in chosen]
        twice = [column.names[0] for column in columns if chosen.count(column.key) > 1]
        if missing:
            raise ValidationError(gettext("Say which column is %(columns)s.") % {"columns": ", ".join(missing)})
        if twice:
            raise ValidationError(gettext("Chosen more than once: %(columns)s.") % {"columns": ", ".join(twice)})
        return self.cleaned_data


def _name(column: Column) -> str:
    return f"{column.names[0]} *" if column.required else column.names[0]
