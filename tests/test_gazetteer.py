import time
from collections import defaultdict
from pathlib import Path

import pytest

from kg.errors import SettingsError
from kg.gazetteer import Gazetteer, given_name_gender, load_gazetteer
from kg.model import entity_key

UN_MEMBERS = """
AF AL DZ AD AO AG AR AM AU AT AZ BS BH BD BB BY BE BZ BJ BT BO BA BW BR BN BG BF BI CV KH CM CA CF TD CL CN CO KM CG CD
CR CI HR CU CY CZ DK DJ DM DO EC EG SV GQ ER EE SZ ET FJ FI FR GA GM GE DE GH GR GD GT GN GW GY HT HN HU IS IN ID IR IQ
IE IL IT JM JP JO KZ KE KI KP KR KW KG LA LV LB LS LR LY LI LT LU MG MW MY MV ML MT MH MR MU MX FM MD MC MN ME MA MZ MM
NA NR NP NL NZ NI NE NG MK NO OM PK PW PA PG PY PE PH PL PT QA RO RU RW KN LC VC WS SM ST SA SN RS SC SL SG SK SI SB SO
ZA SS ES LK SD SR SE CH SY TJ TZ TH TL TG TO TT TN TR TM TV UG UA AE GB US UY UZ VU VE VN YE ZM ZW
""".split()


@pytest.fixture(scope="module")
def ours() -> Gazetteer:
    return load_gazetteer()


def found(gazetteer: Gazetteer, text: str) -> list[tuple[str, str]]:
    return [(text[match.start : match.end], match.entry.id) for match in gazetteer.find(text)]


def test_every_member_of_the_united_nations_is_there_with_a_demonym(ours: Gazetteer) -> None:
    assert len(UN_MEMBERS) == 193
    types = {code: {alias.type for alias in ours.entries[f"country:{code}"].aliases} for code in UN_MEMBERS}
    assert [code for code, found_types in types.items() if "demonym" not in found_types] == ["CG", "DM"]  # their people share a name
    assert len([code for code, found_types in types.items() if "capital" in found_types]) > 170


def test_states_that_few_or_not_all_recognise_are_countries(ours: Gazetteer) -> None:
    for (
        code
    ) in "XK TW PS VA EH HK scotland england wales northern-ireland abkhazia south-ossetia somaliland transnistria northern-cyprus".split():
        assert ours.entries[f"country:{code}"].kind == "country"


def test_it_is_as_large_as_promised(ours: Gazetteer) -> None:
    sizes: dict[str | None, int] = defaultdict(int)
    for entry in ours.entries.values():
        sizes[entry.category] += 1
    assert sizes["armed group"] >= 300
    assert sizes["organisation"] >= 150
    assert sizes["government"] >= 200
    assert sizes["party"] >= 150
    assert sizes["media"] >= 150
    assert len([entry for entry in ours.entries.values() if entry.kind == "person" and entry.gender]) >= 350


