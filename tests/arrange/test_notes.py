"""Notes stand at their calls, wherever they stood and however often their numbers start again."""

import textwrap
from pathlib import Path

import pytest

from pipeline.build import read_source
from pipeline.model import Block, Book, Heading, Inline, ItemList, NoteCall, Run, Table
from pipeline.proof import prove, streams_of_markdown
from pipeline.report import Report
from pipeline.settings import Settings
from tests.written import write_markdown


def book_of(tmp_path: Path, text: str, report: Report | None = None) -> Book:
    source = tmp_path / "text.txt"
    source.write_text(text, encoding="utf-8")
    return read_source(source, Settings(lang="en"), report or Report(), lambda stage: None).book


def calls(book: Book) -> list[tuple[str, str]]:
    """Return the last word before each call, and the text of its note."""
    out: list[tuple[str, str]] = []

    def look(inlines: tuple[Inline, ...]) -> None:
        before = ""
        for one in inlines:
            if isinstance(one, Run):
                before += one.text
            elif isinstance(one, NoteCall):
                blocks = book.notes[one.note].blocks
                words = " / ".join("".join(r.text for r in b.inlines if isinstance(r, Run)) for b in blocks)
                out.append((before.split()[-1], words))

    for element in book.elements:
        if isinstance(element, Block | Heading):
            look(element.inlines)
        elif isinstance(element, Table):
            for row in element.rows:
                for cell in row:
                    look(cell)
        elif isinstance(element, ItemList):
            for item in element.items:
                for block in item.blocks:
                    if isinstance(block, Block):
                        look(block.inlines)
    return out


