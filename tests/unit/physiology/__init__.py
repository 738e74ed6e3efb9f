"""Tests: physiology."""
