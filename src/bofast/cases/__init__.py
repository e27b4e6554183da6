"""What we did: cases, events, tasks; the assessment of each day and the worklist."""
