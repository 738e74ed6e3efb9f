"""Tests: clinic."""
