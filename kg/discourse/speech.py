"""Who says so: the speech verbs over a word, "according to", and the speakers of quotations."""

from collections.abc import Iterator
from dataclasses import dataclass

from kg.discourse.clauses import agent, owner, passive, preposition, subject
from kg.discourse.frames import frames
from kg.discourse.quotes import Quotation, quotations
from kg.discourse.turns import turns
from kg.language import Parsed, Word
from kg.ontology import Ontology

_FAR = 14
_WHEN = {"DATE", "TIME"}
_FIRST_PERSON = {"i", "we"}
_KNOWING = set("know realise realize recognise recognize understand learn notice remember show prove sense uncover discover read".split())
_WRITTEN = set(  # what speaks for the one whose it is: "*Iran*'s letter says that"
    """
    ad advertisement advert article blog book broadcast comment commentary communique communiqué editorial email interview letter memo
    memoir message note op-ed piece post release remark report speech statement resolution testimony text tweet video
    """.split()
)
_SPOKEN_AFTER = {"go", "begin", "start", "continue", "proceed", "come", "use", "take", "turn", "seem", "appear"}


@dataclass(frozen=True, slots=True, eq=False)
class Speaker:
    """The noun that names who says so, and the speech verb (or "according") that says that it is said."""

    who: Word
    verb: Word


@dataclass(frozen=True, slots=True)
class SpeechWords:
    """The verbs that report a clause ("said that"); those of a noun ("announced talks"), an infinitive ("claimed to have")."""

    verbs: frozenset[str]
    announcing: frozenset[str]
    voicing: frozenset[str]


def speech_words(ontology: Ontology) -> SpeechWords:
    """The speech verbs of an ontology's operators; make them once and keep them."""
    operators = [operator for operator in ontology.tables.get("operators", ()) if operator.get("speaks")]

    def words(*needed: str) -> frozenset[str]:
        chosen = [operator for operator in operators if not needed or any(operator.get(name) for name in needed)]
        return frozenset(word for operator in chosen for word in operator["words"].split())

    return SpeechWords(verbs=words(), announcing=words("nominal"), voicing=words("nominal", "nonfinite"))


@dataclass(frozen=True, slots=True)
class Speech:
    """The quotations of a document with their speakers, and the words that report."""

    words: SpeechWords
    quotations: tuple[Quotation, ...]
    speakers: dict[Quotation, Speaker]
    _at: dict[int, Quotation]

    def quotation_at(self, word: Word) -> Quotation | None:
        """The quotation that a word stands in."""
        return self._at.get(word.i)

    def speakers_of(self, word: Word) -> list[Speaker]:
        """Who says what a word says, the innermost first."""
        found = [speaker for speaker in self._above(word) if speaker.who is not word]
        quotation = self.quotation_at(word)
        if quotation is not None and quotation in self.speakers and _clausal(quotation):
            speaker = self.speakers[quotation]
            inner = [other for other in found if quotation.holds(other.verb) and other.who.lower not in _FIRST_PERSON]
            outer = [
                other
                for other in found
                if not quotation.holds(other.verb) and other.verb is not speaker.verb and other.who is not speaker.who
            ]
            found = [*inner, speaker, *outer]
        return found

    def _above(self, word: Word) -> Iterator[Speaker]:
        node, aside = word, False
        while True:
            yield from self._beside(node, word)
            if node.head is node:
                return
            above = node.head
            if self._reports(above, node) and not (aside and node.dep in {"dobj", "prep"}) and not _unsaid(above):
                who = self._who(above)
                if who is not None:
                    yield Speaker(who, above)
            aside = aside or node.dep == "relcl"
            node = above

    def _who(self, verb: Word) -> Word | None:
        """The subject of a speech verb; "a reporter *noted* they left and *asked* why": of the second verb that of the first."""
        if verb.pos == "NOUN":
            return verb.child("poss") or preposition(verb, "by", "from")
        if verb.lower in frames()["ADJ"].clause and passive(verb):  # "is *convinced* that"
            return subject(verb)
        joined = verb.head
        told = (
            verb.dep == "conj" and joined.dep == "ccomp" and joined.lemma not in self.words.verbs and joined.head.lemma in self.words.verbs
        )
        own = any(child.dep == "nsubj" for child in verb.children)
        who = agent(joined.head if told and not own else verb) if verb.pos in {"VERB", "AUX"} else subject(verb.head)
        return None if who is None or who.entity in _WHEN else _behind(who)

    def _reports(self, verb: Word, content: Word) -> bool:
        """Whether `content` is what `verb` tells."""
        if verb.lemma not in self.words.verbs or verb.pos not in {"VERB", "AUX"}:
            return _feels(verb, content)
        if content.dep in {"ccomp", "parataxis"}:
            return True
        if content.dep == "dobj" and verb.lemma == "say":
            return True
        if content.dep == "xcomp":  # "suggested working with them", "claimed to have won"
            return content.i > verb.i and verb.lemma in self.words.voicing
        return verb.lemma in self.words.announcing and content.dep in {"dobj", "prep"} and content.i > verb.i

    def _beside(self, node: Word, word: Word) -> Iterator[Speaker]:
        """As in "according to X" and ", X said," beside the clause."""
        for child in node.children:
            if child is word:
                continue
            if child.dep == "prep" and child.lower == "according":
                who = next(
                    (deeper for inner in child.children for deeper in inner.children if inner.lower == "to" and deeper.dep == "pobj"), None
                )
                if who is not None and not _inside(word, child):
                    yield Speaker(who, child)
            elif (
                child.dep in {"parataxis", "advcl", "ccomp"}
                and child.lemma in self.words.verbs
                and not _inside(word, child)
                and not _has_content(child)
            ):
                marked = child.dep != "advcl" or any(inner.lower == "as" for inner in child.children)
                who = subject(child) if marked and any(inner.dep == "nsubj" for inner in child.children) else None
                if who is not None:
                    yield Speaker(who, child)


