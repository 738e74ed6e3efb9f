"""Forms of one record: the same fields, judging and refusals in a dialog and in place in a list."""
