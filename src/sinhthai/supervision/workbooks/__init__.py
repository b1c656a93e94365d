"""Excel files of supervision: yearly forms out and in, reports of the Board. Pure."""
