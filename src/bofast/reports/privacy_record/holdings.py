"""What every table holds of persons, field by field. A test walks all models: a field that is not here fails it.

`skeleton`: keys and what keeps the tables together, tells of nobody by itself; keys of employees too, for who did what
in their work is kept with the deed. `coded`: days, codes and amounts that describe a household as long as it is known
who it is, and stay without a name when it is erased. `personal`: what names somebody, or says something in words.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from bofast.access.models import RecordKind
from bofast.domain.findings import Part


@dataclass(frozen=True, kw_only=True)
class Holding:
    """One table. `whom`, `purpose` and `erased` are keys of `texts.yaml`; `part` is of the need-to-know table.

    `kept`: the kinds of record by whose time it is erased; empty where no time erases it.
    """

    skeleton: str
    personal: str = ""
    coded: str = ""
    whom: str = ""
    purpose: str = ""
    part: Part | None = None
    kept: tuple[RecordKind, ...] = ()
    erased: str = ""

    @property
    def fields(self) -> list[str]:
        """Every field declared, in all lists."""
        return f"{self.skeleton} {self.personal} {self.coded}".split()

    @property
    def tells(self) -> bool:
        """Whether it holds anything of persons."""
        return bool(self.personal or self.coded)


FILES = (RecordKind.ARREARS_FILES, RecordKind.REGISTER_FILES, RecordKind.OTHER_FILES)
PERSONS = (RecordKind.PERSONS,)
WORDS = (RecordKind.NOTES, RecordKind.PERSONS)


def _of_household(skeleton: str, personal: str, part: Part, **beside: object) -> Holding:
    """What is held of a household in order to follow it up, erased with it unless said otherwise."""
    usual: dict[str, object] = {"whom": "household", "purpose": "follow_up", "kept": PERSONS, "erased": "household"}
    return Holding(skeleton=skeleton, personal=personal, part=part, **{**usual, **beside})  # type: ignore[arg-type]


def _coded(skeleton: str, coded: str, part: Part, purpose: str = "follow_up") -> Holding:
    """What is held of a household in codes, days and amounts only."""
    return Holding(skeleton=skeleton, coded=coded, whom="household", purpose=purpose, part=part, erased="number")


def _of_user(
    skeleton: str, personal: str, *, purpose: str = "access", erased: str = "user", kept: tuple[RecordKind, ...] = ()
) -> Holding:
    return Holding(skeleton=skeleton, personal=personal, whom="employee", purpose=purpose, erased=erased, kept=kept)


HOLDINGS: Mapping[str, Holding] = {
    # Who lives there, and where.
    "arrears.Resident": _of_household(
        "id tenancy role", "name national_id phone email language corrected", Part.IDENTITY
    ),
    "arrears.Tenancy": _of_household(
        "id register_file register_line dwelling stale",
        "contract_no kid monthly_rent lease_from lease_to clause", Part.IDENTITY,
    ),
    "arrears.Dwelling": _of_household(
        "id", "dwelling_no address postal_code city", Part.IDENTITY, coded="district kind"
    ),
    "arrears.ShieldedAddress": _of_household(
        "id tenancy", "dwelling_no address postal_code city district", Part.IDENTITY
    ),
    "arrears.Household": _coded("id tenancy", "members children", Part.HOUSEHOLD),
    # What is owed.
    "arrears.Claim": _of_household(
        "id tenancy", "key invoice_no", Part.MONEY, coded="due_on amount settled_on"
    ),
    "arrears.LedgerEntry": _coded(
        "id file line claim", "outstanding fees interest reminded_on demanded_on petitioned_on", Part.MONEY
    ),
    # What was sent.
    "arrears.FileContent": _of_household(
        "id file redacted_at", "data", Part.HOUSEHOLD, kept=FILES, erased="file"
    ),
    "arrears.QuarantinedRow": _of_household(
        "id file line state settled_at settled_by", "cells corrected_cells faults", Part.HOUSEHOLD,
        kept=(RecordKind.QUARANTINE,), erased="file",
    ),
    "arrears.ReceivedFile": _of_household(
        "id sha256 kind sender as_of received_at received_by standing superseded_by rows accepted doubled quarantined"
        " new continuing increased cleared outstanding absent reconciled_at receipt name",
        "warnings", Part.IDENTITY, kept=FILES, erased="file",
    ),
    "arrears.SenderProfile": Holding(skeleton="id sender kind columns"),
    "arrears.AgencyCount": Holding(skeleton="id file line year source indicator count as_of note"),
    "arrears.RegisteredCase": _coded(
        "id file line", "opened_on district case_no values", Part.HELP, "statistics"
    ),
    "arrears.FormerRegisteredCase": _coded(
        "id file line replaced_at", "opened_on district case_no values", Part.HELP, "statistics"
    ),
    # What went between agencies.
    "arrears.HandOut": Holding(
        skeleton="id file sender receiver team district on told_on answer_by chased_on by handed_at"
    ),
    "arrears.HandedRow": _of_household(
        "id hand_out tenancy key", "released_because", Part.HELP,
        coded="outstanding sent basis findings", purpose="sharing", kept=(RecordKind.HAND_OUTS, RecordKind.PERSONS),
    ),
    "arrears.Answer": _of_household(
        "id row by file answered_at taken_in_at", "note", Part.AID,
        coded="answer on", purpose="sharing", kept=(RecordKind.HAND_OUTS, RecordKind.PERSONS),
    ),
    "cases.Sharing": _coded(
        "id case team consent hand_out by", "sender receiver parts basis findings on ended_on", Part.HELP, "sharing"
    ),
    "cases.Consent": _coded(
        "id tenancy recorded_by",
        "text_version sender receivers parts given_on given_by weak withdrawn_on", Part.HELP, "sharing",
    ),
    "cases.Representative": Holding(
        skeleton="id tenancy kind since until recorded_by", personal="name phone scope",
        whom="representative", purpose="follow_up", part=Part.IDENTITY,
        kept=(RecordKind.CONSENTS, RecordKind.PERSONS), erased="household",
    ),
    "arrears.Shield": _coded("id tenancy set_by", "kind from_register since ended_on", Part.IDENTITY),
    "arrears.Named": Holding(skeleton="id tenancy user since ended_on set_by"),
    # What was done.
    "cases.Case": _coded(
        "id tenancy sender team partner_team holder stale current relapse_of",
        "number opened_on last_listed_on cleared_on closed_on outcome review_on stage", Part.PROCEDURE,
    ),
    "cases.Event": _coded("id case recorded_at actor file", "code on facts", Part.HELP),
    "cases.Assessment": _coded(
        "id case on made_at rule_version changes_on order_full order_neutral step_owner",
        "stage facts findings questions step_code step_due_on deadline_code deadline_on outstanding oldest_due_on",
        Part.HELP,
    ),
    "cases.Note": _of_household("id event", "text", Part.HELP, kept=WORDS, erased="words"),
    "cases.Task": _of_household(
        "id case code agency owner created_on due_on done_on done_by withdrawn", "text", Part.HELP,
        kept=WORDS, erased="words",
    ),
    "cases.HelpRequest": _coded("id case received_by", "received_on answer_by withdrawn_on", Part.HELP, "decisions"),
    "cases.Decision": _coded(
        "id case request decided_by",
        "provision outcome decided_on told_on complain_by complained_on complaint", Part.HELP, "decisions",
    ),
    "cases.DecisionWords": _of_household(
        "id decision", "content reasons complaint_text", Part.HELP, purpose="decisions", kept=WORDS, erased="words"
    ),
    # What is told.
    "reports.AnnualReport": Holding(skeleton="id year compare district comments begun_by begun_at"),
    "reports.PublishedReport": Holding(
        skeleton="id report edition content as_of rule_version published_by published_at"
    ),
    "reports.Caveat": Holding(skeleton="id year source text"),
    "reports.ProgrammeYear": Holding(skeleton="id year cost hours after_eviction note"),
    "reports.SourceProfile": Holding(skeleton="id part since source indicators"),
    # Who may, and who looked.
    "access.User": _of_user(
        "id is_superuser is_staff is_active date_joined",
        "username first_name last_name email street password last_login",
    ),
    "access.Assignment": Holding(skeleton="id user role agency team ended_on"),
    "access.Team": Holding(skeleton="id name agency district"),
    "access.OrganisationSetting": Holding(
        skeleton="id valid_from outreach landlord relies_on_social_housing_act set_by set_at"
    ),
    "access.Retention": Holding(skeleton="id kind valid_from months ground set_by set_at"),
    "access.AccessEntry": _of_user(
        "id at user action kind object_id reason agency", "operator detail", purpose="log", erased="time",
        kept=(RecordKind.ACCESS_LOG,),
    ),
    "access.Reviewed": Holding(skeleton="id sign user day object_id outcome by at"),
    "access.ReviewNote": _of_user(
        "id reviewed", "text", purpose="log", erased="time", kept=(RecordKind.ACCESS_LOG,)
    ),
    "access.Proof": _of_user("id at by verb ground kind object_id counts", "operator", purpose="log", erased="never"),
    # What the libraries hold, of those who sign in.
    "access.User_groups": Holding(skeleton="id user group"),
    "access.User_user_permissions": Holding(skeleton="id user permission"),
    "auth.Group": Holding(skeleton="id name"),
    "auth.Group_permissions": Holding(skeleton="id group permission"),
    "auth.Permission": Holding(skeleton="id name content_type codename"),
    "contenttypes.ContentType": Holding(skeleton="id app_label model"),
    "sessions.Session": _of_user("session_key expire_date", "session_data", erased="expires"),
    "identity.SharedCache": _of_user("expires", "cache_key value", erased="expires"),
    "account.EmailAddress": _of_user("id user verified primary", "email"),
    "account.EmailConfirmation": _of_user("id email_address created sent", "key"),
    "mfa.Authenticator": _of_user("id user type created_at last_used_at", "data"),
    "socialaccount.SocialApp": Holding(skeleton="id provider provider_id name client_id secret key settings"),
    "socialaccount.SocialAccount": _of_user("id user provider last_login date_joined", "uid extra_data"),
    "socialaccount.SocialToken": _of_user("id app account expires_at", "token token_secret"),
}  # fmt: skip
"""Every table of the database."""
