"""The words casework is recorded in: how a household is sought, what is tried for it, where it goes.

No rule looks at them, the statistics tell of them. The lists are those of the report of 2006.
"""

from enum import StrEnum


class ContactBy(StrEnum):
    """How a household was sought or talked with."""

    LETTER = "letter"
    PHONE = "phone"
    TEXT_MESSAGE = "text_message"
    HOME_VISIT = "home_visit"
    INTERCOM = "intercom"
    MEETING = "meeting"
    REPRESENTATIVE = "representative"


class MovedTo(StrEnum):
    """Where a household went that moved: coarse on purpose, so that it tells nothing of illness or prison."""

    MUNICIPAL = "municipal"
    PRIVATE_RENTAL = "private_rental"
    OWN_HOME = "own_home"
    FAMILY = "family"
    INSTITUTION = "institution"
    TEMPORARY = "temporary"
    NO_HOME = "no_home"


class Measure(StrEnum):
    """What is tried so that a household can stay."""

    OWN_MEANS = "own_means"
    LOAN = "loan"
    GRANT = "grant"
    GUARANTEE = "guarantee"
    HOUSING_BENEFIT = "housing_benefit"
    PLAN = "plan"
    DIRECT_DEBIT = "direct_debit"
    MANAGED_ACCOUNT = "managed_account"
    INVOICES_TO_SOCIAL_SERVICES = "invoices_to_social_services"
    DEBT_ADVICE = "debt_advice"
    HOME_SUPPORT = "home_support"
    NEW_CONTRACT = "new_contract"
    ADDITIONAL_CONTRACT = "additional_contract"
    REPRESENTATIVE = "representative_involved"
    OTHER_SERVICE = "other_service"
    ELECTRICITY_DEBT = "electricity_debt"
    COLLECTION_ON_HOLD = "collection_on_hold"


class Result(StrEnum):
    """What came of a measure. No result yet is none of these."""

    IN_PLACE = "in_place"
    REFUSED = "measure_refused"
    GIVEN_UP = "given_up"
