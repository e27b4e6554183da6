"""What we were sent and hold: files, quarantine, dwellings, tenancies, ledger entries, agency counts."""
