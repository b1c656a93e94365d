"""Papers of a dossier and the certificate: frozen values in, the bytes of PDF and .docx out. Pure.

``typesetting`` (Typst) and ``as_docx`` (python-docx) are imported by those who use them: nobody
else should wait for them.
"""
