"""The axes: each one a declaration and one rates function; no solver, no files."""
