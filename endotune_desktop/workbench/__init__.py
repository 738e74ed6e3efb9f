"""Use cases without a window: session, undo, what-if, scenarios."""
