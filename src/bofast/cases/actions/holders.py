"""Who gets a new case: the district's outreach team, and on it the one with the fewest open cases."""

from collections import Counter

from bofast.access.models import Team, User
from bofast.access.queries import members
from bofast.arrears.models import Tenancy
from bofast.cases.models import Case
from bofast.domain.facts import Agency


class Holders:
    """The outreach teams with their members' load, read once and kept while cases are handed out."""

    def __init__(self) -> None:
        """Read teams, members and how many open cases each holds."""
        teams = Team.objects.filter(agency=Agency.OUTREACH).order_by("pk")
        self._teams = [(team, list(members([team]))) for team in teams]
        held = Case.objects.filter(closed_on__isnull=True, holder__isnull=False).values_list("holder", flat=True)
        self._load = Counter(held)
        self._offices: dict[int, list[User]] = {}

    def choose(self, tenancy: Tenancy, former: Case | None = None) -> tuple[Team | None, User | None]:
        """Team and person for a household; no person where the team has nobody, neither where there is no team.

        Who had the household's `former` case has it again, where that person still works on that outreach team. A team
        of another agency had the former case on a ground of its own, which the new case does not have.
        """
        for team, people in self._teams:
            again = [user for user in people if former and (former.team_id, former.holder_id) == (team.pk, user.pk)]
            if again:
                return team, self._least_loaded(again)
        district = tenancy.dwelling.district if tenancy.dwelling else ""
        ranked = sorted(self._teams, key=lambda pair: (pair[0].district != district, pair[0].district != ""))
        for team, people in ranked:
            if team.district in (district, ""):
                return team, self._least_loaded(people)
        return None, None

    def of_team(self, team: Team) -> User | None:
        """The one on any team with the fewest open cases; nobody where it has nobody."""
        if team.pk not in self._offices:
            self._offices[team.pk] = list(members([team]))
        return self._least_loaded(self._offices[team.pk])

    def _least_loaded(self, people: list[User]) -> User | None:
        if not people:
            return None
        chosen = min(people, key=lambda user: (self._load[user.pk], user.pk))
        self._load[chosen.pk] += 1
        return chosen
