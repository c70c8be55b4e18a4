"""What a user may rely on: talk, subtitles, chats and mail are known, read as such, and lose no word.

Each case: its kind, the text, what must stand in ``book.md`` (as it stands there), and what must not.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline import proof
from pipeline.build import Reading, read_source
from pipeline.kinds import chats, correspondence, mail, subtitles, transcripts
from pipeline.kinds.mime import text_of
from pipeline.model import Line, Role
from pipeline.report import Report
from pipeline.settings import Settings
from tests.written import write_markdown

INTERVIEW = """\
Talking to a Keeper

MARSH: How long have you kept the lamp?

GARROW: Thirty years.

There was no road then: only boats.

MARSH: [00:12:40] Were you ever afraid?

GARROW: Only of the stairs. (laughs)
"""
COURT = """\
IN THE HARBOUR COURT

BY MR. CALDER:

Q. Where were you on the night of the second of
May, when the bell over the fish hall went out?
A. In the boat house.

THE COURT: Would you speak up, please?

Q. Did anybody see you?

A. My brother did.
"""
PARLIAMENT = """\
Präsidentin Marsch: Die Sitzung ist eröffnet.
Tagesordnungspunkt 3: Die Laternen am Hafen
Peter Ohm (HAF):
Frau Präsidentin! Die Laternen sind alt.
(Beifall bei der HAF)
Wir wollen neue.
Präsidentin Marsch: Danke schön.
Peter Ohm (HAF):
Bitte.
"""
CHAMBER = """\
M. le président. La séance est ouverte.

M. Paul Orne. La lampe du port est éteinte.

Personne ne l'a réparée.

M. le président. La parole est à M. Orne.

M. Paul Orne. Merci.
"""
TIMED = """\
Ada Fenn  0:05
Welcome to the harbour.

Tom Garrow  0:14
Thank you.

Ada Fenn  1:02:14
What kind of lamp is it?

Tom Garrow  1:02:20
A ship's lamp.
"""
CHINESE = """\
灯塔访谈

记者：您在这里工作了多久？

林远：三十年了。那时候没有路，只有船。

冬天的时候，一个月都没有人来。

记者：您害怕吗？

林远：不怕。（笑）海是我的朋友。
"""
STENOGRAM = """\
Стенограмма заседания совета

Председатель: Начинаем заседание.

МАРШ А.П.: У меня вопрос о маяке.

Председатель: Кто отвечает за лампу?

МАРШ А.П.: Этого никто не знает. (Смех в зале.)
"""
CONGRESS = """\
  Mr. MARSH. Madam Speaker, I yield myself such time as I may consume.
  The bell over the fish hall has been out for three days, and nobody on
the other side of the aisle has brought any oil.
  Mr. GARROW. Will the gentleman yield?
  Mr. MARSH. I yield to the gentleman from Lisk.
  Mr. GARROW. The oil is on its way.
  The SPEAKER pro tempore. The time of the gentleman has expired.
  Mr. MARSH. I thank the Speaker.
"""
COMMONS = """\
Oral Answers to Questions

Ada Fenn (Lisk North) (Lab)
What steps is he taking to light the north tower?

The Secretary of State for Harbours (Tom Garrow)
We have ordered oil.

It will come by boat on Friday.

Ada Fenn
Will he bring it himself?

Tom Garrow
I will.

Ada Fenn
Thank you.
"""
CAMARA = """\
O SR. PRESIDENTE – Está aberta a sessão.

O SR. PAULO ORNE – Senhor presidente, a lâmpada está apagada.

Ninguém trouxe óleo.

O SR. PRESIDENTE – Tem a palavra a senhora Ana Marques.

A SRA. ANA MARQUES – O óleo chega amanhã. (Rumores.)

O SR. PAULO ORNE – Veremos.
"""
DIET = """\
○議長（山田太郎君）　これより会議を開きます。

○港守子君　灯台の火が三日も消えています。

○議長（山田太郎君）　答弁を求めます。

○港守子君　ありがとうございます。
"""
SUBRIP = """\
1
00:00:01,000 --> 00:00:03,000
<i>The sea was calm that night,</i>

2
00:00:03,100 --> 00:00:05,000
and nobody was on the quay.

