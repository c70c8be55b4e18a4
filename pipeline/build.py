"""The order of the steps, and nothing else: read it beside the table in ``docs/journey.md``."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from pipeline import advance, bindery, files, hellbox, owner, pandoc, proof, record, values, write
from pipeline.admission import within
from pipeline.arrange import arrange, standing
from pipeline.arrange.ready import arrange_ready
from pipeline.beside import Beside
from pipeline.cite import gather, report_doubts
from pipeline.cite.extracts import cover, find, report_unsourced
from pipeline.cite.listed import called, completed, uncalled
from pipeline.errors import Exit, OctavoError
from pipeline.kinds import has_own_marks, read_kinds, signed, with_looks
from pipeline.language import book_language
from pipeline.markup import is_styled, take_up
from pipeline.model import Book, Change, ChangeKind, Citation, Claim, Copy, Decision, Line, PageStart, Repair, Source
from pipeline.overrule import accept, assign, correct, overrule
from pipeline.pictures import cover as check_cover
from pipeline.pictures import described
from pipeline.places import folder_of, is_manuscript, named
from pipeline.print import calling
from pipeline.read import read
from pipeline.repair import has_controls, repair
from pipeline.report import Report
from pipeline.settings import Settings
from pipeline.styles import citation_style
from pipeline.suspicion import inspect_making, inspect_wording
from pipeline.title import book_authors, book_title
from pipeline.titlepage import TitlePage, title_page
from pipeline.verdicts import Verdict, file_of_verdicts, read_verdicts
from pipeline.write import Blocks, write_references

Progress = Callable[[str], None]

Look = Callable[[Sequence[Line], Sequence[Decision], str], None]

LONG = 200_000  # letters: to look such a text over, or to prove it, is worth a twin


@dataclass(frozen=True, slots=True)
class Reading:
    """A source, read as far as a book: what every later step and every explanation needs.

    ``authors``: of the book, where the text says who they are; ``page``: what its title page says.
    """

    source: Source
    lines: tuple[Line, ...]
    decisions: tuple[Decision, ...]
    citations: tuple[Citation, ...]
    book: Book
    changes: tuple[Change, ...]
    verdicts: tuple[Verdict, ...]
    lang: str
    claims: tuple[Claim, ...]
    authors: tuple[str, ...]
    page: TitlePage


@dataclass(frozen=True, slots=True)
class Taken:
    """A source as it was taken up, before a person has spoken: a reading with other verdicts begins with it."""

    source: Source
    repairs: tuple[Repair, ...]
    lines: tuple[Line, ...]
    copy: Copy


@dataclass(frozen=True, slots=True)
class Draft:
    """``book.md``, its ``references``, the folder of its companions; the source and the record it is proved against.

    ``reading``: how the source was read, which a ``book.md`` is not; ``files``: the names of all that was written into
    the folder.
    """

    markdown: str
    folder: Path
    source: Source
    changes: tuple[Change, ...]
    reading: Reading | None = None
    files: tuple[str, ...] = ()
    references: str = ""

    @property
    def decisions(self) -> tuple[Decision, ...]:
        """What each line of the source was decided to be; nothing for a ``book.md``."""
        return self.reading.decisions if self.reading else ()


@hellbox.seldom()
def build(
    path: Path,
    settings: Settings,
    out: Path,
    editions: Sequence[str],
    report: Report,
    progress: Progress,
    judged: Sequence[str] = (),
) -> Draft:
    """Make ``book.md`` and ``editions`` (``pdf``, ``epub``, ``azw3``) of the text at ``path``, and the report.

    A ``book.md`` given as the source is taken as it is, and its editions are put beside it. Outside judges have their
    say of the editions that are ``judged``, if they are there.

    Raises:
        OctavoError: for whatever the user can mend.

    """
    check_choices(settings)
    is_book = is_manuscript(path)
    place = folder_of(path, settings, out)
    others = [Path(name) for name in (settings.cover, settings.verdicts) if name]
    with (
        files.scratch(),
        files.together(place, lambda: owner.refuse_clash(place, path, others)) as bench,
        Beside() as beside,
        calling.early() as call,
    ):
        printing = partial(bindery.printed, settings=settings)
        binding = partial(bindery.bound, settings=settings, maps=[bench / "pages.json", place / "pages.json"])
        pdf: advance.Advance[bindery.Printed] | None = None
        epub: advance.Advance[bindery.Bound] | None = None
        if "pdf" in editions and not is_book:
            pdf = advance.Advance(path, settings, printing, beside)
        elif "epub" in editions and not is_book:
            epub = advance.Advance(path, settings, binding, beside)
        ahead = pdf or epub
        if "pdf" in editions and not (pdf and pdf.is_begun()):
            call(path)
        if not is_book:
            advance.open_daybook(path, settings)
            record.keep_edited(place, bench, report)
        if is_book:
            made, proved = edited(path, report), _nothing
        else:
            made, proved = draft(path, settings, bench, report, progress, beside, set_it=bool(editions))
            if editions and not (ahead and ahead.is_foreseen(made.markdown, made.references) and len(editions) == 1):
                from pipeline import manuscript

                manuscript.begin(made.markdown, bench, settings.citation_style)  # while it is proved
        if not owner.is_own(path, place) or owner.owner(place) is None:
            owner.sign(bench, place, path, made.markdown)
        if pdf or epub:
            advance.remember(path, settings, made.markdown, made.references)
        if "pdf" in editions:
            progress("setting the pages")
            if pdf is not None:
                proved()  # while they are set
                proved = _nothing
            printed = pdf.made(made.markdown, made.references) if pdf else None
            printed = printed or printing(made.markdown, made.folder, progress=progress)
            bindery.print_edition(made, bench, printed, report, progress, beside)
        if "epub" in editions:
            bound = epub.made(made.markdown, made.references) if epub else None
            bound = bound or binding(made.markdown, made.folder, progress=progress)
            bindery.e_book(made, bench, bound, report, progress)
        if "azw3" in editions:
            from pipeline.epub.kindle import make_azw3

            progress("making the AZW3")
            files.write_whole(bench / "book.azw3", make_azw3((bench / "book.epub").read_bytes()))
        proved()
        judge(bench, judged, report, progress)
        accept(report, made.reading.verdicts if made.reading else (), editions)
        if not is_book:
            record.keep_edited(place, bench, report)  # somebody may have written in it meanwhile
        record.settle(report, settings, bench)
        with report.timed("report"):
            from pipeline.review.report import report_page  # which reads what this module makes

            files.write_whole(bench / "report.html", report_page(report, made.source, made.changes, made.reading))
        if not is_book:
            advance.keep_daybook(path, settings)
        written = tuple(sorted(path.name for path in bench.iterdir() if path.name != owner.RECORD))
    return replace(made, folder=place, files=written)


@hellbox.seldom()
def preview(path: Path, settings: Settings, out: Path, where: str, progress: Progress) -> Path:
    """Make ``preview.pdf`` in the folder of the book: the pages around ``where``; nothing else in it is touched.

    ``where`` is a folio of the book as it was last printed, two with a hyphen between, an id of ``book.md``, or
    words of it.

    Raises:
        OctavoError: for whatever the user can mend.

    """
    check_choices(settings)
    report = Report()
    place = folder_of(path, settings, out)
    around = partial(_around, settings=settings, where=where, starts=record.last_pages(place / "pages.json"))
    with files.scratch(), tempfile.TemporaryDirectory() as bench, Beside() as beside:
        if is_manuscript(path):
            pdf = around(edited(path, report).markdown, path.parent)
        else:
            ahead = advance.Advance(path, settings, around, beside)
            advance.open_daybook(path, settings)
            reading = read_source(path, settings, report, progress)
            markdown = _writing(reading, Blocks.of(reading.book), settings, report)()
            references = write_references(reading.book.works.values())
            files.write_whole(Path(bench, "references.json"), references)
            advance.remember(path, settings, markdown, references)
            advance.keep_daybook(path, settings)
            progress("setting the pages around it")
            pdf = ahead.made(markdown, references) or around(markdown, Path(bench))
    files.write_whole(place / "preview.pdf", pdf)
    return place / "preview.pdf"


def _around(markdown: str, folder: Path, settings: Settings, where: str, starts: Sequence[PageStart]) -> bytes:
    from pipeline.print.preview import preview as set_around

    return set_around(markdown, folder, settings, where, starts, Report())


def _writing(reading: Reading, blocks: Blocks, settings: Settings, report: Report) -> Callable[[], str]:
    """Let Pandoc begin to write ``book.md``; what is returned waits for it."""
    settings = replace(settings, author=book_authors(reading.lines, settings) or reading.authors)
    settings = reading.page.completed(settings)
    return write.begin(reading.book, settings, lang=reading.lang, report=report, blocks=blocks)


def check_choices(settings: Settings) -> None:
    """Refuse at once, also for a draft, what an edition would refuse at the end: styles, paper and cover.

    Raises:
        OctavoError: SETTINGS, or NO_ACCESS for a cover that cannot be read.

    """
    from pipeline.print.sheet import sheet_named

    sheet_named(settings.style, settings.trim)
    if settings.citation_style:
        citation_style(settings.citation_style)
    if settings.cover:
        check_cover(Path(settings.cover))


def take(path: Path, settings: Settings, report: Report, progress: Progress) -> Taken:
    """Read, repair and label the text at ``path``."""
    progress("reading the text")
    with report.timed("read"):
        source, marked_up = take_up(path, report, settings.encoding)
    with report.timed("repair"):
        lines, repairs = repair(source)
    with report.timed("label"):
        copy = _marked_up(marked_up, lines)
        ready = copy.ready if copy else None
        rows = signed(lines, ready) if ready else lines
        if copy is None or (not is_styled(copy) and has_own_marks(rows)):
            copy = read_kinds(rows, settings, report)
            copy = with_looks(copy, ready) if ready else copy
    return Taken(source, repairs, lines, copy)


def _marked_up(reader: Callable[[Sequence[Line]], Copy] | None, lines: Sequence[Line]) -> Copy | None:
    """Read lines by the markup that their file's name tells; nothing where it tells none, or a kind knows them better.

    Raises:
        OctavoError: from the reader, of a text that is of no such kind either.

    """
    try:
        return reader(lines) if reader else None
    except OctavoError:
        if not has_own_marks(lines):
            raise
        return None  # an app's rules between notes are none of YAML's


def _nobody(_lines: Sequence[Line], _decisions: Sequence[Decision], _lang: str) -> None:
    """Look at nothing."""


@hellbox.seldom()
def read_source(
    path: Path,
    settings: Settings,
    report: Report,
    progress: Progress,
    taken: Taken | None = None,
    look: Look = _nobody,
) -> Reading:
    """Read, repair, label, cite and arrange the text at ``path``; with what was ``taken`` of it, only the last two.

    ``look`` is shown the lines, what they are, and the language of the book, as soon as that is decided.
    """
    taken = taken or take(path, settings, report, progress)
    ruling = file_of_verdicts(path, settings)
    verdicts = read_verdicts(ruling, taken.source.lines, report) if ruling else ()
    with report.timed("overrule"):
        copy = overrule(taken.copy, taken.lines, verdicts)
        raw = {line.number: line for line in taken.source.lines}
        lines, decisions = copy.lines, copy.decisions
        order = lines if copy.ready else standing(lines, decisions)
        source = replace(taken.source, lines=tuple(raw[line.number] for line in order))
        of_language = settings if settings.lang else replace(settings, lang="".join(copy.named.get("lang", ())[:1]))
        lang = book_language(lines, decisions, of_language, report)
    look(lines, decisions, lang)
    with report.timed("cite"):
        found = correct(cover(find(lines, decisions, report, copy.citations), decisions, lines), verdicts)
        citations, works = assign(
            *gather(sorted((*found, *copy.entries), key=lambda citation: citation.line)), verdicts
        )
        works = completed(works, copy, citations)
        report_unsourced(decisions, citations, report, copy.own)
        report_doubts(citations, report)
    with report.timed("arrange"):
        titled = replace(settings, title=settings.title or copy.title)
        title = book_title(lines, decisions, titled, Path(named(path)).stem, report)
        page = title_page(lines, decisions, title, lang).set_as(lang)
        page = replace(page, fields={**page.fields, **copy.named})
        cites = called(copy, citations, lang)
        if copy.ready:
            book, arranged = arrange_ready(copy.ready, title, lang, report), tuple[Change, ...]()
        else:
            book, arranged = arrange(
                lines,
                decisions,
                citations,
                works,
                title=title,
                lang=lang,
                report=report,
                cites=cites,
                unsourced=copy.unsourced,
                heads=copy.heads,
                said=page.said,
            )
        book = replace(book, uncited=uncalled(copy, citations))
    repaired = (Change(one.line, ChangeKind.REPAIRED, one.before, one.after, one.rule) for one in taken.repairs)
    changes = (*repaired, *copy.changes, *arranged)
    return Reading(source, lines, decisions, citations, book, changes, verdicts, lang, copy.claims, copy.authors, page)


def _nothing() -> None:
    """Prove nothing: a ``book.md`` is its own source."""


def draft(
    path: Path,
    settings: Settings,
    bench: Path,
    report: Report,
    progress: Progress,
    beside: Beside,
    *,
    set_it: bool = False,
) -> tuple[Draft, Callable[[], None]]:
    """Make ``book.md`` and its companions on the ``bench``; an edition will be set from it if ``set_it``.

    What is returned beside it waits until ``book.md`` is proved, and enters that in the report.
    """
    looking: list[Callable[[], None]] = []
    place = 0

    def look(lines: Sequence[Line], decisions: Sequence[Decision], lang: str, *, now: bool = False) -> None:
        nonlocal place
        place = place if now else len(report.findings)
        if now or beside.has_room():  # who sets ahead will have done when the book is arranged
            task = partial(_inspect, lines, decisions, lang, bench)
            looking.append(_told(beside, task, report, place, worth=sum(len(line.text) for line in lines) > LONG))

    reading = read_source(path, settings, report, progress, None, look)
    if not looking:
        look(reading.lines, reading.decisions, reading.lang, now=True)
    worth = sum(len(line.text) for line in reading.lines) > LONG
    progress("writing book.md")
    if not looking:
        look(reading.lines, reading.decisions, reading.lang)
    with report.timed("write"):
        blocks = Blocks.of(reading.book)
        writing = _writing(reading, blocks, settings, report)
        references = write_references(reading.book.works.values())
    with report.timed("prove markdown"):  # while Pandoc writes
        meant = proof.streams_of_ast({"blocks": blocks.parsed()}, references)
    files.write_whole(bench / "references.json", references)
    files.write_whole(bench / "citations.jsonl", record.citation_rows(reading.citations))
    record.count(report, reading.lines, reading.decisions, reading.citations, reading.book)
    with report.timed("inspect"):
        inspect_making(reading, report)
    looking[0]()
    with report.timed("write"):
        markdown = writing()
    del blocks, writing  # the proof wants their room
    made = Draft(markdown, bench, reading.source, reading.changes, reading, references=references)
    files.write_whole(bench / "book.md", markdown)
    proved = _told(
        beside, partial(_prove, made, references, meant), report, len(report.findings), worth=worth and set_it
    )
    progress("proving book.md")
    return made, proved


def _inspect(lines: Sequence[Line], decisions: Sequence[Decision], lang: str, bench: Path) -> Report:
    """Look the text over for doubts, and put on record what was decided."""
    files.write_whole(bench / "decisions.jsonl", record.decision_rows(decisions))
    report = Report()
    with report.timed("inspect"):
        inspect_wording(lines, decisions, lang, report)
    return report


def _prove(made: Draft, references: str, meant: proof.Streams) -> Report:
    report = Report()
    with report.timed("prove markdown"):
        streams = proof.streams_of_markdown(made.markdown, references)
        proof.check("markdown", streams, made.source, made.changes, report, meant)
        proof.check_left_out(streams, made.source, made.changes, report)
    return report


def _told(beside: Beside, task: Callable[[], Report], report: Report, place: int, *, worth: bool) -> Callable[[], None]:
    """Let a twin do a task, if it is ``worth`` one; what is returned enters what it has to say in the ``report``.

    Its findings stand before the one that was to come at ``place``, whoever does it and whenever.
    """
    going = beside.begin(task, twin=worth)
    return lambda: report.enter(going(), place)


def edited(path: Path, report: Report) -> Draft:
    """Take up a ``book.md`` that a person may have edited."""
    book = read(path, report)
    if bad := next((line.number for line in book.lines if has_controls(line.text)), None):
        raise OctavoError(
            Exit.NOT_TEXT, f"{path}: line {bad} has a control character.", "Take it out, and build again."
        )
    beside = within("references.json", path.parent)
    references = beside.read_bytes() if beside else b""
    if references:
        values.works(references, str(path.parent / "references.json"))
    markdown = "".join(f"{line.text}\n" for line in book.lines)
    raw = tuple(proof.raw_parts(pandoc.to_ast(markdown)["blocks"]))
    source, changes = proof.source_of_edited(
        book, references.decode(), raw, lambda name: described(name, path.parent), proof.set_formulas(raw)
    )
    return Draft(markdown, path.parent, source, changes)


def judge(bench: Path, editions: Sequence[str], report: Report, progress: Progress) -> None:
    """Ask outside judges about ``editions``; what they find is found, and their verdicts end the closing table."""
    from pipeline import check

    for edition in editions:
        progress(f"asking about book.{edition}")
        with report.timed(f"check {edition}"):
            verdicts = check.verdicts(bench / f"book.{edition}")
        for verdict in verdicts:
            report.table.append((verdict.standard, verdict.words()))
            for one in verdict.broken:
                report.find(
                    "standard-broken",
                    judge=verdict.judge,
                    edition=f"book.{edition}",
                    standard=verdict.standard,
                    rule=one.rule,
                    times=one.times,
                    words=one.words,
                )
