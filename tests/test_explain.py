"""Why a claim is what it is: the way in the tree from its cue to each actor, and what makes its confidence."""

import math
import tomllib
from importlib import resources

import pytest

from kg.pipeline import Trace
from kg.pipeline.extractor import Extractor
from kg.readers import document_of
from kg.settings import Settings
from kg.stance.wording import in_words

TEXT = """Mali condemned the raid by France on Monday. Ana Berg, the Finnish minister, voiced support for Estonia.

"Russia is a bad actor," Ana Berg said. "They have lied to Estonia."

"Iran is a bad partner," Omar Haddad said.

Norway has imposed sanctions on Belarus."""

type Traces = dict[str, tuple[float, Trace]]


@pytest.fixture(scope="module")
def traces(extractor: Extractor) -> Traces:
    """By cue, the confidence and the trace."""
    document = document_of(TEXT, settings=Settings())
    (parsed,) = extractor.parse([document])
    return {claim.evidence.cue: (claim.confidence, extractor.trace(document, claim.id)) for claim in extractor.read(parsed).claims}


def test_the_path_goes_from_the_cue_to_each_actor(traces: Traces) -> None:
    assert traces["condemned"][1].paths == {
        "source": "condemned -nsubj-> Mali",
        "target": "condemned -dobj-> raid -prep-> by -pobj-> France",
    }
    assert traces["minister"][1].paths == {"source": "minister <-appos- Berg", "target": "minister -amod-> Finnish"}
    assert traces["imposed sanctions"][1].paths["source"] == "imposed -nsubj-> Norway"


def test_who_is_only_understood_says_where_from(traces: Traces) -> None:
    actor, partner = traces["bad actor"][1].paths, traces["bad partner"][1].paths
    assert actor["source"] == "implicit: who says so, named in “Ana Berg, the Finnish minister, voiced support for Estonia.”"
    assert actor["target"] == "bad <-amod- actor <-attr- is -nsubj-> Russia"
    assert partner["source"] == "implicit: who says so, bad <-amod- partner <-attr- is <-ccomp- said -nsubj-> Haddad"


def test_who_speaks_in_another_sentence_is_shown_there(traces: Traces) -> None:
    (lied,) = [trace for cue, (_, trace) in traces.items() if cue.startswith("lied")]
    assert lied.paths["claimer"] == 'named in “"Russia is a bad actor," Ana Berg said.”'


def test_the_weights_add_up_to_the_confidence(traces: Traces) -> None:
    for confidence, trace in traces.values():
        weights = trace.weights
        if weights:
            assert round(1 / (1 + math.exp(-sum(weight.value for weight in weights))), 2) == confidence
            assert weights[0].words == "what every claim starts from"
            sizes = [abs(weight.value) for weight in weights[1:]]
            assert sizes == sorted(sizes, reverse=True)
    condemned = [weight.words for weight in traces["condemned"][1].weights]
    assert {"source: a country", "the relation ACCUSE", "told as actual", "the cue is a verb"} <= set(condemned)


def test_what_is_not_fitted_says_so(traces: Traces) -> None:
    minister = traces["minister"][1]
    assert minister.weights == ()
    assert "confidence 0.85: the rule's own; for roles and membership none is fitted" in minister.reasons


def test_a_long_cue_is_followed_from_its_head(extractor: Extractor) -> None:
    """The words over it are those over the verb, though the cue in the text begins with another word."""
    text = "A ban on Iran may be imposed by Norway."
    document = document_of(text, settings=Settings())
    (parsed,) = extractor.parse([document])
    traces = [extractor.trace(document, claim.id) for claim in extractor.read(parsed).claims]
    assert any("“may” over it: possible" in trace.reasons for trace in traces)


def test_every_weight_of_the_model_has_words() -> None:
    weights = tomllib.loads(resources.files("kg.stance").joinpath("chances.toml").read_text("utf8"))["found"]["weights"]
    words = {feature: in_words(feature) for feature in weights}
    same = {feature for feature, said in words.items() if said == feature}
    assert not same
    assert len(set(words.values())) == len(words)
