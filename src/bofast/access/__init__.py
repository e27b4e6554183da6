"""Who may, and who looked: users, teams, need-to-know, the access log."""
