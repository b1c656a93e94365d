"""The term sheet of a project as PDF and as an Excel file that recomputes itself."""
