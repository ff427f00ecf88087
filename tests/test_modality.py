"""How surely something is said to be so: each construction with sentences of its own."""

import pytest
from told import document

from kg.model import Modality
from kg.pipeline.extractor import Extractor


def modality(extractor: Extractor, text: str) -> Modality:
    """The modality of the word between asterisks."""
    before, word, after = text.split("*")
    (parsed,) = extractor.parse([document(before + word + after)])
    (found,) = [one for one in parsed.words if one.start == len(before)]
    return extractor.modality(found)


CASES: dict[str, list[tuple[str, Modality]]] = {
    "modals": [
        ("Chile may *leave* the union.", "possible"),
        ("Chile can *leave* the union.", "possible"),
        ("Chile will *leave* the union.", "planned"),
        ("Chile should *leave* the union.", "demanded"),
        ("Chile must have *left* the union.", "likely"),
        ("Chile would *leave* the union if Peru paid.", "hypothetical"),
        ("Chile won't *leave* the union.", "not_planned"),
        ("Chile could not *leave* the union.", "denied"),
        ("Chile has to *leave* the union.", "demanded"),
        ("Chile had to *leave* the union.", "actual"),
        ("Chile has yet to *leave* the union.", "denied"),
    ],
    "future": [
        ("Chile is going to *leave* the union.", "planned"),
        ("Chile is to *leave* the union.", "planned"),
        ("Chile is set to *leave* the union.", "planned"),
        ("Chile is about to *leave* the union.", "planned"),
        ("The plan is to *leave* the union.", "planned"),
        ("Chile used to *attack* Peru.", "actual"),
    ],
    "negation": [
        ("Chile did not *attack* Peru.", "denied"),
        ("No country *attacked* Peru.", "denied"),
        ("Chile rarely *attacked* Peru.", "denied"),
        ("Chile no longer *supports* Peru.", "denied"),
        ("*Talks* with Peru are never easy.", "actual"),
        ("*Talks* with Peru are unlikely.", "not_planned"),
        ("Chile *offered* no help.", "denied"),
        ("Chile not only *attacked* Peru but also occupied it.", "actual"),
        ("Chile would not name the town but *attacked* Peru.", "actual"),
        ("Chile left without *attacking* Peru.", "denied"),
        ("Chile retreated instead of *attacking* Peru.", "denied"),
    ],
    "negation that is not its own": [
        ("The mayor does not think that Chile *attacked* Peru.", "doubted"),
        ("The mayor did not say that Chile *attacked* Peru.", "unknown"),
        ("The mayor did not say when Chile *attacked* Peru.", "actual"),
        ("The mayor did not know that Chile had *attacked* Peru.", "actual"),
        ("Chile did not mention the *attack*.", "actual"),
        ("Nobody has claimed responsibility for the *attack*.", "actual"),
    ],
    "implicatives": [
        ("Chile managed to *leave* the union.", "actual"),
        ("Chile failed to *leave* the union.", "denied"),
        ("Chile did not fail to *leave* the union.", "actual"),
        ("Chile refused to *leave* the union.", "not_planned"),
        ("Chile regretted that it had *left* the union.", "actual"),
        ("Chile began to *leave* the union.", "actual"),
        ("Chile was the first country to *leave* the union.", "actual"),
    ],
    "purpose": [
        ("Chile sent troops to *defeat* the rebels.", "planned"),
        ("Chile is looking for ways to *leave* the union.", "planned"),
        ("Thousands marched to *protest* against the war.", "actual"),
        ("Chile may send tents to *help* the victims.", "possible"),
        ("Chile is too weak to *attack* Peru.", "denied"),
        ("Peru is easy to *attack*.", "possible"),
    ],
    "conditions": [
        ("If Chile *leaves* the union, Peru will pay.", "hypothetical"),
        ("Unless Chile *leaves* the union, Peru will pay.", "hypothetical"),
        ("Peru will stay until Chile *leaves* the union.", "hypothetical"),
        ("Peru stayed until Chile *left* the union.", "actual"),
        ("Should Chile *leave* the union, Peru will pay.", "hypothetical"),
    ],
    "questions": [
        ("Will Chile *leave* the union?", "unknown"),
        ("Did Chile *attack* Peru?", "unknown"),
        ("Why did Chile *attack* Peru?", "actual"),
        ("Reporters asked whether Chile had *attacked* Peru.", "unknown"),
        ("It is unclear whether Chile *attacked* Peru.", "unknown"),
    ],
    "commands": [
        ("*Stop* the war now!", "demanded"),
        ("The mayor called for Chile to *leave* the union.", "demanded"),
        ("The mayor called for *talks* with Peru.", "demanded"),
        ("The mayor called the *talks* a success.", "actual"),
    ],
    "nouns": [
        ("The risk of *war* with Peru grew.", "possible"),
        ("Police found an *assassination* plot.", "planned"),
        ("Chile announced a possible *attack* on Peru.", "possible"),
        ("Chile denied the *attack* on Peru.", "denied"),
        ("The planned *talks* with Peru collapsed.", "planned"),
        ("The lack of *support* for Peru hurt.", "denied"),
        ("The rumour that Chile *attacked* Peru spread fast.", "possible"),
        ("*Talks* with Peru will be held in May.", "planned"),
    ],
    "words of two": [
        ("The judge ruled that Chile had *attacked* Peru.", "actual"),
        ("The judge ruled out that Chile had *attacked* Peru.", "not_planned"),
        ("The soldiers prevented the rebels from *attacking* Peru.", "denied"),
        ("Chile aims at *leaving* the union.", "planned"),
    ],
}


@pytest.mark.parametrize(
    ("text", "expected"), [pytest.param(text, expected, id=f"{name}: {text}") for name, cases in CASES.items() for text, expected in cases]
)
def test_the_words_around_it_decide_how_surely_something_is_so(text: str, expected: Modality, extractor: Extractor) -> None:
    assert modality(extractor, text) == expected