LONG = "It was said of him afterwards that he had never looked at the other bank, not even in the dry years."
CASES = {
    "letters in italics": (
        f"A ferry (_a_) and a mill. {LONG}\n\n(_a_) Now gone.\n\nA clerk came.(_b_) {LONG}\n\n(_b_) Not the old one.\n",
        [("ferry", "Now gone."), ("came.", "Not the old one.")],
    ),
    "signs in braces, beside page numbers of the edition": (
        f"{{3}} A ferry,{{*}} it is said, went. {LONG}\n\n      {{*}} Now gone.\n\n"
        f"{{4}} A mill stood.{{+}} {LONG}\n\n      {{+}} It burnt.\n",
        [("ferry,", "Now gone."), ("stood.", "It burnt.")],
    ),
    "one and two plus signs in round brackets behind a space": (
        f"A ferry, (+) it is said, went. {LONG}\n\n(+) Now gone.\n\nA mill stood; (++) it is gone. {LONG}\n\n"
        "(++) It burnt.\n",
        [("ferry,", "Now gone."), ("stood;", "It burnt.")],
    ),
    "letters in round brackets": (
        f"The ferry(a) and the mill.(b) {LONG}\n\n(a) Now gone.\n\n(b) It burnt.\n",
        [("ferry", "Now gone."), ("mill.", "It burnt.")],
    ),
    "a letter in round brackets, with a space before it or none": (
        f"The words are(a): {LONG}\n\n(a) Now gone.\n\nA mill of wood (b) stood here. {LONG}\n\n(b) It burnt.\n",
        [("are", "Now gone."), ("wood", "It burnt.")],
    ),
    "a plus in square brackets": (
        f"La barca,[+] dicono, andava. {LONG}\n\n  [+] Ora non più.\n",
        [("barca,", "Ora non più.")],
    ),
    "a star before a bracket, as German and Scandinavian printers have it": (
        f"Die Fähre*) fuhr. {LONG}\n\n*) Jetzt fort.\n\nDer Müller sagte: **) {LONG}\n\n**) Er ist tot.\n",
        [("Fähre", "Jetzt fort."), ("sagte:", "Er ist tot.")],
    ),
    "a figure before a bracket": (
        f"Færgen1) sejlede.2) {LONG}\n\n1) Nu borte.\n\n2) Til pinse.\n",
        [("Færgen", "Nu borte."), ("sejlede.", "Til pinse.")],
    ),
    "a raised figure before a bracket": (
        f"Die Fähre¹) fuhr. {LONG}\n\n¹) Jetzt fort.\n",
        [("Fähre", "Jetzt fort.")],
    ),
    "a star whose bracket closes another": (
        f"A ferry (and a barge*) went. {LONG}\n\n* Now gone.\n",
        [("barge", "Now gone.")],
    ),
    "at the end of a title and of a row of verse": (
        "IL CAPPELLO (1)\n\nAndò la barca lungo il fiume lento,\nE non tornò; la vide solo il vento.\n\n"
        "(1) Trovato.\n\nCONGEDO\n\nVa’, barca mia, sul mar che dorme, (2)\nE chi ti cerca segua solo l’orme.\n\n"
        "(2) Altri: dormiva.\n",
        [("CAPPELLO", "Trovato."), ("dorme,", "Altri: dormiva.")],
    ),
    "a colon behind the number, within the bracket": (
        f"A ferry[1] and a mill.[2] {LONG}\n\nNOTES:\n\n[1: Now gone.]\n\n[2: Still there.]\n",
        [("ferry", "Now gone."), ("mill.", "Still there.")],
    ),
    "a sign with a bracket of its own": (
        f"»Fähre«[*)] sagte er. {LONG}\n\n[*) Jetzt fort.]\n",
        [("»Fähre«", "Jetzt fort.")],
    ),
    "two paragraphs under the notes of one part": (
        f"BOOK I\n\nA ferry[1] and a mill. {LONG}\n\nNOTES TO THE FIRST BOOK\n\n[1] “A ferry.” Line 1.\n\n"
        f"It is gone. {LONG}\n\nNOTES TO THE SECOND BOOK\n\nNone.\n",
        [("ferry", f"“A ferry.” Line 1. / It is gone. {LONG}")],
    ),
    "gathered at the end, twice from one": (
        f"A ferry[1] and a mill.[2] {LONG}\n\n[1] Now gone.\n\n[2] Still there.\n\n\n\n"
        f"A clerk[1] came. {LONG}\n\n[1] Not the old one.\n",
        [("ferry", "Now gone."), ("mill.", "Still there."), ("clerk", "Not the old one.")],
    ),
    "all at the end of the book": (
        f"CHAPTER I\n\nA ferry[1] and a mill.[2] {LONG}\n\nCHAPTER II\n\nA clerk[1] came. {LONG}\n\n"
        "NOTES\n\n[1] Now gone.\n\n[2] Still there.\n\n[1] Not the old one.\n",
        [("ferry", "Now gone."), ("mill.", "Still there."), ("clerk", "Not the old one.")],
    ),
    "after the paragraph": (
        f"A ferry[1] went. {LONG}\n\n[Footnote 1: Now gone.]\n\nA mill[2] stood. {LONG}\n\n[Footnote 2: It burnt.]\n",
        [("ferry", "Now gone."), ("mill", "It burnt.")],
    ),
    "over several paragraphs": (
        "A ferry[A] went over the river in those days, and in the dry years\n"
        "it did not go at all, whatever the ferryman may have told you about\n"
        "it when you asked him.\n\n"
        "[Footnote A: Now gone.\n\nIt went twice.]\n\nMore was not known.\n",
        [("ferry", "Now gone. / It went twice.")],
    ),
    "signs": (
        f"A ferry* went. {LONG}\n\n* Now gone.\n\nA mill† stood. {LONG}\n\n† It burnt.\n",
        [("ferry", "Now gone."), ("mill", "It burnt.")],
    ),
    "a plus behind a star": (
        f"A ferry* went, and a mill+ stood. {LONG}\n\n* Now gone.\n\n+ It burnt.\n\nHe was +Orr+, no other.\n",
        [("ferry", "Now gone."), ("mill", "It burnt.")],
    ),
    "raised figures": (
        f"A ferry¹ went, and a mill² stood. {LONG}\n\n¹ Now gone.\n\n² It burnt.\n",
        [("ferry", "Now gone."), ("mill", "It burnt.")],
    ),
    "round brackets": (
        f"A ferry(1) went, and a mill(2) stood. {LONG}\n\n(1) Now gone.\n\n(2) It burnt.\n",
        [("ferry", "Now gone."), ("mill", "It burnt.")],
    ),
    "curly brackets, page numbers of an old edition": (
        f"A ferry, {{31}} it is said, went. {LONG}\n\n{'' + LONG}\n\nA mill {{33b}} stood. {LONG}\n\n"
        "NOTES\n\n{31} Now gone.\n\n{33b} It burnt.\n",
        [("ferry,", "Now gone."), ("mill", "It burnt.")],
    ),
    "stars in brackets behind a space": (
        f"A ferry (*) went. {LONG}\n\n(*) Now gone.\n\nA mill (*) stood. {LONG}\n\n(*) It burnt.\n",
        [("ferry", "Now gone."), ("mill", "It burnt.")],
    ),
    "round brackets, far from the notes": (
        f"A ferry(1) went. {LONG}\n\n" + f"{LONG}\n\n" * 50 + "NOTES\n\n(1) Now gone.\n",
        [("ferry", "Now gone.")],
    ),
    "a labelled note answers a call of another form": (
        f"A ferry(1) went, and a mill(2) stood. {LONG}\n\n[Note 1: Now gone.]\n\n[Note 2: It burnt.]\n",
        [("ferry", "Now gone."), ("mill", "It burnt.")],
    ),
    "a labelled note without a number answers the sign above it": (
        f"A ferry* went. {LONG}\n\n(*Footnote. Now gone.)\n\nA mill* stood. {LONG}\n\n[Footnote: It burnt.]\n",
        [("ferry", "Now gone."), ("mill", "It burnt.")],
    ),
    "inside the sentence": (
        "The ferry over the river was burnt in those days [Note: it was not\n"
        "the first [or so it is said], nor the last] and nobody was told of\n"
        "it. The mill that stood beside the weir burnt as well [Footnote 2:\n"
        "by night], whatever the ferryman may have said.\n",
        [("days", "it was not the first [or so it is said], nor the last"), ("well", "by night")],
    ),
    "below a rule, right below one another": (
        f"A ferry² went, and a mill³ stood. {LONG}\n\n__________\n² Now gone.\n³ It burnt.\n",
        [("ferry", "Now gone."), ("mill", "It burnt.")],
    ),
    "carets, right below one another": (
        f"A ferry^1 went, and a mill^2 stood. {LONG}\n\n^1 Now gone.\n^2 It burnt.\n",
        [("ferry", "Now gone."), ("mill", "It burnt.")],
    ),
    "one note called twice": (
        f"A ferry[1] went, and a mill[1] stood. {LONG}\n\n[1] Both now gone.\n",
        [("ferry", "Both now gone."), ("mill", "Both now gone.")],
    ),
    "numbers in round brackets beside them": (
        f"A ferry[1] went, as rules (2), (3), and (7), asked. {LONG}\n\n(2) A mill[2] shall stand. {LONG}\n\n"
        f"(3) A dam[3] shall hold. {LONG}\n\n[1] Rule 4 (1).\n\n[2] It burnt.\n\n[3] See (8).\n",
        [("ferry", "Rule 4 (1)."), ("mill", "It burnt."), ("dam", "See (8).")],
    ),
    "called again, after the next one": (
        f"A ferry[1] went, a barge[1] came, and a mill[2] stood. {LONG}\n\nA dam[1] held. {LONG}\n\n"
        "FOOTNOTES:\n\n[1] Now gone.\n\n[2] It burnt.\n",
        [("ferry", "Now gone."), ("barge", "Now gone."), ("mill", "It burnt."), ("dam", "Now gone.")],
    ),
    "raised figures, numbers with a stop": (
        f"A ferry¹ went, and a mill² stood. {LONG}\n\nNOTES\n\n1. Now gone.\n\n2. It burnt.\n",
        [("ferry", "Now gone."), ("mill", "It burnt.")],
    ),
    "under the names of their chapters": (
        f"CHAPTER I\n\nA ferry[1] went. {LONG}\n\nCHAPTER II\n\nA clerk[1] came. {LONG}\n\n"
        "NOTES\n\nCHAPTER I\n\n[1] Now gone.\n\nCHAPTER II\n\n[1] Not the old one.\n",
        [("ferry", "Now gone."), ("clerk", "Not the old one.")],
    ),
    "in brackets behind a space, a list of works below": (
        f"A ferry went (1), and a mill stood (2). {LONG}\n\nNotes\n\n(1) Now gone.\n\n(2) It burnt.\n\n"
        "Bibliography\n\nOrr, Anna. The Long Net. London: Quay Press, 1931.\n",
        [("went", "Now gone."), ("stood", "It burnt.")],
    ),
    "in brackets behind a sentence": (
        f"{LONG} A ferry went. (1) {LONG} “A mill stood.” (2) {LONG}\n\nNotes\n\n1. Now gone.\n\n2. It burnt.\n",
        [("went.", "Now gone."), ("stood.”", "It burnt.")],
    ),
    "in a heading": (
        f"CHAPTER I. THE FERRY[1]\n\n{LONG}\n\nCHAPTER II\n\n{LONG}\n\nNOTES\n\n[1] Now gone.\n",
        [("FERRY", "Now gone.")],
    ),
    "a star before the number, in round brackets": (
        f"A ferry (*1) went. {LONG} “A mill stood.” (*2)\n\n{LONG}\n\n(*1) Now gone.\n\n(*2) It burnt.\n",
        [("ferry", "Now gone."), ("stood.”", "It burnt.")],
    ),
    "numbers with a stop below the signature of each letter, beside a star": (
        f"{LONG} A ferry went.[1]\n\nANNA ORR\n\n1. Now gone.\n\n\n{LONG} A mill stood.[1] {LONG} It burnt.[2]\n\n"
        f"ANNA ORR\n\n1. In stone.\n\n2. By night.\n\n\n{LONG} So he said.(*)\n\nANNA ORR\n\n* See the log.\n",
        [("went.", "Now gone."), ("stood.", "In stone."), ("burnt.", "By night."), ("said.", "See the log.")],
    ),
    "at the ends of rows of verse, all in the end": (
        "A BARCA\n\nVae a barca do velho Estêvão (1)\nPelo rio das aguas cansadas;\nE na margem as moças calladas (2)\n"
        "Não perguntam p'ra onde se vão.\n\n\n\nNOTAS\n\n(1) _Estêvão_: o barqueiro.\n\n(2) _Calladas_: mudas.\n",
        [("Estêvão", "Estêvão: o barqueiro."), ("calladas", "Calladas: mudas.")],
    ),
    "bare figures behind a stop, the notes lead back": (
        f"{LONG} A ferry went. 1\n\n1 (return) [ Now gone.]\n\n{LONG} In 12 years, 2 101\n\n"
        "It was said of him afterwards that he had never looked at the bank. 102\n"
        "103 In the dry years he did, and in the wet ones he did not look at all,\nwhatever may be said.\n\n"
        "2 (return) [ As they say.\n\nOr said.]\n\n101 (return) [ Twelve.--M.]\n\n102 (return) [ By night.]\n\n"
        "103 (return) [ See p. 12.]\n",
        [
            ("went.", "Now gone."),
            ("years,", "As they say. / Or said."),
            ("years,", "Twelve.—M."),
            ("bank.", "By night."),
            ("bank.", "See p. 12."),
        ],
    ),
    "bare figures, the notes in brackets": (
        f"{LONG} A ferry went. 1\n\n1 [ Now gone, as they say.]\n\n{LONG} It burnt. 2 {LONG}\n\n2 [ By night.]\n",
        [("went.", "Now gone, as they say."), ("burnt.", "By night.")],
    ),
    "bare figures, the notes are called so": (
        f"{LONG} A ferry went. 1\n\n[Footnote 1: Now gone.]\n\n{LONG} It burnt. 2 {LONG}\n\n[Footnote 2: By night.]\n",
        [("went.", "Now gone."), ("burnt.", "By night.")],
    ),
    "in a table": (
        "The reckoning of the gates was kept in the hut by the weir, and was\n"
        "copied at the end of every year into the great book of the company,\n"
        "which nobody read.\n\n"
        "    Upper             12[1]         12\n    Lower             31[2]         30\n\n"
        "[1] Thirteen in the copy.\n\n[2] The same.\n",
        [("12", "Thirteen in the copy."), ("31", "The same.")],
    ),
}


