"""Text, absence, numbers, units, problems and tables. Pure: no Django, no clock, no network."""
