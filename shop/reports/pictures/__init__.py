"""Pictures of income, drawn on the server: here is geometry only, in units of each picture.

Words and markup stand in templates: `reports/pictures/<name>.html` is the SVG alone and
`components/<name>.html` the figure around it, with its key and the same figures in a table.
`standalone.as_svg` makes a file of the SVG, for documents.
"""
