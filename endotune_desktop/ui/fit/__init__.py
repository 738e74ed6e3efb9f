"""The fit of the open patient: a line that says it, a card that explains it."""
