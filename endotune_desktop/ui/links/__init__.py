"""Links between axes in the window: what was applied, what is only said, what must be looked at first."""
