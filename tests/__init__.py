"""Tests, by folder: unit, properties, science, store, ui, journeys, pictures, architecture."""
