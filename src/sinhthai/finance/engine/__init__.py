"""Pure: frozen inputs and tables in, results out. No Django here."""
