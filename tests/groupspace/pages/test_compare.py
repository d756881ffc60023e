"""What changed between two texts: right, readable, and never slow."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from groupspace.pages.compare import GONE, NEW, SAME, compare

text = st.text(alphabet="ab \n", max_size=60) | st.text(max_size=60)


def lines(text):
    return [line for line in text.split("\n") if line.strip()]


@given(text, text)
def test_both_texts_can_be_read_back(old, new):
    blocks = compare(old, new)

    kept = ["".join(p.text for p in block if p.sort != NEW) for block in blocks]
    made = ["".join(p.text for p in block if p.sort != GONE) for block in blocks]

    assert [line for line in kept if line] == lines(old)
    assert [line for line in made if line] == lines(new)


def test_one_word_in_a_sentence():
    ((first, *rest),) = compare("Ga op tijd naar bed.", "Ga nooit op tijd naar bed.")

    assert first == (SAME, "Ga ")
    assert rest == [(NEW, "nooit "), (SAME, "op tijd naar bed.")]


def test_a_new_paragraph_leaves_the_others_alone():
    blocks = compare("Een.\n\nTwee.", "Een.\n\nErtussen.\n\nTwee.")

    assert [[p.sort for p in block] for block in blocks] == [[SAME], [NEW], [SAME]]


def test_a_changed_paragraph_stands_beside_what_became_of_it():
    old = "- Schrijf op.\n\nHet boek van Els hielp mij."
    new = "- Schrijf op.\n- Lees iets.\n\nHet boek van Els hielp mij ook."

    blocks = compare(old, new)

    assert [[p.sort for p in block] for block in blocks][1] == [NEW]
    assert "".join(p.text for p in blocks[2] if p.sort == SAME).startswith("Het boek van Els hielp")


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("a " * 10_000, "b " + "a " * 9_998 + "c"),
        ("a b " * 5_000, "b a a " * 3_300),
        ("a\n" * 10_000, "b\n" + "a\nc\n" * 5_000),
        (" ".join(f"{n % 40}" for n in range(7_000)), " ".join(f"{n * 7 % 41}" for n in range(7_000))),
        (" ".join(map(str, range(4_000))), " ".join(map(str, reversed(range(4_000))))),
        ("x" * 20_000, "y" * 20_000),
    ],
)
def test_no_text_makes_it_slow(old, new):
    before = time.process_time()

    compare(old, new)

    assert time.process_time() - before < 3
