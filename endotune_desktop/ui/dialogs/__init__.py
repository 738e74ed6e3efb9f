"""Dialogs: one level deep, refusals at the field, nothing typed lost."""
