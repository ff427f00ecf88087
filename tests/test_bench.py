"""Two runs of `kg bench` can be compared, and measuring leaves nothing behind. Extraction is faked where it is not what is measured."""

import gzip
import json
import sys
import tempfile
import types
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psutil
import pytest
from fake_extractor import FAKE, FakeExtractor, fake_reading
from store_places import Place, assembled, needs_engine

from kg.api import opening
from kg.errors import InputError, KgError, NotFoundError, SettingsError, StoreError
from kg.evaluation import benching as module
from kg.evaluation import load_speed, speed, store_speed
from kg.evaluation.bench_report import Bench, Better, Figure, Machine, bench_from_json, bench_to_json, compare, unlike
from kg.evaluation.benching import bench
from kg.evaluation.made_news import made_readings
from kg.settings import Settings
from kg.stores.questions import questions

ARTICLES = Path(__file__).parent.parent / "data" / "articles"
TEXT = "France COOPERATE possible the Taliban, says Mark Milley. Iran ACCUSE actual France, says Mark Milley."
SILENT = "The weather in the mountains was cold in the morning and it was warm in the afternoon."
LAPTOP = Machine("3.13.0", "Linux", "x86_64", 8)


def figure(value: float, better: Better = "higher", rounds: tuple[float, ...] = ()) -> Figure:
    return Figure(value, "words/s", better, rounds)


def run(figures: dict[str, Figure], **other: Any) -> Bench:
    fields: dict[str, Any] = {"machine": LAPTOP, "data": "news.jsonl", "documents": 84, "failures": 0, "words": 67000, "store": "embedded"}
    return Bench(date="2024-05-01", version="0.1.0", extractor="rules/1", figures=figures, left_out={}, **fields | other)


@pytest.fixture
def _fake(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    fake = types.ModuleType("kg.pipeline.extractor")
    fake.Extractor = FakeExtractor  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "kg.pipeline.extractor", fake)
    monkeypatch.setattr(speed, "ROUNDS", 1)
    monkeypatch.setattr(store_speed, "TIMES", 6)
    opening._load.cache_clear()
    yield
    opening._load.cache_clear()


