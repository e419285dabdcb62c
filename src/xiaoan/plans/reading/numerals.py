"""Numbers as documents write them: 3, ３, 三, 十二, 二〇二四, ③."""

import unicodedata

HAN_DIGITS = "零〇一二两三四五六七八九十百"

_LAST_CIRCLED = 20
_TENS = {"十": 10, "百": 100}
_UNITS = {"零": 0, "〇": 0, "两": 2, **{digit: value for value, digit in enumerate("一二三四五六七八九", 1)}}


def number_of(words: str) -> int:
    """The whole number written by `words`, which holds digits of one kind only."""
    if words.isdecimal():
        return int(words)
    if words[0] not in HAN_DIGITS:
        return int(unicodedata.numeric(words))
    if any(word in _TENS for word in words):
        return _counted(words)
    return int("".join(str(_UNITS[word]) for word in words))


def _counted(words: str) -> int:
    """一百零二 → 102, 十二 → 12."""
    total, digit = 0, 0
    for word in words:
        if word in _TENS:
            total += (digit or 1) * _TENS[word]
            digit = 0
        else:
            digit = _UNITS[word]
    return total + digit


def han_number(number: int) -> str:
    """12 → 十二, 105 → 一百零五; numbers of three digits at most, as lists have them."""
    hundreds, rest = divmod(number, 100)
    tens, ones = divmod(rest, 10)
    words = f"{_digit(hundreds)}百" if hundreds else ""
    if tens:
        words += ("" if tens == 1 and not hundreds else _digit(tens)) + "十"
    elif hundreds and ones:
        words += "零"
    return words + (_digit(ones) if ones or not words else "")


def circled(number: int) -> str:
    """3 → ③; beyond ⑳ there is no such sign in every font, and the plain number stands."""
    return chr(ord("①") + number - 1) if 1 <= number <= _LAST_CIRCLED else str(number)


def _digit(number: int) -> str:
    return "零一二三四五六七八九"[number % 10]
