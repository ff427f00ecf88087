"""Who does what in a clause, also where the subject is left out: passives, infinitives, relative and participial clauses."""

from kg.language import Word

_RELATIVE = {"who", "which", "that", "whom"}
_SUBJECT_CONTROL = {"promise", "vow", "threaten", "pledge", "agree", "refuse", "offer", "swear", "join", "use"}
_BLAMING = frozenset(
    """accuse blame criticize criticise condemn thank praise suspect denounce arrest charge sue sanction punish slam fault indict convict
    jail blast chide rebuke rip attack protest applaud commend hail congratulate credit reward mock ridicule scold chastise lambast lambaste
    castigate berate admonish reprimand censure fine impeach berate fire sack detain expel execute honor honour forgive excuse""".split()
)
_RELYING = {"rely", "count", "depend", "wait"}
_ASKING = {"call", "appeal", "plead", "look", "push", "arrange", *_RELYING}
_EFFORT = {"trouble", "problem", "difficulty", "time", "success", "luck", "hesitation", "qualm", "part", "interest", "fun", "plan", "role"}
_OUTLETS = {"twitter", "facebook", "instagram", "youtube", "telegram", "tv", "television", "radio"}
_NAMED = {"PERSON", "NORP", "GPE", "ORG"}
_NOUNS = {"NOUN", "PROPN"}
_DASHES = {"-", "--", "---", "–", "—"}
_DEPTH = 12


def passive(verb: Word) -> bool:
    """Whether the verb's surface subject is what is acted upon: "was attacked", "*backed* by Iran", "arrested and *beaten*"."""
    if verb.tag != "VBN":
        return False
    for child in verb.children:
        if child.dep in {"nsubjpass", "auxpass", "agent"}:
            return True
        if child.dep in {"nsubj", "aux"}:
            return False
    if verb.dep == "conj" and verb.head.tag == "VBN":
        return passive(verb.head)
    return verb.dep in {"acl", "amod", "advcl"}


def with_conjuncts(noun: Word) -> list[Word]:
    """A noun and those joined to it: "*Trump*, *Cruz* and *Rubio*", also where the first hangs on the last ("*Cruz* and Mr *Ryan*")."""
    found, queue = [], [noun]
    while queue:
        word = queue.pop()
        found.append(word)
        queue.extend(child for child in word.children if child.dep == "conj" and child.pos not in {"VERB", "AUX"})
    found.extend(
        child for child in noun.children if child.dep == "nmod" and noun.pos in _NOUNS and child.pos == "PROPN" and child.child("cc")
    )
    if noun.dep == "nsubj":  # "*Omar* and his counterpart Ali met", where both are subjects
        found.extend(child for child in noun.head.children if child.dep == "nsubj" and child.i < noun.i and child.child("cc"))
    return sorted(found, key=lambda word: word.i)


def preposition(word: Word, *prepositions: str) -> Word | None:
    """The noun after one of these prepositions: "talks *with* Iran"."""
    for child in word.children:
        if child.dep in {"prep", "agent", "dative"} and child.lower in prepositions:
            for inner in child.children:
                if inner.dep == "pobj":
                    return inner
                if inner.dep == "prep":  # "from behind X", "together with X"
                    return next((deeper for deeper in inner.children if deeper.dep == "pobj"), None)
    return None


def subject(verb: Word, depth: int = 0) -> Word | None:
    """The noun that is the verb's surface subject, found across control, relative clauses and coordination; None when there is none.

    >>> # "Clinton, who urged Congress *to ban* the group": the subject of "ban" is Congress, that of "urged" is Clinton
    """
    if depth > _DEPTH:
        return None
    own = next((child for child in reversed(verb.children) if child.dep in {"nsubj", "nsubjpass"}), None)  # "TIRANA: *Police* arrested"
    if own is not None and not (verb.tag == "VBG" and own.lower in _OUTLETS):  # "wrote on *Twitter* blaming them"
        return antecedent(verb) if own.lower in _RELATIVE and own.tag in {"WP", "WDT"} else _after_dateline(own)
    if verb.tag == "VBG" and (doer := verb.child("poss")) is not None:  # "*his* calling them names"
        return doer
    match verb.dep:
        case "conj":
            return subject(verb.head, depth + 1) if verb.head.pos in {"VERB", "AUX"} else None
        case "xcomp" | "ccomp" | "oprd":
            return _controller(verb, depth)
        case "relcl":
            return _modified(verb, depth) if _infinitive(verb) else verb.head
        case "acl":
            return _modified(verb, depth)
        case "advcl":
            asked = _asked(verb.head) if _infinitive(verb) and verb.head.lemma in _RELYING else None
            return asked or _viewed(verb) or (subject(verb.head, depth + 1) if verb.head.pos in {"VERB", "AUX"} else None)
        case "pcomp":
            return _after_preposition(verb, depth)
        case "auxpass" | "aux":
            return subject(verb.head, depth + 1)
    return None


