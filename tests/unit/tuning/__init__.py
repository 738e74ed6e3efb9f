"""Tests of the craft."""
