"""What the pages of inventories show: rows in, engine objects and plain data out."""