def _feels(word: Word, content: Word) -> bool:
    """As in "they *resent* that", "they are *afraid* that", beside the verbs that report."""
    frame = frames().get(word.pos)
    if frame is None or word.lemma not in frame.clause or word.lemma in _KNOWING or content.i < word.i:
        return False
    match word.pos:
        case "VERB":
            return content.dep == "ccomp"
        case "NOUN":
            return content.dep in {"acl", "relcl"} and content.child("mark") is not None
    return content.dep == "ccomp" and word.dep == "acomp"


def _behind(who: Word) -> Word:
    """Who speaks by a text: "*Iran*'s letter says that", "*Iran* sent a letter saying that"; else the speaker himself."""
    return (owner(who) if who.lemma.lower() in _WRITTEN else None) or who


def _unsaid(verb: Word) -> bool:
    """As in "refused *to say*", "wants them *to say*"; not so "went on *to say*"."""
    infinitive = any(child.dep == "aux" and child.lower == "to" for child in verb.children)
    return infinitive and verb.dep in {"xcomp", "ccomp"} and verb.head.lemma not in _SPOKEN_AFTER


def _inside(word: Word, top: Word) -> bool:
    return word is top or any(above is top for above in word.ancestors())


def _has_content(verb: Word) -> bool:
    return any(child.dep in {"ccomp", "dobj", "xcomp"} for child in verb.children)


def _clausal(quotation: Quotation) -> bool:
    """Whether a quotation says something, and is not one word in quotation marks."""
    words = quotation.words
    if len(words) > 2 and all(word.text[0].isupper() for word in words if word.text[0].isalpha()):  # on "This Week,"
        return False
    return len(words) > 3 or words[-1].text in {",", ".", "!", "?"} or any(word.pos in {"VERB", "AUX"} for word in words)


def _distance(quotation: Quotation, verb: Word) -> int:
    first, last = quotation.words[0].i, quotation.words[-1].i
    return first - verb.i if verb.i < first else verb.i - last


def _outside(parsed: Parsed, quotation: Quotation, quoted: set[int]) -> list[Word]:
    """The unquoted words of the sentences that a quotation begins and ends in, of the next where it ends in the middle of what is said, of
    the one before where that leads up to it ("Renner said:").
    """
    indices = {quotation.words[0].sentence, quotation.words[-1].sentence}
    first_sentence = parsed.sentence_of(quotation.words[0])
    if first_sentence.index and first_sentence.words[0].i >= quotation.words[0].i - 1:
        previous = parsed.sentences[first_sentence.index - 1]
        if previous.words[-1].text in {":", ","} and previous.paragraph == quotation.paragraph:
            indices.add(previous.index)
    following = quotation.words[-1].sentence + 1
    if following < len(parsed.sentences) and parsed.sentences[following].paragraph == quotation.paragraph:
        first = parsed.sentences[following].words[0]
        if quotation.words[-1].text in {",", "?", "!"} or first.text in {"he", "she"} or first.text in '”"':
            indices.add(following)
    return [word for index in sorted(indices) for word in parsed.sentences[index].words if word.i not in quoted]


