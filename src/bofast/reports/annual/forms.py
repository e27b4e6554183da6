"""Shape of what the team writes of a year."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from bofast.cases.forms import AmountField
from bofast.domain.money import format_kr
from bofast.reports.annual.outline import SECTIONS
from bofast.reports.models import ProgrammeYear, SourceProfile
from bofast.reports.sources import WORDS

FIRST_YEAR = 1990
LONGEST_COMMENT = 6000
MOST_HOURS = 999_999


class YearField(forms.IntegerField):
    """A year that has begun."""

    def __init__(self, *, today: date, **kwargs: Any) -> None:
        """From 1990 to this year."""
        super().__init__(min_value=FIRST_YEAR, max_value=today.year, **kwargs)


class OptionalAmountField(AmountField):
    """An amount, or nothing where it is not known."""

    def clean(self, value: Any) -> int | None:
        """Øre, or None."""
        return super().clean(value) if str(value or "").strip() else None


class BeginForm(forms.Form):
    """Which report is to be written."""

    def __init__(self, data: Any = None, *, today: date, districts: Sequence[str]) -> None:
        """The years up to `today` and the districts there are."""
        super().__init__(data)
        self.fields["year"] = YearField(
            label=_("Year"), today=today, initial=today.year - 1,
            help_text=_("It can be published when the year is over."),
        )  # fmt: skip
        self.fields["compare"] = YearField(
            label=_("Compare with"), today=today, required=False, initial=today.year - 2,
            help_text=_("An earlier year, or nothing"),
        )  # fmt: skip
        self.fields["district"] = forms.ChoiceField(
            label=_("District"),
            required=False,
            choices=[("", _("The whole city")), *((name, name) for name in districts)],
        )

    def clean(self) -> dict[str, Any]:
        """The year to compare with is an earlier one."""
        said: dict[str, Any] = super().clean() or {}
        year, compare = said.get("year"), said.get("compare")
        if year and compare and compare >= year:
            self.add_error("compare", _("Choose an earlier year than the report's."))
        return said


class CommentsForm(forms.Form):
    """The team's words, a field for each section."""

    def __init__(self, data: Any = None, *, comments: dict[str, str]) -> None:
        """`comments`: what is written already."""
        super().__init__(data)
        for key, section in SECTIONS.items():
            self.fields[key] = forms.CharField(
                label=str(section.title),
                help_text=str(section.ask),
                required=False,
                max_length=LONGEST_COMMENT,
                initial=comments.get(key, ""),
                widget=forms.Textarea(attrs={"rows": 6}),
            )


class CaveatForm(forms.Form):
    """What a source's numbers of a year can not bear."""

    def __init__(self, data: Any = None, *, today: date, sources: Sequence[tuple[str, str]]) -> None:
        """`sources`: those whose numbers are told."""
        super().__init__(data)
        self.fields["year"] = YearField(label=_("Year"), today=today)
        self.fields["source"] = forms.ChoiceField(label=_("Source"), choices=sources)
        self.fields["text"] = forms.CharField(
            label=_("Caveat"), max_length=1000, widget=forms.Textarea(attrs={"rows": 3}),
            help_text=_("For example: the collector was reorganised, and many cases were sent late."),
        )  # fmt: skip


class SourceForm(forms.Form):
    """Whose numbers play a part from a year on."""

    def __init__(self, data: Any = None, *, today: date, sources: Sequence[str]) -> None:
        """`sources`: those whose numbers have come, and those that play a part."""
        super().__init__(data)
        self.fields["part"] = forms.ChoiceField(label=_("Part"), choices=SourceProfile.Part.choices)
        self.fields["since"] = YearField(label=_("From the year"), today=today)
        self.fields["source"] = forms.ChoiceField(
            label=_("Source"), choices=[(name, name) for name in sources],
            help_text=_("A source can be chosen when its numbers have been received."),
        )  # fmt: skip
        self.fields["indicators"] = forms.MultipleChoiceField(
            label=_("Only these of its numbers"), required=False,
            choices=[(word, word) for word in dict.fromkeys(word for words in WORDS.values() for word in words)],
            widget=forms.CheckboxSelectMultiple,
            help_text=_("As the source's file calls them. Choose none to use all that belong to the part."),
        )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        """The numbers chosen belong to the part."""
        said: dict[str, Any] = super().clean() or {}
        foreign = [word for word in said.get("indicators", ()) if word not in WORDS.get(said.get("part", ""), ())]
        if foreign and said.get("part"):
            message = _("%(words)s: no such number belongs to this part.") % {"words": ", ".join(foreign)}
            self.add_error("indicators", message)
        return said


class ProgrammeForm(forms.Form):
    """What the work cost in a year. An empty field is not known, and is left out of the report."""

    def __init__(self, data: Any = None, *, today: date, said: ProgrammeYear | None = None) -> None:
        """`said`: what is entered of the year already."""
        super().__init__(data, initial=_initial(said))
        self.fields["year"] = YearField(label=_("Year"), today=today)
        self.fields["cost"] = OptionalAmountField(
            label=_("The programme's own cost"), required=False, help_text=_("Wages and running costs, in kroner")
        )
        self.fields["hours"] = forms.IntegerField(
            label=_("Hours worked"), required=False, min_value=0, max_value=MOST_HOURS
        )
        self.fields["after_eviction"] = OptionalAmountField(
            label=_("What one eviction costs the municipality afterwards"), required=False,
            help_text=_("Temporary housing, storage, cleaning: your own estimate, in kroner"),
        )  # fmt: skip
        self.fields["note"] = forms.CharField(
            label=_("What the sums are counted from"), required=False, max_length=1000,
            widget=forms.Textarea(attrs={"rows": 3}),
        )  # fmt: skip


def _initial(said: ProgrammeYear | None) -> dict[str, Any]:
    if said is None:
        return {}
    amounts = {name: getattr(said, name) for name in ("cost", "after_eviction")}
    shown = {name: format_kr(ore) for name, ore in amounts.items() if ore is not None}
    return {"year": said.year, "hours": said.hours, "note": said.note, **shown}
