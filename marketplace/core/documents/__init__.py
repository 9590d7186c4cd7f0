"""Report documents: described once in `document.py`, written as CSV, XLSX, PDF and JSON.

Knows nothing of where the figures come from. Views begin at `responses.py`, jobs at `formats.py`.
"""