@pytest.mark.parametrize(("text", "expected"), CASES.values(), ids=CASES.keys())
def test_notes_stand_at_their_calls(tmp_path: Path, text: str, expected: list[tuple[str, str]]) -> None:
    assert calls(book_of(tmp_path, text)) == expected


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(f"In [1840] he came [sic]. {LONG}\n\n[1840] was dry.\n", id="years"),
        pytest.param(
            f"He did two things: (1) he came, (2) he went. {LONG}\n\n(1) He came.\n\n(2) He went.\n", id="lists"
        ),
        pytest.param(
            f"First (_a_) oil, then (_b_) rope. {LONG}\n\n(_a_) Oil.\n\n(_b_) Rope.\n", id="letters of a list"
        ),
        pytest.param(
            f"As (a) says, oil is dear; so is (b) rope. {LONG}\n\n(a) Oil.\n\n(b) Rope.\n", id="letters named in a row"
        ),
        pytest.param(
            f"As said under (a) he came. {LONG}\n\n(a) Oil, for the lamp.\n\n(b) Rope.\n\n(c) Hats.\n",
            id="a list of which one is named above",
        ),
        pytest.param(f"Under rule 2 (a) he came. {LONG}\n\n(a) He came.\n\n{LONG}\n", id="a rule and its letter"),
        pytest.param(
            f"Under rule 2(a), or the rule(s) above, he came. {LONG}\n\n(a) He came.\n\n(b) He went.\n", id="rules"
        ),
        pytest.param(
            f"Die Fährmann(s)leute, der Schüler(n) viele. {LONG}\n\n(n) Viele.\n\n{LONG}\n", id="endings in brackets"
        ),
        pytest.param(f"{{3}} He came. {LONG}\n\n{{4}} He went.{{5}} {LONG}\n", id="page numbers in braces"),
        pytest.param(f"He came (to ferry 1) twice. {LONG}\n\n1) He came.\n\n2) He went.\n", id="a list with brackets"),
        pytest.param(
            f"He did two things, (1) Came, (2) Went. {LONG}\n\n(1) He came.\n\n(2) He went.\n", id="lists in capitals"
        ),
        pytest.param(
            f"He had 12 men, p. 2. In all. 3 of them\nleft. {LONG}\n\n1 [sic] came.\n\n2 [sic] left.\n", id="sic"
        ),
        pytest.param(f"* One thing.\n\n* Another thing.\n\n{LONG}\n", id="bullets"),
    ],
)
def test_numbers_and_signs_that_are_no_notes_stay(tmp_path: Path, text: str) -> None:
    assert not book_of(tmp_path, text).notes


