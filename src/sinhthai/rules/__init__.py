"""Legal and voluntary rules as dated data: criteria, options, the dictionary of facts. Pure."""
