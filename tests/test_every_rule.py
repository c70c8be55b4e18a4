"""Each rule by which a line is decided, and each code of a finding, has a case: a new one without a case fails here."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from pipeline.build import read_source
from pipeline.kinds import WHY
from pipeline.report import Report
from pipeline.settings import Settings
from tests.kinds.test_forms import cases

TESTS = Path(__file__).parent
NET = "Orr, Anna. The Long Net. London: Quay Press, 1931, p. 4"
TEXTS = {
    "list.txt": """Of Nets\n\n\nNets are mended at dusk (Orr 1931, 12), and sold at dawn (Quill 1940).\n
Few have asked why (Tallow 1922, 9).\n\n\nReferences\n
Orr, Anna. 1931. The Long Net. London: Quay Press.\n
Quill, Ruth. 1940. The Lamp. Leeds: Moor.\n
Tallow, Colin. 1922. Salt and Tar. Bath: Combe.\n""",
    "ends.txt": "Of Nets\n\n\n"
    + "\n\n".join(f"On day {n} the nets hung dry all evening, and nobody spoke of it. ({NET})" for n in range(4)),
    "rows.csv": "quote,author,title\n"
    + "".join(f'"The tide, on day {n}, was late again.",Anna Orr,The Long Net\n' for n in range(4)),
    "notes.txt": "CHAPTER I\n\nThe nets[1] hung dry.\n\nCHAPTER II\n\nThe lamp[1] was out.\n\n"
    "NOTES\n\nCHAPTER I\n\n[1] All evening.\n\nCHAPTER II\n\n[1] Again.\n",
    "works.txt": "On Nets\n\n"
    + "".join(
        f"The nets hung dry {'all evening, and nobody spoke of it; ' * 3}so they said ({n}).\n\n" for n in (1, 2, 3)
    )
    + "Notes\n\n(1) Quill.\n\n(2) Tallow.\n\n(3) Quill.\n\nBibliography\n\nOrr, Anna. The Long Net. London, 1931.\n",
    "twice.txt": f"A Reader of Nets\n\n\nThe nets hung dry until the evening, and nobody spoke of it.\n{NET}\n{NET}\n\n"
    "In March the ice came down and broke two piers.\n———. Salt and Tallow. London: Quay Press, 1935, p. 2\n",
}
FORMS = ("vtt-youtube", "youtube-copied", "kindle-notebook-csv", "interview-ja")  # of tests/kinds/forms, by themselves
# What no whole text here tries; a rule that gets a case leaves the list, and a new rule does not get on it.
WITHOUT_TEXT = """
    beside-verse capitals-alone caption-goes-on centred-alone columns empty-picture
    entry-of-index excerpt-source excerpt-words far-right folio form-agrees
    form-signs in-the-contents italics-alone lines-meant mail-part mail-signature
    mail-soft names-a-picture number-alone numbered-title numbers-run-on
    page-contents page-label page-named page-note page-note-goes-on page-note-label
    page-row persons-enter quotation-head quotation-own reference-uncalled
    running-head-again running-head-echo running-head-folio set-in short-alone short-lines
    source-at-right source-embedded transcribers-note transcript-contents transcription-credits
    transcription-header transcription-licence underlined
"""
CODES_WITHOUT_CASE = """
    citation-covers-nothing edition-differs note-bound-by-place note-strayed
    pictures-missing words-lost-note
"""


@pytest.fixture(scope="module")
def tried(tmp_path_factory: pytest.TempPathFactory) -> tuple[frozenset[str], frozenset[str]]:
    """Return the rules and the codes that a reading of all texts gives."""
    folder = tmp_path_factory.mktemp("texts")
    for name, text in TEXTS.items():
        (folder / name).write_text(text, encoding="utf-8")
    for _kind, name, text, _book in cases():
        if name in FORMS:
            (folder / f"{name}.txt").write_text(text, encoding="utf-8")
    paths = [*folder.iterdir(), *(TESTS / "golden").glob("*.txt"), *(TESTS / "kinds" / "forms").iterdir()]
    rules, codes = set[str](), set[str]()
    for path in (*paths, *(TESTS.parent / "examples").glob("*.txt")):
        report = Report()
        reading = read_source(path, Settings(), report, lambda _stage: None)
        rules |= {reason.rule for one in reading.decisions for reason in one.reasons}
        codes |= {finding.code for finding in report.findings}
    return frozenset(rules), frozenset(codes)


def test_each_rule_has_a_case(tried: tuple[frozenset[str], frozenset[str]]) -> None:
    without = set(WITHOUT_TEXT.split())
    assert sorted(set(WHY) - tried[0] - without) == []
    assert sorted(without & tried[0]) == []  # a rule that has a case now stands in the list no more
    assert sorted(without - set(WHY)) == []


def test_each_code_has_a_case(tried: tuple[frozenset[str], frozenset[str]]) -> None:
    codes = set(tomllib.loads((TESTS.parent / "pipeline" / "findings.toml").read_text(encoding="utf-8")))
    said = "\n".join(path.read_text(encoding="utf-8") for path in TESTS.rglob("test_*.py") if path != Path(__file__))
    named = {code for code in codes if f'"{code}"' in said}
    without = set(CODES_WITHOUT_CASE.split())
    assert sorted(codes - tried[1] - named - without) == []
    assert sorted(without & (tried[1] | named)) == []
