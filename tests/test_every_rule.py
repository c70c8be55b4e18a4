"""Each rule by which a line is decided, and each code of a finding, has a case: a new one without a case fails here."""

from __future__ import annotations

import tomllib
from collections import Counter
from pathlib import Path

import pytest

from pipeline.build import Reading, read_source
from pipeline.kinds import OVERLAYS, ROOMS, WHY, pages
from pipeline.label.rules import RULES
from pipeline.report import Report
from pipeline.settings import Settings
from tests.kinds.test_forms import as_given, cases
from tests.label import test_blocks
from tests.label.test_overruled import SPOKEN

TESTS = Path(__file__).parent
NET = "Orr, Anna. The Long Net. London: Quay Press, 1931, p. 4"
TEXTS = {
    "list.txt": """Of Nets\n\n\nNets are mended at dusk (Orr 1931, 12), and sold at dawn (Quill 1940).\n
Few have asked why (Tallow 1922, 9).\n\n\nReferences\n
Orr, Anna. 1931. The Long Net. London: Quay Press.\n
Quill, Ruth. 1940. The Lamp. Leeds: Moor.\n
Tallow, Colin. 1922. Salt and Tar. Bath: Combe.\n""",
    "source-first.txt": f"{NET}\n\nThe nets hung dry until the evening, and nobody in the village spoke of it again.\n",
    "uncalled.txt": f"Of Nets\n\n\nNets are mended at dusk, and sold at dawn.\n\n{NET}\n\n\nReferences\n\n"
    "Orr, Anna. The Long Net. London: Quay Press, 1931.\n\nQuill, Ruth. The Lamp. Leeds: Moor, 1940.\n",
    "by-place.txt": "\n\n".join(
        f"On day {n} the nets hung dry until the evening came, and nobody in the whole village spoke of it.\n{source}"
        for n, source in enumerate([NET, "Log of the Harbour Watch, Kestle, 12 March 1911, leaf 3", NET, NET, NET])
    ),
    "ends.txt": "Of Nets\n\n\n"
    + "\n\n".join(f"On day {n} the nets hung dry all evening, and nobody spoke of it. ({NET})" for n in range(4)),
    "half-title.txt": "THE NET\n\nBY\n\nANNA ORR\n\n\n\n\nTHE NET\n\n\nCHAPTER I\n\nThe nets hung dry.\n\n\n\n"
    "CHAPTER II\n\nNobody spoke of it.\n",
    "excerpt.txt": "THE NET\n\n\nCONTENTS\n\n"
    + "".join(f"{n}. How the {what} of Ost was mended   {9 * n}\n" for n, what in enumerate(("net", "lamp", "quay"), 1))
    + "4. What the ferryman said of the ice   40\n5. The last boat out of Kestle   51\n\n\n"
    "1. How the net of Ost was mended\n\nThe nets hung dry all evening, and nobody in the village spoke of it.\n",
    "margin.txt": "[Sidenote: Of nets.]\n\nThe nets hung dry all evening, and nobody spoke of it.\n",
    "signed.txt": "OF NETS\n\n" + "The nets hung dry all evening, and nobody in the village spoke of it\n"
    "again until the lamp on the quay was lit and all the boats came in.\n\n"
    * 3
    + " " * 48
    + "THE NETMAKER OF OST\n\n\n\nCHAPTER I\n\nThe nets hung dry.\n",
    "at-the-right.txt": "CHAPTER I\n\n" + "The nets hung dry all evening, and nobody in the village spoke of it\n"
    "again until the lamp on the quay was lit and all the boats came in.\n\n"
    * 3
    + " " * 48
    + "after the long ebb\n\nThe nets hung dry.\n",
    "rows.csv": "quote,author,title\n"
    + "".join(f'"The tide, on day {n}, was late again.",Anna Orr,The Long Net\n' for n in range(4)),
    "notes.txt": "CHAPTER I\n\nThe nets[1] hung dry.\n\nCHAPTER II\n\nThe lamp[1] was out.\n\n"
    "NOTES\n\nCHAPTER I\n\n[1] All evening.\n\nCHAPTER II\n\n[1] Again.\n",
    "unquoted.txt": "Notebook Export\nThe Net\nOrr, Anna\n\nNote - Page 1\nTrue?\n\nNote - Page 2\nAsk Bo.\n",
    "works.txt": "On Nets\n\n"
    + "".join(
        f"The nets hung dry {'all evening, and nobody spoke of it; ' * 3}so they said ({n}).\n\n" for n in (1, 2, 3)
    )
    + "Notes\n\n(1) Quill.\n\n(2) Tallow.\n\n(3) Quill.\n\nBibliography\n\nOrr, Anna. The Long Net. London, 1931.\n",
    "twice.txt": f"A Reader of Nets\n\n\nThe nets hung dry until the evening, and nobody spoke of it.\n{NET}\n{NET}\n\n"
    "In March the ice came down and broke two piers.\n———. Salt and Tallow. London: Quay Press, 1935, p. 2\n",
}
LABELLED = TESTS / "label" / "forms"
MEANT = {
    "a-report-with-sources.txt": {
        "underlined": "THE FERRY AT KESTLE HARD",
        "number-alone": "II.",
        "in-the-contents": "What the Boatmen Said",
        "lines-meant": "Pull her over, pull her slow,",
        "beside-verse": "What the ferryman does on his holiday?",
        "source-at-right": "_An old rhyme_",
        "set-in": "will bear, and a ferryman is one who asks it",
        "capitals-alone": "TOLLS AND DUES",
        "columns": "A bishop ",
        "empty-picture": "[Illustration]",
        "names-a-picture": "[Illustration: The board of tolls",
        "caption-goes-on": "The duck has been taken",
        "short-alone": "The Saw and the Board",
        "italics-alone": "_Of the Bell_",
        "numbered-title": "2. Who Paid for It",
        "short-lines": "14 Lower Row",
        "centred-alone": "The Last Crossing",
        "far-right": "Kestle Hard, 3 May",
        "entry-of-index": "Bridge, the, 3, 15",
    },
    "a-scrapbook.txt": {
        "heading-in-quotes": "“The Price of Rope”",
        "bracketed-below-quotation": "[Osgood, Minutes",
        "heading-over-text": "Statement by the Harbour Board",
        "heading-dated": "The Dinner of the Rope Committee",
        "persons-in-a-row": "Colin Knell",
        "closes-a-list": "[and others]",
        "announced": "Cold mutton",
        "no-name": "Then Osgood:",
        "lower-case-entry": "Guests: all who",
        "titled-under-text": "The Song of the Lower Landing.",
        "ornament": "* * *",
        "hints-at-a-source": "Knell, The Saw",
    },
    "a-transcription.txt": {
        "transcription-header": "Title: The Bell",
        "transcription-credits": "had photographed.",
        "transcribers-note": "This etext has",
        "title-of-the-book": "THE BELL OF THE FAR SIDE",
        "on-the-title-page": "Bristol: Quayside, 1927",
        "notes-title": "NOTES",
        "answers-a-call": "[2] The ledger is lost.",
        "transcription-licence": "You may copy it",
    },
}
"""Texts of the folder of labels, each with rules and the first words of a line by which such a rule decides."""


