"""Pictures as SVG text: data in, one string out. The same picture in a page, a file, a report."""
