"""The tree of words: names are one word, offsets are those of the text, paragraphs stay apart, a wrong model is told in one line."""

from pathlib import Path

import pytest
from told import document

from kg.errors import ModelError
from kg.gazetteer import Gazetteer
from kg.language import NEEDED, Parsed, Pipeline, Word, load
from kg.pipeline.extractor import Extractor


@pytest.fixture(scope="module")
def pipeline(extractor: Extractor) -> Pipeline:
    return extractor._pipeline


@pytest.fixture(scope="module")
def gazetteer(extractor: Extractor) -> Gazetteer:
    return extractor.gazetteer


def parse(pipeline: Pipeline, text: str) -> Parsed:
    (parsed,) = pipeline.parse([document(text)])
    return parsed


def the(parsed: Parsed, text: str) -> Word:
    return next(word for word in parsed.words if word.text == text)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Soldiers fought ISIS-K.", ["ISIS-K"]),
        ("ISIS-K attacked a school.", ["ISIS-K"]),
        ("Guards fired at ISIS-K's convoy.", ["ISIS-K"]),
        ("The U.S.-led forces left.", ["U.S."]),
        ("He left for the U.S.", ["U.S."]),
        ("The United Nations Security Council's president spoke.", ["United Nations Security Council"]),
        ("Envoys of Saudi Arabia, North Korea and the United Kingdom met.", ["Saudi Arabia", "North Korea", "United Kingdom"]),
        ("“Iran” and (Iraq) and Syria/Yemen", ["Iran", "Iraq", "Syria", "Yemen"]),
    ],
)
def test_a_name_of_the_gazetteer_is_one_word(text: str, names: list[str], pipeline: Pipeline) -> None:
    assert [word.text for word in parse(pipeline, text).words if word.match] == names


def test_the_full_stop_after_a_name_with_a_hyphen_is_a_word_of_its_own(pipeline: Pipeline) -> None:
    parsed = parse(pipeline, "The soldiers fought ISIS-K. The police watched.")
    assert [word.text for word in parsed.sentences[0].words] == ["The", "soldiers", "fought", "ISIS-K", "."]
    assert len(parsed.sentences) == 2


def test_a_possessive_after_a_name_is_a_word_of_its_own(pipeline: Pipeline) -> None:
    parsed = parse(pipeline, "France condemned the Islamic State’s attack.")
    assert the(parsed, "Islamic State").head.text == "attack"
    assert the(parsed, "’s").tag == "POS"


@pytest.mark.parametrize(
    "text",
    [
        "Iran\tand  Syria\ncondemned Israel .",
        "He met the United\nNations Security  Council on Monday. The United  States left.",
        "France\u00a0condemned Iran\u00a0and Israel",
        "  \n\n Iran left.\n\nIraq  stayed \n",
        "Iran left.\r\nIraq stayed.\r\n",
        "Iran",
        "ISIS-K.",
        "Iran,Iraq;Syria--Yemen…Iran",
        "“Iran’s” minister — Iraq’s, too — left\u2009Syria\u200b.",
        "Türkiye condemned Côte d’Ivoire 😀 and Iran.",
        "   ",
    ],
)
def test_every_word_stands_where_it_says(text: str, pipeline: Pipeline) -> None:
    parsed = parse(pipeline, text)
    assert all(text[word.start : word.end] == word.text for word in parsed.words)
    assert [word.i for word in parsed.words] == list(range(len(parsed.words)))
    ends = [0, *(word.end for word in parsed.words)]
    assert all(before <= word.start for before, word in zip(ends, parsed.words, strict=False))
    left_out = "".join(text[before : word.start] for before, word in zip(ends, parsed.words, strict=False)) + text[ends[-1] :]
    assert not left_out.strip(" \n\t\r\u00a0\u2009\u200b")
    assert all(text[sentence.span.start : sentence.span.end].strip() for sentence in parsed.sentences)


def test_a_name_over_a_line_break_is_still_that_name(pipeline: Pipeline, gazetteer: Gazetteer) -> None:
    parsed = parse(pipeline, "He met the United\nNations Security  Council on Monday.")
    (name,) = [word for word in parsed.words if word.match]
    assert name.text == "United\nNations Security  Council"
    assert name.match is not None
    assert name.match.entry is gazetteer.lookup("UN Security Council")


def test_paragraphs_are_never_one_sentence(pipeline: Pipeline) -> None:
    text = "Minister says talks with Iran failed\n\nBy Sandra Kell\n\nThe talks with Iran\n\nfailed on Monday and\n\nFrance left."
    parsed = parse(pipeline, text)
    assert not [sentence for sentence in parsed.sentences if "\n\n" in text[sentence.span.start : sentence.span.end]]
    assert sorted({sentence.paragraph for sentence in parsed.sentences}) == [0, 1, 2, 3, 4]