@pytest.mark.parametrize(
    "notes",
    [
        pytest.param("FOOTNOTES:\n\n[1] Now gone.\n\n[2] It burnt.\n", id="title"),
        pytest.param("VOETNOTEN\n\n[1] Now gone.\n\n[2] It burnt.\n", id="title in Dutch"),
        pytest.param("NOTES\n\nCHAPTER I\n\n[1] Now gone.\n\nCHAPTER II\n\n[2] It burnt.\n", id="chapters"),
    ],
)
def test_nothing_is_left_of_the_place_where_notes_stood(tmp_path: Path, notes: str) -> None:
    text = f"CHAPTER I\n\nA ferry[1] went. {LONG}\n\nCHAPTER II\n\nA mill[2] stood. {LONG}\n\n{notes}"
    book = book_of(tmp_path, text)
    assert [one.emptied for one in book.elements if isinstance(one, Heading)] in ([False, False, True], [False, False])
    assert len(calls(book)) == 2
    assert not [one for one in book.elements if isinstance(one, Block) and "NOTES" in str(one.inlines)]


def test_what_has_no_partner_stays_in_the_text_and_is_reported(tmp_path: Path) -> None:
    report = Report()
    text = f"A ferry[1] went, a mill[2] stood. {LONG}\n\n[1] Now gone.\n\n[Footnote 7: Of nothing.]\n"
    book = book_of(tmp_path, text, report)
    words = "".join(
        one.text for e in book.elements if isinstance(e, Block) for one in e.inlines if isinstance(one, Run)
    )
    assert "mill[2]" in words
    assert "Of nothing." in words
    found = {(finding.code, finding.line) for finding in report.findings if finding.family == "note"}
    assert found == {("call-without-note", 1), ("note-without-call", 5)}


