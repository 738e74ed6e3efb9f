"""SBML Level 3 Version 2 of an axis with a regimen, so that others can check us with their own solvers."""

from endotune_desktop.exchange.sbml.document import export_sbml

__all__ = ["export_sbml"]
