"""What holds of any text: spans cut out their words, the order of documents does not matter, and the same thing twice is one thing.

Texts are put together by hypothesis from names, cues, quotation marks, line ends and odd characters; the same ones in every run. It shows
the smallest text that breaks a rule. `make slow` tries more of them.
"""

import itertools
from collections.abc import Callable, Sequence

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from store_places import ONTOLOGY, Place

from kg.assemble import assemble
from kg.model import (
    Document,
    Failure,
    Graph,
    Reading,
    Span,
    claim_line,
    content_hash,
    document_id,
    dumps,
    reading_from_json,
    reading_to_json,
)
from kg.pipeline import read_batch
from kg.pipeline.extractor import Extractor
from kg.resolve import resolve
from kg.settings import Settings
from kg.views import to_graphml

type Check[T] = Callable[[T], None]

NAMES = """France|Iran|the Taliban|ISIS-K|Ana Berg|President Omar Haddad|Mr. O'Neil|the White House|Côte d'Ivoire|U.S.|Russia's army|she|
they|we|the two groups|each other|al-Shabaab (the "Youth")|Finnish minister Ana Berg|the group|Berg|who|Kyiv and Moscow"""
CUES = """condemned|met|may support|did not attack|was accused by|'s criticism of|called|imposed sanctions on|will not vote for|said|told|
denied arming|according to|who backs|in talks with|wants to help|is a threat to|and|is no friend of|would have to leave|asked|'s war on"""
MARKS = """.|, |; |: |? |! |...| - | – |—|"|“|”|'|‘|’|(|)|[|]|*|_|&|<b>|%|$5|2019|on Monday|in May 2020"""
SPACES = (" ", "\n", "\n\n", "\t", "\u00a0", "\u2028", "\u200b", "\ufeff", "\u202e", "\u00ad", "")

names, cues, marks = (st.sampled_from([part.strip("\n") for part in table.split("|")]) for table in (NAMES, CUES, MARKS))
plain = st.builds("{} {} {}".format, names, cues, names)
spoken = st.builds("“{},” {} said. “{}.”".format, plain, names, plain)
odd = st.text(max_size=6)
pieces = st.lists(st.tuples(st.one_of(plain, plain, spoken, names, cues, marks, odd), st.sampled_from(SPACES)), min_size=1, max_size=12)
ends = st.sampled_from((".", "?", "”", "", "\n"))


def document(text: str, url: str | None = None, published: str | None = "2024-05-01", outlet: str | None = None) -> Document:
    return Document(document_id(url, text), content_hash(text), text, None, url, outlet, published, "en", None)


texts = st.builds(lambda parts, end: "".join(itertools.chain(*parts)) + end, pieces, ends).filter(str.strip)
documents = st.builds(
    document,
    texts,
    url=st.sampled_from((None, "https://news.example/1", "https://news.example/2")),
    published=st.sampled_from((None, "2024-05-01", "2024-05-02")),
    outlet=st.sampled_from((None, "News", "Post")),
)


def some(few: int, many: int) -> pytest.MarkDecorator:
    """How many examples: few in `make test`, many in `make slow`."""
    return pytest.mark.parametrize("examples", [few, pytest.param(many, marks=pytest.mark.slow)])


def for_all[T](made: st.SearchStrategy[T], examples: int, check: Check[T]) -> None:
    """The check holds of so many of them."""
    fixed = settings(derandomize=True, database=None, deadline=None, max_examples=examples, suppress_health_check=list(HealthCheck))
    fixed(given(made)(check))()


def read(extractor: Extractor, *of: Document) -> list[Reading]:
    found = list(extractor.readings(of))
    assert not [one for one in found if isinstance(one, Failure)]
    return [one for one in found if isinstance(one, Reading)]


def of_batch(extractor: Extractor, stream: Sequence[Document]) -> tuple[list[str], Graph, str]:
    """The lines of a batch, its graph, and the bytes of a graph file."""
    with read_batch(stream, extractor, make=Extractor, settings=Settings()) as batch:
        lines = [dumps(reading_to_json(reading)) for reading in batch]
        lines += [dumps(claim_line(resolved, of)) for resolved, of in batch.claims()]
        graph = batch.graph()
    return lines, graph, "".join(to_graphml(graph))


