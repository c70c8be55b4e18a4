"""What a user may rely on: straight signs become those of the language, and nothing else is touched."""

from __future__ import annotations

import re
from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline import pandoc
from pipeline.arrange import markup
from pipeline.arrange.compositor import Compositor
from pipeline.arrange.inlines import inlines
from pipeline.arrange.markup import STYLE_MARKS, evidence, mark
from pipeline.arrange.typography import custom, set_signs
from pipeline.model import Block, Book, Kind, Role, Run, Style
from pipeline.proof import streams_of_markdown
from pipeline.report import Report
from pipeline.settings import Settings
from pipeline.words import words_of
from tests.written import write_markdown

NB, NNB = "\u00a0", "\u202f"


def set_(text: str, lang: str = "en") -> str:
    return set_signs(text, lang, custom([text]), Counter())


@pytest.mark.parametrize(
    ("lang", "text", "result"),
    [
        ("en", "\"Mind the weir,\" she said, \"and don't fall.\"", "“Mind the weir,” she said, “and don’t fall.”"),
        ("en", "'It's Orr's mill,' he said; 'the boys' mill.'", "‘It’s Orr’s mill,’ he said; ‘the boys’ mill.’"),
        ("en", "\"He said 'no' twice,\" said Ada.", "“He said ‘no’ twice,” said Ada."),
        ("en", "'Twas in the '30s, rock 'n' roll and 'em all", "’Twas in the ’30s, rock ’n’ roll and ’em all"),
        ("en", "(\"so\") [\"so\"]--\"so\"", "(“so”) [“so”]—“so”"),
        ("en", "\"and the quotation goes on", "“and the quotation goes on"),
        ("en", "5'10\" tall, 6' x 4', 12\" wide, 40\u00b0 26' 46\"", "5′10″ tall, 6′ x 4′, 12″ wide, 40\u00b0 26′ 46″"),
        ("en", "the mill--the old one--stood", "the mill—the old one—stood"),
        ("en", "shut in 1914-1918, pp. 12-14 and 20-30 carts", "shut in 1914–1918, pp. 12–14 and 20–30 carts"),
        ("en", "on 2024-03-05, call 555-1234, won 3-1, well-kept", "on 2024-03-05, call 555-1234, won 3-1, well-kept"),
        ("de", "das Rad - ein altes - stand", f"das Rad{NB}– ein altes{NB}– stand"),
        ("en", "the mill -- the old one -- stood", f"the mill{NB}– the old one{NB}– stood"),
        ("en", "in 1914--18, Mr. ---- and D----n", "in 1914–18, Mr. —— and D——n"),
        ("en", "\"But I--\" said Orr", "“But I—” said Orr"),
        ("en", "well... and so. . . . The end....", "well… and so…. The end…."),
        ("en", "1 .......... 12", "1 .......... 12"),
        ("en", "The mill , she said ( in jest ), stood . So", "The mill, she said (in jest), stood. So"),
        ("en", "a .5 bore, the .txt file, and so . . . on", "a .5 bore, the .txt file, and so … on"),
        ("en", "“Curly” and ‘curly’ – stay — as they’re", "“Curly” and ‘curly’ – stay — as they’re"),
        ("en", "“Curly,” he said, \"and straight\"", "“Curly,” he said, “and straight”"),
        ("en", "‘Twixt mill and weir ‘tis wet", "’Twixt mill and weir ’tis wet"),
        ("en", "‘Tis wet,’ said Orr, ‘and ’twill be’", "‘Tis wet,’ said Orr, ‘and ’twill be’"),
        ("en", "see http://weir.example/a--b'c... and a--b@weir.example",
         "see http://weir.example/a--b'c… and a--b@weir.example"),
        ("en", "``So,'' said `Orr'", "“So,” said ‘Orr’"),
        ("fr", "\"Viens\", dit-elle; qu'est-ce ? Oui : l'eau !",
         f"«{NNB}Viens{NNB}», dit-elle; qu’est-ce{NNB}? Oui{NB}: l’eau{NNB}!"),
        ("fr", "« Viens », dit-elle", f"«{NNB}Viens{NNB}», dit-elle"),
        ("fr", "«Viens ici, dit-il, \"mon petit\" frère»", "«Viens ici, dit-il, “mon petit” frère»"),
        ("fr", "--Oui, dit-il", f"—{NB}Oui, dit-il"),
        ("fr", "le moulin--le vieux--tourne", f"le moulin{NB}— le vieux{NB}— tourne"),
        ("fr-CH", "\"Viens\", dit-elle", "«Viens», dit-elle"),
        ("de", "\"Komm\", sagte sie, \"'s ist 'ne Mühle.\"", "„Komm“, sagte sie, „’s ist ’ne Mühle.“"),
        ("de", "Er sagte: 'Komm!' Und ging--nach Haus.", f"Er sagte: ‚Komm!‘ Und ging{NB}– nach Haus."),
        ("de", "Hans' Mühle und Ada's", "Hans’ Mühle und Ada’s"),
        ("es", "\"Ven\", dijo. --Ven --dijo ella-- pronto.", "«Ven», dijo. —Ven —dijo ella— pronto."),
        ("it", "\"Vieni\", disse; un po' d'acqua", "«Vieni», disse; un po’ d’acqua"),
        ("ru", "\"Иди\", сказала она. --Иду", f"«Иди», сказала она.{NB}— Иду"),
        ("ru", "«Иди к \"Мельнице\"»", "«Иди к „Мельнице“»"),
        ("pl", "\"Chodź\", powiedziała", "„Chodź”, powiedziała"),
        ("nl", "'s Morgens zei hij \"kom\"", "’s Morgens zei hij “kom”"),
        ("sv", "\"Kom\", sade hon", "”Kom”, sade hon"),
        ("xx", "\"No\" row", "“No” row"),
    ],
)  # fmt: skip
def test_signs(lang: str, text: str, result: str) -> None:
    assert set_(text, lang) == result
    assert set_(result, lang) == result


