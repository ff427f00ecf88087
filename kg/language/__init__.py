"""The spaCy pipeline, loaded once: Document -> Parsed, a plain tree of words.

Names of the gazetteer are one word before parsing ("ISIS-K." at the end of a sentence, "United Nations Security Council"), and a
paragraph is never joined with the next into one sentence. What leaves this module holds no spaCy object, so that memory can be given back.
"""

from kg.language.loading import MODEL, NEEDED, gloss, load, model_folder
from kg.language.pipeline import Pipeline
from kg.language.tree import Parsed, Sentence, Word

__all__ = ["MODEL", "NEEDED", "Parsed", "Pipeline", "Sentence", "Word", "gloss", "load", "model_folder"]
