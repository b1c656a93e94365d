"""Filters of this slice's pages."""
