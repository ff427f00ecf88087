"""News text in, claims out: who stands how towards whom, says who, and the sentence it rests on."""

__version__ = "0.1.0"
