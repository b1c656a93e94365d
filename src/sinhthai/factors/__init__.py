"""Emission, conversion and price tables, each with its card: source, licence, validity. Pure."""