def _after_dateline(own: Word) -> Word:
    """As in "CAIRO, March 16 - *Police* arrested them", where the parser takes the police for Cairo."""
    dash = next((child for child in own.children if child.text in _DASHES and child.i > own.i), None)
    dated = own.text.isupper() or any(child.entity == "DATE" for child in own.children)
    if dash is None or not dated:
        return own
    return next((child for child in own.children if child.dep == "appos" and child.i > dash.i), own)


def _viewed(verb: Word) -> Word | None:
    """As in "views *them* as radicalized"."""
    if any(child.lower == "as" for child in verb.children if child.i < verb.i):
        return verb.head.child("dobj")
    return None


def antecedent(verb: Word) -> Word | None:
    """The noun that a relative clause is about."""
    while verb.dep == "conj":
        verb = verb.head
    return verb.head if verb.dep in {"relcl", "acl"} else None


def _infinitive(verb: Word) -> bool:
    return any(child.dep == "aux" and child.lower == "to" for child in verb.children)


def _controller(verb: Word, depth: int) -> Word | None:
    above = verb.head
    if above.pos in {"ADJ", "NOUN"} and above.dep in {"acomp", "attr", "dobj", "oprd"}:
        found = subject(above.head, depth + 1)
        return preposition(above, "for") if found is not None and found.lower == "it" else found
    if (hard := above.child("acomp")) is not None and above.lemma == "be":  # "it is hard *for them* to leave"
        found = subject(above, depth + 1)
        return preposition(hard, "for") if found is not None and found.lower == "it" else found
    if above.pos == "PROPN" and _infinitive(verb):  # "*Unison* to back Starmer"
        return above
    if verb.dep == "ccomp" and verb.tag not in {"VB", "VBG"}:
        return None
    if above.lemma not in _SUBJECT_CONTROL and not passive(above):
        for child in above.children:
            if child.dep in {"dobj", "dative"} and child.i < verb.i:
                return child
        asked = _asked(above)
        if asked is not None:
            return asked
    return subject(above, depth + 1)


def _asked(above: Word) -> Word | None:
    """Who is to act where that stands after a preposition: "called *on them* to leave"."""
    return preposition(above, "on", "upon", "to", "for") if above.lemma in _ASKING else None


def owner(noun: Word, depth: int = 0) -> Word | None:
    """Who has or does what a noun names: "*Iran*'s plan", "a plan by *Iran*", "*Iran* has a plan"."""
    found = noun.child("poss") or preposition(noun, "by")
    if found is None:
        found = next((child for child in noun.children if child.dep in {"compound", "amod", "nmod"} and _named(child)), None)
    return found or _of_clause(noun, depth)


def _named(word: Word) -> bool:
    return word.match is not None or (word.pos == "PROPN" and word.entity in _NAMED) or word.entity == "NORP"


def _of_clause(noun: Word, depth: int) -> Word | None:
    """The subject of the clause that a noun stands in: "*it* retreated from a goal of ousting him"."""
    node = noun
    while node.dep in {"pobj", "prep", "pcomp", "conj"} and node.head is not node and depth <= _DEPTH:
        node = node.head
        depth += 1
        if node.pos in {"VERB", "AUX"}:
            return _no_it(subject(node, depth))
    if node.dep in {"dobj", "attr"} and depth <= _DEPTH:
        return _no_it(subject(node.head, depth + 1))
    return None


