"""What a user may rely on: texts of scripts without spaces are read as others are: rows joined, chapters found."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.build import read_source
from pipeline.report import Report
from pipeline.settings import Settings
from pipeline.write import write_markdown

CHINESE = """\
第一章　灯塔

守灯人每天傍晚记下天气，风从北方吹来，海面没有一条船，雾停了三天
谁也没有出海，渔夫们坐在屋里补网，孩子们在门口听雨，直到天黑为止。
他们都说这样的天气很少见，连最老的渔夫也不记得有过这样长的雾天了
，可是守灯人的本子上写着二十年前有过一次。

第二天早上雾散了，船一条一条地出了港，岸上的人看着它们走远，直到看
不见帆为止，然后各自回家去了。

第二章　海

海很安静，没有风，也没有人说话。
"""
JAPANESE = """\
第一章

灯台守は毎日夕方に天気を書きとめた。風は北から吹き、海には一そうの船
もなかった。霧は三日のあいだ晴れず、だれも海に出なかった。漁師たちは
家で網をつくろい、子どもたちは戸口で雨の音を聞いていた。

第二章

海は静かだった。
"""


@pytest.mark.parametrize(
    ("text", "lang", "heads", "joined"),
    [
        (CHINESE, "zh", ("# 第一章 灯塔", "# 第二章 海"), ("雾停了三天谁也没有出海", "雾天了，可是", "直到看不见帆")),
        (JAPANESE, "ja", ("# 第一章", "# 第二章"), ("一そうの船もなかった", "漁師たちは家で")),
    ],
)
def test_a_wrapped_text_without_spaces(
    tmp_path: Path, text: str, lang: str, heads: tuple[str, ...], joined: tuple[str, ...]
) -> None:
    path = tmp_path / "book.txt"
    path.write_text(text, encoding="utf-8")
    reading = read_source(path, Settings(), Report(), lambda _stage: None)
    markdown = write_markdown(reading.book, Settings(), lang=reading.lang).replace("\u3000", " ")
    assert reading.lang == lang
    for words in (*heads, *joined):
        assert words in markdown
    assert "lang=" not in markdown
