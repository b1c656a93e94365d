"""An inventory as people read it: table, JSON, Excel, PDF and picture. Pure."""
