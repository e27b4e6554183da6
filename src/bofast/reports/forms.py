"""What the reader of the statistics may ask for, and may assume; everything travels in the address."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from itertools import pairwise
from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from bofast.access.models import AGENCY_CHOICES
from bofast.domain.costs import Reading
from bofast.domain.money import AmountError, parse_amount
from bofast.domain.routines import FIGURE_3
from bofast.domain.statistics import Period, Question, is_maskable
from bofast.domain.statistics.fees import READINGS
from bofast.domain.statistics.periods import written
from bofast.reports.queries import HANDLING
from bofast.reports.rights import ONLY_UNMASKED

FIRST_YEAR, LAST_YEAR = 1990, 2100
READING_CHOICES = [
    ("", _("Both")),
    (Reading.PRINTED.value, _("As printed in 2006")),
    (Reading.ACT.value, _("By the act")),
]
HALVES = [("", _("The whole year")), ("1", _("January to June")), ("2", _("July to December"))]
HANDLED_BY = [("", _("All")), *((value, name) for value, name in AGENCY_CHOICES if value in HANDLING)]


def _year(text: str) -> int:
    year = int(text)
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise ValueError(text)
    return year


def _day(label: Any, *, required: bool = False) -> forms.DateField:
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, required=required, widget=widget)


class StatisticsForm(forms.Form):
    """Which period, beside which, for which district, with the fees read how. What is left out has a default."""

    year = forms.TypedChoiceField(label=_("Year"), coerce=_year)
    half = forms.TypedChoiceField(label=_("Part of the year"), choices=HALVES, coerce=int, required=False)
    compare = forms.ChoiceField(label=_("Compare with"), required=False)
    district = forms.ChoiceField(label=_("District"), required=False)
    fees = forms.ChoiceField(label=_("Court fees"), choices=READING_CHOICES, required=False)

    def __init__(
        self, asked: Any, *, years: Sequence[int], districts: Sequence[str], today: date, unmasked: bool
    ) -> None:
        """`years`: those there is anything for, newest first; this year may be asked for though there is nothing.

        `unmasked`: the asker sees small numbers, and so may choose days, an earlier day and an agency too.
        """
        self.today, self.unmasked = today, unmasked
        super().__init__(self._with_defaults(asked.copy(), years))
        self._choices("year", [(str(y), str(y)) for y in sorted({*years, today.year}, reverse=True)])
        same = [(str(y), str(y)) for y in years]
        halves = [(f"{y}-{half}", _half(y, half)) for y in years for half in (2, 1)]
        to_compare = [("", _("No comparison")), (_("The same part of"), same), (_("Half-years"), halves)]
        self._choices("compare", to_compare)
        self._choices("district", [("", _("The whole city")), *((name, name) for name in districts)])
        if unmasked:
            self.fields |= {name: make() for name, make in FOR_THE_TEAM.items()}

    def _with_defaults(self, chosen: Any, years: Sequence[int]) -> Any:
        """The newest year and the one before it; nothing is compared with days of one's own."""
        chosen.setdefault("year", str(years[0] if years else self.today.year))
        self.year_before = _before(chosen["year"], years)
        if self.year_before and not chosen.get("from"):
            chosen.setdefault("compare", str(self.year_before))
        return chosen

    def _choices(self, name: str, choices: list[tuple[Any, Any]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = choices

    def clean(self) -> dict[str, Any]:
        """Days come in pairs and in order, a comparison is with an earlier period, and what is masked can be."""
        found = super().clean() or {}
        for first, last in (("from", "to"), ("compare_from", "compare_to")):
            self._pair(found.get(first), found.get(last), last)
        if found.get("as_of") and found["as_of"] > self.today:
            self.add_error("as_of", _("Choose a day that has been."))
        if "year" in found and not self.errors and self.compared and self.compared.last >= self.period.first:
            self.add_error("compare", _("Choose an earlier period to compare with."))
        if not self.unmasked and not self._is_maskable(found):
            self.add_error(None, ONLY_UNMASKED)
        return found

    def _is_maskable(self, found: Mapping[str, Any]) -> bool:
        """Whether nothing is asked for that could be subtracted from what is told, of either period."""
        if any(self.data.get(name) for name in FOR_THE_TEAM):
            return False
        periods = () if self.errors else filter(None, (self.period, self.compared))
        return all(is_maskable(Question(period=each, district=found["district"] or None)) for each in periods)

    def _pair(self, first: date | None, last: date | None, name: str) -> None:
        if (first is None) is not (last is None) and name in self.fields:
            self.add_error(name, _("Give both the first and the last day."))
        if first and last and last < first:
            self.add_error(name, _("The last day is before the first."))

    @property
    def period(self) -> Period:
        """The period asked for; days of one's own before the year. Only of a valid form."""
        given = self.cleaned_data
        if given.get("from"):
            return Period.between(given["from"], given["to"])
        return Period.of_half(given["year"], given["half"]) if given["half"] else Period.of_year(given["year"])

    @property
    def compared(self) -> Period | None:
        """The period beside it: days of one's own, a half-year, or the same part of another year."""
        given = self.cleaned_data
        if given.get("compare_from"):
            return Period.between(given["compare_from"], given["compare_to"])
        year, _dash, half = given.get("compare", "").partition("-")
        if half:
            return Period.of_half(int(year), int(half))
        return self.period.moved_to(int(year)) if year else None

    @property
    def own_choices(self) -> list[forms.BoundField]:
        """The fields of the case team alone."""
        return [self[name] for name in FOR_THE_TEAM if name in self.fields]

    @property
    def own_chosen(self) -> bool:
        """Whether any of them is used, so that they stand open."""
        return any(self.data.get(name) for name in FOR_THE_TEAM)

    @property
    def readings(self) -> tuple[Reading, ...]:
        """How the fees are read: one way or both."""
        chosen = self.cleaned_data["fees"]
        return (Reading(chosen),) if chosen else READINGS


FOR_THE_TEAM: Mapping[str, Callable[[], forms.Field]] = {
    "from": lambda: _day(_("First day")),
    "to": lambda: _day(_("Last day")),
    "compare_from": lambda: _day(_("First day to compare with")),
    "compare_to": lambda: _day(_("Last day to compare with")),
    "as_of": lambda: _day(_("As recorded on")),
    "agency": lambda: forms.ChoiceField(label=_("Handled by"), choices=HANDLED_BY, required=False),
}
"""What only those who see small numbers may choose: other numbers could be subtracted from these."""


def _half(year: int, half: int) -> str:
    return written(Period.of_half(year, half), (get_language() or "nb")[:2])


def _before(year: str, years: Sequence[int]) -> int | None:
    """The year right before, where there is anything for it."""
    before = int(year) - 1 if year.isascii() and year.isdigit() and len(year) < 5 else None
    return before if before in years else None


class KronerField(forms.CharField):
    """Kroner as people write them, as whole øre."""

    def clean(self, value: Any) -> int | None:
        """Øre, or a message that says how to write it; None where it may be left empty and is."""
        text = super().clean(value)
        if not text:
            return None
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
COUNTED = ("households", "petitions", "debt")
"""Assumptions the year's numbers give; empty where they do not."""


def _number(label: Any) -> forms.IntegerField:
    return forms.IntegerField(label=label, min_value=0, max_value=MANY, required=False)


def _percent(label: Any, initial: int) -> forms.IntegerField:
    return forms.IntegerField(label=label, min_value=0, max_value=100, initial=initial)


class RoutinesForm(forms.Form):
    """Every assumption of the arithmetic on routines; what the address leaves out is as the year's cases have it."""

    on = _day(_("Day the fees are taken from, and the rent falls due"), required=True)
    households = _number(_("Households entitled to a decision"))
    petitions = _number(_("Petitions in the year"))
    debt = KronerField(label=_("Arrears of a household, in kroner"), max_length=20, required=False)
    reminded = _days(_("Days from the rent's due day until the reminder"), FIGURE_3.reminded)
    demanded = _days(_("Days from the rent's due day until the collector's demand"), FIGURE_3.demanded)
    petitioned = _days(_("Days from the rent's due day until the collector's petition"), FIGURE_3.petitioned)
    writing = KronerField(
        label=_("The collector's fee for writing a petition, in kroner"), max_length=20, required=False,
        help_text=_("Left empty: the most the rules of the day allow"),
    )  # fmt: skip
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
        for name in COUNTED:
            if not self.data.get(name):
                self.fields[name].help_text = _("The number is hidden or not known: write your own")

    @property
    def zero_share_fields(self) -> list[forms.BoundField]:
        """The assumption on zero-share decisions."""
        return [self[name] for name in ("on", "households")]

    @property
    def routes_fields(self) -> list[forms.BoundField]:
        """The assumptions on the two routes."""
        collector = ("reminded", "demanded", "petitioned", "writing")
        return [self[name] for name in ("petitions", "debt", *collector, "notice_after", "covered")]

    def clean(self) -> dict[str, Any]:
        """The collector takes its steps in their order."""
        found = super().clean() or {}
        for step, later in pairwise(("reminded", "demanded", "petitioned")):
            if step in found and later in found and found[later] < found[step]:
                self.add_error(later, _("This step comes after the one before it: write as many days or more."))
        return found

    @property
    def plans_fields(self) -> list[forms.BoundField]:
        """The assumptions on payment plans."""
        return [self[name] for name in ("monthly", "months", "other_monthly", "other_months", "means")]

    @property
    def list_fields(self) -> list[forms.BoundField]:
        """The assumptions on an earlier list."""
        return [self[name] for name in ("days", "needed", "stopped")]
