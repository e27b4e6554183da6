"""Shape of what a person writes on a case, and the words for the one who writes it."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms import BoundField
from django.utils.translation import gettext_lazy as _

from bofast.access.models import User
from bofast.cases import words
from bofast.cases.models import Case
from bofast.domain.facts import Agency, Channel, Deed, DeedCode, Ground, NoticeContent
from bofast.domain.findings import Part
from bofast.domain.money import AmountError, parse_amount
from bofast.domain.rates import rate

CHANNELS = [(Channel.PAPER.value, _("On paper")), (Channel.ELECTRONIC.value, _("Electronically"))]
CONTENTS = [
    (NoticeContent.WILL_PETITION.value, _("It says that eviction will be petitioned")),
    (NoticeContent.AVOIDED_BY_PAYMENT.value, _("It says that eviction is avoided by paying")),
]
GROUNDS = [
    (Ground.UNPAID_RENT.value, _("a – unpaid rent")),
    (Ground.LEASE_EXPIRED.value, _("b – the lease has run out")),
    (Ground.TERMINATED.value, _("c – the lease is terminated")),
    (Ground.RESCINDED.value, _("d – the lease is rescinded")),
    (Ground.OTHER.value, _("e – other")),
]
NOTICE_FIELDS = ("channel", "content", "ground")
FIELDS: Mapping[DeedCode, tuple[str, ...]] = {
    DeedCode.DEMAND: ("channel", "content"),
    DeedCode.NOTICE: NOTICE_FIELDS,
    DeedCode.SOCIAL_NOTICE: ("ground",),
    DeedCode.PETITION: ("ground",),
    DeedCode.DATE_SET: ("scheduled_on",),
    DeedCode.DEPOSIT: ("amount",),
}
"""Which details matter for which deed; the others need none but the day."""


class DayField(forms.DateField):
    """A day, written with the browser's own day field."""

    def __init__(self, **kwargs: Any) -> None:
        """A day field sends ISO days, whatever the language of the page."""
        super().__init__(widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}), **kwargs)


class AmountField(forms.CharField):
    """An amount as people write it, as whole øre."""

    def clean(self, value: Any) -> int | None:
        """Øre above 0, or a message that says how to write it."""
        text = super().clean(value)
        try:
            amount = parse_amount(text)
        except AmountError:
            amount = 0
        if amount <= 0:
            raise ValidationError(_("Write the amount in kroner, for example 12 500 or 12 500,50."))
        return amount


class Words(forms.CharField):
    """A few lines of text."""

    def __init__(self, **kwargs: Any) -> None:
        """Up to 4,000 characters."""
        super().__init__(widget=forms.Textarea(attrs={"rows": 4}), max_length=4000, **kwargs)


class WorkForm(forms.Form):
    """A form for work on a case. `despite` is only shown once something soft stands in the way."""

    def __init__(self, data: Any, *, case: Case, user: User, today: date) -> None:
        """The case, who writes, and the day."""
        super().__init__(data)
        self.case, self.user, self.today = case, user, today

    def shown_fields(self) -> list[BoundField]:
        """The fields to show before anything stands in the way."""
        return [field for field in self.visible_fields() if field.name != "despite"]

    def _not_ahead(self, name: str) -> date:
        day: date = self.cleaned_data[name]
        if day > self.today:
            raise ValidationError(_("The day has not come yet. Record it when it is done."))
        return day

    def _not_past(self, name: str) -> date:
        day: date = self.cleaned_data[name]
        if day < self.today:
            raise ValidationError(_("Choose today or a later day."))
        return day


def _despite() -> Words:
    return Words(label=_("Still, because …"), required=False, help_text=_("The reason is kept with the step."))


