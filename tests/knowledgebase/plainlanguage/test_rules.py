"""The rules for plain Dutch, one by one, on small texts that keep or break them."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from knowledgebase.plainlanguage import words as lists
from knowledgebase.plainlanguage.passive import is_passive
from knowledgebase.plainlanguage.rules import Level, Report, Text, is_long, report
from knowledgebase.plainlanguage.tokens import plain, sentences, syllables, words

DIFFICULT = {"teneinde": "om", "in het kader van": "voor", "competentie": "wat je kunt"}
GOOD = "Je bent niet alleen. Veel mensen piekeren. Schrijf op wat je denkt. Kies een vast uur. Ga daarna iets doen."


def held(*texts: str) -> Report:
    return report([Text(text) for text in texts], DIFFICULT, {"waarschijnlijk"})


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("<p>Eén. ‘Twee?’ Drie: vier</p><p>vijf</p>", ["Eén.", "‘Twee?", "Drie:", "vier", "vijf"]),
        ("Neem iets mee, bijv. een boek. Of niet.", ["Neem iets mee, bijv. een boek.", "Of niet."]),
        ("Neem brood, fruit enz. Daarna ga je.", ["Neem brood, fruit enz.", "Daarna ga je."]),
        ("Vraag het aan dr. Jansen. Nu.", ["Vraag het aan dr. Jansen.", "Nu."]),
        ("Kijk op https://www.113.nl/a.b. Of mail jan@voorbeeld.nl.", ["Kijk op X.", "Of mail X."]),
        ("Om 20.15 uur. Op 1.5.2026!", ["Om 20.15 uur.", "Op 1.5.2026!"]),
        ("<ul><li>brood</li><li>melk</li></ul>", ["brood", "melk"]),
        ("regel een\nregel twee", ["regel een", "regel twee"]),
        ("", []),
        ("😀 … !!!", []),
    ],
)
def test_sentences_are_cut_where_a_reader_stops(text: str, found: list[str]) -> None:
    assert sentences(text) == found


def test_what_is_no_language_counts_as_one_short_word() -> None:
    assert plain("Bewaard om %(time)s, zie `code_a.py` en /groep/mijn/ &amp; meer") == "Bewaard om X, zie X en X & meer"


def test_telephone_number_is_one_word() -> None:
    assert len(words("Bel Veilig Thuis, 0800-2000")) == 4
    assert len(words("088 0767 000")) == 1


@pytest.mark.parametrize(
    ("word", "number"),
    [("huis", 1), ("ideeën", 3), ("begeleider", 4), ("mooi", 1), ("eeuwig", 2), ("organisatie", 5), ("fiets", 1)],
)
def test_syllables_are_groups_of_vowels(word: str, number: int) -> None:
    assert syllables(word) == number


def test_word_is_long_by_letters_or_syllables_unless_everybody_knows_it() -> None:
    assert is_long("straatlantaarn")  # 14 letters
    assert is_long("inventarisatie")
    assert not is_long("begeleider")
    assert not is_long("Waarschijnlijk", {"waarschijnlijk"})
    assert not is_long("e-mailadressen"), "a hyphen cuts a word in two"


@pytest.mark.parametrize(
    "sentence",
    [
        "De brief wordt geschreven.",
        "Je wordt morgen gebeld door de begeleider.",
        "Er kan bezwaar worden gemaakt.",
        "De tekst werd verwijderd.",
        "De pagina is bewaard.",
        "Als je dat wilt, word je uitgenodigd.",
        "Het formulier wordt binnen een week besproken.",
    ],
)
def test_passive_sentence_is_noticed(sentence: str) -> None:
    assert is_passive(sentence)


@pytest.mark.parametrize(
    "sentence",
    [
        "Word lid van de groep.",
        "Je wordt boos.",
        "Wordt het te druk, vertel dat dan.",
        "De begeleider is gekomen.",
        "Het is verwarrend.",
        "Een verzonnen naam is prima.",
        "Ik ben Noor en ik begeleid deze groep.",
        "Dat is goed bedoeld.",
        "Zij zijn geweest en gebleven.",
        "We hebben je gebeld.",
        "De groep is gesloten.",
    ],
)
def test_active_sentence_is_left_alone(sentence: str) -> None:
    assert not is_passive(sentence)


def test_plain_text_is_good_to_read() -> None:
    found = held(GOOD)

    assert found.level is Level.GOOD
    assert found.reasons == []
    assert (found.sentences, found.words, round(found.mean, 1)) == (5, 20, 4.0)


def test_sentence_of_25_words_is_allowed_and_26_is_not() -> None:
    assert held(f"{'woord ' * 24}einde.").long_sentences == []

    found = held(GOOD, f"{'woord ' * 25}einde.")

    assert [(spot.words, spot.text) for spot in found.long_sentences] == [(26, 1)]
    assert found.reasons == ["long_sentences"]
    assert found.level is Level.COULD_BE_SIMPLER


@pytest.mark.parametrize(("length", "level"), [(15, Level.GOOD), (16, Level.COULD_BE_SIMPLER), (21, Level.HARD)])
def test_average_is_at_most_15_words(length: int, level: Level) -> None:
    assert held(" ".join([f"{'Woord ' * (length - 1)}einde."] * 5)).level is level


def test_labels_do_not_make_the_average_look_better() -> None:
    long = " ".join([f"{'Woord ' * 15}einde."] * 5)

    assert held(long, *["Kort kopje"] * 20).mean == 16


def test_difficult_word_is_named_with_its_alternative() -> None:
    found = held("Teneinde te leren.", "Dat is in het kader van twee competenties, en teneinde.")

    assert [(spot.excerpt, spot.alternative, spot.text) for spot in found.difficult_words] == [
        ("teneinde", "om", 0),
        ("in het kader van", "voor", 1),
        ("competenties", "wat je kunt", 1),
        ("teneinde", "om", 1),
    ]
    assert found.level is Level.COULD_BE_SIMPLER


def test_part_of_another_word_is_not_difficult() -> None:
    assert held("Een incompetentie, een competentiegebied.").difficult_words == []


def test_word_is_told_once_a_text_with_how_often_it_stands_there() -> None:
    found = held("De straatlantaarn. Een straatlantaarn. Teneinde, teneinde.")

    assert [(spot.excerpt, spot.times) for spot in found.long_words] == [("straatlantaarn", 2)]
    assert [(spot.excerpt, spot.times) for spot in found.difficult_words] == [("teneinde", 2)]


def test_some_passives_and_long_words_are_fine_and_many_are_not() -> None:
    assert held(GOOD, "De straatlantaarn wordt gemaakt.").level is Level.GOOD

    found = held(" ".join(["De lantaarns worden gemaakt."] * 5))
    assert found.reasons == ["passives"]
    assert found.level is Level.HARD

    found = held(" ".join(["De straatlantaarnverlichting doet het."] * 5))
    assert found.reasons == ["long_words"]


def test_single_message_is_not_judged_by_its_share() -> None:
    assert held("De straatlantaarn is gemaakt.").level is Level.GOOD


def test_no_text_is_no_trouble() -> None:
    assert held().level is Level.GOOD
    assert held("", " ").words == 0


def test_official_letter_is_hard_to_read() -> None:
    letter = (
        "Teneinde de continuïteit te waarborgen dient men zich binnen afzienbare tijd te melden bij de desbetreffende "
        "instantie, alwaar in het kader van de intakeprocedure een inventarisatie van de problematiek plaatsvindt. "
        "De documentatie wordt door de gedragswetenschapper beoordeeld. Indien noodzakelijk wordt een plan opgesteld. "
        "Er kan bezwaar worden gemaakt. Dit dient schriftelijk te geschieden."
    )

    found = report([Text(letter)], lists.difficult(), lists.everyday())

    assert found.level is Level.HARD
    assert found.reasons == ["long_sentences", "difficult_words", "passives", "long_words"]


@given(st.text(max_size=400))
@settings(max_examples=60, deadline=None)
def test_odd_text_never_breaks_the_rules(text: str) -> None:
    found = report([Text(text)], lists.difficult(), lists.everyday())

    assert found.words >= 0
    assert all(spot.text == 0 for spot in found.long_words)


@pytest.mark.parametrize("part", ["{{", "<a", "a", "/", "1 ", "a.@", "."])
def test_no_text_keeps_the_server_busy(part: str) -> None:
    import time

    before = time.process_time()
    report([Text(part * 60_000)], lists.difficult(), lists.everyday())

    assert time.process_time() - before < 5


def test_list_of_difficult_words_holds_together() -> None:
    listed = lists.difficult()

    assert len(listed) > 250
    assert all(word == word.lower().strip() and alternative.strip() for word, alternative in listed.items())
    assert not set(listed) & lists.everyday()


def test_alternatives_are_not_difficult_themselves() -> None:
    texts = [Text(alternative) for alternative in lists.difficult().values()]

    assert [spot.excerpt for spot in report(texts, lists.difficult()).difficult_words] == []
