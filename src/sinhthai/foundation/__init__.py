"""Periods, quantities, absence, problems and tables. Pure: no Django, no clock, no network."""
