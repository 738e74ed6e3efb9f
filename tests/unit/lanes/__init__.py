"""Tests: lanes."""