def _no_it(found: Word | None) -> Word | None:
    return None if found is not None and found.lower in {"it", "there"} else found


def _modified(verb: Word, depth: int) -> Word | None:
    """The noun before a participle ("forces *backing* Assad"), for an infinitive who has the plan ("Iran's plan *to attack*")."""
    if _infinitive(verb):
        wanted = preposition(verb.head, "for")  # "a need *for Iran* to leave"
        return wanted if wanted is not None and wanted.i < verb.i else owner(verb.head, depth + 1)
    if verb.tag == "VBG" and verb.head.lemma in _EFFORT:  # "*Iran* had no trouble finding them"
        return _of_clause(verb.head, depth + 1)
    if verb.tag == "VBG" and verb.head.dep == "pobj" and verb.head.head.lower in {"on", "at", "in"}:  # "wrote on Twitter *blaming* them"
        return _of_clause(verb.head, depth + 1) or verb.head
    return verb.head


def _after_preposition(verb: Word, depth: int) -> Word | None:
    """As in "accused Iran of *arming* them": Iran; "left after *meeting* them": who left."""
    above = verb.head.head
    if above.pos in {"NOUN", "PROPN"}:
        return owner(above, depth + 1)
    if verb.head.lower in {"from", "into"} or (verb.head.lower in {"of", "for", "over"} and above.lemma in _BLAMING):
        if passive(above):
            return subject(above, depth + 1)
        return next((child for child in above.children if child.dep == "dobj"), None)
    if above.pos == "ADJ" and above.dep == "acomp":  # "*they* were guilty of killing him"
        return subject(above.head, depth + 1)
    return subject(above, depth + 1) if above.pos in {"VERB", "AUX"} else None


def agent(verb: Word) -> Word | None:
    """Who acts: the subject of an active verb, the noun after "by" of a passive one."""
    if not passive(verb):
        return subject(verb)
    by = preposition(verb, "by")
    if by is None and verb.dep == "conj" and verb.head.tag == "VBN":
        return agent(verb.head) if passive(verb.head) else None
    return by or _behind_reason(verb)


def _behind_reason(verb: Word) -> Word | None:
    """As in "was accused of lying by *Iran*", where the parser lets Iran do the lying."""
    for child in verb.children:
        gerund = child.child("pcomp") if child.dep == "prep" and child.lower in {"of", "for"} else None
        if gerund is not None and gerund.tag == "VBG" and (by := preposition(gerund, "by")) is not None:
            return by
    return None


def patient(verb: Word) -> Word | None:
    """What is acted upon: the object of an active verb, the subject of a passive one, the noun before a relative clause with a gap."""
    if passive(verb):
        return subject(verb) if verb.dep != "amod" else verb.head
    for child in verb.children:
        if child.dep == "dobj":
            if child.lower in _RELATIVE and child.tag in {"WP", "WDT"}:
                return antecedent(verb)
            return child
    for child in verb.children:
        if child.dep == "ccomp" and (child.tag == "VB" or _infinitive(child)) and child.i > verb.i:  # "help *Israel* achieve peace"
            helped = next((inner for inner in child.children if inner.dep == "nsubj" and inner.i > verb.i), None)
            if helped is not None:
                return helped
    if verb.dep == "relcl":
        own = next((child for child in verb.children if child.dep == "nsubj"), None)
        if own is not None and own.tag not in {"WP", "WDT"} and not any(child.dep == "ccomp" for child in verb.children):
            return verb.head
    if verb.dep == "conj" and verb.head.pos == "VERB" and verb.tag == verb.head.tag:
        return _shared_object(verb)
    for child in verb.children:
        if child.dep == "conj" and child.tag == verb.tag and child.pos == "VERB" and child.i < verb.i + 6:
            return next((inner for inner in child.children if inner.dep == "dobj"), None)
    return None


def _shared_object(verb: Word) -> Word | None:
    """As in "criticised and *attacked* Iran" has its object at one of the two verbs only."""
    return next((child for child in verb.head.children if child.dep == "dobj" and child.i > verb.i), None)
