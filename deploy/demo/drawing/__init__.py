"""Pictures of the demo, drawn with Pillow alone: nothing photographed, nothing copied."""
