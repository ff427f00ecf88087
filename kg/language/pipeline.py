"""Document -> Parsed: the tokens that spaCy is given, and the tree that is made of what it returns."""

import re
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from kg.gazetteer import Gazetteer, Match
from kg.language.tree import Parsed, Sentence, Word
from kg.model import Document, Span

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

_BATCH = 8
_LONE = re.compile("[\ud800-\udfff]")  # half a character, which spaCy cannot hash; readers replace them
_LEMMAS = {  # verbs that the rule lemmatiser takes for others: hopes -> hop
    form: lemma
    for lemma, forms in {
        "hope": "hopes hoped hoping",
        "hate": "hates hated hating",
        "stage": "stages staged staging",
        "wage": "wages waged waging",
        "rape": "rapes raped raping",
        "rage": "rages raged raging",
        "fine": "fines fined fining",
        "scare": "scares scared scaring",
        "spare": "spares spared sparing",
        "shame": "shamed shaming",
        "snipe": "snipes sniped sniping",
        "dote": "dotes doted doting",
        "cosy": "cosies cosying cosied cozied",
        "extol": "extolled extolling",
        "defund": "defunded defunding",
        "enrol": "enrolled",
        "ride": "rides riding",
        "phish": "phishes phishing phished",
        "scapegoat": "scapegoated scapegoating",
        "resupply": "resupplies resupplied resupplying",
        "appal": "appalled",
        "lambast": "lambasted",
        "axe": "axes axed axing",
        "bare": "bares bared baring",
        "cane": "canes caned caning",
        "cofound": "cofounded cofounding",
        "cohost": "cohosted cohosting",
        "cordon": "cordoned cordoning",
        "decertify": "decertified",
        "deplatform": "deplatformed deplatforming",
        "dine": "dines dined dining",
        "forgive": "forgave",
        "greenlight": "greenlighted greenlighting greenlit",
        "install": "installed installing",
        "maim": "maimed",
        "mislabel": "mislabeled mislabeling mislabelled mislabelling",
        "overrun": "overran",
        "oversell": "overselling",
        "reappoint": "reappointed reappointing",
        "reconnect": "reconnected reconnecting",
        "slate": "slates slated slating",
        "unfriend": "unfriended unfriending",
        "waterboard": "waterboarded waterboarding",
    }.items()
    for form in forms.split()
}


class Pipeline:
    """spaCy and the gazetteer's names, ready to parse; open one and keep it."""

    def __init__(self, nlp: "Language", gazetteer: Gazetteer) -> None:
        self._nlp = nlp
        self._gazetteer = gazetteer
        self.name: str = f"{nlp.meta['lang']}_{nlp.meta['name']}-{nlp.meta['version']}"

    def parse(self, documents: Iterable[Document]) -> Iterator[Parsed]:
        """The documents as trees, in their order; memory is given back after every few of them."""
        for batch in _batches(documents, _BATCH):
            with self._nlp.memory_zone():
                found = [self._gazetteer.find(document.text) for document in batch]
                tokens = [
                    _tokens(self._nlp, _LONE.sub("\ufffd", document.text), matches) for document, matches in zip(batch, found, strict=True)
                ]
                parsed = [
                    _plain(document, doc, matches)
                    for document, doc, matches in zip(batch, self._nlp.pipe(tokens, batch_size=_BATCH), found, strict=True)
                ]
            yield from parsed


def _batches(documents: Iterable[Document], size: int) -> Iterator[list[Document]]:
    batch: list[Document] = []
    for document in documents:
        batch.append(document)
        if len(batch) == size:
            yield batch
            batch = []
    if batch:
        yield batch


def _tokens(nlp: "Language", text: str, matches: tuple[Match, ...]) -> "Doc":
    """The text as tokens: each gazetteer name is one, what lies between is tokenised as usual; a new paragraph starts a sentence."""
    from spacy.tokens import Doc

    words: list[str] = []
    spaces: list[bool] = []
    starts: list[bool] = []
    at = 0
    for start, end in [*((match.start, match.end) for match in matches), (len(text), len(text))]:
        _segment(nlp, text[at:start], words, spaces)
        if start < end:
            words.append(text[start:end])
            spaces.append(False)
        at = end
    _move_spaces(words, spaces)
    paragraph = True
    for word in words:
        starts.append(paragraph and not word.isspace())
        paragraph = (paragraph and word.isspace()) or "\n\n" in word
    marked: list[Any] = [
        True if start else False if i and starts[i - 1] else None for i, start in enumerate(starts)
    ]  # no sentence of its first word
    return Doc(nlp.vocab, words=words, spaces=spaces, sent_starts=marked)


def _segment(nlp: "Language", text: str, words: list[str], spaces: list[bool]) -> None:
    for token in nlp.tokenizer(text) if text else ():
        words.append(token.text)
        spaces.append(bool(token.whitespace_))


def _move_spaces(words: list[str], spaces: list[bool]) -> None:
    """A space that the tokeniser gave a token of its own because a name stood before it belongs to that name."""
    for i in range(len(words) - 1, 0, -1):
        if words[i].startswith(" ") and words[i].isspace() and not spaces[i - 1]:
            spaces[i - 1] = True
            words[i] = words[i][1:]
            if not words[i]:
                # what followed the lone space token keeps its own place
                del words[i], spaces[i]


def _plain(document: Document, doc: "Doc", matches: tuple[Match, ...]) -> Parsed:
    by_start = {match.start: match for match in matches}
    words: list[Word] = []
    place: dict[int, Word] = {}
    sentences: list[Sentence] = []
    paragraph, last_end = 0, 0
    for sent in doc.sents:
        inside: list[Word] = []
        for token in sent:
            if token.is_space:
                continue
            text = token.text
            start = token.idx
            word = Word(
                len(words),
                text,
                text.lower(),
                _LEMMAS.get(text.lower(), token.lemma_) if token.pos_ == "VERB" else token.lemma_,
                token.pos_,
                token.tag_,
                token.dep_,
                start,
                start + len(text),
                token.ent_type_,
                token.ent_iob_ == "B",
                len(sentences),
                by_start.get(start),
            )
            place[token.i] = word
            words.append(word)
            inside.append(word)
        if inside:
            span = Span(inside[0].start, inside[-1].end)
            paragraph += "\n\n" in document.text[last_end : span.start]
            last_end = span.end
            sentences.append(Sentence(len(sentences), tuple(inside), span, paragraph))
    _connect(doc, place)
    return Parsed(document, tuple(words), tuple(sentences))


def _connect(doc: "Doc", place: dict[int, Word]) -> None:
    for word in place.values():
        word.children = []
        word.head = word
    for i, word in place.items():
        head = doc[i].head
        while head.i not in place and head.head.i != head.i:
            head = head.head
        if head.i in place and place[head.i].sentence == word.sentence and head.i != i:
            word.head = place[head.i]
            word.head.children.append(word)
