"""What schools talk about in a season: the pack's sentences, as this very institution would put them."""

import re
from collections.abc import Callable, Iterable
from datetime import date

from xiaoan.config.demo.chance import dice
from xiaoan.config.demo.register import Traits
from xiaoan.config.demo.sheet import Decision, Sheet

Fits = Callable[[Traits], bool]

ONLY_WHERE: tuple[tuple[str, Fits], ...] = (
    ("实验室|危化品|酒精", lambda t: t.laboratories),
    ("消防控制室", lambda t: t.departments),
    (
        "食堂|排油烟|灶|课桌|班牌|各班|学生|家长|托班|托管|护学岗|上放学|春游|社会实践|午睡|开学第一",
        lambda t: t.has_pupils,
    ),
    ("篮球架|体育|毕业典礼|防溺水告家长书发到每户", lambda t: t.has_pupils and not t.kindergarten),
    ("攀爬架|接送卡", lambda t: t.has_pupils and t.stage in {"kindergarten", "primary", "nine_year"}),
    ("午睡室", lambda t: t.kindergarten),
    ("非法客运", lambda t: t.boarders or t.stage in {"junior", "senior", "complete", "vocational"}),
)
"""Words that are said only where there is such a thing."""

OTHERWISE: dict[str, tuple[str, ...]] = {
    "三楼": ("二楼", "三楼", "四楼"),
    "二楼": ("一楼", "二楼", "三楼"),
    "东侧": ("东侧", "西侧", "南侧", "北侧"),
    "西侧": ("东侧", "西侧", "北侧"),
    "东楼梯": ("东楼梯", "西楼梯", "中楼梯"),
    "四盏": ("两盏", "三盏", "四盏", "六盏"),
    "六具": ("两具", "三具", "四具", "六具", "八具"),
    "十二米": ("八米", "十米", "十二米", "十五米"),
    "两名保安员": ("一名保安员", "两名保安员"),
    "三号灶": ("一号灶", "二号灶", "三号灶"),
    "北门": ("北门", "东门", "西门"),
    "一周内": ("三天内", "五天内", "一周内"),
    "三周内": ("两周内", "三周内"),
    "周末": ("周六", "周末"),
}
"""What differs from house to house."""

OWN_WORDS: dict[str, dict[str, str]] = {
    "kindergarten": {
        "全校": "全园", "校门": "园门", "教室": "活动室", "学生": "幼儿", "校内": "园内", "到校": "到园",
        "校务会": "园务会", "书记校长": "书记园长", "学校": "幼儿园", "总务处": "后勤组",
    },
    "": {"全校": "全单位", "校门": "大门", "到校": "到场", "校务会": "办公会", "书记校长": "班子成员"},
}  # fmt: skip
"""Kindergartens, and affiliated units, which have no stage, name things in their own way."""

CONNECTED = ("{line}", "{line}", "{line}", "听取汇报：{line}", "研究：{line}")
MOST_LINES = 4


class Voice:
    """How an institution talks on a day."""

    def __init__(self, unit: str, traits: Traits, day: date) -> None:
        self._traits = traits
        chance = dice("voice", unit, day)
        words = {word: chance.choice(others) for word, others in OTHERWISE.items()}
        self._words = words | OWN_WORDS.get(traits.stage, {})
        self._pattern = re.compile("|".join(sorted(self._words, key=len, reverse=True)))

    def says(self, text: str) -> str:
        """A sentence in the institution's own words."""
        return self._pattern.sub(lambda found: self._words[found[0]], text)

    def would_say(self, text: str) -> bool:
        """Whether there is such a thing here."""
        return all(fits(self._traits) for words, fits in ONLY_WHERE if re.search(words, text))


def agenda_of(sheet: Sheet, unit: str, traits: Traits, day: date) -> str:
    """The safety items of a meeting, one a line."""
    voice, chance = Voice(unit, traits, day), dice("agenda", unit, day)
    suited = [line for line in sheet.season_of(day).agenda if voice.would_say(line)]
    chosen = chance.sample(suited, min(len(suited), chance.randint(2, MOST_LINES)))
    return "\n".join(chance.choice(CONNECTED).format(line=voice.says(line)) for line in chosen)


def decisions_of(sheet: Sheet, unit: str, traits: Traits, day: date, held: Iterable[str]) -> list[Decision]:
    """What such a meeting decides, in an order of chance; only for posts that somebody holds."""
    voice, posts = Voice(unit, traits, day), set(held)
    season = sheet.season_of(day)
    suited = [each for each in season.decisions if each.post in posts and voice.would_say(each.text)]
    dice("decisions", unit, day).shuffle(suited)
    return [Decision(text=voice.says(each.text), post=each.post) for each in suited]
