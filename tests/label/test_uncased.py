"""What a user may rely on: books in scripts without capitals have title pages, chapters and paragraphs, too."""

from __future__ import annotations

import pytest

from pipeline.label import label
from pipeline.label.headlines import number_of
from pipeline.model import Line
from pipeline.parts import NAMED, named_by

BOOKS = {
    "bn": ("বাতিঘর", "অনিল দত্ত", ("প্রথম পরিচ্ছেদ", "দ্বিতীয় পরিচ্ছেদ"), "সমস্ত দিন বৃষ্টি হইল। কেহ আলো জ্বালিতে আসিল না।"),
    "hi": ("दीपस्तंभ", "अनिल वर्मा", ("पहला अध्याय", "दूसरा अध्याय"), "दिन भर वर्षा होती रही। कोई बत्ती जलाने नहीं आया।"),
    "ka": (
        "შუქურა",
        "ანა ორაშვილი",
        ("თავი პირველი", "თავი მეორე"),
        "მთელი დღე წვიმდა. არავინ მოსულა სანათის ასანთებად.",
    ),
    "th": ("ประภาคาร", "อนันต์ ใจดี", ("บทที่ ๑", "บทที่ ๒"), "ฝนตกทั้งวัน ไม่มีใครมาจุดไฟบนประภาคารเลย"),
    "zh": ("灯塔的故事", "王小明", ("第一章", "第二章"), "雨下了一整天，没有人来点灯，也没有人说话。"),
}


@pytest.mark.parametrize("lang", BOOKS)
def test_a_book_in_a_script_without_capitals_is_read_as_any_other(lang: str) -> None:
    title, author, chapters, said = BOOKS[lang]
    text = f"{title}\n\n{author}\n\n" + "\n\n".join(f"{chapter}\n\n{said}\n\n{said}" for chapter in chapters)
    lines = [Line(n, row) for n, row in enumerate(text.split("\n"), 1)]
    found = [(one.role.value, one.level, one.joined) for one in label(lines)]
    assert found[0][:2] == ("title", 1)
    assert found[1][0] == "letter"  # on the title page
    assert found[2:] == [("title", 1, False), ("paragraph", 0, False), ("paragraph", 0, False)] * 2


@pytest.mark.parametrize(
    ("text", "word", "rank", "number"),
    [
        ("প্রথম পরিচ্ছেদ", "পরিচ্ছেদ", 2, 1),
        ("ভাগ ২", "ভাগ", 1, 2),
        ("तीसरा अध्याय", "अध्याय", 2, 3),
        ("თავი მეოთხე", "თავი", 2, 4),
        ("ภาคที่ ๒", "ภาค", 1, 2),
    ],
)
def test_numbers_of_chapters_are_read_in_their_script(text: str, word: str, rank: int, number: int) -> None:
    found = NAMED.match(text)
    assert found is not None
    assert named_by(found) == (word, rank)
    assert number_of(found[0]) == number


def test_not_all_that_counts_names_a_chapter() -> None:
    assert NAMED.match("पहला आदमी") is None  # the first man
