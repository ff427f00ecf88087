"""The Python functions, as a notebook calls them. Extraction is faked here; tests/test_cli.py runs the real one."""

import os
import sys
import types
import webbrowser
from collections.abc import Iterator
from pathlib import Path

import networkx as nx
import pytest
from fake_extractor import FakeExtractor, fake_reading

import kg
from kg.api import opening
from kg.api.files import written
from kg.errors import InputError, NotFoundError, NothingReadError, SettingsError
from kg.pipeline import Progress

TEXT = "France COOPERATE possible the Taliban, says Mark Milley."
OTHER = "Iran ACCUSE actual France. Iran ACCUSE actual France, says Mark Milley."


@pytest.fixture(autouse=True)
def _fake(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    module = types.ModuleType("kg.pipeline.extractor")
    module.Extractor = FakeExtractor  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "kg.pipeline.extractor", module)
    opening._load.cache_clear()
    yield
    opening._load.cache_clear()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "news"
    folder.mkdir()
    (folder / "a.txt").write_text(TEXT, "utf8")
    (folder / "b.txt").write_text(OTHER, "utf8")
    return folder


def test_every_public_name_is_there_and_listed() -> None:
    assert kg.__all__ == sorted(kg.__all__)
    assert all(getattr(kg, name) is not None for name in kg.__all__)
    assert set(kg.__all__) <= set(dir(kg))
    with pytest.raises(AttributeError, match="no attribute 'nonsense'"):
        _ = kg.nonsense


def test_a_text_gives_its_claims() -> None:
    (claim,) = kg.extract(text=TEXT, title="A title", published="2021-09-02", url="https://news.example/a", outlet="News")
    assert (claim["source"]["name"], claim["label"], claim["target"]["name"]) == ("France", "possible coordination", "Taliban")
    assert (claim["claimer"]["id"], claim["claimed"]) == ("person:mark-milley", "2021-09-02")
    assert claim["document"]["title"] == "A title"


def test_a_file_may_be_given_alone_in_a_list_or_as_a_path(folder: Path) -> None:
    path = folder / "a.txt"
    assert kg.extract(str(path)) == kg.extract([path]) == kg.extract(path)


def test_either_inputs_or_a_text_is_needed() -> None:
    with pytest.raises(TypeError, match="inputs or text"):
        kg.extract()
    for call in (kg.extract, lambda **given: kg.explain("id", **given)):
        with pytest.raises(TypeError, match="inputs or text"):
            call(inputs=["a.txt"], text=TEXT)
    with pytest.raises(TypeError, match="a store"):
        kg.explain("id", ["a.txt"], store="kg-store")


def test_a_text_that_cannot_be_read_is_an_error() -> None:
    with pytest.raises(InputError, match="no text found"):
        kg.extract(text=" ")


def test_what_cannot_be_read_is_a_warning_that_names_it(folder: Path) -> None:
    with pytest.warns(UserWarning, match=r"missing\.txt: no such file"):
        claims = kg.extract([folder / "missing.txt", folder / "a.txt"])
    assert len(claims) == 1


def test_when_nothing_can_be_read_every_reason_is_kept() -> None:
    for call in (kg.extract, kg.build, lambda names: list(kg.readings(names)), lambda names: kg.explain("id", names)):
        with pytest.raises(NothingReadError) as error:
            call(["missing.txt", "gone.txt"])
        assert sorted(error.value.failures) == [("gone.txt", "no such file"), ("missing.txt", "no such file")]


@pytest.mark.parametrize("workers", [0, 65, "two", 1.5, True])
def test_a_wrong_number_of_workers_is_refused_before_anything_is_loaded(workers: int) -> None:
    made = FakeExtractor.made
    with pytest.raises(SettingsError, match="a whole number from 1 to 64"):
        kg.extract(text=TEXT, workers=workers)
    assert FakeExtractor.made == made


def test_readings_are_values_by_document_id(folder: Path) -> None:
    readings = list(kg.readings(folder))
    assert [reading.document.id for reading in readings] == sorted(reading.document.id for reading in readings)
    assert {reading.document.text for reading in readings} == {TEXT, OTHER}
    assert all(reading == fake_reading(reading.document) for reading in readings)


def test_the_extractor_stays_loaded_until_a_file_of_the_user_changes(tmp_path: Path) -> None:
    mine = tmp_path / "mine.toml"
    mine.write_text("", "utf8")
    made = FakeExtractor.made
    for workers in (1, 1):
        kg.extract(text=TEXT, gazetteers=mine, workers=workers)
    assert FakeExtractor.made == made + 1
    mine.write_text("# changed", "utf8")
    kg.extract(text=TEXT, gazetteers=[mine])
    assert FakeExtractor.made == made + 2