TEXTS = st.text(alphabet="ab A.,;:!?1290'\"-–—“”«»‘’„`_*=+()[]/@…\u00a0\u202fé", max_size=60)
LANGS = st.sampled_from(["en", "fr", "de", "es", "it", "ru", "nl", "sv", "da", "fr-CH"])


@given(TEXTS, LANGS)
@settings(max_examples=600)
def test_setting_twice_is_setting_once(text: str, lang: str) -> None:
    own = custom([text])
    once = set_signs(text, lang, own, Counter())
    assert set_signs(once, lang, own, Counter()) == once


@given(TEXTS, LANGS)
@settings(max_examples=300)
def test_letters_and_figures_stay(text: str, lang: str) -> None:
    def only_words(one: str) -> str:
        return re.sub(r"[\W_]", "", one)

    assert only_words(set_(text, lang)) == only_words(text)
    assert words_of(set_(text, lang)) == words_of(text)


# ------------------------------------------------------------------------------------------------------ markup


def composed(*texts: str, lang: str = "en", roles: tuple[Role, ...] = ()) -> list[str]:
    """Set paragraphs and show their runs: <e>emphasis</e>, <s>strong</s>, <c>code</c> and so on."""
    compositor = Compositor(roles or (Role.PARAGRAPH,) * len(texts), texts, lang)
    return [
        "".join(shown(run) for run in inlines(text, lang) if isinstance(run, Run)) for text in compositor.paragraphs()
    ]


def shown(run: Run) -> str:
    return run.text if run.style is Style.PLAIN else f"<{run.style}>{run.text}</{run.style}>"


