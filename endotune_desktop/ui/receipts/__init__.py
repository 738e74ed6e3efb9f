"""Forecasts that were made: how they fared, for one patient and for the clinic."""
