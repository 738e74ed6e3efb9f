"""Entry points and composition: command line, paths, settings, window."""
