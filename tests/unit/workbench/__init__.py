"""Tests: workbench."""
