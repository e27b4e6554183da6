"""The annual report: the year's tables and figures in the order of the report of 2006, with the team's own words."""
