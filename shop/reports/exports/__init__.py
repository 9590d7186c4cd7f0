"""Files that are too large to be made while somebody waits: asked for, made by a worker, kept a
while, and handed to who asked."""
