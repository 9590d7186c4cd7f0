"""Lists of products from elsewhere: read, judged row by row, staged, and made drafts where proven.

layouts: which columns a list has. placing: which tambon and village a row names. judging: what
may become a product. staging: the run itself. README.md of `provenance` describes both layouts.
"""
