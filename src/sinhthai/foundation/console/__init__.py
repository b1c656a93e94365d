"""What every verb of the command line does alike: files, refusals, workbooks of answers."""
