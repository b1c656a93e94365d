"""From an application to a certificate: dossiers, opinions, decisions, signed documents."""
