"""What the reader of the statistics may ask for, and may assume; everything travels in the address."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from bofast.domain.costs import Reading
from bofast.domain.money import AmountError, parse_amount
from bofast.domain.statistics import Period
from bofast.domain.statistics.fees import READINGS

FIRST_YEAR, LAST_YEAR = 1990, 2100
READING_CHOICES = [
    ("", _("Both")),
    (Reading.PRINTED.value, _("As printed in 2006")),
    (Reading.ACT.value, _("By the act")),
]


def _year(text: str) -> int:
    year = int(text)
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise ValueError(text)
    return year


class StatisticsForm(forms.Form):
    """Which year, beside which, for which district, with the fees read how. What is left out has a default."""

    year = forms.TypedChoiceField(label=_("Year"), coerce=_year)
    compare = forms.TypedChoiceField(label=_("Compare with"), coerce=_year, required=False, empty_value=None)
    district = forms.ChoiceField(label=_("District"), required=False)
    fees = forms.ChoiceField(label=_("Court fees"), choices=READING_CHOICES, required=False)

    def __init__(self, asked: Any, *, years: Sequence[int], districts: Sequence[str], this_year: int) -> None:
        """`years`: those there is anything for, newest first; this year may be asked for though there is nothing."""
        chosen = asked.copy()
        chosen.setdefault("year", str(years[0] if years else this_year))
        self.year_before = _before(chosen["year"], years)
        if self.year_before:
            chosen.setdefault("compare", str(self.year_before))
        super().__init__(chosen)
        self._choices("year", [(str(y), str(y)) for y in sorted({*years, this_year}, reverse=True)])
        self._choices("compare", [("", _("No comparison")), *((str(y), str(y)) for y in years)])
        self._choices("district", [("", _("The whole city")), *((name, name) for name in districts)])

    def _choices(self, name: str, choices: list[tuple[str, Any]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = choices

    def clean(self) -> dict[str, Any]:
        """A comparison is with an earlier year."""
        found = super().clean() or {}
        year, compare = found.get("year"), found.get("compare")
        if year and compare and compare >= year:
            self.add_error("compare", _("Choose an earlier year to compare with."))
        return found

    @property
    def period(self) -> Period:
        """The year asked for. Only of a valid form."""
        return Period.of_year(self.cleaned_data["year"])

    @property
    def compared(self) -> Period | None:
        """The year beside it."""
        compare = self.cleaned_data["compare"]
        return Period.of_year(compare) if compare else None

    @property
    def readings(self) -> tuple[Reading, ...]:
        """How the fees are read: one way or both."""
        chosen = self.cleaned_data["fees"]
        return (Reading(chosen),) if chosen else READINGS


def _before(year: str, years: Sequence[int]) -> int | None:
    """The year right before, where there is anything for it."""
    before = int(year) - 1 if year.isascii() and year.isdigit() and len(year) < 5 else None
    return before if before in years else None


class KronerField(forms.CharField):
    """Kroner as people write them, as whole øre."""

    def clean(self, value: Any) -> int:
        """Øre, or a message that says how to write it."""
        text = super().clean(value)
        try:
            amount = parse_amount(text)
        except AmountError:
            amount = -1
        if amount < 0:
            raise forms.ValidationError(_("Write an amount in kroner, such as 16 754."))
        return amount


def _days(label: Any, initial: int) -> forms.IntegerField:
    return forms.IntegerField(label=label, min_value=0, max_value=730, initial=initial)


MANY = 1_000_000


def _percent(label: Any, initial: int) -> forms.IntegerField:
    return forms.IntegerField(label=label, min_value=0, max_value=100, initial=initial)


class RoutinesForm(forms.Form):
    """Every assumption of the arithmetic on routines; what the address leaves out is as the year's cases have it."""

    households = forms.IntegerField(label=_("Households entitled to a decision"), min_value=0, max_value=MANY)
    petitions = forms.IntegerField(label=_("Petitions in the year"), min_value=0, max_value=MANY)
    debt = KronerField(label=_("Arrears of a household, in kroner"), max_length=20)
    notice_after = _days(_("Days from the rent's due day until the landlord sends the notice"), 31)
    covered = _percent(_("Percent of the households whose costs the social services cover"), 30)
    monthly = KronerField(label=_("Least instalment today, kroner a month"), max_length=20, initial="1000")
    months = forms.IntegerField(label=_("Longest plan today, months"), min_value=1, max_value=120, initial=12)
    other_monthly = KronerField(label=_("Least instalment if relaxed, kroner a month"), max_length=20, initial="500")
    other_months = forms.IntegerField(
        label=_("Longest plan if relaxed, months"), min_value=1, max_value=120, initial=24
    )
    means = _percent(_("Percent of its income a household can pay in instalments"), 10)
    days = _days(_("Days earlier that the list comes"), 14)
    needed = _days(_("Days from the list until help takes effect"), 28)
    stopped = _percent(_("Percent of the households helped in time whose petition is not filed"), 50)

    def __init__(self, asked: Any, *, known: dict[str, str]) -> None:
        """`known`: what the year's cases say of some of the assumptions."""
        initial = {name: field.initial for name, field in self.base_fields.items() if field.initial is not None}
        super().__init__({name: asked.get(name, value) for name, value in {**asked.dict(), **initial, **known}.items()})

    @property
    def zero_share_fields(self) -> list[forms.BoundField]:
        """The assumption on zero-share decisions."""
        return [self["households"]]

    @property
    def routes_fields(self) -> list[forms.BoundField]:
        """The assumptions on the two routes."""
        return [self[name] for name in ("petitions", "debt", "notice_after", "covered")]

    @property
    def plans_fields(self) -> list[forms.BoundField]:
        """The assumptions on payment plans."""
        return [self[name] for name in ("monthly", "months", "other_monthly", "other_months", "means")]

    @property
    def list_fields(self) -> list[forms.BoundField]:
        """The assumptions on an earlier list."""
        return [self[name] for name in ("days", "needed", "stopped")]
