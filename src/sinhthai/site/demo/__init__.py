"""The demonstration country, and synthetic countries of any size for trials and benchmarks."""
