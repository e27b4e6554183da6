"""Shape of what a person writes on a case: steps, notes, reviews, hand-overs, tasks, closing."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from bofast.access.models import Assignment, User
from bofast.access.need_to_know import HELPERS
from bofast.arrears.shielding import past_shields
from bofast.cases import words
from bofast.cases.forms.fields import AmountField, DayField, Words, WorkForm, capitals, despite
from bofast.cases.models import Case, Consent
from bofast.domain.facts import Agency, Channel, Deed, DeedCode, Ground, NoticeContent
from bofast.domain.findings import Part
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
RESERVATIONS = frozenset({DeedCode.OPT_OUT, DeedCode.OPT_OUT_ENDED})
WHERE_TO = [("", _("Not known, or they did not move")), *words.MOVED_TO.items()]
NOTICE_FIELDS = ("channel", "content", "ground")
FIELDS: Mapping[DeedCode, tuple[str, ...]] = {
    DeedCode.DEMAND: ("channel", "content"),
    DeedCode.NOTICE: NOTICE_FIELDS,
    DeedCode.SOCIAL_NOTICE: ("ground",),
    DeedCode.PETITION: ("ground",),
    DeedCode.DATE_SET: ("scheduled_on",),
    DeedCode.DEPOSIT: ("amount",),
    DeedCode.OPT_OUT: ("channel", "given_by"),
    DeedCode.OPT_OUT_ENDED: ("given_by",),
    DeedCode.CONTACT: ("contact_by",),
    DeedCode.CONTACT_TRIED: ("contact_by",),
}
"""Which details matter for which deed; the others need none but the day."""


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
    given_by = forms.ChoiceField(
        label=_("Who opted out?"), choices=capitals(Consent.GivenBy.choices), widget=forms.RadioSelect
    )
    contact_by = forms.ChoiceField(label=_("How"), choices=[*words.CONTACT_BY.items()], widget=forms.RadioSelect)
    words = Words(label=_("Note"), required=False)
    despite = despite()

    def __init__(self, data: Any, *, deed: DeedCode, case: Case, user: User, today: date) -> None:
        """Keeps the fields that matter for `deed`; words of their own only for those who may read them again."""
        super().__init__(data, case=case, user=user, today=today)
        self.deed = deed
        kept = {"on", "despite", *FIELDS.get(deed, ())} | ({"words"} if user.viewer.sees(Part.HELP) else set())
        for name in set(self.fields) - kept:
            del self.fields[name]
        self.fields["on"].initial = today
        if deed is DeedCode.DATE_SET:
            self.fields["on"].label = _("Day the enforcement officer set it")
        if deed in RESERVATIONS:
            self._ask_about_reservation()

    def _ask_about_reservation(self) -> None:
        """The tenant does it, not we: the same fields in other words."""
        self.fields["on"].label, self.fields["given_by"].initial = _("Day it came"), Consent.GivenBy.TENANT.value
        if self.deed is DeedCode.OPT_OUT_ENDED:
            self.fields["given_by"].label = _("Who took it back?")
        if "channel" in self.fields:
            self.fields["channel"].label = _("How it was written")
            self.fields["channel"].help_text = _(
                "A reservation is made in writing (husleieloven § 9-11). If it was only said, help them write it."
            )

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

    on = DayField(
        label=_("Look at the case again on"),
        help_text=_(
            "A legal date before that day still counts. Landlord and collector see that the case is on hold until then "
            "and nothing more."
        ),
    )
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

    intro = _(
        "The person you choose becomes responsible for the case and finds it under My cases. Their team works on it "
        "from now on."
    )
    to = forms.ModelChoiceField(label=_("To"), queryset=Assignment.objects.none(), empty_label=_("Choose a person"))
    despite = despite()

    def __init__(self, data: Any, *, case: Case, user: User, today: date) -> None:
        """Anybody in a team that helps, save the one who has the case; of a shielded case, those who are named."""
        super().__init__(data, case=case, user=user, today=today)
        seats = Assignment.objects.filter(ended_on__isnull=True, user__is_active=True, team__agency__in=HELPERS)
        others = seats.exclude(user=case.holder_id, team=case.team_id).select_related("user", "team")
        others = past_shields(others, case.tenancy_id)
        self.fields["to"].queryset = others.order_by("user", "pk")  # type: ignore[attr-defined]
        self.fields["to"].label_from_instance = lambda seat: f"{seat.user}, {seat.team}"  # type: ignore[attr-defined]


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
        choices=capitals(choice for choice in Case.Outcome.choices if choice[0] != Case.Outcome.RETURNED),
        widget=forms.RadioSelect,
    )
    moved_to = forms.ChoiceField(label=_("If they moved: where to?"), choices=WHERE_TO, required=False)
    on = DayField(label=_("Day of the outcome"))
    words = Words(label=_("Note"), required=False)
    despite = despite()

    def __init__(self, data: Any, *, case: Case, user: User, today: date) -> None:
        """The day is today's until somebody says otherwise."""
        super().__init__(data, case=case, user=user, today=today)
        self.fields["on"].initial = today

    def clean_moved_to(self) -> str:
        """Only of a household that moved."""
        where: str = self.cleaned_data["moved_to"]
        return where if self.cleaned_data.get("outcome") == Case.Outcome.MOVED else ""

    def clean_on(self) -> date:
        """An outcome is recorded when it is there."""
        return self._not_ahead("on")
