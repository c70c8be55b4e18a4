"""Texts that were called not proved, or ended without a book: each of a kind that is mended, and proved now."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.cli import main
from tests.fuzz import tried

NOTES = "[1] Ann Marsh, The Weir (York, 1920), 12.\n\n"
KINDS = {
    "a call behind a word longer than any": f"Words {'9' * 5000}[1] go on.\n\n{NOTES}",
    "calls that come back with the words around them": "He came to the weir.[1] "
    + "In the evening he sat by the mill.[2] Then he came to the weir.[1] " * 6
    + f"And he went.[3]\n\n{NOTES}[3] Jonas Pell, The Mill (London, 1931), 3.\n",
    "a call behind a word that is broken over a page's empty rows": (
        "The miller was kept by his own prompt-\n\nings.”4 The part that he wrote is to be seen here, and so on\n"
        "4 Letters, p. 12.\n7\n\f8\n"
    ),
    "notes that begin alike, called several times": (
        "The weir was low.[1] He went up.[1] In the evening he sat.[1] The mill stood still.\n\n"
        "[1] See Ann Marsh, The Weir (York: Abbey, 1920), 12.\n\n"
        "The lamps were lit.[1] Nobody asked why.[1] Then See Ann Marsh, The Weir was read.\n\n"
        "[1] See Ann Marsh, The Weir (York: Abbey, 1920), 12. The Weir (York: Abbey, 1920), on the dam.\n"
    ),
    "a note that no call asks for, within a sentence": (
        "The weir was low and the water stood still[1] Then he went up to the bridge[2] In the evening he sat down[3]\n"
        "So he read of the bridge and the river, in the papers of the mill 12\n"
        "[3] Jonas Pell, The Old Weir (London: Abbey, 1990), 44, with a map of it\n"
        "[3] Jonas Pell, The Old Weir (London: Abbey, 1990), 44, with more, 15\n"
        "by the sea, and of the dam, 44\n"
    ),
    "signs that are read as letters, alone on a line": "It was low.\n\n™’’’\n\nThe mill stood.\n\n℡\n\nHe went.\n",
    "an accent on a sign": "Go `a`\u0301 now, and __b__\u0301 too.\n",
    "a source below a line that the title page says": "bound\nMarsh and Pell. c1920, p. 144\n\nCHAPTER II.\n",
    "a word with figures, broken at the end of a line": "It stood\nin the 35wa-\nter mill of the weir, and so on.\n",
    "a chapter with its page in an export, over no highlight": (
        "Highlight Location 12-13 PM\nOn Mills)\n- Highlight Location 12-13 PM\nWheels 1931, p. 14"
    ),
    "a signature below the sign that parts it from a letter, in a file of double lines": (
        "To: Weir Watch\n\n\n\nSubject: [weir] Who has the wet rope\n\n\n\nDear all,\n\n\n\n"
        "the rope of the weir was not hung up. Who took it home on Sunday?\n\n\n\nEdna\n\n\n\n-- \n\n"
        "Edna Quarles, of the weir\n\n\n\nDate: Mon, 3 Mar 2003 07:41:09 +0100\n\nTo: Weir Watch\n\n"
        "Subject: Re: [weir] Who has the wet rope\n\n\n\nIt hangs behind my stove.\n\n\n\nIb\n"
    ),
    "a transcriber's note that nothing closes": (
        "[Transcriber's Note:\n\nThe spelling [sic] is kept as it was (see the list\n\n\n\n\nTHE WEIR\n\n"
        + "The weir was low all the summer, and the mill stood still.\n\n" * 9
    ),
    "a bracket that nothing closes above a quotation's last line": "It was (Marsh 12\nA quiet harbour -- Ann\n",
    "headings of raised figures": f"{'¹' * 40}\n{'¹' * 40}\n",
    "a note of two lines on the cell of a table": (
        "\t\t--  Ann  Pell      [31]  Set  by  the  old  weir  in  the  summer  of  that  year  was  low\r\n"
        "        [31]  Set  by  the  old  weir  in  the  summer  of  that  year  was  low\r\n"
        "                  and  more.\r\n"
    ),
    "notes and breaks of lines in the cells of a marked-up table": (
        "# The Weir\n\nThe weir was low.[^1]\n\n[^1]: A note\\\n    of two lines.\n\n"
        "| who | where |\n|---|---|\n| Ann[^2] | mill<br>weir |\n\n[^2]: The lamp\\\n    was lit.\n"
    ),
    "cells of a grid that go on in the next line, and over two rows": (
        "# The Weir\n\nThe weir was low.[^1]\n\n[^1]: A note.\n\n+------+------+------+\n| tall | weir | lamp |\n"
        "| cell | sea  | quay |\n+------+------+------+\n| road | town | hill |\n|      +------+------+\n"
        "| side | mill | ford |\n+------+------+------+\n\nThe mill stood still.\n"
    ),
    "a picture over a line of a song": (
        "  [Music: 12_3]\n  ha-ha-ha-ha lo.\n\nThe miller is then led within the mill when all the men of\n"
    ),
    "a row of quotation marks on a page": (
        "The weir was low and\n“\nThe mill stood still, for\nThe miller went to\nThe sea in autumn\n1\n\f"
        "He was never seen by\nAnn Marsh of the old\n“\nMill, who kept the\nLamps.\n2\n\fAnd so it was.\n3\n"
    ),
    "letters set wide with spaces that do not break": (
        "B\u00a0Ü\u00a0C\u00a0H\u00a0E\u00a0R\u00a0E\u00a0I    »D\u00a0E\u00a0R    T\u00a0A\u00a0G«\n\n"
        "und als er am Morgen\n\n\f2\n\nzum Wehr hinunterging,\n\n\f3\n\nstand das Rad still.\n"
    ),
    "words of an extract that look like a source": (
        "January 3, 1911\nFebruary 16, 1911\nCONTENTS.\n\n     II.  The Mill of the Weir.\n\n"
        "     III.  Lamplighters.\n\n"
        "     IV.  The Keepers of the Lamp.\n\n     VII.  Grinding and Sifting.\n\n     XI.  The New Wheel.\n\n"
        "     XII.  The Gulls on the Weir.\n"
    ),
    "a note of raised figures alone": "The weir was low.¹ He went up to the bridge.\n\n" + "¹" * 39 + "\n",
    "a citation below notes that stand at their calls": (
        "The Weir\nThe miller went down, the water was low.[1] Then he went up to the bridge.[2] In the evening he said"
        " הסכר הישן נפל, and went home.[3] He read the Book of the Old Weir (הסכר הישן, 1987) all night long.\n"
        "[b] See דוד לוי, הסכר הישן (ירושלים: כנרת, 1987), 12–15, on the dam.\n"
        '[2] רות כהן, "הגשר והנהר", מחקרים 12 (1999), 3–9.\n'
        "[3] John went in the morning, the water was low.[1] Then he went up to the bridge.[2] In the evening he said"
        " הסכר הישן נפל, and went home.[3] He read the Book of the Old Weir (הסכר הישן, 1987) all night long.\n"
        "[b] See דוד לוי, הסכר הישן (ירושלים: כנרת, 1987), 12–15, on the dam.\n"
        '[2] רות כהן, "הגשר והנהר", מחקרים 12 (1999), 3–9.\n'
        "[3] John Smith, The Old Weir (London: Faber, 1990), 44, with דוד לוי, הסכר הישן, 12 and رسالة النهر، 15–18.\n"
    ),
    "addresses with brackets that nothing closes": (
        "The weir.\n\nSee http://weir.example/b(c and http://weir.example/[x and http://weir.example/)x(y here, and\n"
        "5http://weir.example(http://weir.example/x\\y, too, and http://weir.example/a_(b) with http://weir.example/{x}.\n"
    ),
}


@pytest.mark.parametrize("text", KINDS.values(), ids=KINDS)
def test_every_word_is_in_the_book(text: str) -> None:
    assert tried("book", text.encode()) == ""  # nor is the book empty


@pytest.mark.slow
def test_a_word_of_pages_and_accents_of_another_face_are_found_in_print(tmp_path: Path) -> None:
    text = tmp_path / "weir.txt"
    long = f"The weir was low, and some man of deep and subtle re{'9' * 3000} went up to see it.\n\n"
    text.write_text(f"THE WEIR\n\n{long}See `x`{{=h\u0301\u0301tml}} here, he said.\n", encoding="utf-8")
    assert main(["pdf", str(text), "--out", str(tmp_path), "-q"]) == 0