@pytest.mark.parametrize(
    ("call", "label", "wanted"),
    [
        ("[{}]", "{}. ", 6),
        ("[{}]", "{}) ", 6),
        ("[{}]", "{} ", 6),
        ("[{}]", "({}) ", 6),
        ("[{}]", "Note {}. ", 6),
        ("[{}]", "Anm. {}: ", 6),
        ("({})", "[{}] ", 6),
        ("^{}", "{}. ", 6),
        ("^{}", "^{} ", 6),
        ("^{{{}}}", "^{{{}}} ", 6),
        ("{{{}}}", "{}. ", 6),
        ("{{{}}}", "[Footnote {}: ", 6),
        (" {} men", "{}. ", 0),  # no call: a number in a sentence
    ],
)
def test_a_note_answers_calls_in_another_form(call: str, label: str, wanted: int, tmp_path: Path) -> None:
    paragraphs = "\n\n".join(f"The ferry was late on that day, too{call.format(n)}. {LONG}" for n in range(1, 7))
    notes = "\n\n".join(f"{label.format(n)}So says the log of day {n}." for n in range(1, 7))
    found = calls(book_of(tmp_path, f"{paragraphs}\n\n\nNotes\n\n{notes}\n"))
    assert [words for _, words in found] == [f"So says the log of day {n}." for n in range(1, 1 + wanted)]


