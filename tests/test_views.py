"""The view without a browser: what the page holds, what it may do, and the same graph as networkx and as a table."""

import base64
import hashlib
import json
import random
import re
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from hand_graph import ONTOLOGY, graph_of, hostile_graph, invented_graph, reading, sample_graph

from kg.errors import KgError
from kg.model import Graph
from kg.views import notebook_frame, render_html, to_networkx, to_pandas, to_pyvis
from kg.views.layout import Box, Spring, place
from kg.views.page import make_page
from kg.views.rank import chosen, pagerank
from kg.views.style import ICONS, dashes, width
from kg.views.text import label, link, shown


class _Reader(HTMLParser):
    """The page as a browser's parser cuts it: each element with its attributes, and what stands in scripts and styles."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.contents: list[tuple[str, dict[str, str | None], str]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        if tag in {"script", "style"}:
            self.contents.append((tag, dict(attrs), ""))

    def handle_data(self, data: str) -> None:
        if self.cdata_elem and self.contents:
            tag, attrs, before = self.contents[-1]
            self.contents[-1] = (tag, attrs, before + data)

    @property
    def data(self) -> dict[str, Any]:
        return self._block("data")

    @property
    def claims(self) -> dict[str, Any]:
        return self._block("claims")

    def _block(self, name: str) -> dict[str, Any]:
        return dict(json.loads(next(text for tag, attrs, text in self.contents if attrs.get("id") == name)))


@pytest.fixture(scope="module")
def sample() -> Graph:
    return sample_graph()


@pytest.fixture(scope="module")
def html(sample: Graph) -> str:
    return render_html(sample, ONTOLOGY)


def _sha(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode('utf8')).digest()).decode()}'"


def test_every_claim_has_a_card_and_every_line_leads_to_its_claims(sample: Graph) -> None:
    page = make_page(sample, ONTOLOGY)
    assert sorted(card.id for card in page.cards) == sorted(one.claim.id for one in sample.claims)
    on_lines = sorted(page.cards[number].id for line in page.lines for number in line.cards)
    assert on_lines == sorted(one.claim.id for one in sample.claims if one.edge_key)
    for line in page.lines:
        assert line.cards
        for card in (page.cards[number] for number in line.cards):
            assert {card.source, card.target} == {line.first_id, line.second_id}
            assert (card.polarity, card.modality_class) == (line.polarity, line.modality_class)


def test_a_pair_has_one_line_for_each_sign_and_class_and_they_do_not_lie_on_each_other(sample: Graph) -> None:
    lines = make_page(sample, ONTOLOGY).lines
    keys = [(line.first_id, line.second_id, line.polarity, line.modality_class) for line in lines]
    assert len(set(keys)) == len(keys) > 5
    assert all(line.first_id < line.second_id for line in lines)
    places = [(line.first_id, line.second_id, line.bend) for line in lines]
    assert len(set(places)) == len(places)


def test_arrows_follow_the_claims_and_symmetric_relations_have_none(sample: Graph) -> None:
    page = make_page(sample, ONTOLOGY)
    for line in page.lines:
        directed = {("to" if card.source == line.first_id else "from") for n in line.cards if not (card := page.cards[n]).symmetric}
        assert set(filter(None, line.arrows.split(", "))) == directed
    ally = next(line for line in page.lines if {"group:delta-front", "group:free-river-army"} == {line.first_id, line.second_id})
    assert ally.arrows == ""


def test_a_sentence_is_whole_and_marks_its_actors_and_cue(sample: Graph) -> None:
    page = make_page(sample, ONTOLOGY)
    sentences = {one.claim.id: one.claim.evidence for one in sample.claims}
    for card in page.cards:
        assert "".join(piece.text for piece in card.sentence) == sentences[card.id].sentence
        assert "".join(piece.text for piece in card.sentence if "cue" in piece.marks) == sentences[card.id].cue
        assert any("source" in piece.marks for piece in card.sentence)
    talk = next(card for card in page.cards if card.label == "possible coordination")
    assert [[piece.text for piece in context] for context in talk.context] == [
        ["Would ", "Morvania", " share its patrol boats with Ostrel?"]
    ] or [["Would Morvania share its patrol boats with Ostrel?"]]
    assert [(third.word, third.name) for third in talk.thirds] == [("against", "Delta Front")]
    assert talk.voice.name == "Amina Sule"


def test_who_says_so_is_a_name_or_words_or_the_document_itself(sample: Graph) -> None:
    cards = make_page(sample, ONTOLOGY).cards
    assert {card.voice.name for card in cards} == {"Amina Sule", "Peter Korda", "River Radio", "an officer", "the document itself"}
    assert next(card for card in cards if card.via).via == ("River Radio",)


def test_claims_that_contradict_each_other_point_at_each_other(sample: Graph) -> None:
    cards = {card.id: card for card in make_page(sample, ONTOLOGY).cards}
    pairs = [(card.id, other) for card in cards.values() for other in card.contradicted_by]
    assert pairs
    assert all((other, one) in pairs for one, other in pairs)


def test_the_page_is_the_same_byte_for_byte_whatever_the_order(sample: Graph, html: str) -> None:
    dice = random.Random(7)  # noqa: S311

    def mixed[T](values: tuple[T, ...]) -> tuple[T, ...]:
        return tuple(dice.sample(values, len(values)))

    fields = ("documents", "entities", "claims", "edges", "links")
    shuffled = replace(sample, **{name: mixed(getattr(sample, name)) for name in fields})
    assert render_html(shuffled, ONTOLOGY) == html == render_html(sample_graph(), ONTOLOGY)


def test_the_data_block_has_this_form(html: str) -> None:
    data, claims = _Reader(html).data, _Reader(html).claims
    assert set(data) == {"nodes", "edges", "options", "page"}
    assert set(data["page"]) == {"told", "dated", "totals", "relations", "icons", "colors", "pens", "weights", "pages", "files"}
    assert set(claims) == {"cards", "documents"}
    node, edge, card = data["nodes"][0], data["edges"][0], claims["cards"][0]
    assert {"id", "name", "label", "kind", "aliases", "claims", "said", "joined", "x", "y", "size", "shape", "color"} <= set(node)
    assert isinstance(node["x"], int)
    assert isinstance(node["y"], int)
    assert {"id", "from", "to", "polarity", "modality_class", "cards", "arrows", "width", "dashes", "smooth", "color", "label"} == set(edge)
    assert {
        "id",
        "source",
        "relation",
        "label",
        "polarity",
        "modality",
        "modality_class",
        "sentence",
        "voice",
        "confidence",
        "document",
    } <= set(card)
    assert not any("title" in one for one in [*data["nodes"], *data["edges"]])


def test_the_page_carries_sentences_not_whole_texts(sample: Graph, html: str) -> None:
    assert not any(document.text in html for document in sample.documents)


def test_nothing_is_loaded_from_elsewhere(html: str) -> None:
    for tag, attributes in _Reader(html).elements:
        assert not {"src", "href", "srcset", "data", "action", "poster"} & attributes.keys(), tag
        assert not any(name.startswith("on") or name == "style" for name in attributes), tag
    own = html.replace(next(text for tag, _, text in _Reader(html).contents if "vis-network" in text), "")
    assert "sourceMappingURL" not in html
    assert not re.search(r"@import|url\(", own)


def test_the_policy_allows_these_scripts_and_this_style_and_nothing_else(html: str) -> None:
    page = _Reader(html)
    policy = next(attrs["content"] for tag, attrs in page.elements if attrs.get("http-equiv") == "Content-Security-Policy") or ""
    rules = dict(rule.split(" ", 1) for rule in policy.split("; "))
    scripts = [_sha(text) for tag, attrs, text in page.contents if tag == "script" and "type" not in attrs]
    assert rules["script-src"].split() == scripts
    assert rules["style-src"].split() == [_sha(text) for tag, _, text in page.contents if tag == "style"]
    assert rules["default-src"] == rules["base-uri"] == rules["form-action"] == "'none'"
    assert "unsafe" not in policy
    assert "http" not in policy


def test_our_scripts_make_elements_one_by_one() -> None:
    for path in Path(str(__import__("kg.views", fromlist=["x"]).__path__[0]), "static").glob("*.js"):
        code = path.read_text(encoding="utf8")
        assert not re.search(
            r"innerHTML|outerHTML|insertAdjacentHTML|\beval\(|document\.write|new Function|\bfetch\(|XMLHttpRequest", code
        ), path


def test_hostile_text_stays_text() -> None:
    graph = hostile_graph()
    html = render_html(graph, ONTOLOGY, title="</title><script>pwned()</script>{{ 7 * 7 }}")
    page = _Reader(html)
    assert [tag for tag, _ in page.elements].count("script") == 4
    assert not {"img", "svg", "iframe", "a", "b"} & {tag for tag, _ in page.elements}
    assert "{{ 7 * 7 }}" in html
    data = page.data
    assert all(document["url"] is None for document in page.claims["documents"])
    assert all(len(line) <= 19 for node in data["nodes"] for line in node["label"].split("\n"))
    assert not any("\u202e" in node["name"] for node in data["nodes"])


@pytest.mark.parametrize(
    ("url", "safe"),
    [
        ("https://news.example/a?b=c", True),
        ("http://news.example", True),
        ("javascript:alert(1)", False),
        ("java\nscript:alert(1)", False),
        ("data:text/html,<script>", False),
        ("//news.example", False),
        ("file:///etc/passwd", False),
        ("https://[broken", False),
        (None, False),
    ],
)
def test_only_web_addresses_become_links(url: str | None, safe: bool) -> None:
    assert link(url) == (url if safe else None)


def test_names_are_shown_on_short_lines() -> None:
    assert shown("a\u202eb\x00c\n d", limit=None) == "ab\ufffdc d"
    assert label("x" * 10_000) == "x" * 17 + "…"
    assert label("Organization for Security and Co-operation in Europe").count("\n") == 1


def test_above_300_entities_the_150_most_spoken_of_are_drawn() -> None:
    graph = invented_graph(320)
    page = make_page(graph, ONTOLOGY)
    assert (len(page.nodes), page.totals.acting) == (150, 320)
    ids = {node.id for node in page.nodes}
    assert all({line.first_id, line.second_id} <= ids for line in page.lines)
    assert all({card.source, card.target} <= ids for card in page.cards)
    assert len(make_page(graph, ONTOLOGY, top=0).nodes) == 320
    assert len(make_page(graph, ONTOLOGY, top=20).nodes) == 20
    degree: dict[str, int] = {}
    for edge in graph.edges:
        for end in (edge.source_id, edge.target_id):
            degree[end] = degree.get(end, 0) + edge.claims
    assert set(sorted(degree, key=lambda end: -degree[end])[:10]) <= ids


def test_300_entities_are_all_drawn() -> None:
    assert len(chosen(map(str, range(300)), {})) == 300
    assert len(chosen(map(str, range(301)), {})) == 150


def test_pagerank_sums_to_one_and_follows_the_weights() -> None:
    rank = pagerank("abcd", {("a", "b"): 3, ("b", "a"): 3, ("b", "c"): 1, ("c", "b"): 1})
    assert sum(rank.values()) == pytest.approx(1)
    assert rank["b"] > rank["a"] > rank["c"] > rank["d"]


def test_width_grows_with_the_square_root_and_the_three_patterns_differ() -> None:
    assert width(4) == pytest.approx(2 * width(1))
    assert len({str(dashes(one, 3)) for one in ("actual", "uncertain", "negative")}) == 3
    assert set(ICONS) == {"person", "group", "country"}


@pytest.mark.parametrize(("entities", "lines"), [(40, 2), (150, 2), (150, 4)])
def test_entities_and_their_names_do_not_overlap(entities: int, lines: int) -> None:
    page = make_page(invented_graph(entities, lines), ONTOLOGY)
    boxes = [(node.x, node.y, Box.of(node.label, node.radius)) for node in page.nodes]
    clashes = sum(
        abs(x - other_x) < box.half + other.half and y - box.above < other_y + other.below and other_y - other.above < y + box.below
        for number, (x, y, box) in enumerate(boxes)
        for other_x, other_y, other in boxes[:number]
    )
    assert clashes == 0


def test_parts_of_a_graph_stand_side_by_side() -> None:
    boxes = [Box.of("A name", 16)] * 7
    places = place(boxes, [Spring(0, 1), Spring(1, 2), Spring(3, 4)])
    assert len(set(places)) == 7
    assert max(y for _, y in places[:5]) < min(y for _, y in places[5:])
    assert place([], []) == []
    assert place(boxes[:1], []) == [(0, 0)]


def test_an_empty_graph_and_one_without_claims_make_a_page() -> None:
    for graph in (Graph(), graph_of([reading("https://paper.example/empty", [], title="Nothing happened")])):
        page = _Reader(render_html(graph, ONTOLOGY))
        assert (page.data["nodes"], page.data["edges"], page.claims["cards"]) == ([], [], [])


def test_pyvis_network_writes_the_same_page(sample: Graph, html: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from pyvis.network import Network

    monkeypatch.chdir(tmp_path)
    network = to_pyvis(sample, ONTOLOGY)
    assert isinstance(network, Network)
    assert network.generate_html() == html
    network.write_html("graph.html")
    assert (tmp_path / "graph.html").read_bytes() == html.encode("utf8")
    assert [path.name for path in tmp_path.iterdir()] == ["graph.html"]
    assert network.num_nodes() == 9


def test_what_a_user_adds_to_the_pyvis_network_is_on_the_page(sample: Graph) -> None:
    network = to_pyvis(sample, ONTOLOGY, title="</script><b>x")
    network.add_node("mine", label="</script><script>alert(1)</script>", title="<img src=x onerror=alert(1) href=x>")
    network.add_edge("mine", "group:delta-front")
    page = _Reader(network.generate_html())
    assert page.data["nodes"][-1]["id"] == "mine"
    assert [tag for tag, _ in page.elements].count("script") == 4


def test_a_notebook_shows_the_page_in_a_sandboxed_frame(sample: Graph, html: str) -> None:
    frame = _Reader(notebook_frame(html)).elements
    assert [tag for tag, _ in frame] == ["iframe"]
    assert frame[0][1]["sandbox"] == "allow-scripts"
    assert frame[0][1]["srcdoc"] == html
    assert to_pyvis(sample, ONTOLOGY)._repr_html_() == notebook_frame(html)


def test_colours_shapes_and_places_of_the_pyvis_network_may_be_changed(sample: Graph) -> None:
    network = to_pyvis(sample, ONTOLOGY)
    network.nodes[0] |= {"color": "#ff0000", "x": 500, "shape": "star"}
    network.options["interaction"]["zoomView"] = False
    data = _Reader(network.generate_html()).data
    assert data["nodes"][0]["color"] == "#ff0000" != data["page"]["colors"][data["nodes"][0]["kind"]]
    assert (data["nodes"][0]["x"], data["nodes"][0]["shape"]) == (500, "star")
    assert json.loads(data["options"])["interaction"]["zoomView"] is False


def test_networkx_has_every_entity_and_edge(sample: Graph) -> None:
    network = to_networkx(sample)
    assert set(network.nodes) == {entity.id for entity in sample.entities}
    assert {key for _, _, key in network.edges(keys=True)} == {edge.key for edge in sample.edges}
    assert network.nodes["group:delta-front"] == {"name": "Delta Front", "kind": "group", "aliases": (), "wikidata": None}
    edge = next(edge for edge in sample.edges if edge.relation == "AT_ODDS_WITH")
    attributes = network.edges[edge.source_id, edge.target_id, edge.key]
    names = ["relation", "modality_class", "polarity", "claims", "documents", "outlets", "first", "last", "confidence"]
    assert {name: attributes[name] for name in names} == {name: getattr(edge, name) for name in names}
    assert attributes["label"] == "at odds"


def test_a_table_has_one_row_a_claim(sample: Graph) -> None:
    table = to_pandas(sample)
    assert list(table["id"]) == [one.claim.id for one in sample.claims]
    row = table[table["label"] == "possible coordination"].iloc[0]
    assert (row["source_name"], row["target_name"], row["against_name"], row["claimer_name"]) == (
        "Morvania",
        "Ostrel",
        "Delta Front",
        "Amina Sule",
    )
    assert (row["event_start"], row["claimed"], row["document_outlet"]) == ("2026-03-02", "2026-03-02", "The Ledger")
    assert row["sentence"].startswith("Morvania could work with")
    assert list(to_pandas(Graph()).columns) == list(table.columns)


def test_without_pandas_a_table_says_what_is_missing(sample: Graph, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "pandas", None)
    with pytest.raises(KgError, match="needs pandas"):
        to_pandas(sample)


def test_small_parts_fill_the_room_beside_large_ones() -> None:
    boxes = [Box.of("A name", 16)] * 60
    star = [Spring(0, number) for number in range(1, 30)]
    pairs = [Spring(number, number + 1) for number in range(30, 60, 2)]
    places = place(boxes, [*star, *pairs])
    beside = [y for _, y in places[30:] if y < max(y for _, y in places[:30])]
    assert len(beside) > 10
    wide, high = (max(axis) - min(axis) for axis in zip(*places, strict=True))
    assert 1 < wide / high < 2.5
