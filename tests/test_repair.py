"""What a user may rely on: damaged letters are mended and recorded, and nothing else is touched."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.model import Line, Source
from pipeline.repair import repair

NB, THIN, NARROW = "\xa0", "\u2009", "\u202f"


def mended(text: str) -> tuple[str, list[tuple[str, str, str]]]:
    lines, repairs = repair(Source("mill", (Line(1, text),), "UTF-8", True, "LF"))
    return lines[0].text, [(one.rule, one.before, one.after) for one in repairs]


@pytest.mark.parametrize(
    ("text", "result", "rules"),
    [
        ("The millerâ€™s wife said â€œnoâ€\x9d twice.", "The miller’s wife said “no” twice.", ["mojibake"]),
        ("the cafÃ© by the mill", "the café by the mill", ["mojibake"]),
        ("a bell\x07 and a\x0cpage", "a bell and a page", ["controls"]),
        ("a\x1b[31m red\x1b[0m word", "a red word", ["controls"]),
        ("a table\twith tabs", "a table\twith tabs", []),
        ("end\x1a", "end", ["controls"]),
        ("two\u2028parts", "two parts", ["controls"]),
        ("wa\xadter\xadmill", "watermill", ["soft-hyphens"]),
        ("water\u2010mill", "water-mill", ["hyphens"]),
        ("water\u2011mill", "water\u2011mill", []),
        ("wa\u200bter\ufeff\u2060mill", "watermill", ["invisible"]),
        ("نمی\u200cخواهم", "نمی\u200cخواهم", []),
        ("क्\u200dष", "क्\u200dष", []),
        ("the \u200eLatin mark", "the Latin mark", ["invisible"]),
        ("ﬁnd the ﬂoor", "find the floor", ["ligatures"]),
        (f"the{NB}mill stood{NB} empty", "the mill stood  empty", ["spaces"]),
        (f"{NB}{NB}1.{NB}The mill", "  1. The mill", ["spaces"]),
        (
            f"p.{NB}12, J.{NB}K. Wheel, 1{NARROW}000 sacks",
            f"p.{NB}12, J.{NB}K. Wheel, 1{NARROW}000 sacks",
            [],
        ),
        (f"«{NB}Voilà{NARROW}!{NB}»", f"«{NB}Voilà{NARROW}!{NB}»", []),
        (f"the{THIN}wheel\u2003turns", "the wheel turns", ["spaces"]),
        ("水車\u3000小屋", "水車\u3000小屋", []),
        ("cafe\u0301", "café", ["composed"]),
        ("[Illustration: O]nce a lamp burned", "Once a lamp burned", ["initials"]),
        ("[Illustration: Decorated A] lamp burned", "A lamp burned", ["initials"]),
        ('[Abbildung: "E]in Licht brannte', '"Ein Licht brannte', ["initials"]),
        ("[Illustration: A] The lamp", "[Illustration: A] The lamp", []),
        ("“Quite so,” he said – ‘it’s 5′ 6″ …’", "“Quite so,” he said – ‘it’s 5′ 6″ …’", []),
        ("&amp; and &eacute; stay, as does 'this'", "&amp; and &eacute; stay, as does 'this'", []),
        ("SÃO PAULO, GARÇON, Ærø, Łódź", "SÃO PAULO, GARÇON, Ærø, Łódź", []),
    ],
)
def test_letters_are_mended(text: str, result: str, rules: list[str]) -> None:
    after, repairs = mended(text)
    assert after == result
    assert list(dict.fromkeys(rule for rule, _, _ in repairs)) == rules


def test_the_record_shows_the_words_that_were_touched() -> None:
    assert mended("One cafÃ© and another")[1] == [("mojibake", "cafÃ©", "café")]


def test_damaged_words_in_a_row_are_one_repair() -> None:
    damaged = "so\u200bon "
    assert mended(f"{damaged * 3}we met")[1] == [("invisible", f"{damaged * 3}".strip(), "soon soon soon")]
    assert len(mended(damaged * 3000)[1]) < 110


lines = st.lists(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\r\n"))).map(
    lambda texts: tuple(Line(number, text) for number, text in enumerate(texts, 1))
)


@given(lines)
def test_no_line_is_deleted_and_each_change_is_on_record(given_lines: tuple[Line, ...]) -> None:
    after, repairs = repair(Source("mill", given_lines, "UTF-8", True, "LF"))
    assert [line.number for line in after] == [line.number for line in given_lines]
    changed = [now.number for before, now in zip(given_lines, after, strict=True) if before.text != now.text]
    assert changed == sorted({one.line for one in repairs})


@given(st.lists(st.sampled_from(["mill", "cafÃ©", "a\xadb", "ﬁn", "x\x07y", "e\u0301", "so\u200bon"]), min_size=1))
def test_the_record_alone_turns_the_old_line_into_the_new(words: list[str]) -> None:
    text = " ".join(words)
    after, repairs = mended(text)
    for _, before, now in repairs:
        text = text.replace(before, now, 1)
    assert text == after


@given(lines)
def test_repairing_twice_is_repairing_once(given_lines: tuple[Line, ...]) -> None:
    once, _ = repair(Source("mill", given_lines, "UTF-8", True, "LF"))
    twice, _ = repair(Source("mill", once, "UTF-8", True, "LF"))
    assert twice == once


@given(st.text(st.characters(codec="ascii", categories=["L", "N", "P", "S", "Z"])))
def test_plain_text_is_left_alone(text: str) -> None:
    assert mended(text) == (unicodedata.normalize("NFC", text), [])