def test_a_line_break_inside_a_paragraph_ends_nothing(pipeline: Pipeline) -> None:
    parsed = parse(pipeline, "The foreign minister of France\ncondemned Iran on Monday.")
    assert len(parsed.sentences) == 1


@pytest.mark.parametrize("first", ["France condemned Iran on Monday.", "Police arrested three men in Iraq on Monday."])
def test_the_sentence_after_a_headline_stays_whole(first: str, pipeline: Pipeline) -> None:
    text = f"A headline without a stop\n\n{first}"
    assert [text[sentence.span.start : sentence.span.end] for sentence in parse(pipeline, text).sentences][1:] == [first]


@pytest.mark.parametrize(
    "sentence",
    [
        "The United Nations Security Council met.",
        "France left the Islamic Revolutionary Guard Corps alone.",
        "Britain armed the Kurdistan Workers' Party.",
        "He accused Hayat Tahrir al-Sham of lying.",
        "Egypt met the Democratic Republic of the Congo.",
    ],
)
def test_a_name_of_several_words_is_a_proper_noun(sentence: str, pipeline: Pipeline) -> None:
    names = [word for word in parse(pipeline, sentence).words if word.match and " " in word.text]
    assert names
    assert {word.pos for word in names} == {"PROPN"}


def test_a_name_of_several_words_is_a_subject_like_any_other(pipeline: Pipeline) -> None:
    parsed = parse(pipeline, "The Islamic Revolutionary Guard Corps attacked the United Arab Emirates.")
    assert the(parsed, "Islamic Revolutionary Guard Corps").dep == "nsubj"
    assert the(parsed, "United Arab Emirates").dep == "dobj"


def test_the_tree_is_whole(pipeline: Pipeline) -> None:
    parsed = parse(pipeline, "Iran, which attacked Israel,  said\non Monday that it would stop. France agreed.\n\nIraq did not.")
    for word in parsed.words:
        assert all(child.head is word for child in word.children)
        assert word.head is word or word in word.head.children
        assert word.head.sentence == word.sentence
        assert [child.i for child in word.children] == sorted(child.i for child in word.children)
    for sentence in parsed.sentences:
        (root,) = [word for word in sentence.words if word.head is word]
        assert root.subtree() == list(sentence.words)
        assert list(root.ancestors()) == []


def test_words_outlive_the_memory_that_they_were_made_in(pipeline: Pipeline) -> None:
    texts = [f"Minister Number{i} of Iran{i}ian province condemned Syria again." for i in range(40)]
    parsed = list(pipeline.parse(map(document, texts)))
    list(pipeline.parse([document("Something else entirely was said in Norway.")]))
    for text, one in zip(texts, parsed, strict=True):
        assert one.document.text == text
        assert " ".join(word.text for word in one.words).replace(" .", ".") == text
        assert the(one, "condemned").lemma == "condemn"
        assert the(one, "condemned").child("dobj") is the(one, "Syria")


def test_documents_come_one_by_one(pipeline: Pipeline) -> None:
    texts = map(document, ["France met Iran."] * 1000)
    next(pipeline.parse(texts))
    assert len(list(texts)) > 900


def test_a_model_that_is_not_there_is_told_in_one_line(gazetteer: Gazetteer) -> None:
    with pytest.raises(ModelError) as caught:
        load("no_such_model", gazetteer)
    assert "no_such_model" in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_folder_that_is_no_model_is_told_in_one_line(tmp_path: Path, gazetteer: Gazetteer) -> None:
    (tmp_path / "meta.json").write_text("{}", encoding="utf8")
    with pytest.raises(ModelError) as caught:
        load(str(tmp_path), gazetteer)
    assert str(tmp_path) in str(caught.value)
    assert "\n" not in str(caught.value)


def test_what_a_model_lacks_is_named(tmp_path: Path, gazetteer: Gazetteer) -> None:
    import spacy

    blank = spacy.blank("en")
    blank.add_pipe("sentencizer")
    blank.to_disk(tmp_path)
    with pytest.raises(ModelError) as caught:
        load(str(tmp_path), gazetteer)
    assert str(caught.value) == f"{tmp_path}: the pipeline lacks {', '.join(NEEDED)}"


@pytest.mark.parametrize(
    ("form", "lemma"), [("hopes", "hope"), ("hoped", "hope"), ("stages", "stage"), ("wages", "wage"), ("fines", "fine"), ("hops", "hop")]
)
def test_a_verb_is_known_in_each_of_its_forms(form: str, lemma: str, pipeline: Pipeline) -> None:
    (parsed,) = pipeline.parse([document(f"The government of Norway {form} to leave the talks.")])
    assert [word.lemma for word in parsed.words if word.text == form] == [lemma]
