"""Periods, quantities, absence, provenance, errors and tables. Pure: no Django, no clock, no network."""
