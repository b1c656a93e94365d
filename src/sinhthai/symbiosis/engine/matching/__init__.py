"""Who can use whose stream: candidates, scores, the best partners."""