3
00:00:09,000 --> 00:00:11,000
- Who is there?
- Only me.

4
00:00:12,000 --> 00:00:13,000
[door closes]

5
00:00:14,000 --> 00:00:16,000
{\\an8}Then 12 boats came home.
"""
WEBVTT = """\
WEBVTT
Kind: captions

00:01.000 --> 00:03.000 align:start
<v Anna Marsch>Guten Abend und willkommen

00:03.000 --> 00:05.000
<v Anna Marsch>im Hafen.

00:05.000 --> 00:08.000
<v Peter Ohm>Danke, dass ich
hier sein darf.
"""
WHATSAPP = """\
15.04.2016, 15:04 - Ada Fenn: Is the tide in?
15.04.2016, 15:05 - Tom Garrow: Hardly.
The ferry is late.
16.04.2016, 11:45 - Prof. Quill: <Media omitted>
16.04.2016, 11:46 - Ada Fenn: Bring the boat: the red one.
"""
IPHONE = """\
[15/04/16, 15:04:05] Anne: La marée monte ?
[15/04/16, 15:05:05] Paul: Pas encore.
[16/04/16, 09:00:00] Anne: Apporte la barque.
[16/04/16, 09:00:10] Paul: Oui.
"""
IRC = """\
--- Log opened Fri Apr 15 12:00:00 2016
15:04 -!- quill has joined #harbour
15:04 <@marsh> is the tide in?
15:05 < garrow> hardly
15:05  * quill waves
--- Day changed Sat Apr 16 2016
09:00 <@marsh> the lamp is out again
"""
TELEGRAM = """\
Ada Fenn, [15.04.2016 15:04]
Is the tide in?

Tom Garrow, [15.04.2016 15:05]
Hardly.
The ferry is late.

Ada Fenn, [16.04.2016 15:04]
Good.
"""
KAKAO = """\
--------------- 2016년 4월 15일 금요일 ---------------
[민수] [오후 3:04] 밀물이 들어왔어?
[지영] [오후 3:05] 아직.
[민수] [오후 3:06] 그래.
"""
MAILBOX = """\
From fenn@example.org Tue Mar  3 09:21:40 2009
Date: Tue, 3 Mar 2009 09:20:05 +0100
From: Ada Fenn <fenn@example.org>
To: Keepers <keepers@example.org>
Subject: The lamp
Message-ID: <q77@example.org>

Dear neighbours,

our big light has gone dark once more.

--\x20
Ada Fenn, keeper

From garrow@example.org Tue Mar  3 10:21:40 2009
Date: Tue, 3 Mar 2009 10:20:05 +0100
From: Tom Garrow <garrow@example.org>
Subject: Re: The lamp

On Tue, Mar 3, 2009, Ada Fenn wrote:
> our big light has
> gone dark once more.

I bring two cans tonight.
"""
BRIEF = """\
Von: Anna Marsch
Gesendet: Dienstag, 3. März 2009 09:20
An: Peter Ohm
Betreff: Die Lampe im Nordturm

Lieber Peter,

die Lampe ist schon wieder aus.

Viele Grüße
Anna
"""


def nested(depth: int) -> str:
    """Return the heads of so many parts within one another."""
    return "".join(f"--b{n}\nContent-Type: multipart/mixed; boundary=b{n + 1}\n\n" for n in range(depth))


NONSENSE = f"""\
From: Ada Fenn <a@example.org>
Date: Tue, 3 Mar 2009 09:20:05 +0100
Subject: =?utf-8?q?A=1B=EF=B7=90B=00?=
Content-Type: multipart/mixed; boundary=b0

{nested(9)}
--b9
Content-Type: text/plain; charset=unicode_escape
Content-Transfer-Encoding: quoted-printable

The \\x1boil =1B\\ufdd0is\\ud800 out.
"""
CODED = """\
From: =?utf-8?q?Andr=C3=A9_Marsh?= <a@example.org>
Date: Tue, 3 Mar 2009 09:20:05 +0100
Subject: L'huile
Content-Transfer-Encoding: quoted-printable

