"""kg eval and kg bench: how well, and how fast, the extractor reads."""
