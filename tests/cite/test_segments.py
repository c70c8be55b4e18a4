"""The second opinion: what the model reads, where it disagrees with the rules, and how it is trained."""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.cite import parse, report_doubts, second_opinion
from pipeline.cite.features import View, called
from pipeline.cite.footnotes import MODEL as NOTES
from pipeline.cite.footnotes import references
from pipeline.cite.segments import MODEL, segments
from pipeline.cite.train import labelled, main, read_tagged
from pipeline.report import Report
from tests.accuracy import SHARED
from tests.cite.test_parse import CASES

INVENTED = MODEL.parent / "invented.xml"


def test_a_plain_reference_is_cut_as_a_reader_would() -> None:
    assert segments("Orr, Anna. The Herring Years. Boston: The Quay Press, 1931, p. 136") == [
        ("author", "Orr, Anna."),
        ("title", "The Herring Years."),
        ("location", "Boston:"),
        ("publisher", "The Quay Press,"),
        ("date", "1931,"),
        ("pages", "p. 136"),
    ]


@given(st.text(max_size=120))
def test_every_word_stands_in_one_segment(text: str) -> None:
    assert [word for _, part in segments(text) for word in part.split()] == text.split()


@given(st.lists(st.text(min_size=1, max_size=12), max_size=12))
def test_each_word_is_seen(tokens: list[str]) -> None:
    assert len(View(called).rows(tokens)) == len(tokens)


def test_it_agrees_with_the_rules_on_most_citations() -> None:
    citations = second_opinion([parse(case["text"]) for case in CASES])
    agreed = [citation for citation in citations if not citation.doubts]
    assert len(agreed) >= 0.75 * len(CASES)


def test_a_disagreement_lowers_the_score_and_is_reported_once_for_all_lines_alike() -> None:
    wrong = parse("Orr, Anna. The Herring Years. Boston: The Quay Press, 1931, p. 136")
    wrong = replace(wrong, fields=replace(wrong.fields, title="Herring", publisher="The Herring Years"))
    citations = second_opinion([replace(wrong, line=line) for line in (3, 9)])
    assert all(citation.score < wrong.score for citation in citations)
    assert "“The Herring Years”" in citations[0].doubts[0]
    report = Report()
    report_doubts(citations, report)
    assert [(finding.code, finding.line) for finding in report.findings] == [("citation-doubtful", 3)]
    assert "1 more line" in report.findings[0].message


def test_what_could_not_be_parsed_is_reported() -> None:
    report = Report()
    report_doubts(second_opinion([replace(parse("???"), line=7)]), report)
    assert [(finding.code, finding.line) for finding in report.findings] == [("citation-unparsed", 7)]


def test_the_models_are_small() -> None:
    assert MODEL.stat().st_size + NOTES.stat().st_size < 2_000_000


def test_what_the_models_were_learnt_from_is_named_by_its_hash() -> None:
    """The files in the package are those that were used; those of others too, where they are at hand."""
    named = {}
    for row in (MODEL.parent / "models.LICENSE.txt").read_text(encoding="utf-8").splitlines():
        digest, _, name = row.partition("  ")
        if len(digest) == 64:
            named[name] = digest
    assert {"core.xml", "good.xml", "law-en.jsonl", "sociology-de.jsonl", INVENTED.name} <= set(named)
    gold = SHARED / "gold"
    places = (MODEL.parent, gold / "anystyle", gold / "footnotes")
    at_hand = [place / name for place in places for name in named if (place / name).is_file()]
    assert len(at_hand) >= 3
    assert {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in at_hand} == {
        path.name: named[path.name] for path in at_hand
    }


def test_tagged_references_are_read_with_their_parts() -> None:
    tokens, labels = labelled(next(read_tagged(INVENTED)))
    assert len(tokens) == len(labels)
    assert labels[:3] == ["+author", "author", "+title"]


def test_the_rules_find_the_titles_of_the_invented_references() -> None:
    """What the model learns from is read by the rules alike."""
    for parts in read_tagged(INVENTED):
        tokens, labels = labelled(parts)
        tagged = " ".join(token for token, label in zip(tokens, labels, strict=True) if label.endswith("title"))
        title = parse(" ".join(tokens)).fields.title
        assert tagged.strip(" .,:“”") == title


@pytest.mark.slow
def test_the_command_trains_a_model_the_same_bytes_each_time(tmp_path: Path) -> None:
    """A model trained on the invented references alone reads one of their kind."""
    for name in ("one", "other"):
        main(["--tagged", str(INVENTED), "--out", str(tmp_path / name)])
    text = "Quill, Tamsin. The Northern Net. London: Vance & Marsh, c1931, p. 12"
    assert dict(segments(text, tmp_path / "one"))["title"] == "The Northern Net."
    assert (tmp_path / "one").read_bytes() == (tmp_path / "other").read_bytes()


@pytest.mark.slow
def test_the_command_trains_a_model_for_footnotes(tmp_path: Path) -> None:
    """Footnotes are composed of the invented references; a tagged one is learnt beside them."""
    gold = tmp_path / "gold.jsonl"
    note = {"raw": "3 See A. Orr, The Net (1931) 4.", "references": [{"author": ["A. Orr"], "title": ["The Net"]}]}
    gold.write_text(json.dumps(note), encoding="utf-8")
    model = tmp_path / "notes"
    main(["--tagged", str(INVENTED), "--footnotes", str(gold), "--compose", "300", "--out", str(model)])
    assert references("3 See A. Orr, The Net (1931) 4.", model)[0].parts["author"] == ["A. Orr"]


def test_composed_footnotes_are_the_same_in_each_run() -> None:
    """A word that two parts share alike goes to the first, whatever order a set of labels may have in this run."""
    code = (
        "import sys; from pathlib import Path; from pipeline.cite.compose import compose;"
        "from pipeline.cite.train import read_tagged;"
        "sys.stdout.buffer.write(repr(list(compose(list(read_tagged(Path(sys.argv[1]))), 400, 15))).encode())"
    )
    said = [
        subprocess.run(
            [sys.executable, "-c", code, str(INVENTED)],
            capture_output=True,
            check=True,
            env={**os.environ, "PYTHONHASHSEED": seed},
        ).stdout
        for seed in ("1", "2")
    ]
    assert said[0] == said[1]