La lampe est =C3=A9teinte, et je vous prie de venir avant la n=
uit.
"""
PARTS = """\
From ann at harbour.example  Tue Mar  3 09:21:40 2009
From: ann at harbour.example (Ada Fenn)
Date: Tue, 3 Mar 2009 09:20:05 +0100
Subject: Oil
MIME-Version: 1.0
Content-Type: multipart/alternative; boundary="b1"

--b1
Content-Type: text/plain; charset=utf-8
Content-Transfer-Encoding: base64

RGVyIMOWbGtydWcgaXN0IGxlZXIuCgpLb21tdCBtb3JnZW4gbmV1ZXM/Cg==

--b1
Content-Type: text/html; charset=utf-8

<p>Der &Ouml;lkrug ist leer.</p><p>Kommt morgen neues?</p>

--b1--
"""

CASES = {
    "interview": (
        transcripts,
        INTERVIEW,
        (
            "# Talking to a Keeper",
            "[GARROW:]{.speaker} Thirty years.\n\nThere was no road then: only boats.\n\n[MARSH:]",
            "[MARSH:]{.speaker} Were you",
            "[(laughs)]{.stage}",
        ),
        ("00:12", "[There"),
    ),
    "court": (
        transcripts,
        COURT,
        ("[Q.]{.speaker} Where were you on the night of the second of May, when", "[A.]{.speaker} In", "[THE COURT:]"),
        (),
    ),
    "parliament": (
        transcripts,
        PARLIAMENT,
        (
            "# Tagesordnungspunkt 3: Die Laternen am Hafen",
            "[Peter Ohm]{.speaker} [(HAF)]{.stage}: Frau Präsidentin!",
            "[(Beifall bei der HAF)]{.stage}\n\nWir wollen neue.\n\n",
        ),
        (),
    ),
    "chamber": (
        transcripts,
        CHAMBER,
        ("[M. le président.]{.speaker} La séance", "éteinte.\n\nPersonne ne l’a réparée.\n\n[M. le"),
        (),
    ),
    "timed": (transcripts, TIMED, ("[Ada Fenn:]{.speaker} Welcome", "[Tom Garrow:]{.speaker} A ship’s"), ("1:02",)),
    "chinese": (
        transcripts,
        CHINESE,
        ("lang: zh", "[记者：]{.speaker}您在", "只有船。\n\n冬天", "[（笑）]{.stage}海是"),
        ("lang=",),
    ),
    "stenogram": (
        transcripts,
        STENOGRAM,
        ("[МАРШ А.П.:]{.speaker} У меня", "[(Смех в зале.)]{.stage}"),
        ("lang=",),
    ),
    "congress": (
        transcripts,
        CONGRESS,
        (
            "consume. The bell over",
            "three days, and nobody on the other",
            "[The SPEAKER pro tempore.]{.speaker} The time",
        ),
        (),
    ),
    "commons": (
        transcripts,
        COMMONS,
        ("[The Secretary of State for Harbours]{.speaker} [(Tom Garrow)]{.stage}: We have ordered oil.\n\nIt will",),
        (),
    ),
    "camara": (
        transcripts,
        CAMARA,
        ("[O SR. PAULO ORNE –]{.speaker} Senhor", "apagada.\n\nNinguém", "[A SRA. ANA", "[(Rumores.)]{.stage}"),
        (),
    ),
    "diet": (transcripts, DIET, ("lang: ja", "[港守子君：]{.speaker}灯台の", "[議長]{.speaker}"), ("lang=", "○")),
    "subrip": (
        subtitles,
        SUBRIP,
        (
            "\nThe sea was calm that night, and nobody was on the quay.\n\n– Who is there?\n\n– Only me.\n",
            "[\\[door closes\\]]{.stage}",
            "\nThen 12 boats came home.",
        ),
        ("00:", "-->", "an8"),
    ),
    "webvtt": (
        subtitles,
        WEBVTT,
        (
            "[Anna Marsch:]{.speaker} Guten Abend und willkommen im Hafen.\n\n",
            "[Peter Ohm:]{.speaker} Danke, dass ich hier sein darf.",
        ),
        ("WEBVTT", "captions", "align"),
    ),
    "whatsapp": (
        chats,
        WHATSAPP,
        (
            "## 15.04.2016",
            "## 16.04.2016",
            "[Tom Garrow:]{.speaker} Hardly.\\\nThe ferry is late.",
            "[Prof. Quill:]{.speaker} [\\<Media omitted\\>]{.stage}",
            "[Ada Fenn:]{.speaker} Bring the boat: the red one.",
        ),
        ("15:04", "11:45"),
    ),
    "iphone": (chats, IPHONE, ("## 15/04/16", "[Paul:]{.speaker} Pas encore.", "## 16/04/16"), ("15:04", "09:00")),
    "irc": (chats, IRC, ("[marsh:]{.speaker} is the", "[quill waves]{.stage}", "## Sat Apr 16 2016"), ("15:04",)),
    "telegram": (
        chats,
        TELEGRAM,
        ("## 15.04.2016", "[Tom Garrow:]{.speaker} Hardly.\\\nThe ferry is late."),
        ("15:04", "15:05"),
    ),
    "kakao": (chats, KAKAO, ("lang: ko", "## 2016년 4월 15일 금요일", "[지영:]{.speaker} 아직."), ("3:04", "오후")),
    "mailbox": (
        mail,
        MAILBOX,
        (
            "# The lamp",
            "# Re: The lamp",
            "| Ada Fenn \\<<fenn@example.org>\\>\n| Keepers",
            "| Ada Fenn, keeper",
            "> our big light has gone dark once more.\n\nI bring",
        ),
        ("q77", "09:21", "Subject"),
    ),
    "brief": (
        mail,
        BRIEF,
        ("title: Die Lampe im Nordturm", "| Anna Marsch\n| Peter Ohm\n| Dienstag", "| Viele Grüße\n| Anna"),
        ("Betreff", "Gesendet"),
    ),
    "parts": (mail, PARTS, ("# Oil", "Der Ölkrug ist leer. Kommt morgen neues?"), ("b1", "<p>", "RGV", "html")),
    "nonsense": (mail, NONSENSE, ("# AB {", "The oil is� out."), ("\x1b", "\ufdd0", "b9")),
    "coded": (mail, CODED, ("| André Marsh", "éteinte, et je vous prie de venir avant la nuit."), ("C3", "quoted")),
}


@pytest.mark.parametrize(
    "field",
    [
        f"text/plain; boundary*{'9' * 5000}*=x",
        "text/plain; charset*0=a; charset*=idna''b",
        "text/plain; charset=idna",
        "text/plain; charset=undefined",
        "multipart/mixed; boundary*0*=idna''x",
    ],
    ids=["figures", "pieces", "of hosts", "undefined", "boundary"],
)
def test_a_field_that_nobody_can_read_says_nothing(field: str) -> None:
    head = f"Content-Type: {field}\nContent-Transfer-Encoding: base64\n"
    for coded, text in (("VGhlIG9pbCBpcyBvdXQu", "The oil is out."), ("The “oil” is out.", "The “oil” is out.")):
        wanted = "" if field.startswith("multipart") else text
        assert [line.text for line in text_of(head, [Line(1, coded)])] == [wanted]


def test_parts_within_one_another_end_somewhere() -> None:
    rows = f"{nested(2_000)}The oil is out.".split("\n")
    seen = text_of("Content-Type: multipart/mixed; boundary=b0\n", [Line(n, row) for n, row in enumerate(rows, 1)])
    assert seen[-1].text == "The oil is out."


def written(tmp_path: Path, text: str, lang: str = "") -> tuple[Reading, str, Report]:
    path = tmp_path / "talk.txt"
    path.write_text(text, encoding="utf-8")
    report = Report()
    reading = read_source(path, Settings(lang=lang), report, lambda _stage: None)
    return reading, write_markdown(reading.book, Settings(), lang=reading.lang), report


@pytest.mark.parametrize("case", CASES)
def test_it_is_known_and_read(tmp_path: Path, case: str) -> None:
    room, text, stands, gone = CASES[case]
    reading, markdown, report = written(tmp_path, text)
    assert [claim.kind for claim in reading.claims] == [room.NAME]
    for words in stands:
        assert words in markdown
    for words in gone:
        assert words not in markdown
    result = proof.check("markdown", proof.streams_of_markdown(markdown), reading.source, reading.changes, report)
    assert result.lost == 0
    filled = {line.number for line in reading.source.lines if not line.blank}
    assert filled <= {decision.line for decision in reading.decisions}


OTHERS = {
    "a list of terms": "Wick: a cord.\n\nOil: what burns.\n\nGlass: what keeps the wind out.\n\nTower: its place.\n",
    "a letter": "Dear Ann,\n\nthe lamp is out. I said: bring oil!\n\nThey said: tomorrow.\n\nYours,\nPeter\n",
    "fields": "Note: on page 3\n\nPage: 12\n\nNote: on page 9\n\nPage: 14\n\nNote: again\n\nPage: 15\n",
    "a handbook": "".join(
        f"STEP {n}\n{title}\n\nIt is a knot.\n\nRemarks\nIt holds.\n\nExercises\nTie it again.\n\n"
        for n, title in enumerate(("The Reef", "The Loop", "The Hitch"), 1)
    ),
    "a survey": "".join(
        f"NAME: {name}\nDEPTH: nine feet\nWATER: sweet\n\n" for name in ("Old Well", "Mill Well", "Sump")
    ),
    "times in a log": "It was 12:30 when they came.\n\nAt 13:40 they left again.\n\nNobody saw them after 14:00.\n",
    "a farce": "THE CRANE. A Farce in One Act.\n\nHOLM. Who is there?\n\nFELL. I.\n\nHOLM. Stay.\n\nFELL. No.\n",
    "a leaflet": "Frequently asked\n\nQ: When?\n\nA: At ten.\n\nQ: Dogs?\n\nA: To the door.\n\nQ: Lifts?\n\nA: No.\n",
    "thoughts by their numbers": "".join(
        f"BOOK THE {book}\n\n"
        "I. He that has oil has friends, and need not ask them in.\n\n"
        "II. A dry rope holds no grudge; nor does the boat\nthat is tied by it.\n\n"
        "III. Mr. Calder counted the lamps, and we thought of\nMr. Fenn, who paid.\n\n"
        "IV. Nobody did.\n\n"
        for book in ("FIRST", "SECOND", "THIRD")
    ),
    "titles at the margin": "It was the best of lamps, and it had been paid for by\n"
    + "Mr. Fenn. He had no children, and sent the bill to our\nMr. Calder. He had no money, and sent it back again to\n"
    * 4,
    "verses that two share": "EL FAROL\n\n"
    + "INÉS.      ¿Quién va?\n\nJUAN.                 Un hombre sin cena.\n           Abre, que llueve.\n\n"
    "INÉS.                        ¿Y mi pena?\n\nJUAN.      La pena se moja en vino.\n\n" * 2,
    "a comedy by its days": "EL FAROL. Comedia en tres jornadas\n\n"
    + "INÉS.   ¿Quién va?\n\nJUAN.   Un hombre.\n\nINÉS.   ¿Solo?\n\nJUAN.   Con hambre.\n\n" * 2,
    "a dialogue in a book": "THERON, OR OF LAMPS\n\nby Agathon of Lisk\n\nTranslated by Hilda Marsh\n\n\n\n\n"
    "INTRODUCTION.\n\n"
    "Nobody knows when the dialogue was written, and it has\nbeen lost twice.\n\n\n\nBOOK I.\n\n"
    + "THERON: Is a lamp without oil a lamp?\n\nLYSIS: It is not.\n\n" * 4
    + "BOOK II.\n\nTHERON: The old song says:\n\n   'The lamp is lit along the quay\n    And every sail is told.'\n\n"
    + "LYSIS: It does.\n\nTHERON: Then who paid for it?\n\n" * 4,
    "a dialogue and its persons": "THERON\n\nPERSONS OF THE DIALOGUE: Theron, Lysis.\n\n"
    + "THERON: Is a lamp without oil a lamp?\n\nLYSIS: It is not.\n\n" * 6,
    "a play in verse": "\n\n\n".join(
        "Vor dem Tor.\n\nFRAU TARN:\nDas Öl ist knapp, die Lampe raucht,\nUnd keiner weiß, wer so viel braucht.\n"
        "Es war doch alles eingekauft!\n\nLOTSE:\nIch hab es nicht,\n\nFRAU TARN:\nDie Flut steigt an,\n"
        "Und jeder tut, so viel er kann."
        for _ in range(3)
    ),
    "a play": "ACT I.\n\nSCENE I. A quay.\n\nMARSH: Who is there?\n\nGARROW: I.\n\nMARSH: Stay.\n\nGARROW: No.\n",
}


@pytest.mark.parametrize("case", OTHERS)
def test_what_only_looks_like_it_is_not_taken_for_it(tmp_path: Path, case: str) -> None:
    reading, _, _ = written(tmp_path, OTHERS[case])
    assert not {transcripts.NAME, subtitles.NAME, chats.NAME, mail.NAME} & {claim.kind for claim in reading.claims}


def test_a_dialogue_in_a_book_has_its_title_page_and_its_parts(tmp_path: Path) -> None:
    _, markdown, _ = written(tmp_path, OTHERS["a dialogue in a book"])
    assert "title: THERON, OR OF LAMPS" in markdown
    assert [line.partition(" {")[0] for line in markdown.splitlines() if line.startswith("#")] == [
        "# INTRODUCTION.",
        "# BOOK I.",
        "# BOOK II.",
    ]
    assert "[THERON:]{.speaker} Is a lamp" in markdown and "And every sail is told.’\n:::" in markdown


def test_an_interview_with_words_of_introduction_stays_one(tmp_path: Path) -> None:
    reading, _, _ = written(tmp_path, f"A Keeper Speaks\n\nIntroduction\n\n{INTERVIEW}")
    assert [claim.kind for claim in reading.claims] == [transcripts.NAME]


def test_a_compendium_whose_extracts_hold_turns_stays_one() -> None:
    text = "\n\n".join(
        f"MARSH: The lamp is out.\n\nGARROW: I know that.\n\nOrr, Ada. The Lamp Room. Lisk: Weir Press, 190{n}, p. {n}."
        for n in range(1, 9)
    )
    from pipeline.model import Line

    assert transcripts.recognise([Line(n, row) for n, row in enumerate(text.split("\n"), 1)]) is None


def test_rows_of_chinese_and_japanese_join_without_a_space(tmp_path: Path) -> None:
    rows = (
        "磨坊主：雪下了五天，路上没有一辆车，码头上也没有人，\n无人愿意下山。\n\n"
        "伙计：是的。\n\n磨坊主：下雨了。\n\n伙计：是的。\n"
    )
    reading, markdown, _ = written(tmp_path, rows)
    assert reading.lang == "zh"
    assert "码头上也没有人，无人愿意下山。" in markdown
    assert "lang=" not in markdown


def test_letters_of_one_subject_name_the_book_without_the_list_and_the_answer() -> None:
    heads = ("Subject: [mills] The wheel", "Subject: Re: [mills] The wheel")
    text = "\n\n".join(f"From: Ada Orr\nTo: Jan\nDate: 3 Jun 2021\n{head}\n\nIt stands still.\n" for head in heads)
    lines = [Line(n, words) for n, words in enumerate(text.splitlines(), 1)]
    assert mail.read(lines, Settings(), Report()).title == "The wheel"


def test_letters_that_count_have_one_depth_and_none_is_signed_with_the_number_of_the_next() -> None:
    letters = "\n\n\n\n".join(
        f"LETTER {number}.\n\n{to}LIGHTSHIP, _May_ {day}, 1874.\n\nMY DEAR BESS,\n\nThe lamp was lit, and the tide"
        f" came\nin. Nobody climbed the stair.\n\nYour loving brother,\n\nROB."
        for day, (number, to) in enumerate(
            [("I", ""), ("II", "_To Miss Penny._\n\n"), ("III", ""), ("IV", ""), ("V", "_To Miss Penny._\n\n")], 1
        )
    )
    lines = [
        Line(number, line) for number, line in enumerate(f"LETTERS FROM A LIGHTSHIP\n\n\n\n{letters}".split("\n"), 1)
    ]
    told = {one.line: one for one in correspondence.read(lines, Settings(), Report()).decisions}
    heads = [told[line.number] for line in lines if line.text.startswith("LETTER ")]
    assert [(one.role, one.level) for one in heads] == [(heads[0].role, heads[0].level)] * 5
    assert heads[0].role in (Role.TITLE, Role.HEADING)