@pytest.mark.parametrize(
    ("entry_id", "names"),
    [
        ("country:US", "U.S. US USA U.S.A. America American Americans Washington"),
        ("country:GB", "U.K. UK Britain British Briton Britons London"),
        ("country:AE", "UAE U.A.E. Emirati Emiratis"),
        ("country:KP", "DPRK Pyongyang"),
        ("country:CD", "DRC Zaire"),
        ("country:CI", "Côte_d'Ivoire Cote_d’Ivoire Ivory_Coast Ivorian"),
        ("country:TR", "Turkey Türkiye Turkiye Turks Ankara"),
        ("country:MM", "Burma Burmese Myanmar"),
        ("country:UA", "Kyiv Kiev Ukrainians"),
        ("country:RU", "Kremlin Moscow Russian_Federation"),
        ("country:FR", "Élysée Elysee_Palace Quai_d'Orsay French Frenchman"),
        ("group:state-department", "Foggy_Bottom US_State_Department"),
        ("group:isis", "ISIS Islamic_State ISIL Daesh IS Islamic_State_group Islamic_State_of_Iraq_and_the_Levant Isis"),
        ("group:isis-k", "ISIS-K ISIS-Khorasan ISKP IS-K ISIS‑K Islamic_State_Khorasan_Province"),
        ("group:tehrik-i-taliban-pakistan", "TTP Pakistani_Taliban Tehreek-e-Taliban_Pakistan"),
        ("group:taliban", "Taliban Afghan_Taliban Taleban TALIBAN Taliban's"),
        ("group:hezbollah", "Hezbollah Hizbullah Hizbollah"),
        ("group:houthis", "Houthi Houthis Ansar_Allah"),
        ("group:wagner-group", "Wagner Wagner_Group"),
        ("group:al-qaeda", "al-Qaeda al-Qaida Al_Qaeda al_Qaida Al-Qaida AL-QAEDA"),
        ("group:al-shabaab", "al-Shabaab Al_Shabab"),
        ("group:republican-party", "GOP Republicans Republican_Party"),
        ("person:bashar-al-assad", "Bashar_al-Assad Bashar_Al-Assad Bashar_al_Assad Bashar_Assad"),
        ("person:recep-tayyip-erdogan", "Recep_Tayyip_Erdogan Recep_Tayyip_Erdoğan Erdogan"),
    ],
)
def test_the_forms_that_news_uses_are_one_actor(ours: Gazetteer, entry_id: str, names: str) -> None:
    for name in names.replace(" ", "|").replace("_", " ").split("|"):
        entry = ours.lookup(name)
        assert entry is not None, name
        assert entry.id == entry_id, name
        assert found(ours, f"They met; {name}, it is said.")[0][1] == entry_id


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("They fought ISIS-K. Then", ["ISIS-K"]),
        ("ISIS-K's fighters and ISIS’ men", ["ISIS-K", "ISIS"]),
        ("a U.S.-led raid in the U.S.", ["U.S.", "U.S."]),
        ("an Iraqi-born man, anti-Iranian", ["Iraqi", "Iranian"]),
        ("THE USE OF IT; they told us, and BUSH", []),
        ("the wreck of the U.S.S. Grayback", []),
        ("we ate turkey and polish the china", []),
        ("Niger and Nigeria, Nigerien and Nigerian", ["Niger", "Nigeria", "Nigerien", "Nigerian"]),
        ("Guinea-Bissau, Guinea, Equatorial Guinea", ["Guinea-Bissau", "Guinea", "Equatorial Guinea"]),
        ("Papua New Guinea", ["Papua New Guinea"]),
        ("South Sudan and Sudan, South Sudanese", ["South Sudan", "Sudan", "South Sudanese"]),
        ("in the Gulf of Mexico, New Mexico, the Persian Gulf, off Latin America", []),
        ("the Islamic\n  State and the Islamic\tState", ["Islamic\n  State", "Islamic\tState"]),
        ("the Islamic\n\nState", []),
        ("Abu Hamza al-Iraqi", []),
        ("TALIBAN TAKE KABUL, THIS IS WHO WE ARE", ["TALIBAN", "KABUL"]),
        ("Taliban’s and Sana’a", ["Taliban", "Sana’a"]),
        ("", []),
    ],
)
def test_names_are_found_on_word_boundaries(ours: Gazetteer, text: str, expected: list[str]) -> None:
    assert [words for words, _ in found(ours, text)] == expected


def test_matches_say_which_actor_and_what_sort_of_word(ours: Gazetteer) -> None:
    text = "Baghdad and the Iraqis blamed Georgia, the Kremlin and the Pakistani Taliban."
    matches = ours.find(text)
    assert [(match.entry.id, match.alias.type, match.alias.ambiguous) for match in matches] == [
        ("country:IQ", "capital", False),
        ("country:IQ", "demonym", False),
        ("country:GE", "name", True),
        ("country:RU", "seat", False),
        ("group:tehrik-i-taliban-pakistan", "name", False),
    ]


def test_organs_are_groups_of_their_own_that_are_part_of_the_country(ours: Gazetteer) -> None:
    for name in ("White House", "Pentagon", "State Department", "Congress", "Obama administration", "former Afghan government"):
        entry = ours.lookup(f"the {name}", "group")
        assert entry is not None, name
        assert entry.category == "government"
        assert entry.part_of in {"country:US", "country:AF"}
    assert ours.entries["group:isis-k"].part_of == "group:isis"


def test_lookup_respects_the_kind_and_knows_no_parts_of_names(ours: Gazetteer) -> None:
    assert ours.lookup("Taliban", "person") is None
    assert ours.lookup("the  United\nStates’", "country") is ours.entries["country:US"]
    assert ours.lookup("us") is None
    assert ours.lookup("Islamic") is None
    assert ours.lookup("") is None


def test_no_name_of_ours_belongs_to_two_actors(ours: Gazetteer) -> None:
    owners: dict[str, set[str]] = defaultdict(set)
    for entry in ours.entries.values():
        for alias in entry.aliases:
            owners[alias.text].add(entry.id)
    assert {text: ids for text, ids in owners.items() if len(ids) > 1} == {}


def test_ids_of_persons_and_groups_are_those_that_their_names_would_get(ours: Gazetteer) -> None:
    """So an article read without the gazetteer's alias meets the same entity."""
    others = [e.id for e in ours.entries.values() if e.kind != "country" and entity_key(e.name, e.kind) != e.id]
    assert sorted(others) == ["group:opec-plus", "person:donald-trump-jr", "person:ferdinand-marcos-jr"]


def test_every_match_of_every_name_is_that_name(ours: Gazetteer) -> None:
    hidden = [
        alias.text
        for entry in ours.entries.values()
        for alias in entry.aliases
        if found(ours, f"x {alias.text}, y") != [(alias.text, entry.id)]
    ]
    assert hidden == []


def write(path: Path, text: str) -> Path:
    path.write_text(text, encoding="utf8")
    return path


