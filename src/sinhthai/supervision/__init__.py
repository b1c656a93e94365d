"""Keeping a certificate true: yearly reports, alerts, inspections, revocation, deadlines."""
