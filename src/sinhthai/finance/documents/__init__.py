"""What finance hands over: appraisals, papers and pictures."""