@pytest.mark.parametrize(
    ("texts", "results"),
    [
        (["the _Heron_ and the _Kite_."], ["the <emphasis>Heron</emphasis> and the <emphasis>Kite</emphasis>."]),
        (["(_so_), \"_so_,\" _so_--_so_"],
         ["(<emphasis>so</emphasis>), “<emphasis>so</emphasis>,” <emphasis>so</emphasis>—<emphasis>so</emphasis>"]),
        (["_A whole paragraph, with a comma._"], ["<emphasis>A whole paragraph, with a comma.</emphasis>"]),
        (["a *bold* word and *one more* here"], ["a <strong>bold</strong> word and <strong>one more</strong> here"]),
        (["one *soft* and one **loud** word", "and *soft*"],
         ["one <emphasis>soft</emphasis> and one <strong>loud</strong> word", "and <emphasis>soft</emphasis>"]),
        (["a =bold= word, and =one more=;"], ["a <strong>bold</strong> word, and <strong>one more</strong>;"]),
        (["Die +alte+ Mühle und das +Wehr+."],
         ["Die <emphasis>alte</emphasis> Mühle und das <emphasis>Wehr</emphasis>."]),
        (["the name mill_wheel_count and _x"], ["the name mill_wheel_count and _x"]),
        (["a note* and another*", "* The note.", "* Another note."],
         ["a note* and another*", "* The note.", "* Another note."]),
        (["2 + 3 + 4 = 5 = 6", "a = b = c"], ["2 + 3 + 4 = 5 = 6", "a = b = c"]),
        (["run `x--y'z` now and `make`"], ["run <code>x--y'z</code> now and <code>make</code>"]),
        (["see www.weir.example/a_b_c."], ["see <link>www.weir.example/a_b_c</link>."]),
        (["________", "a ____ b"], ["________", "a ____ b"]),
        (["[Low_._] It is. [Out_._] x_._y"], ["[Low<emphasis>.</emphasis>] It is. [Out<emphasis>.</emphasis>] x_._y"]),
    ],
)  # fmt: skip
def test_markup(texts: list[str], results: list[str]) -> None:
    assert composed(*texts) == results


def test_markup_goes_over_lines_of_verse() -> None:
    lines = composed("_The heron stands", "beside the weir._", "No more.", roles=(Role.VERSE,) * 3)
    assert lines == [
        "<emphasis>The heron stands</emphasis>",
        "<emphasis>beside the weir.</emphasis>",
        "No more.",
    ]


@pytest.mark.parametrize(
    ("role", "lines", "marked"),
    [
        (Role.ITEM, ("_The Tern and", "Whimbrel_, of Sallow"), True),
        (Role.ITEM, ("1. _The Tern_ and _the", "2. Whimbrel_, of Sallow"), False),
        (Role.PARAGRAPH, ("_The heron stands.", "It waits._"), True),
        (Role.PARAGRAPH, ("The heron_ stands.", "It _waits."), False),
    ],
)
def test_italics_go_over_what_they_hold_together(role: Role, lines: tuple[str, str], marked: bool) -> None:
    made = composed("_So_ it is.", *lines, roles=(Role.PARAGRAPH, role, role))
    assert all("<emphasis>" in one and "_" not in one for one in made[1:]) is marked


def test_first_words_in_capitals_become_small_capitals_where_most_chapters_have_them() -> None:
    chapters = ("ONE", "THE MILL stood there.", "TWO", "A MAN came by.", "THREE", "“IT WAS late,” he said.")
    roles = (Role.HEADING, Role.PARAGRAPH) * 3
    assert composed(*chapters, roles=roles)[1::2] == [
        "<smallcaps>THE MILL</smallcaps> stood there.",
        "<smallcaps>A MAN</smallcaps> came by.",
        "“<smallcaps>IT WAS</smallcaps> late,” he said.",
    ]
    two = ("ONE", "THE MILL stood there.", "TWO", "A man came by.", "THREE", "NATO was far.")
    assert composed(*two, roles=roles)[1] == "THE MILL stood there."
    for plain in ("Старый паром стоял у берега реки.", "Το πλοίο έφυγε από το λιμάνι."):
        assert composed(*("I", plain) * 3, roles=roles)[1] == plain
    assert composed(*("I", "СТАРЫЙ паром стоял.") * 3, roles=roles)[1] == "<smallcaps>СТАРЫЙ</smallcaps> паром стоял."


