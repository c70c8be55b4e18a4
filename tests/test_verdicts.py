"""A person overrules the program; a verdict that fits nothing, or changes nothing, is an error."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.beside import Beside
from pipeline.build import Reading, draft, read_source
from pipeline.errors import Exit, OctavoError
from pipeline.model import Decision, Heading, Name, Role, Run
from pipeline.overrule import decide
from pipeline.report import Report
from pipeline.settings import Settings
from pipeline.verdicts import Verdict

TEXT = """\
The Kettle Papers. Part One: On Boiling.


It is held by many that a watched kettle does not boil, and the village of Upper Tarn has kept a book of trials.
The trials were made on Sundays, when there was time to watch.
Moorcroft, Ada. Kettles of the North. Leeds: Tarn Press, 1911, p. 12

A second series was made with the lid off.
Moorcroft, Ada. Kettles of the North. Leeds: Tarn Press, 1911, p. 14

A third, by the vicar, was made without fire, and is not counted.
Pell, Jonas. The Vicar’s Kettle. York: Abbey Books, 1920, p. 3
"""


def read(folder: Path, verdicts: str, text: str = TEXT, report: Report | None = None) -> Reading:
    source = folder / "kettle.txt"
    source.write_text(text, encoding="utf-8")
    (folder / "kettle.verdicts.toml").write_text(verdicts, encoding="utf-8")
    return read_source(source, Settings(title="Kettles", lang="en"), report or Report(), lambda _stage: None)


def verdict(line: int, starts: str, act: str) -> str:
    return f'[[verdict]]\nline = {line}\nstarts = "{starts}"\nwhy = "seen in the printed book"\n{act}\n'


def test_a_role_is_overruled_and_the_reason_is_kept(tmp_path: Path) -> None:
    reading = read(tmp_path, verdict(5, "The trials", 'role = "heading"'))
    (decision,) = [one for one in reading.decisions if one.line == 5]
    assert decision.role is Role.HEADING
    assert "seen in the printed book" in decision.reasons[-1].rule


@pytest.mark.parametrize(
    ("act", "read_as"),
    [
        (
            'read = { made = "held" }',
            ["The trials were held on Sundays", "was made with the lid", "was made without fire"],
        ),
        (
            'read = { made = "held" }\neverywhere = true',
            ["The trials were held on Sundays", "was held with the lid", "was held without fire"],
        ),
    ],
)
def test_words_that_were_misread_are_corrected_and_on_record(tmp_path: Path, act: str, read_as: list[str]) -> None:
    reading = read(tmp_path, verdict(5, "The trials", act))
    text = "\n".join(line.text for line in reading.lines)
    assert [words in text for words in read_as] == [True] * 3
    changed = [(one.line, one.before, one.after) for one in reading.changes if "seen in the printed book" in one.why]
    assert changed == [(n, "made", "held") for n in (5, 8, 11)[: 3 if "everywhere" in act else 1]]


def test_a_correction_of_words_that_are_not_there_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(OctavoError) as caught:
        read(tmp_path, verdict(5, "The trials", 'read = { tlie = "the" }'))
    assert caught.value.exit_code is Exit.VERDICT


def test_lines_are_joined(tmp_path: Path) -> None:
    reading = read(tmp_path, verdict(5, "The trials", "join = true"))
    assert [one.joined for one in reading.decisions if one.line == 5] == [True]


def test_what_a_citation_covers_its_fields_and_its_work_are_overruled(tmp_path: Path) -> None:
    reading = read(
        tmp_path,
        verdict(6, "Moorcroft", "covers = [5, 5]")
        + verdict(9, "Moorcroft", 'fields = { author = ["Moorcroft, Adela"], year = "1912" }')
        + verdict(12, "Pell", 'work = "moorcroft1911kettles"'),
    )
    first, second, third = reading.citations
    assert first.covers == (5, 5)
    assert second.fields.author == (Name(family="Moorcroft", given="Adela"),)
    assert second.fields.year == "1912"
    assert third.work == first.work
    assert not [work for work in reading.book.works if "pell" in work], "a work nobody cites stays in the bibliography"


def test_verdicts_find_their_lines_again_when_text_was_inserted_above(tmp_path: Path) -> None:
    report = Report()
    longer = TEXT.replace("\n\n\nIt is", "\n\n\nA line that was not there before stands here now.\n\nIt is")
    reading = read(
        tmp_path,
        verdict(6, "Moorcroft, Ada. Kettles of the North. Leeds: Tarn Press, 1911, p. 12", "covers = [5, 5]"),
        longer,
        report,
    )
    assert reading.citations[0].covers == (7, 7)
    assert [(found.code, found.line) for found in report.findings] == [("verdict-moved", 8)]


def test_a_heading_gets_its_level_and_the_words_that_it_is_shown_by(tmp_path: Path) -> None:
    reading = read(
        tmp_path,
        verdict(1, "The Kettle", 'shown = "On Boiling"')
        + verdict(5, "The trials", "level = 3")
        + verdict(11, "A third", "level = 1"),
    )
    headings = [one for one in reading.book.elements if isinstance(one, Heading)]
    assert [(one.level, one.inlines) for one in headings if 1 in one.lines] == [(1, (Run("On Boiling"),))]
    assert [(one.level, one.lines) for one in headings if 1 not in one.lines] == [(3, (5,)), (1, (11,))]
    renamed = [one for one in reading.changes if one.line == 1 and one.after == "On Boiling"]
    assert [one.before for one in renamed] == ["The Kettle Papers. Part One: On Boiling."]


def test_a_heading_of_two_lines_is_renamed_whole_and_no_word_is_lost(tmp_path: Path) -> None:
    text = "The Kettle Papers.\nPart One: On Boiling.\n" + TEXT.split("\n", 1)[1]
    verdicts = verdict(2, "Part One", "join = true") + verdict(1, "The Kettle", 'level = 1\nshown = "Trials"')
    source = tmp_path / "kettle.txt"
    source.write_text(text, encoding="utf-8")
    (tmp_path / "kettle.verdicts.toml").write_text(verdicts, encoding="utf-8")
    report = Report()
    draft(source, Settings(title="Kettles", lang="en"), tmp_path, report, lambda _stage: None, Beside())[1]()
    assert "# Trials " in (tmp_path / "book.md").read_text(encoding="utf-8")
    assert report.conservation["markdown"]["lost"] == report.conservation["markdown"]["added"] == 0


def test_a_citation_names_a_work_of_its_own(tmp_path: Path) -> None:
    reading = read(tmp_path, verdict(9, "Moorcroft", 'apart = "kettles-second"'))
    assert [one.work for one in reading.citations] == ["moorcroft1911kettles", "kettles-second", "pell1920vicars"]
    parted = reading.book.works["kettles-second"]
    assert (parted.csl["title"], [lines for _, lines in parted.variants]) == ("Kettles of the North", [(9,)])
    assert [lines for _, lines in reading.book.works["moorcroft1911kettles"].variants] == [(6,)]


def test_works_that_are_one_have_all_spellings(tmp_path: Path) -> None:
    reading = read(tmp_path, verdict(12, "Pell", 'work = "moorcroft1911kettles"'))
    (work,) = reading.book.works.values()
    assert sorted(n for _, lines in work.variants for n in lines) == [6, 9, 12]
    assert work.csl["title"] == "Kettles of the North"


@pytest.mark.parametrize(("score", "settled"), [(0.6, True), (0.95, False)])
def test_a_doubt_is_settled_by_saying_what_was_decided(score: float, settled: bool) -> None:
    said = Verdict(3, "looked up", {"role": "item"})
    if settled:
        assert decide([Decision(3, Role.ITEM, score=score)], [said])[0].score == 1.0
    else:
        with pytest.raises(OctavoError):
            decide([Decision(3, Role.ITEM, score=score)], [said])


@pytest.mark.parametrize(
    ("text", "code", "says"),
    [
        (verdict(5, "Nothing like it", 'role = "heading"'), Exit.VERDICT, "no line begins so"),
        (verdict(4, "Moorcroft", 'role = "paragraph"'), Exit.VERDICT, "2 other lines begin so"),
        (verdict(5, "The trials", 'role = "paragraph"'), Exit.VERDICT, "changes nothing"),
        (verdict(9, "Moorcroft", "covers = [8, 8]"), Exit.VERDICT, "changes nothing"),
        (verdict(5, "The trials", "covers = [4, 4]"), Exit.VERDICT, "the line is none"),
        (verdict(12, "Pell", 'work = "moorcroft1911ketles"'), Exit.VERDICT, "moorcroft1911kettles"),
        (verdict(5, "The trials", 'role = "titel"'), Exit.SETTINGS, "is no role"),
        (verdict(5, "The trials", 'roel = "title"'), Exit.SETTINGS, "Did you mean “role”?"),
        (verdict(5, "The trials", ""), Exit.SETTINGS, "is not whole"),
        (verdict(1, "The Kettle", 'role = "verse"\nlevel = 2'), Exit.VERDICT, "both cannot hold"),
        (verdict(1, "The Kettle", "level = 7"), Exit.SETTINGS, "from 1 to 6"),
        (verdict(1, "The Kettle", 'shown = " "'), Exit.SETTINGS, "must say words"),
        (verdict(5, "The trials", 'shown = "Words"'), Exit.VERDICT, "the line is none"),
        (verdict(9, "Moorcroft", 'apart = "Two Words"'), Exit.SETTINGS, "must be an id"),
        (verdict(9, "Moorcroft", 'apart = "moorcroft1911kettles"'), Exit.VERDICT, "is there"),
        (verdict(6, "Moorcroft", "covers = [6, 9]"), Exit.SETTINGS, "two other lines"),
        ("[[verdict]\n", Exit.SETTINGS, "not valid TOML"),
        ("[verdicts]\n", Exit.SETTINGS, "only [[verdict]] tables"),
    ],
)
def test_a_verdict_that_cannot_stand_is_an_error_that_says_so(tmp_path: Path, text: str, code: Exit, says: str) -> None:
    with pytest.raises(OctavoError) as caught:
        read(tmp_path, text)
    assert caught.value.exit_code == code
    assert says in str(caught.value)


@pytest.mark.parametrize(
    ("starts", "line", "first", "second", "says"),
    [
        ("The trials", 5, 'role = "heading"', 'role = "quote"', ['role = "heading"', 'role = "quote"']),
        ("The trials", 5, "level = 2", "level = 3", ["level = 2", "level = 3"]),
        ("The trials", 5, "drop = true", 'role = "quote"', ["drop = true", 'role = "quote"']),
        ("The trials", 5, "join = true", "join = false", ["join = true", "join = false"]),
        ("The trials", 5, 'read = { made = "held" }', 'read = { made = "done" }', ["'held'", "'done'"]),
        ("Moorcroft", 6, "covers = [4, 5]", "covers = false", ["covers = [4, 5]", "covers = false"]),
        ("Moorcroft", 6, 'work = "pell1920vicars"', 'apart = "moor1911"', ["pell1920vicars", "moor1911"]),
        ("Moorcroft", 6, 'fields = { year = "1910" }', 'fields = { year = "1912" }', ["'1910'", "'1912'"]),
    ],
)
def test_two_verdicts_that_cannot_both_hold_are_named_with_their_places(
    tmp_path: Path, starts: str, line: int, first: str, second: str, says: list[str]
) -> None:
    both = f"# ours\n{verdict(line, starts, first)}\n{verdict(line, starts, second)}"
    with pytest.raises(OctavoError) as refused:
        read(tmp_path, both)
    assert refused.value.exit_code is Exit.VERDICT
    for words in (*says, f"of line {line}", "verdict 1 (line 2 of the file)", "verdict 2 (line 8 of the file)"):
        assert words in refused.value.what


def test_two_verdicts_on_one_line_that_go_together_both_hold(tmp_path: Path) -> None:
    both = verdict(5, "The trials", 'role = "heading"') + verdict(5, "The trials", "level = 3")
    (decision,) = [one for one in read(tmp_path, both).decisions if one.line == 5]
    assert (decision.role, decision.level) == (Role.HEADING, 3)


def test_lines_that_a_verdict_gives_to_one_citation_are_taken_from_the_other(tmp_path: Path) -> None:
    reading = read(tmp_path, verdict(9, "Moorcroft", "covers = [5, 5]"))
    assert [(one.line, one.covers) for one in reading.citations][:2] == [(6, (4, 4)), (9, (5, 5))]
    reading = read(tmp_path, verdict(9, "Moorcroft", "covers = [4, 5]"))
    assert [(one.line, one.covers) for one in reading.citations][:2] == [(6, None), (9, (4, 5))]
    book, report = tmp_path / "book", Report()
    book.mkdir()
    draft(tmp_path / "kettle.txt", Settings(title="Kettles", lang="en"), book, report, lambda _stage: None, Beside())[
        1
    ]()
    assert report.conservation["markdown"]["lost"] == 0


def test_two_verdicts_that_give_a_line_to_two_citations_are_both_named(tmp_path: Path) -> None:
    both = verdict(6, "Moorcroft", "covers = [5, 5]") + verdict(9, "Moorcroft", "covers = [4, 5]")
    with pytest.raises(OctavoError, match="line 5: both cannot hold") as refused:
        read(tmp_path, both)
    assert "line 6" in refused.value.what
    assert "line 9" in refused.value.what
