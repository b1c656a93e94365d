"""Heat recovery: targets, curves, total sites, matches, and heat between neighbours.

Pure: frozen streams in, frozen answers out. Temperatures in °C, heat flows in kW.
"""
