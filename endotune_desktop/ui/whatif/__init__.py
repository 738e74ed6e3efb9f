"""The what-if panel: agent cards, physiology, scenarios, and the one door to the record."""
