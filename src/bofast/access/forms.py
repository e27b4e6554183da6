"""Forms of the room: a user, a role, a team."""

from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib.auth.forms import UsernameField
from django.contrib.auth.password_validation import password_validators_help_text_html, validate_password
from django.core.exceptions import ValidationError
from django.utils.translation import gettext, gettext_noop, ngettext_lazy
from django.utils.translation import gettext_lazy as _

from bofast.access.models import ROLE_CHOICES, Assignment, Team, User
from bofast.access.municipality.forms import STREET_HELP
from bofast.access.need_to_know import ROLES, Role
from bofast.domain.facts import Agency

DJANGO_SAYS = (
    gettext_noop("This field is required."),
    ngettext_lazy(
        "This password is too short. It must contain at least %d character.",
        "This password is too short. It must contain at least %d characters.",
    ),
)
"""Django's own sentences that our catalogue says more plainly, or at all, in bokmål; named here to be collected."""

if TYPE_CHECKING:
    UserModelForm = forms.ModelForm[User]
    TeamModelForm = forms.ModelForm[Team]
    RoleModelForm = forms.ModelForm[Assignment]
else:
    UserModelForm = TeamModelForm = RoleModelForm = forms.ModelForm


class UserForm(UserModelForm):
    """A user as the administrator sees one. `by` is the administrator who fills in the form."""

    password = forms.CharField(
        label=_("New password"),
        strip=False,
        required=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    class Meta:
        model = User
        fields = ("first_name", "last_name", "username", "email", "street", "is_active")
        field_classes = {"username": UsernameField}
        labels = {
            "first_name": _("First name"),
            "last_name": _("Last name"),
            "username": _("Username"),
            "email": _("E-mail"),
            "is_active": _("May sign in"),
        }
        help_texts = {
            "street": STREET_HELP,
            "username": _("What the person signs in with. Letters, digits and @ . + - _"),
            "is_active": _("Take this away when the person leaves. What they have done stays."),
        }

    def __init__(self, *args: Any, by: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.by = by
        self.new = self.instance.pk is None
        for name in ("first_name", "last_name"):
            self.fields[name].required = True
        self._describe_password()

    def _describe_password(self) -> None:
        password = self.fields["password"]
        password.required = self.new
        password.label = gettext("Password") if self.new else gettext("New password")
        keep = "" if self.new else gettext("Leave empty to keep the old one.")
        password.help_text = f"{keep}{password_validators_help_text_html()}"

    def clean_is_active(self) -> bool:
        """Whether active: nobody shuts themselves out."""
        wanted: bool = self.cleaned_data["is_active"]
        if self.instance == self.by and not wanted:
            raise ValidationError(gettext("You cannot shut yourself out. Ask another administrator."))
        return wanted

    def clean(self) -> dict[str, Any]:
        """The whole, with the password held against the rules and against the person's own name."""
        cleaned = super().clean() or self.cleaned_data
        if password := cleaned.get("password"):
            known = {name: cleaned.get(name, "") for name in ("first_name", "last_name", "username", "email")}
            try:
                validate_password(password, User(**known))
            except ValidationError as error:
                self.add_error("password", error)
        return cleaned


class RoleForm(RoleModelForm):
    """One more thing for a person to be: a role in an agency, perhaps on a team. `by` is who fills in the form."""

    class Meta:
        model = Assignment
        fields = ("agency", "role", "team")
        labels = {"agency": _("Agency"), "role": _("Role"), "team": _("Team")}
        help_texts = {
            "agency": _("Decides what the person may see. Administrator and auditor have no agency, and see no case."),
            "team": _("Must belong to the agency. Advisers of the social services need one to see their cases."),
        }

    def __init__(self, *args: Any, user: User, by: User, **kwargs: Any) -> None:
        super().__init__(*args, **(kwargs | {"instance": Assignment(user=user)}))
        self.by = by
        self.fields["agency"].choices = [("", gettext("No agency")), *self.fields["agency"].choices[1:]]  # type: ignore[attr-defined]
        self.fields["role"].choices = [("", gettext("Choose a role")), *self.fields["role"].choices[1:]]  # type: ignore[attr-defined]
        self.fields["team"].empty_label = gettext("No team")  # type: ignore[attr-defined]

    def clean_role(self) -> str:
        """The role, which the agency must have."""
        role: str = self.cleaned_data["role"]
        agency = self.cleaned_data.get("agency")
        if Role(role) not in ROLES[Agency(agency) if agency else None]:
            raise ValidationError(
                gettext("That role does not exist there. Choose one of: %(roles)s.") % {"roles": _roles_of(agency)}
            )
        return role

    def clean_team(self) -> Team | None:
        """The team, which must be of the chosen agency."""
        team: Team | None = self.cleaned_data["team"]
        if team and team.agency != self.cleaned_data.get("agency"):
            raise ValidationError(
                gettext("%(team)s belongs to another agency. Choose one of the agency's own teams, or no team.")
                % {"team": team}
            )
        return team

    def clean(self) -> dict[str, Any]:
        """The whole, which the person must not be already; nobody gives a role to themselves."""
        cleaned = super().clean() or self.cleaned_data
        if self.instance.user == self.by:
            raise ValidationError(gettext("You cannot give yourself a role. Ask another administrator."))
        same = {name: cleaned.get(name) for name in ("agency", "role", "team")}
        if not self.errors and self.instance.user.assignments.filter(ended_on__isnull=True, **same).exists():
            raise ValidationError(gettext("The person has that role already."))
        return cleaned


def _roles_of(agency: str | None) -> str:
    there = ROLES[Agency(agency) if agency else None]
    return ", ".join(str(name).lower() for role, name in ROLE_CHOICES if role in there)


class TeamForm(TeamModelForm):
    """A team: its name, its agency, and for an office of one district that district."""

    class Meta:
        model = Team
        fields = ("name", "agency", "district")
        labels = {"name": _("Name"), "agency": _("Agency"), "district": _("District")}
        help_texts = {"district": _("Only for a team that works with one district. Written as on the lists.")}