class DeedForm(WorkForm):
    """A step of the procedure or a contact, with the details its kind needs."""

    on = DayField(label=_("Day it was done"))
    channel = forms.ChoiceField(label=_("How it was sent"), choices=CHANNELS, widget=forms.RadioSelect, initial="paper")
    content = forms.MultipleChoiceField(
        label=_("What the letter says"), choices=CONTENTS, widget=forms.CheckboxSelectMultiple, required=False
    )
    ground = forms.ChoiceField(label=_("Ground"), choices=GROUNDS, initial=Ground.UNPAID_RENT.value)
    scheduled_on = DayField(label=_("Day of the eviction"))
    amount = AmountField(label=_("Amount deposited"), help_text=_("In kroner"))
    words = Words(label=_("Note"), required=False)
    despite = _despite()

    def __init__(self, data: Any, *, deed: DeedCode, case: Case, user: User, today: date) -> None:
        """Keeps the fields that matter for `deed`; words of their own only for those who may read them again."""
        super().__init__(data, case=case, user=user, today=today)
        self.deed = deed
        kept = {"on", "despite", *FIELDS.get(deed, ())} | ({"words"} if user.viewer.sees(Part.HELP) else set())
        for name in set(self.fields) - kept:
            del self.fields[name]
        self.fields["on"].initial = today

    def clean_on(self) -> date:
        """A deed is recorded when it is done."""
        return self._not_ahead("on")

    def as_deed(self) -> Deed:
        """The deed as the rules know it."""
        said = self.cleaned_data
        return Deed(
            code=self.deed,
            on=said["on"],
            channel=Channel(said.get("channel", Channel.PAPER)),
            content=frozenset(NoticeContent(each) for each in said.get("content", ())),
            ground=Ground(said.get("ground", Ground.UNPAID_RENT)),
            scheduled_on=said.get("scheduled_on"),
            amount=said.get("amount", 0),
        )


class NoteForm(WorkForm):
    """A note."""

    words = Words(label=_("Note"), help_text=_("Write only what is needed to help. The household may ask to read it."))


class ReviewForm(WorkForm):
    """A day to look at the case again."""

    on = DayField(label=_("Look at the case again on"), help_text=_("A legal date before that day still counts."))
    words = Words(label=_("Why"))

    def clean_on(self) -> date:
        """A day to come, and not so far ahead that the household is out of sight."""
        day = self._not_past("on")
        most = int(rate("longest_review_days").on(self.today).value)
        if day > self.today + timedelta(days=most):
            raise ValidationError(_("Choose a day within %(days)s days.") % {"days": most})
        return day


class HandOverForm(WorkForm):
    """Somebody else to have the case."""

    to = forms.ModelChoiceField(label=_("To"), queryset=User.objects.none(), empty_label=_("Choose a person"))

    def __init__(self, data: Any, *, case: Case, user: User, today: date) -> None:
        """Anybody in a team that helps, save the one who has the case."""
        super().__init__(data, case=case, user=user, today=today)
        people = User.objects.filter(is_active=True, team__agency__in=[Agency.OUTREACH, Agency.SOCIAL_SERVICES])
        self.fields["to"].queryset = people.exclude(held_cases=case).select_related("team")  # type: ignore[attr-defined]
        self.fields["to"].label_from_instance = lambda person: f"{person}, {person.team}"  # type: ignore[attr-defined]


class TaskForm(WorkForm):
    """Something somebody is to do by a day."""

    words = forms.CharField(label=_("What is to be done"), max_length=300)
    on = DayField(label=_("To be done by"))
    agency = forms.ChoiceField(
        label=_("Who is to do it"),
        help_text=_("Those who are asked read the text. Do not tell the landlord or the collector about the help."),
    )

    def __init__(self, data: Any, *, case: Case, user: User, today: date) -> None:
        """One's own agency first."""
        super().__init__(data, case=case, user=user, today=today)
        asked = dict.fromkeys((user.agency, Agency.OUTREACH, Agency.SOCIAL_SERVICES, Agency.LANDLORD, Agency.COLLECTOR))
        self.fields["agency"].choices = [(agency, words.owner(agency)) for agency in asked]  # type: ignore[attr-defined]

    def clean_on(self) -> date:
        """A day to come."""
        return self._not_past("on")


class CloseForm(WorkForm):
    """How it went. Follow-up starts from the day."""

    outcome = forms.ChoiceField(
        label=_("How did it go?"),
        choices=[choice for choice in Case.Outcome.choices if choice[0] != Case.Outcome.RETURNED],
        widget=forms.RadioSelect,
    )
    on = DayField(label=_("Day of the outcome"))
    words = Words(label=_("Note"), required=False)
    despite = _despite()

    def __init__(self, data: Any, *, case: Case, user: User, today: date) -> None:
        """The day is today's until somebody says otherwise."""
        super().__init__(data, case=case, user=user, today=today)
        self.fields["on"].initial = today

    def clean_on(self) -> date:
        """An outcome is recorded when it is there."""
        return self._not_ahead("on")


class SearchForm(forms.Form):
    """What to search for; sent by POST, so that nothing about a person stands in an address."""

    text = forms.CharField(
        label=_("Name, contract number, address, KID or case number"),
        help_text=_("At least three letters or digits."),
        min_length=3,
        max_length=100,
        widget=forms.TextInput(attrs={"autocomplete": "off", "type": "search"}),
    )


class DayForm(forms.Form):
    """A day to see the rules of."""

    on = DayField(label=_("Rules in force on"))
