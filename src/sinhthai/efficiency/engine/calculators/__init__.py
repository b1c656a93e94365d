"""What a measure saves, sized from measurements: pure functions of figures in SI units.

Power in kW, energy in MWh a year, flow in m**3 or t an hour, temperature in K, shares from 0 to 1,
pressure in MPa absolute; nothing is assumed that the caller did not say, unless the docstring says.
"""