def _read(path: Path) -> tuple[Reading, frozenset[str]]:
    report = Report()
    reading = read_source(path, Settings(), report, lambda _stage: None)
    return reading, frozenset(finding.code for finding in report.findings)


@pytest.fixture(scope="module")
def tried(tmp_path_factory: pytest.TempPathFactory) -> tuple[frozenset[str], frozenset[str]]:
    """Return the rules and the codes that a reading of all texts gives."""
    folder = tmp_path_factory.mktemp("texts")
    for name, text in TEXTS.items():
        (folder / name).write_text(text, encoding="utf-8")
    for _, name, text, _ in cases():
        (folder / f"{name}.txt").write_text(as_given(text), encoding="utf-8")
    paths = [*folder.iterdir(), *LABELLED.glob("*.txt"), *(TESTS / "golden").glob("*.txt")]
    rules, codes = set[str](), set[str]()
    for path in (*paths, *(TESTS.parent / "examples").glob("*.txt")):
        reading, found = _read(path)
        rules |= {reason.rule for one in reading.decisions for reason in one.reasons}
        codes |= found
    return frozenset(rules), frozenset(codes)


def test_each_rule_has_a_name_of_its_own() -> None:
    tables = [{rule.name for rule in RULES}, *(room.WHY for room in ROOMS), *(one.WHY for one in OVERLAYS)]
    names = Counter(name for table in tables for name in table)
    assert [name for name, times in names.items() if times > 1] == []


def test_each_rule_has_a_case(tried: tuple[frozenset[str], frozenset[str]]) -> None:
    said = "".join(path.read_text("utf-8") for path in (TESTS / "kinds").glob("test_page*.py"))
    of_pdfs = {rule for rule in pages.WHY if f'"{rule}"' in said}
    spoken = {*SPOKEN, *test_blocks.SPOKEN}
    assert sorted(({rule.name for rule in RULES} | set(WHY)) - tried[0] - spoken - of_pdfs) == []


@pytest.mark.parametrize("name", MEANT)
def test_a_rule_decides_the_line_that_is_meant(name: str) -> None:
    reading, _ = _read(LABELLED / name)
    text = {line.number: line.text.strip() for line in reading.lines}
    for rule, words in MEANT[name].items():
        decided = [text[one.line] for one in reading.decisions if rule in {reason.rule for reason in one.reasons}]
        assert any(line.startswith(words) for line in decided), f"{rule}: {decided}"


def test_each_code_has_a_case(tried: tuple[frozenset[str], frozenset[str]]) -> None:
    codes = set(tomllib.loads((TESTS.parent / "pipeline" / "findings.toml").read_text(encoding="utf-8")))
    said = "\n".join(path.read_text(encoding="utf-8") for path in TESTS.rglob("test_*.py") if path != Path(__file__))
    named = {code for code in codes if f'"{code}"' in said}
    assert sorted(codes - tried[1] - named) == []
