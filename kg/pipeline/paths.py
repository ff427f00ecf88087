"""The way in the tree from a cue to each actor of its claim, as a line that can be read: `raid -prep-> by -pobj-> France`."""

from itertools import pairwise

from kg.language import Parsed, Word
from kg.model import Claim, Role, Span
from kg.stance.company import Way


def paths_of(claim: Claim, cue: Word, parsed: Parsed) -> dict[str, str]:
    """By role; one who is only understood, or stands in another sentence, has where they are named instead."""
    return {name: _path(cue, role, parsed) for name, role in claim.roles.items()}


def _path(cue: Word, role: Role, parsed: Parsed) -> str:
    word = _head(role.mention, parsed)
    why = f"{role.reason}, " if role.reason else ""
    if word is None:
        return f"{why}no word of its own"
    if word.sentence != cue.sentence:
        return f"{why}named in “{_shown(parsed.sentence_of(word).span, parsed)}”"
    return why + (way(cue, word) or "not joined to it in the tree")


def _head(span: Span, parsed: Parsed) -> Word | None:
    """The word of a stretch on which its others hang."""
    words = parsed.words_in(span)
    return next((word for word in words if word.head is word or word.head not in words), None)


def _shown(span: Span, parsed: Parsed) -> str:
    return " ".join(parsed.document.text[span.start : span.end].split())


def way(cue: Word, word: Word) -> str:
    """From one word to another by the words between: `support <-dobj- voiced -nsubj-> France`; nothing where no tree joins them."""
    found = Way.between(cue, word)
    if found.top is None:
        return ""
    climbed = [f" <-{below.dep}- {_text(above)}" for below, above in pairwise((*found.up, found.top))]
    descended = [f" -{step.dep}-> {_text(step)}" for step in found.down]
    return "".join((_text(cue), *climbed, *descended))


def _text(word: Word) -> str:
    return " ".join(word.text.split())
