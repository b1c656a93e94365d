"""Questions to the store: rows for a page, frozen tables for an engine. Nothing is written."""
