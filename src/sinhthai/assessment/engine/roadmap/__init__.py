"""The cheapest set of measures, exchanges, land and steps that meets every criterion by a day."""