def _named_beside(parsed: Parsed, quotation: Quotation, quoted: set[int], verbs: frozenset[str]) -> Speaker | None:
    """The nearest speech verb with a subject outside of all quotations."""
    found: list[tuple[int, Speaker]] = []
    for word in _outside(parsed, quotation, quoted):
        distance = _distance(quotation, word)
        if word.lower == "according":
            who = next((deeper for inner in word.children for deeper in inner.children if deeper.dep == "pobj"), None)
        elif word.lemma in verbs and word.pos in {"VERB", "AUX"}:
            who = agent(word)
        else:
            continue
        if who is not None and who.entity not in _WHEN and who.i not in quoted and distance <= _FAR + abs(word.i - who.i):
            found.append((distance, Speaker(_behind(who), word)))
    return min(found, key=lambda item: (item[0], item[1].verb.i))[1] if found else None


def _governing(quotation: Quotation) -> Speaker | None:
    """The verb that a quotation hangs on, whatever it means, and its subject: "she *boomed*"; also one behind: "asked *a reporter*"."""
    for word in quotation.words:
        verb = word.head
        if word.dep != "ccomp" or verb.pos != "VERB" or quotation.holds(verb):
            continue
        who = verb.child("nsubj")
        if who is None and word.i < verb.i and not passive(verb):
            who = next((child for child in verb.children if child.dep == "dobj" and child.i > verb.i), None)
        if who is not None and not quotation.holds(who) and who.entity not in _WHEN:
            return Speaker(_behind(who), verb)
    return None


def _goes_on(before: Quotation, quotation: Quotation, verb: Word) -> bool:
    """As in '"We left," he said. "It was late." She praised them': after a full stop another sentence begins."""
    return before.paragraph == quotation.paragraph and quotation.words[-1].text == "." and verb.i > quotation.words[-1].i


def speech_of(parsed: Parsed, words: SpeechWords) -> Speech:
    """The quotations of a document and who speaks each: the verb it hangs on or beside it, else whoever spoke before in its paragraph or in
    the one before that was left open, else whose name heads the paragraph ("Anna Berg: ..."); what stands under such a name is quoted too.
    """
    found = quotations(parsed)
    clausal = [quotation for quotation in found if _clausal(quotation)]
    quoted = {word.i for quotation in clausal for word in quotation.words}
    speakers: dict[Quotation, Speaker] = {}
    before: Quotation | None = None
    for quotation in clausal:
        speaker = _governing(quotation) or _named_beside(parsed, quotation, quoted, words.verbs)
        if before in speakers and (_goes_on(before, quotation, speaker.verb) if speaker else _follows(parsed, before, quotation)):
            speaker = speakers[before]
        if speaker is not None:
            speakers[quotation] = speaker
        before = quotation
    for turn, who, colon in turns(parsed):
        for quotation in (turn, *(one for one in clausal if one.paragraph == turn.paragraph)):
            speakers.setdefault(quotation, Speaker(who, colon))
        found.append(turn)
    at = {word.i: quotation for quotation in reversed(found) for word in quotation.words}
    return Speech(words, tuple(found), speakers, at)


def _follows(parsed: Parsed, before: Quotation, quotation: Quotation) -> bool:
    return before.paragraph == quotation.paragraph or (before.paragraph + 1 == quotation.paragraph and _opens(parsed, quotation))


def _opens(parsed: Parsed, quotation: Quotation) -> bool:
    """Whether a paragraph begins with this quotation, so that whoever spoke last still speaks."""
    sentence = parsed.sentence_of(quotation.words[0])
    first_of_paragraph = sentence.index == 0 or parsed.sentences[sentence.index - 1].paragraph != sentence.paragraph
    return first_of_paragraph and quotation.words[0].i - sentence.words[0].i <= 1