def test_a_workspace_holds_the_graph_and_what_failed(folder: Path) -> None:
    workspace = kg.build([folder, "missing.txt"])
    assert repr(workspace) == "<Workspace: 2 documents, 4 entities, 3 claims, 1 failures>"
    assert [str(failure) for failure in workspace.failures] == ["missing.txt: no such file"]
    assert {claim.label for claim in workspace.claims} == {"possible coordination", "accusation"}
    summary = workspace.summary(strongest=1)
    assert (summary.documents, summary.failures, summary.entities, summary.edges) == (2, 1, 4, 2)
    assert summary.claims == {"actual": 2, "uncertain": 1, "negative": 0}
    assert summary.links == {"CORROBORATES": 1}
    assert [(row.source, row.label, row.target, row.claims) for row in summary.strongest] == [("Iran", "accusation", "France", 2)]


def test_a_workspace_becomes_a_graph_a_table_and_a_picture(folder: Path) -> None:
    workspace = kg.build(folder)
    graph = workspace.to_networkx()
    assert isinstance(graph, nx.MultiDiGraph)
    assert graph.number_of_edges() == 2
    assert len(workspace.to_pandas()) == 3
    assert workspace.to_pyvis().generate_html() == workspace.html()
    frame = workspace._repr_html_()
    assert frame.lstrip().startswith("<iframe")
    assert "sandbox" in frame


def test_show_opens_the_picture(folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[str] = []
    monkeypatch.setattr(webbrowser, "open", opened.append)
    workspace = kg.build(folder)
    shown = workspace.show(tmp_path / "graph.html")
    assert shown
    assert opened == [shown.resolve().as_uri()]
    assert shown.read_text("utf8") == workspace.html()
    assert str(workspace.show()).endswith("graph.html")


def test_build_writes_the_picture_and_the_claims(folder: Path, tmp_path: Path) -> None:
    html, jsonl = tmp_path / "graph.html", tmp_path / "claims.jsonl"
    workspace = kg.build(folder, html=html, jsonl=str(jsonl))
    assert html.read_text("utf8") == workspace.html()
    assert len(jsonl.read_text("utf8").splitlines()) == 3
    assert sorted(path.name for path in tmp_path.iterdir()) == ["claims.jsonl", "graph.html", "news"]


def test_outputs_that_would_fail_or_destroy_are_refused_before_anything_is_read(folder: Path, tmp_path: Path) -> None:
    seen: list[Progress] = []
    for html, jsonl in (
        (folder, None),
        (tmp_path / "nowhere" / "graph.html", None),
        (None, folder / "a.txt"),
        (tmp_path / "one", tmp_path / "one"),
    ):
        with pytest.raises(SettingsError):
            kg.build(folder / "a.txt", html=html, jsonl=jsonl, on_progress=seen.append)
    assert not seen
    assert (folder / "a.txt").read_text("utf8") == TEXT


def test_an_output_is_whole_or_the_old_one_stays(tmp_path: Path) -> None:
    path = tmp_path / "out.jsonl"
    path.write_text("old", "utf8")
    path.chmod(0o640)
    with pytest.raises(ValueError, match="surrogates"), written(path) as file:
        file.write("half \udcff")
    assert (path.read_text("utf8"), [each.name for each in tmp_path.iterdir()]) == ("old", ["out.jsonl"])
    link = tmp_path / "link.jsonl"
    link.symlink_to(path)
    with written(link) as file:
        file.write("new\n")
    assert (path.read_bytes(), link.is_symlink(), path.stat().st_mode & 0o777) == (b"new\n", True, 0o640)


@pytest.mark.skipif(not os.path.exists("/dev/null"), reason="this system has no /dev/null")  # noqa: PTH110
def test_a_device_is_written_to_and_stays_a_device(folder: Path) -> None:
    kg.build(folder, jsonl="/dev/null")
    assert Path("/dev/null").is_char_device()


def test_explain_tells_how_a_claim_came_about(folder: Path) -> None:
    (claim,) = kg.extract(folder / "a.txt")
    for explanation in (kg.explain(claim["id"], folder), kg.explain(claim["id"], text=TEXT)):
        assert {**explanation.line, "document": None} == {**claim, "document": None}
        assert (explanation.trace.cue, explanation.trace.tokens[1].text) == ("COOPERATE", "COOPERATE")
        assert [(why.role, why.mention, why.entity_id) for why in explanation.roles] == [
            ("source", "France", "country:FR"),
            ("target", "the Taliban", "group:taliban"),
            ("claimer", "Mark Milley", "person:mark-milley"),
        ]
        assert explanation.roles[1].entity_reason == "gazetteer: 'the Taliban' names group:taliban (Taliban)"


def test_a_claim_that_no_document_makes_is_not_found(folder: Path) -> None:
    with pytest.raises(NotFoundError, match="abc: no claim with this id in 2 documents"):
        kg.explain("abc", folder)
    with pytest.raises(NotFoundError, match=r"in 1 document; missing\.txt: no such file"):
        kg.explain("abc", ["missing.txt", folder / "a.txt"])
