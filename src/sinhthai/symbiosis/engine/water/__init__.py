"""Water: fresh-water targets, and networks of re-use, regeneration and recycling."""