def test_a_users_file_adds_replaces_and_wins(ours: Gazetteer, tmp_path: Path) -> None:
    own = write(
        tmp_path / "own.toml",
        """
        category = "militia"
        not_names = ["Taliban Street", "Telegram"]
        ["group:river-guard"]
        name = "River Guard"
        names = ["RG", "Hamas", "Gulf of Mexico"]
        part_of = "group:taliban"
        ["group:isis"]
        name = "Islamic State"
        """,
    )
    mixed = load_gazetteer([own])
    assert found(mixed, "RG and Hamas on Taliban Street") == [("RG", "group:river-guard"), ("Hamas", "group:river-guard")]
    assert found(mixed, "Gulf of Mexico, Telegram, New Mexico") == [("Gulf of Mexico", "group:river-guard")]
    assert mixed.entries["group:river-guard"].category == "militia"
    assert mixed.entries["group:isis"].name == "Islamic State"
    assert mixed.lookup("ISIS") is None
    assert mixed.digest != ours.digest
    assert load_gazetteer([own]) == mixed
    write(own, '["group:river-guard"]\nname = "River Guard"\n')
    assert load_gazetteer([own]).lookup("RG") is None


@pytest.mark.parametrize(
    ("content", "complaint"),
    [
        ("[group:x", "Expected"),
        ('["group:x"]\nname = "X1"\n["group:x"]\nname = "X2"', "group:x"),
        ('["group:x"]\nnames = ["X1"]', "group:x: no name"),
        ('["gruop:x"]\nname = "X1"', "gruop:x: an id is KIND:NAME with one of the kinds person, group, country"),
        ('["group:"]\nname = "X1"', "an id is KIND:NAME"),
        ('["group:x"]\nname = 3', "group:x: name: expected a text, got 3"),
        ('["group:x"]\nname = "X1"\nnames = "X2"', "group:x: names: expected a list of texts, got 'X2'"),
        ('["group:x"]\nname = "X1"\nnames = ["-"]', "group:x: names: expected a text, got '-'"),
        ('["group:x"]\nname = "X1"\nalias = ["X2"]', "group:x: unknown field 'alias'; known: name, names"),
        ('["group:x"]\nname = "X1"\nambiguous = ["X2"]', "group:x: ambiguous: 'X2' is not one of the entry's names"),
        ('["group:x"]\nname = "X1"\npart_of = "group:nobody"', "group:x: part_of: no entry 'group:nobody'"),
        ('["group:x"]\nname = "X1"\npart_of = "group:x"', "group:x in group:x goes round in a circle"),
        ('["person:x"]\nname = "X1"\ngender = "male"', 'person:x: gender: expected "m" or "f", got \'male\''),
        ('["group:x"]\nname = "X1"\n["group:y"]\nname = "X1"', "'X1' names both group:x and group:y"),
        ('"group:x" = "X1"', "group:x: expected a table with a name, got 'X1'"),
        ('not_names = "X1"', "not_names: expected a list of texts, got 'X1'"),
        ("category = 1", "category: expected a text, got 1"),
    ],
)
def test_what_is_wrong_in_a_users_file_is_one_line_that_names_it(tmp_path: Path, content: str, complaint: str) -> None:
    path = write(tmp_path / "bad.toml", content)
    with pytest.raises(SettingsError) as caught:
        load_gazetteer([path])
    message = str(caught.value)
    assert message.startswith(f"{path}: ")
    assert complaint in message
    assert "\n" not in message


def test_a_file_that_is_missing_or_no_text_is_named(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="No such file"):
        load_gazetteer([tmp_path / "none.toml"])
    path = tmp_path / "binary.toml"
    path.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(SettingsError, match=r"binary\.toml"):
        load_gazetteer([path])


def test_given_names_tell_he_from_she() -> None:
    men = "John Lloyd Vladimir Mohammed Jose José Hans Recep Narendra Shinzo".split()
    women = "Angela Mary Fatima Yulia Carmen Ursula Sushma Michelle".split()
    assert [given_name_gender(name) for name in [*men, *women]] == ["m"] * len(men) + ["f"] * len(women)
    assert [given_name_gender(name) for name in ("Robin", "Kim", "Xyzzy", "")] == [None] * 4


def test_finding_takes_microseconds_a_word(ours: Gazetteer) -> None:
    sentence = (
        "The U.S. would rather side with the Taliban, not ISIS-K, officials in Kabul said on Friday, but nothing was decided by then. "
    )
    text = (sentence * 5 + "\n\n") * 200
    ours.find(text)
    start = time.process_time()
    matches = ours.find(text)
    spent = time.process_time() - start
    assert len(matches) == 4 * 1000
    assert spent / len(text.split()) < 20e-6  # about 3 on the machine this was written on


def test_offsets_hold_whatever_the_white_space_is(ours: Gazetteer) -> None:
    text = "\ufeff \r\n\r\n The  Taliban\r\n\tand\u00a0the\u00a0United\u00a0\u00a0Nations \n \n said — “ISIS–K” \r\n"
    assert [words for words, _ in found(ours, text)] == ["Taliban", "United\u00a0\u00a0Nations", "ISIS–K"]
