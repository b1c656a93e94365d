"""One module per group of methods; each turns an activity into what a unit of it emits."""