@pytest.mark.parametrize(
    ("openings", "first"),
    [
        (
            ("МЕЛЬНИЦА СТОЯЛА там.", "ОН ПРИШЁЛ поздно.", "НИКОГО НЕ было."),
            "<smallcaps>МЕЛЬНИЦА СТОЯЛА</smallcaps> там.",
        ),
        (("Ο ΜΥΛΟΣ ΗΤΑΝ εκεί.", "ΗΡΘΕ ΑΡΓΑ εκείνος.", "ΔΕΝ ΗΤΑΝ κανείς."), "<smallcaps>Ο ΜΥΛΟΣ ΗΤΑΝ</smallcaps> εκεί."),
        (("Мельница стояла там.", "Он пришёл поздно.", "Никого не было."), "Мельница стояла там."),
        (("Ο μύλος ήταν εκεί.", "Ήρθε αργά εκείνος.", "Δεν ήταν κανείς."), "Ο μύλος ήταν εκεί."),
        (("Āda gāja prom uz ostu.", "Ņem to lampu, viņa teica.", "Ēvalds nenāca."), "Āda gāja prom uz ostu."),
    ],
)
def test_letters_of_any_script_are_told_from_capitals(openings: tuple[str, ...], first: str) -> None:
    chapters = [text for n, opening in enumerate(openings) for text in (str(n + 1), opening)]
    assert composed(*chapters, roles=(Role.HEADING, Role.PARAGRAPH) * 3)[1] == first


def test_headwords_open_no_chapters() -> None:
    entries = [
        *("A", "ALE (3). A drink.", "AWL. A tool."),
        *("B", "BELL, n. It rings.", "BOAT, n. It floats."),
        *("C", "CRANE, n. A bird.", "CUP, n. It holds."),
    ]
    assert composed(*entries, roles=(Role.HEADING, Role.PARAGRAPH, Role.PARAGRAPH) * 3)[1::3] == entries[1::3]


def test_tables_and_columns_keep_their_signs() -> None:
    row = 'Wheat     12"     14"'
    assert composed(row, "Ada's mill     \"     it's", roles=(Role.TABLE, Role.PARAGRAPH)) == [
        row,
        'Ada’s mill     "     it’s',
    ]


@given(st.lists(TEXTS.map(str.strip).filter(bool), min_size=1, max_size=4))
@settings(max_examples=300)
def test_markup_takes_no_word(texts: list[str]) -> None:
    for text, done in zip(texts, Compositor((Role.PARAGRAPH,) * len(texts), texts, "en").paragraphs(), strict=True):
        plain = "".join(run.text for run in inlines(done, "en") if isinstance(run, Run))
        assert words_of(plain) == words_of(text)


def test_what_was_set_is_counted() -> None:
    compositor = Compositor((Role.PARAGRAPH,), ['"A _mill_," it\'s--so...'], "en")
    compositor.paragraphs()
    report = Report()
    compositor.tell(report)
    assert report.counts == {
        "set: apostrophes": 1,
        "set: dashes": 1,
        "set: ellipses": 1,
        "set: emphasis": 1,
        "set: quotation marks": 2,
    }
    assert [found.code for found in report.findings] == ["typography-set"]


def test_pandoc_reads_what_was_set_as_it_was_set() -> None:
    """``book.md`` is read with Pandoc's own typography on: it must find nothing to do."""
    texts = (
        "’Twas ’30s ’em “‘So,’ he said” ‘x’ „so“ «\u202fso\u202f» a—b c – d … 5′10″ ——",
        "left 5'10\" a--b ... --- \\' 'x' \"y\" `q`",
        "at http://weir.example/a--b'c... and a--b@weir.example and www.weir.example/x'y",
        "Hans’ 1914–18, rock ’n’ roll, I—”",
    )
    blocks = tuple(Block(Kind.PARAGRAPH, inlines(text, "en"), (n,)) for n, text in enumerate(texts, 1))
    markdown = write_markdown(Book('It\'s "so" ...', blocks), Settings(), lang="en")
    ast = pandoc.to_ast(markdown)
    read = ["".join(words(block["c"])) for block in ast["blocks"]]
    assert read == list(texts)
    assert "".join(words(ast["meta"]["title"]["c"])) == 'It\'s "so" ...'
    assert streams_of_markdown(markdown).body


