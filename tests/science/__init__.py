"""Tests: science."""
