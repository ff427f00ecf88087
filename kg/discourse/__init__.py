"""What holds a document together: quotations and who speaks, who "he", "the two groups" and "Milley" are, what a word therefore means.

`read_discourse(parsed, words)` gives the `Discourse` that `kg.stance` asks.
"""

from kg.discourse.attributions import Attribution, attributions
from kg.discourse.clauses import agent, antecedent, owner, passive, patient, preposition, subject, with_conjuncts
from kg.discourse.discourse import Discourse, Meant, read_discourse
from kg.discourse.quotes import Quotation
from kg.discourse.speech import Speaker, SpeechWords, speech_words

__all__ = [
    "Attribution",
    "Discourse",
    "Meant",
    "Quotation",
    "Speaker",
    "SpeechWords",
    "agent",
    "antecedent",
    "attributions",
    "owner",
    "passive",
    "patient",
    "preposition",
    "read_discourse",
    "speech_words",
    "subject",
    "with_conjuncts",
]
