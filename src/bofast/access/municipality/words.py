"""What each choice changes, in plain words: read beside the choice, before it is made."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from bofast.access.models import OrganisationSetting

Outreach, Landlord = OrganisationSetting.Outreach, OrganisationSetting.Landlord

CHANGES: Mapping[str, Promise] = {
    Outreach.SOCIAL_SERVICES: _(
        "The team then sees the cases it has itself and those handed out or shared with it. What it knows goes back to "
        "the landlord with the household's consent only."
    ),
    Outreach.HOUSING_AGENCY: _(
        "The team then sees every household in arrears, but not what the social services know. What it tells the "
        "social services goes as the landlord's notice of unpaid rent."
    ),
    Outreach.OWN_UNIT: _(
        "The team then sees every household in arrears and all that is known. To be told by the landlord, and to tell "
        "the social services, it needs a ground each time."
    ),
    Landlord.MUNICIPAL: _("The landlord and a team of the housing agency are then one body: nothing is shared."),
    Landlord.COMPANY: _(
        "The company then answers for its own data. What goes between it and the municipality is shared, and needs a "
        "ground each time."
    ),
}