@pytest.fixture
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where temporary folders are made."""
    folder = tmp_path / "temporary"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    return folder


@pytest.fixture
def text(tmp_path: Path) -> Path:
    path = tmp_path / "news.txt"
    path.write_text(TEXT, "utf8")
    return path


def verdicts(old: Figure, new: Figure) -> str:
    (row,) = compare(run({"x": old}), run({"x": new}))
    return row.verdict


def test_a_figure_is_better_or_worse_by_its_direction() -> None:
    assert verdicts(figure(100), figure(120)) == "better"
    assert verdicts(figure(100), figure(80)) == "worse"
    assert verdicts(figure(100, "lower"), figure(120, "lower")) == "worse"
    assert verdicts(figure(100, "lower"), figure(80, "lower")) == "better"


def test_a_change_within_the_noise_of_either_run_is_none() -> None:
    assert verdicts(figure(100), figure(102.9)) == "same"
    assert verdicts(figure(100), figure(103.1)) == "better"
    wide = figure(100, rounds=(90, 100, 115))  # a quarter apart
    assert verdicts(wide, figure(124)) == "same"
    assert verdicts(wide, figure(126)) == "better"
    assert verdicts(figure(80.5), wide) == "same"  # 100 is 24 % more
    assert verdicts(wide, figure(79.9)) == "worse"  # of which 100 would be 25.2 % more


def test_each_row_tells_both_values_and_their_ratio() -> None:
    old = run({"reading": figure(4000, rounds=(3900, 4000, 4100)), "gone": figure(1)})
    new = run({"new": figure(2, "lower"), "reading": figure(3000, rounds=(3000, 3000, 3000))})
    reading, gone, added = compare(old, new)
    assert (reading.name, reading.unit, reading.old, reading.new) == ("reading", "words/s", 4000, 3000)
    assert (reading.ratio, reading.noise, reading.verdict) == (0.75, 0.05, "worse")
    assert (gone.name, gone.old, gone.new, gone.ratio, gone.verdict) == ("gone", 1, None, None, "only old")
    assert (added.name, added.old, added.new, added.ratio, added.verdict) == ("new", None, 2, None, "only new")


def test_runs_that_can_hardly_be_compared_are_told() -> None:
    old = run({})
    assert list(unlike(old, run({}))) == []
    new = run({}, data="other.jsonl", store=None, machine=Machine("3.13.0", "Linux", "aarch64", 8))
    assert list(unlike(old, new)) == [
        "data: news.jsonl, then other.jsonl",
        "store: embedded, then None",
        "machine: x86_64, then aarch64",
    ]
    assert list(unlike(old, run({}, load=3.9))) == []  # of 8 processors
    assert list(unlike(run({}, load=4.1), old)) == ["load of the machine by others: 4.1, then 0.0"]


def test_a_bench_comes_back_from_its_file(tmp_path: Path) -> None:
    one = run({"reading.bare": figure(4000.5, rounds=(3900, 4000.5, 4100)), "memory": figure(700, "lower")}, store=None)
    path = tmp_path / "bench.json"
    path.write_text(json.dumps(bench_to_json(one), indent=1), "utf8")
    assert bench_from_json(path) == one


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"date": None}, "date: input should be a valid string"),
        ({"machine": {"python": "3.13.0", "system": "Linux", "machine": "x86_64"}}, "machine.cpus: missing"),
        ({"figures": {"x": {"value": 0, "unit": "s", "better": "lower", "rounds": []}}}, "figures.x: a number above 0 was expected"),
        ({"figures": {"x": {"value": float("nan"), "unit": "s", "better": "lower", "rounds": []}}}, "figures.x: a number above 0 was"),
        ({"figures": {"x": {"value": 1, "unit": "s", "better": "faster", "rounds": []}}}, "figures.x.better: input should be 'higher' or"),
        (
            {"figures": {"x": {"value": 1, "unit": "s", "better": "lower", "rounds": ["1"]}}},
            "figures.x.rounds[0]: input should be a valid number",
        ),
    ],
)
def test_a_wrong_file_is_told_in_one_line_with_its_field(change: dict[str, Any], told: str, tmp_path: Path) -> None:
    path = tmp_path / "bench.json"
    path.write_text(json.dumps(bench_to_json(run({})) | change), "utf8")
    with pytest.raises(InputError) as raised:
        bench_from_json(path)
    assert str(raised.value).startswith(f"{path}: {told}")
    assert "\n" not in str(raised.value)


def test_a_file_that_is_no_bench_is_told(tmp_path: Path) -> None:
    path = tmp_path / "bench.json"
    with pytest.raises(NotFoundError, match=r"bench\.json: no such file"):
        bench_from_json(path)
    for written, told in ((b"", "not JSON"), (b"[1]", "row: "), (b"{}", "date: missing"), (b"\xff\xfe", "cannot be read")):
        path.write_bytes(written)
        with pytest.raises(InputError) as raised:
            bench_from_json(path)
        assert str(raised.value).startswith(f"{path}: {told}")


@pytest.mark.usefixtures("_fake")
def test_store_and_picture_are_measured_and_nothing_is_left(text: Path, temporary: Path) -> None:
    needs_engine()
    steps: list[str] = []
    found = bench(text, parts=("view", "store"), on_step=steps.append)
    assert steps == ["loading", "reading for the graph", "store, round 1 of 1", "view, round 1 of 1"]
    assert (found.data, found.documents, found.failures, found.words) == ("news.txt", 1, 0, len(TEXT.split()))
    assert (found.extractor, found.store, found.left_out) == (FAKE, "embedded", {})
    asked = [f"store.{name}.{which}" for name in ("stance", "claimer", "relations", "neighbourhood") for which in ("median", "p95")]
    assert list(found.figures) == ["store.load", "store.first", *asked, "view.render", "view.size"]
    assert found.figures["store.load"].better == "higher"
    assert found.figures["store.stance.median"].value <= found.figures["store.stance.p95"].value
    assert found.figures["view.size"].value > 0.1  # pyvis and its library are in the page
    assert left_of(temporary) == ([], [])


@pytest.mark.usefixtures("_fake")
def test_many_claims_are_stored_beside_a_bare_script_and_asked_about(text: Path, temporary: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    needs_engine()
    monkeypatch.setattr(load_speed, "TIMES", 3)
    found = bench(text, parts=("load",), claims=100)
    figures = {name: figure.value for name, figure in found.figures.items()}
    assert found.store == "embedded"
    assert figures["load.ratio"] == pytest.approx(figures["load.ours"] / figures["load.bare"], rel=1e-3)
    assert sum(name.startswith("ask.") for name in figures) == 2 * len(questions())
    assert figures["ask.stance-between.median"] <= figures["ask.stance-between.p95"]
    assert figures["load.client"] < figures["load.server"]  # Java, and more of it
    assert left_of(temporary) == ([], [])


def test_invented_claims_are_the_same_each_time_and_each_rests_on_its_sentence() -> None:
    readings = list(made_readings(200))
    assert readings == list(made_readings(200))
    assert sum(len(reading.claims) for reading in readings) == 200
    assert len({claim.id for reading in readings for claim in reading.claims}) == 200
    for reading in readings:
        assert all(claim.evidence.fits(reading.document.text) for claim in reading.claims)


def interrupt(*_: object) -> float:
    raise KeyboardInterrupt


def left_of(temporary: Path) -> tuple[list[Path], list[str]]:
    """Files and processes that are still there."""
    commands = [" ".join(process.info["cmdline"] or ()) for process in psutil.process_iter(["cmdline"])]
    return list(temporary.iterdir()), [command for command in commands if str(temporary) in command]


@pytest.mark.usefixtures("_fake")
def test_an_interrupted_store_is_stopped_and_removed(text: Path, temporary: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    needs_engine()
    monkeypatch.setattr(store_speed, "_milliseconds", interrupt)
    with pytest.raises(KeyboardInterrupt):
        bench(text, parts=("store",))
    assert left_of(temporary) == ([], [])


def test_questions_are_asked_about_those_with_most_claims() -> None:
    readings = [fake_reading(TEXT), fake_reading("Iran ACCUSE actual France. Iraq SUPPORT actual Iran.")]
    asked = store_speed.questions(assembled(readings))
    assert asked["stance"][0] == {"source": "Iran", "target": "France"}
    assert asked["claimer"] == [{"claimer": "Mark Milley"}]
    assert [one["actor"] for one in asked["neighbourhood"]] == ["France", "Iran", "Iraq", "Taliban"]
    assert "claimer" not in store_speed.questions(assembled(readings[1:]))


@pytest.mark.usefixtures("_fake")
def test_parts_that_cannot_be_measured_are_left_out_with_the_reason(text: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "missing_engine", lambda _: "the embedded store is not installed")
    monkeypatch.setattr(speed, "why_no_memory", lambda: "not told here")
    found = bench(text, parts=("store", "memory", "view"))
    assert found.left_out == {"memory": "not told here", "store": "the embedded store is not installed"}
    assert found.store is None
    assert list(found.figures) == ["view.render", "view.size"]


@pytest.mark.usefixtures("_fake")
def test_texts_without_a_claim_are_not_stored(text: Path) -> None:
    text.write_text(SILENT, "utf8")
    assert bench(text, parts=("store",)).left_out == {"store": "no claim in these texts"}


@pytest.mark.usefixtures("_fake")
def test_packed_texts_are_read_and_each_counts_once(tmp_path: Path) -> None:
    path = tmp_path / "dev.jsonl.gz"
    rows = [{"id": str(i), "text": text} for i, text in enumerate([TEXT, SILENT, TEXT])] + [{"id": "3"}]
    path.write_bytes(gzip.compress("\n".join(map(json.dumps, rows)).encode()))
    found = bench(path, parts=())
    assert (found.data, found.documents, found.failures) == ("dev.jsonl.gz", 2, 1)
    assert found.words == len(TEXT.split()) + len(SILENT.split())


@pytest.mark.usefixtures("_fake")
def test_texts_that_cannot_be_read_are_told_by_their_own_name(tmp_path: Path) -> None:
    path = tmp_path / "dev.jsonl.gz"
    with pytest.raises(NotFoundError, match=r"dev\.jsonl\.gz: no such file"):
        bench(path)
    path.write_bytes(b"no gzip")
    with pytest.raises(InputError, match=r"dev\.jsonl\.gz: cannot be unpacked"):
        bench(path)
    path.write_bytes(gzip.compress(b'{"id": "1"}\n'))
    with pytest.raises(InputError) as raised:
        bench(path)
    assert str(raised.value) == f"{path}#1: no `text`"


@pytest.mark.usefixtures("_fake")
def test_a_wrong_option_fails_before_anything_is_measured(text: Path, tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="unknown part speed: reading, memory, store, view, page, load"):
        bench(text, parts=("speed",))  # type: ignore[arg-type]  # what a caller may write
    steps: list[str] = []
    with pytest.raises(SettingsError, match="a folder; the address of an empty Neo4j database was expected"):
        bench(text, store=str(tmp_path / "kg-store"), on_step=steps.append)
    assert steps == ["loading"]
    assert not (tmp_path / "kg-store").exists()


def test_what_fails_in_the_measuring_process_is_told_in_one_line(text: Path, tmp_path: Path) -> None:
    missing = Settings(gazetteers=(tmp_path / "none.toml",))
    with pytest.raises(KgError) as raised:
        list(speed.reading(text, missing))
    assert str(raised.value).startswith("measuring reading: ")
    assert "none.toml" in str(raised.value)


@pytest.fixture
def server(neo4j_server: Place, monkeypatch: pytest.MonkeyPatch) -> Place:
    """An empty database, as the environment names it."""
    neo4j_server.clear()
    for name, value in neo4j_server.environment.items():
        monkeypatch.setenv(name, value)
    return neo4j_server


@pytest.mark.usefixtures("_fake")
def test_an_empty_neo4j_is_measured_and_left_empty(text: Path, server: Place) -> None:
    found = bench(text, store=server.where, parts=("store",))
    assert found.store == "neo4j"
    assert found.figures["store.neighbourhood.median"].value > 0
    assert server.everything() == []


@pytest.mark.usefixtures("_fake")
def test_an_interrupted_neo4j_is_left_empty(text: Path, server: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(store_speed, "_milliseconds", interrupt)
    with pytest.raises(KeyboardInterrupt):
        bench(text, store=server.where, parts=("store",))
    assert server.everything() == []


@pytest.mark.usefixtures("_fake")
def test_a_neo4j_with_data_is_refused_and_not_touched(text: Path, server: Place) -> None:
    server.run("CREATE (:Entity {name: 'mine'})-[:KNOWS]->(:Meta {name: 'mine, too'})")
    before = server.everything()
    with pytest.raises(StoreError, match=r"holds other data.*; speed is measured in an empty database only"):
        bench(text, store=server.where, parts=("store",))
    assert server.everything() == before
    server.clear()
    server.write([fake_reading(TEXT)])
    before = server.everything()
    with pytest.raises(StoreError, match="a graph is stored here; speed is measured in an empty database only"):
        bench(text, store=server.where, parts=("store",))
    assert server.everything() == before


@pytest.mark.slow
def test_reading_and_memory_of_the_sample_articles() -> None:
    found = bench(ARTICLES, parts=("reading", "memory"))
    assert (found.data, found.left_out, found.store) == ("articles", {}, None)
    assert list(found.figures) == ["reading.bare", "reading.extract", "reading.ratio", "memory.after_all", "memory.written"]
    assert 0.3 < found.figures["reading.ratio"].value < 1.5
    assert 100 < found.figures["memory.after_all"].value <= found.figures["memory.written"].value < 4000


@pytest.mark.browser
@pytest.mark.usefixtures("_fake")
def test_the_page_is_measured_in_a_browser_beside_pyvis(text: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from kg.evaluation import page_speed

    if page_speed.why_no_browser():
        pytest.skip(str(page_speed.why_no_browser()))
    monkeypatch.setattr(page_speed, "SIZES", (50,))
    monkeypatch.setattr(page_speed, "_DRAG", 0.3)
    found = bench(text, parts=("page",))
    names = ["layout", "size", "first", "ready", "pan", "drag", "slider", "pyvis_first", "pyvis_pan"]
    assert list(found.figures) == [f"page.50.{name}" for name in names]
    assert 0.5 < found.figures["page.50.size"].value <= 1.0
    assert found.figures["page.50.first"].value < found.figures["page.50.ready"].value < 10


@pytest.mark.usefixtures("_fake")
def test_without_a_browser_the_page_is_left_out_and_why(text: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kg.evaluation.page_speed.shutil.which", lambda _: None)
    assert bench(text, parts=("page",)).left_out == {"page": "there is no Chromium"}
