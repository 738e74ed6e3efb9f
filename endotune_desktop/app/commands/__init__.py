"""The commands, one module each, with a ``run(words)`` that returns an exit status."""