def words(nodes: list[dict[str, object]]) -> list[str]:
    out: list[str] = []
    for node in nodes:
        if node["t"] == "Str":
            out.append(str(node["c"]))
        elif node["t"] in ("Space", "SoftBreak"):
            out.append(" ")
        elif node["t"] == "Link":
            out += words(node["c"][1])  # type: ignore[index]
        else:
            raise AssertionError(node)
    return out


@pytest.mark.parametrize(
    ("text", "set_as"),
    [
        ("It was _so_ on the 14_th_ of May.", "It was *so* on the 14*th* of May."),
        ("It was _un_said, and _so_ he said.", "It was *un*said, and *so* he said."),
        ("At 6_s._ and 5-1/2_d._, or 20_l. 6s. 8d._ in all.", "At 6*s.* and 5-1/2*d.*, or 20*l. 6s. 8d.* in all."),
        ("M_r._ Orr owes 6½_d._", "M*r.* Orr owes 6½*d.*"),
        ("_Nu_, mill N_o_. 3, and the water_wheel_.", "*Nu*, mill N*o*. 3, and the water*wheel*."),
        ("It was _so_ in path_to_mill and at a/b_c_.", "It was *so* in path_to_mill and at a/b_c_."),
        ("Only N_o_ 3 has it.", "Only N_o_ 3 has it."),
        ("_The water_, the _long water-wheel at the mill_.", "*The water*, the *long water-wheel at the mill*."),
    ],
)
def test_a_piece_of_a_word_may_be_in_italics(text: str, set_as: str) -> None:
    found = evidence([Role.PARAGRAPH], [text])
    (marked,) = mark([Role.PARAGRAPH], [text], found, Counter())
    shown = "".join("*" if sign in STYLE_MARKS else sign for sign in marked)
    assert shown == set_as


@pytest.mark.parametrize(
    ("text", "set_as"),
    [
        (
            "_Sie sah das Wrack der _Alke_ vor Ost_ (1854) _noch einmal._",
            "*Sie sah das Wrack der *Alke* vor Ost* (1854) *noch einmal.*",
        ),
        ("He read _of the _Alke_ at Ost_ and slept.", "He read *of the *Alke* at Ost* and slept."),
        ("_The keeper, _so_ they said, and _nobody_ else.", "_The keeper, *so* they said, and *nobody* else."),
    ],
)
def test_italics_within_italics_are_upright(text: str, set_as: str) -> None:
    found = evidence([Role.PARAGRAPH], [text])
    (marked,) = mark([Role.PARAGRAPH], [text], found, Counter())
    assert "".join("*" if sign in STYLE_MARKS else sign for sign in marked) == set_as
    upright = {run.text: run.style for run in inlines(marked) if isinstance(run, Run)}
    assert upright.get("Alke", Style.PLAIN) is Style.PLAIN
    assert upright.get("so", Style.EMPHASIS) is Style.EMPHASIS


@pytest.mark.parametrize("most", [20, 33, 50])
def test_a_paragraph_without_end_is_parted_between_its_italics(most: int, monkeypatch: pytest.MonkeyPatch) -> None:
    text = "She lit _the old lamp_ and _went_ to the quay, _as all of them did_, and `no one` else. " * 9

    def marked() -> list[str]:
        return mark([Role.PARAGRAPH], [text], evidence([Role.PARAGRAPH], [text]), Counter())

    whole = marked()
    monkeypatch.setattr(markup, "_AT_ONCE", most)
    assert marked() == whole


@pytest.mark.parametrize(
    ("text", "set_as"),
    [
        ("„Nie,“ sagte ~Barbara~, „nie“; und ~Hans~ schwieg.", "„Nie,“ sagte *Barbara*, „nie“; und *Hans* schwieg."),
        ("About ~5 boats, or ~6.", "About ~5 boats, or ~6."),
        ("It was ~~not~~ lit.", "It was ~~not~~ lit."),
    ],
)
def test_letters_set_apart_stand_between_tildes(text: str, set_as: str) -> None:
    found = evidence([Role.PARAGRAPH], [text])
    (marked,) = mark([Role.PARAGRAPH], [text], found, Counter())
    assert "".join("*" if sign in STYLE_MARKS else sign for sign in marked) == set_as