def test_a_list_of_works_with_numbers_is_no_notes(tmp_path: Path) -> None:
    text = f"It is told in many places [1, 2] and denied in one [3]. {LONG}\n\nReferences\n\n"
    text += "\n\n".join(f"{n}. Quarles E. The Salt Gate. Ost: Harbour Press; 190{n}." for n in range(1, 4))
    assert not book_of(tmp_path, text).notes or not calls(book_of(tmp_path, text))


def test_a_list_in_the_text_takes_no_call_from_the_notes_under_their_name(tmp_path: Path) -> None:
    text = f"The shed was full [1] and dry [2]. {LONG}\n\nIn it stood:\n\n1. a tin of screws\n\n2. half a pump\n\n"
    text += f"{LONG}\n\nNotes\n\n1. Said by the neighbour.\n\n2. Said by nobody else.\n"
    assert calls(book_of(tmp_path, text)) == [("full", "Said by the neighbour."), ("dry", "Said by nobody else.")]


def test_the_call_behind_the_first_word_of_a_page_is_on_record(tmp_path: Path) -> None:
    source = tmp_path / "text.txt"
    source.write_text(
        f"THE FERRY\n\n{LONG} He spoke of the\n\n[Pg 12]\n\nboat[1] only once. {LONG}\n\n[1] Now gone.\n",
        encoding="utf-8",
    )
    read = read_source(source, Settings(lang="en"), Report(), lambda stage: None)
    streams = streams_of_markdown(write_markdown(read.book, Settings(), lang="en"))
    assert not prove("markdown", streams, read.source, read.changes).lines


def test_a_note_at_the_foot_of_the_old_page_does_not_part_its_paragraph(tmp_path: Path) -> None:
    prose = textwrap.fill(LONG + " " + LONG, 72)
    text = (
        f"{prose}\n\n{prose} The\nkeeper* received us upon a carpet of great size, which\n\n* He was drowned.\n\n"
        f"had been, he said, his grandfather's tent. The keeper had never\n{prose}\n\n{prose}\n"
    )
    book = book_of(tmp_path, text)
    blocks = [one.inlines for one in book.elements if isinstance(one, Block)]
    said = ["".join(run.text for run in inlines if isinstance(run, Run)) for inlines in blocks]
    assert any("which had been" in words for words in said)
    assert calls(book) == [("keeper", "He was drowned.")]


