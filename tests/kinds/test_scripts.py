"""What a user may rely on: texts of scripts without spaces are read as others are: rows joined, chapters found."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.build import read_source
from pipeline.report import Report
from pipeline.settings import Settings
from tests.written import write_markdown

CHINESE = """\
第一章　灯塔

磨坊主每天清早数点口袋，水从山上流下，路上没有一辆车，雪下了五天
无人愿意下山，伙计们围着炉子磨刀，老人们在窗边打盹，直到天黑为止。
他们都说这样的天气很少见，连最老的伙计也不记得有过这样长的雪天了
，可是磨坊主的本子上写着二十年前有过一次。

第二天早上雪停了，船一条一条地出了港，岸上的人看着它们走远，直到看
不见帆为止，然后各自回家去了。

第二章　海

海很安静，没有风，也没有人说话。
"""
JAPANESE = """\
第一章

粉ひきは毎朝早くに小麦を数えていた。水は山から来て、道には一だいの車
もなかった。雪は五日のあいだ止まず、だれも町に出なかった。職人たちは
家で刀をみがいて、年よりたちは窓辺で鳥の声を聞いていた。

第二章

海は静かだった。
"""


@pytest.mark.parametrize(
    ("text", "lang", "heads", "joined"),
    [
        (CHINESE, "zh", ("# 第一章 灯塔", "# 第二章 海"), ("雪下了五天无人愿意下山", "雪天了，可是", "直到看不见帆")),
        (JAPANESE, "ja", ("# 第一章", "# 第二章"), ("一だいの車もなかった", "職人たちは家で")),
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
