"""Sinh Thái: the information system of eco-industrial parks."""

__version__ = "0.1.0"
