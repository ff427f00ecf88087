"""Speed and memory of reading, measured in a process of its own: `python tests/measure.py speed|memory TEXTS.jsonl`.

speed: words a second of CPU time, of reading with JSON and of bare spaCy (its six stock components) in turns, the median of three rounds.
memory: the peak in MiB after 100 and after all documents were read, and after their claims were written.
"""

import json
import resource
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from itertools import islice
from pathlib import Path

from kg.api.claims import extract_to_file
from kg.language import model_folder
from kg.model import Document, Reading, dumps, reading_to_json
from kg.pipeline import Progress
from kg.pipeline.extractor import Extractor
from kg.readers import read
from kg.settings import Settings

_ROUNDS = 3


def _seconds(work: Callable[[], None]) -> float:
    begun = time.process_time()
    work()
    return time.process_time() - begun


def speed(path: Path) -> dict[str, float]:
    """Words a second: `bare`, `reading`, and their `ratio`."""
    import spacy

    documents = [item for item in read([path], Settings()) if isinstance(item, Document)]
    texts = [document.text for document in documents]
    extractor = Extractor(Settings())
    nlp = spacy.load(model_folder(None), exclude=["senter"])

    def bare() -> None:
        for _ in nlp.pipe(texts):
            pass

    def reading() -> None:
        with tempfile.TemporaryFile("w", encoding="utf8") as file:
            for result in extractor.readings(documents):
                if isinstance(result, Reading):
                    file.write(dumps(reading_to_json(result)) + "\n")

    list(nlp.pipe(texts[:4]))
    list(extractor.readings(islice(documents, 4)))
    rounds = [(_seconds(bare), _seconds(reading)) for _ in range(_ROUNDS)]
    words = sum(len(text.split()) for text in texts)
    figures = [words / statistics.median(seconds) for seconds in zip(*rounds, strict=True)]
    return {"words": words, "bare": figures[0], "reading": figures[1], "ratio": figures[1] / figures[0]}


def _peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def memory(path: Path) -> dict[str, float]:
    """Peaks in MiB: `after_100`, `after_all` that were read (`documents`), `written`."""
    figures: dict[str, float] = {}

    def note(progress: Progress) -> None:
        figures["documents"] = progress.documents
        if progress.documents == 100:
            figures["after_100"] = _peak()
        figures["after_all"] = _peak()

    with tempfile.TemporaryDirectory() as folder:
        extract_to_file(path, Path(folder) / "claims.jsonl", on_progress=note)
    return figures | {"written": _peak()}


if __name__ == "__main__":
    what = {"speed": speed, "memory": memory}[sys.argv[1]]
    sys.stdout.write(json.dumps(what(Path(sys.argv[2]))) + "\n")
