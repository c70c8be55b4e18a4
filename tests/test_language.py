"""What a user may rely on: the language is found from the text, and a passage in another one is told apart."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from pipeline.arrange import arrange
from pipeline.language import book_language, foreign_passage, heads_references, signs_for, words_for
from pipeline.model import Block, Decision, Line, Role, Run
from pipeline.report import Report
from pipeline.settings import Settings

TABLE = tomllib.loads((Path(__file__).parent.parent / "pipeline" / "languages.toml").read_text(encoding="utf-8"))

PASSAGES = {
    "en": "The miller was not at home, and the wheel of the old mill had been still for a week when they came.",
    "fr": "Le meunier n’était pas chez lui, et la roue du vieux moulin ne tournait plus depuis une semaine.",
    "de": "Der Müller war nicht zu Haus, und das Rad der alten Mühle stand schon eine Woche still, als sie kamen.",
    "es": "El molinero no estaba en casa, y la rueda del viejo molino no se movía desde hacía una semana.",
    "it": "Il mugnaio non era in casa, e la ruota del vecchio mulino era ferma da una settimana quando vennero.",
    "pt": "O moleiro não estava em casa, e a roda do velho moinho não se movia há uma semana quando eles vieram.",
    "nl": "De molenaar was niet thuis, en het rad van de oude molen stond al een week stil toen zij kwamen.",
    "la": "Pistor non erat domi, et rota quae in vetere mola est iam diu stabat cum illi ad eum venerunt.",
    "ru": "Мельника не было дома, и колесо старой мельницы стояло уже неделю, когда они пришли к нему.",
    "uk": "Мельника не було вдома, і колесо старого млина стояло вже тиждень, коли вони прийшли до нього.",
    "pl": "Młynarza nie było w domu, a koło starego młyna stało już od tygodnia, kiedy do niego przyszli.",
    "cs": "Mlynář nebyl doma a kolo starého mlýna už týden stálo, když k němu přišli a ptali se na cestu.",
    "sv": "Mjölnaren var inte hemma, och hjulet på den gamla kvarnen hade stått stilla i en vecka när de kom.",
    "da": "Mølleren var ikke hjemme, og hjulet på den gamle mølle havde stået stille i en uge, da de kom.",
    "nb": "Mølleren var ikke hjemme, og hjulet på den gamle møllen hadde stått stille i en uke da de kom etter ham.",
    "fi": "Mylläri ei ollut kotona, ja vanhan myllyn ratas oli seissyt jo viikon, kun he tulivat häntä etsimään.",
    "hu": "A molnár nem volt otthon, és az öreg malom kereke már egy hete állt, amikor azok megérkeztek.",
    "ca": "El moliner no era a casa, i la roda del molí ja no es movia des de feia una setmana quan van venir.",
    "eo": "Ili venis al li kun sia filo, ĉar oni diris ke estas pano por ĉiuj, sed li ne estis tie.",
    "tr": "Değirmenci evde değildi ve eski değirmenin çarkı onlar geldiğinde bir haftadır hiç dönmüyordu ama su var.",
    "el": "Ο μυλωνάς δεν ήταν στο σπίτι, και η ρόδα του παλιού μύλου ήταν ακίνητη όταν ήρθαν από την πόλη.",
}
BY_SCRIPT = {
    "bn": "সমস্ত দিন বৃষ্টি হইল। কেহ আলো জ্বালিতে আসিল না।",
    "ta": "நாள் முழுவதும் மழை பெய்தது. யாரும் விளக்கேற்ற வரவில்லை.",
    "am": "ቀኑን ሙሉ ዘነበ። መብራቱን የሚያበራ ማንም አልመጣም።",
    "zh": "磨坊主不在家，他们来的时候，老磨坊的水轮已经停了一个星期。",
    "zh-Hant": "磨坊主不在家，他們來的時候，老磨坊的水輪已經停了一個星期。",
    "ja": "粉屋は留守で、彼らが来たとき、古い水車はもう一週間も止まっていた。",
    "ko": "방앗간 주인은 집에 없었고, 그들이 왔을 때 낡은 물레방아는 일주일째 멈춰 있었다.",
    "he": "הטוחן לא היה בבית, והגלגל של הטחנה הישנה עמד כבר שבוע כאשר הם באו.",
    "ar": "لم يكن الطحان في البيت، وكانت عجلة الطاحونة القديمة واقفة منذ أسبوع حين جاؤوا.",
    "fa": "آسیابان در خانه نبود و چرخ آسیاب کهنه یک هفته بود که نمی‌چرخید که آنها آمدند.",
}


def found(*texts: str, lang: str = "", boilerplate: int = 0) -> str:
    lines = [Line(n, text) for n, text in enumerate(texts, 1)]
    roles = [Role.BOILERPLATE if n <= boilerplate else Role.PARAGRAPH for n in range(1, len(texts) + 1)]
    decisions = [Decision(line.number, role) for line, role in zip(lines, roles, strict=True)]
    return book_language(lines, decisions, Settings(lang=lang), Report())


@pytest.mark.parametrize("lang", sorted(PASSAGES | BY_SCRIPT))
def test_one_sentence_is_enough(lang: str) -> None:
    assert found((PASSAGES | BY_SCRIPT)[lang]) == lang


def test_a_given_language_wins_and_a_guessed_one_is_told() -> None:
    assert found(PASSAGES["fr"], lang="en-GB") == "en-GB"
    report = Report()
    book_language([Line(1, PASSAGES["de"])], [], Settings(), report)
    assert [(one.code, "German (de)" in one.message) for one in report.findings] == [("language-guessed", True)]


def test_what_a_library_put_around_the_text_does_not_count() -> None:
    assert found(*[PASSAGES["en"]] * 3, PASSAGES["it"], boilerplate=3) == "it"


def test_a_text_without_small_words_is_taken_for_english() -> None:
    assert found("Ojibwa 1 2 3") == "en"


@pytest.mark.parametrize("book", ["en", "fr", "de", "ru"])
@pytest.mark.parametrize("lang", sorted(PASSAGES))
def test_a_passage_in_another_language_is_told_apart(book: str, lang: str) -> None:
    assert foreign_passage(PASSAGES[lang], book) == ("" if book == lang else lang)


@pytest.mark.parametrize(
    "text",
    [
        "Le moulin et la roue",
        "The novel La roue du moulin est dans le lac, which nobody reads, is on the table by the door of the mill.",
        "Tu´-lo-ka-re´-mu-wa Tu´lo-ka-re´-mu-wa po Tu´-lo-ka-re´-muwa hi Tu´-lo u i e Tu´lo",
        "Orr, Calder, Wheel, Sluice, Weir, Lamp, Heron, Kite, Rook, Daw, Finch, Wren, Tit, Jay",
    ],
)
def test_what_is_short_or_mixed_or_no_prose_stays_in_the_language_of_the_book(text: str) -> None:
    assert foreign_passage(text, "en") == ""


def test_a_foreign_paragraph_is_set_by_its_own_rules_and_carries_its_language() -> None:
    texts = (PASSAGES["en"], f'{PASSAGES["fr"][:-1]}, "dit-on".')
    lines = [Line(n, text) for n, text in enumerate(texts, 1)]
    decisions = [Decision(line.number, Role.PARAGRAPH) for line in lines]
    book, _ = arrange(lines, decisions, (), (), title="", lang="en", report=Report())
    here, there = (block.inlines for block in book.elements if isinstance(block, Block))
    assert here == (Run(PASSAGES["en"]),)
    assert there == (Run(texts[1].replace('"dit-on"', "«\u202fdit-on\u202f»"), lang="fr"),)


@pytest.mark.parametrize("lang", sorted(tag for tag in TABLE if "-" not in tag))
def test_every_language_has_all_its_words_and_signs(lang: str) -> None:
    assert words_for(lang).lang == lang
    assert all(getattr(words_for(lang), key) for key in words_for(lang).__slots__)
    assert len(TABLE[lang]["small"].split()) >= 40
    assert signs_for(lang).dash in "–— —— ――"


def test_regions_and_unknown_languages() -> None:
    assert words_for("de-AT").contents == "Inhalt"
    assert words_for("de-AT").lang == "de-AT"
    assert (words_for("tlh").lang, words_for("tlh").contents) == ("en", "Contents")
    assert signs_for("de_ch").quotes == ("«", "»")
    assert signs_for("tlh") == signs_for("en")
    assert all(map(heads_references, ("References", "LITERATURVERZEICHNIS", "5. Литература", "VI. Works Cited")))
    assert not heads_references("References to the mill in the books of the parish")