@some(80, 3000)
def test_every_span_cuts_exactly_its_words_out_of_the_text(extractor: Extractor, examples: int) -> None:
    made: list[int] = []

    def holds(text: str) -> None:
        def cut(span: Span) -> str:
            assert 0 <= span.start < span.end <= len(text)
            return text[span.start : span.end]

        (reading,) = read(extractor, document(text))
        assert reading.document.text == text
        for mention in reading.mentions:
            assert cut(mention.span) == mention.text
            assert mention.text == mention.text.strip()
            assert all(cut(naming) for naming in mention.refers_to)
        for claim in reading.claims:
            evidence = claim.evidence
            assert cut(Span(evidence.start_char, evidence.end_char)) == evidence.sentence
            assert cut(Span(evidence.cue_start, evidence.cue_end)) == evidence.cue
            assert evidence.start_char <= evidence.cue_start < evidence.cue_end <= evidence.end_char
            assert all(cut(span) for span in evidence.context)
            for role in claim.roles.values():
                assert cut(role.mention) == reading.mention_at[role.mention].text
                assert cut(role.naming) == reading.mention_at[role.naming].text
                assert role.naming in reading.mention_at[role.mention].namings
        made.append(len(reading.claims))

    for_all(texts, examples, holds)
    assert sum(made) > examples / 2  # texts that make no claims would prove nothing


@some(25, 1000)
def test_reading_a_text_again_or_beside_others_gives_the_same_bytes(extractor: Extractor, examples: int) -> None:
    def holds(pair: tuple[str, str]) -> None:
        one, other = map(document, pair)
        (alone,) = read(extractor, one)
        beside = read(extractor, other, one, one)[1:]
        assert [dumps(reading_to_json(reading)) for reading in beside] == [dumps(reading_to_json(alone))] * 2
        assert reading_from_json(reading_to_json(alone)) == alone

    for_all(st.tuples(texts, texts), examples, holds)


@some(15, 600)
def test_the_order_of_the_documents_does_not_matter(extractor: Extractor, examples: int) -> None:
    def holds(orders: tuple[Sequence[Document], Sequence[Document]]) -> None:
        first, second = orders
        assert of_batch(extractor, first) == of_batch(extractor, second)

    batches = st.lists(documents, min_size=2, max_size=4)
    for_all(batches.flatmap(lambda stream: st.tuples(st.just(stream), st.permutations(stream))), examples, holds)


@some(10, 400)
def test_a_document_that_comes_twice_counts_once(extractor: Extractor, examples: int) -> None:
    def holds(stream: Sequence[Document]) -> None:
        once = of_batch(extractor, stream)
        assert of_batch(extractor, [*stream, *stream]) == once
        assert of_batch(extractor, [*stream[::-1], *stream]) == once

    for_all(st.lists(documents, min_size=1, max_size=3), examples, holds)


@some(10, 400)
def test_assembling_the_same_readings_again_gives_the_same_graph(extractor: Extractor, examples: int) -> None:
    def holds(distinct: Sequence[str]) -> None:
        readings = read(extractor, *map(document, distinct))
        graphs = [assemble(order, resolve(order, extractor.gazetteer), ONTOLOGY) for order in (readings, readings, readings[::-1])]
        assert graphs[0] == graphs[1] == graphs[2]
        for edge in graphs[0].edges:
            assert 1 <= edge.documents <= edge.claims
        known = {claim.claim.id for claim in graphs[0].claims}
        assert all(set(edge.sample) <= known for edge in graphs[0].edges)

    for_all(st.lists(texts, min_size=1, max_size=3, unique=True), examples, holds)


@some(3, 60)
def test_adding_a_document_again_to_a_store_changes_nothing(extractor: Extractor, embedded_server: Place, examples: int) -> None:
    def holds(distinct: Sequence[str]) -> None:
        embedded_server.clear()
        readings = read(extractor, *map(document, distinct))
        with embedded_server.open() as store:
            store.write(readings, extractor.gazetteer, ONTOLOGY)
            before = store.graph(ONTOLOGY)
            again = store.write(readings[::-1], extractor.gazetteer, ONTOLOGY)
            assert (again.documents, again.skipped) == (0, len(readings))
            assert store.graph(ONTOLOGY) == before
        assert before == assemble(readings, resolve(readings, extractor.gazetteer), ONTOLOGY)

    for_all(st.lists(texts, min_size=1, max_size=3, unique=True), examples, holds)
