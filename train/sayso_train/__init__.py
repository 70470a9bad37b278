"""From annotated news to the reader's weights; nothing at run time needs this package."""