def test_raised_figures_in_braces_may_count_anew_in_each_chapter(tmp_path: Path) -> None:
    told = "The ferry was late on that day, too."
    chapters = "\n\n\n".join(
        f"CHAPTER {name}\n\n{told}^{{1}} {LONG}\n\n^{{1}} So says the log of {name}.\n\n{LONG} {told}^{{2}}\n\n"
        f"^{{2}} So says the keeper of {name}.\n\n{LONG}"
        for name in ("I", "II", "III")
    )
    found = [words for _, words in calls(book_of(tmp_path, chapters))]
    assert found == [f"So says the {who} of {name}." for name in ("I", "II", "III") for who in ("log", "keeper")]


@pytest.mark.parametrize("indent", ["", "    "])
def test_text_between_two_notes_that_calls_the_second_is_no_note(indent: str, tmp_path: Path) -> None:
    chapters = "\n\n\n".join(
        f"CHAPTER {name}\n\nThe ferry was late.[1] {LONG}\n\n{indent}[1] So says the log.\n\nNobody asked for it.\n\n"
        f"The lamp was lit.[2] {LONG}\n\n{indent}[2] So says the keeper of {name}."
        for name in ("I", "II", "III")
    )
    found = calls(book_of(tmp_path, chapters))
    assert len(found) == 6
    assert not any("Nobody asked" in words for _, words in found)


def test_a_call_without_a_note_before_another_of_its_number_raises_no_alarm(tmp_path: Path) -> None:
    source = tmp_path / "text.txt"
    told = "The water was low.[1] Then he went up.[2]"
    source.write_text(
        f"THE FERRY\n\n{told} In the evening {told} {LONG}\n\n[1] See the log.\n\n[2] Nobody did.\n", "utf-8"
    )
    read = read_source(source, Settings(lang="en"), Report(), lambda _stage: None)
    made = write_markdown(read.book, Settings(), lang="en")
    proved = prove("markdown", streams_of_markdown(made), read.source, read.changes)
    assert not proved.lines
    assert not proved.added


def test_numbers_in_angles_call_the_notes_below_their_own_tale(tmp_path: Path) -> None:
    tales = "\n\n\n\n".join(
        f"{name}\n\n\nThe ferry was late;<1> {LONG}\n\nThe lamp was lit. <2> {LONG}\n\n\nNotes to {name.title()}\n\n\n"
        f"1. So says the log of {name}.\n\n2. So says the keeper of {name}."
        for name in ("THE FERRY'S TALE", "THE LAMP'S TALE", "THE MILL'S TALE")
    )
    found = [words for _, words in calls(book_of(tmp_path, tales))]
    names = ("THE FERRY'S TALE", "THE LAMP'S TALE", "THE MILL'S TALE")
    assert [words.replace("’", "'") for words in found] == [
        f"So says the {who} of {name}." for name in names for who in ("log", "keeper")
    ]


@pytest.mark.parametrize(
    "below",
    [
        " " * 26 + "MARCH 1811-12",
        '              "The lamp is lit above the sea,\n              The oil is low, and so are we."',
        "\n    WHAT THE KEEPER SAID\n    What nobody said",
    ],
)
def test_what_stands_far_in_below_a_whole_note_is_no_part_of_it(tmp_path: Path, below: str) -> None:
    text = f"THE LAMP\n\n\n{LONG}[1]\n\n{LONG}\n\n[1] So says the log.\n\n{below}\n\n{LONG}\n\n{LONG}\n"
    assert [words for _, words in calls(book_of(tmp_path, text))] == ["So says the log."]


def test_a_note_goes_on_in_verse_that_it_announces(tmp_path: Path) -> None:
    verse = "            The lamp is lit above the sea,\n            The oil is low, and so are we."
    text = f"THE LAMP\n\n\n{LONG}[1]\n\n{LONG}\n\n[1] So says the log:\n\n{verse}\n\n{LONG}\n\n{LONG}\n"
    ((_, words),) = calls(book_of(tmp_path, text))
    assert words.startswith("So says the log:")
    assert "above the sea" in words
