"""How wide a text is in Arial: the advance widths of the font, for layout without a font at hand.

Liberation Sans, Arimo and Helvetica have the same widths (the table is read from Liberation Sans
2.1). Kerning is left out; a picture writes the width that it reckoned with beside each text, so
that it fits in any font. Italics are reckoned as upright.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache

_EM = 2048

# fmt: off
#: Of each width, in 1/2048 of the size, the characters that have it.
_REGULAR = {
    391: "'",
    455: "ijlįĵĺļłſіј\u2018\u2019\u201a\u201b",
    532: "|¦",
    569: " !,./:;I[\\]ft\xa0ÌÍÎÏìíîïĨĩĪīĬĭĮİıţŧІЇї",
    597: "ľ",
    682: "()-`r¡¨\xad²³´·¸¹ŕŗř\u2010“”„‟‹›",
    684: "{}ŀ",
    717: "•",
    727: "\"",
    747: "гѓ",
    748: "º",
    758: "ª",
    768: "ť",
    797: "*",
    819: "°",
    842: "ґ",
    846: "‖",
    896: "кќ",
    909: "ĳ",
    938: "т",
    939: "з",
    961: "^",
    1001: "Ґ",
    1024: "JcksvxyzçýÿćĉċčĴķĸśŝşšŷźżžЈсухѕў↑↓",
    1045: "эє",
    1067: "чь",
    1088: "в",
    1100: "¶",
    1109: "ЃГпя",
    1124: "±÷",
    1131: "¯нџ‗",
    1139: (
        "#$0123456789?L_abdeghnopqu¢£¤¥§«»àáâãäåèéêëðñòóôõöùúûüþāăąđē"
        "ĕėęěĝğġģĥħĹĻĽĿŁńņňŋōŏőũūŭůűųаеорѐёђћ\u2012\u2013†‡€"
    ),
    1144: "ийѝ",
    1173: "бц",
    1180: "µ",
    1193: "ЌК",
    1195: "дл",
    1196: "+<=>~¬×−",
    1237: "ŉЗ",
    1251: "FTZ¿ßøŢŤŦŹŻŽТ",
    1259: "ď",
    1280: "ъ",
    1301: "ЎУ",
    1344: "БЛЬ",
    1365: "Ч",
    1366: "&ABEKPSVXYÀÁÂÃÄÅÈÉÊËÝÞĀĂĄĒĔĖĘĚĶŚŜŞŠŶŸЀЅАВЕРХ",
    1367: "Ё",
    1370: "ж",
    1387: "Д",
    1408: "м",
    1472: "ЄЍЏИЙПЭы",
    1479: "CDHNRUwÇÐÑÙÚÛÜĆĈĊČĎĐĤĦŃŅŇŔŖŘŨŪŬŮŰŲŵНСЯ",
    1481: "Ŋ",
    1505: "Ĳ",
    1509: "©®",
    1515: "Ц",
    1536: "ю",
    1557: "Ф",
    1593: "GOQÒÓÔÕÖØĜĞĠĢŌŎŐО",
    1621: "Ъ",
    1643: "ш",
    1664: "њ",
    1685: "фщ",
    1706: "MmМ",
    1708: "¼½¾",
    1749: "Ћ",
    1771: "Ђ",
    1813: "Ы",
    1821: "%æ",
    1856: "љ",
    1877: "Ш",
    1891: "Ж",
    1920: "Щ",
    1933: "WœŴ",
    2048: "ÆŒ\u2014\u2015…‰™←→",
    2069: "ЊЮ",
    2079: "@",
    2165: "Љ",
    2197: "№",
}

_BOLD = {
    487: "'",
    565: "Ї",
    569: " ,./I\\ijl\xa0ÌÍÎÏìíîïĨĩĪīĬĭĮįİıĵĺļłſІіј\u2018\u2019\u201a\u201b",
    573: "|¦",
    576: "ї",
    682: "!()-:;[]`ft¡¨\xad²³´·¸¹ţŧ\u2010‹›",
    717: "•",
    748: "º",
    758: "ª",
    789: "ľ",
    797: "*r{}ŕŗř",
    819: "°",
    853: "гѓ",
    915: "ґ",
    971: "\"",
    981: "ŀť",
    997: "Ґ",
    1003: "т",
    1018: "з",
    1019: "‖",
    1024: "zźżž“”„‟↑↓",
    1025: "кќ",
    1124: "±÷",
    1131: "¯эє‗",
    1139: (
        "#$0123456789J_aceksvxy¢£¤¥§«¶»àáâãäåçèéêëýÿāăąćĉċčēĕėęěĳĴķĸś"
        "ŝşšŷЈаесухѐёѕў\u2012\u2013†‡€"
    ),
    1161: "ЃГ",
    1180: "µ",
    1189: "ч",
    1195: "я",
    1196: "+<=>^~¬×−",
    1237: "нпџ",
    1250: "ЌК",
    1251: (
        "?FLTZbdghnopqu¿ßðñòóôõöøùúûüþđĝğġģĥħĹĻĽĿŁńņňŋōŏőŢŤŦũūŭůűųŹŻŽ"
        "Торђћ"
    ),
    1259: "вийцьѝ",
    1265: "б",
    1274: "ЎУ",
    1283: "З",
    1300: "д",
    1301: "л",
    1366: "EPSVXYÈÉÊËÝÞĒĔĖĘĚŚŜŞŠŶŸЀЅЕРХ",
    1370: "Ё",
    1437: "Л",
    1439: "Ч",
    1451: "ŉ",
    1452: "ж",
    1457: "ЄЭ",
    1459: "Д",
    1472: "ďЍЏБИЙПЬЯ",
    1479: "&ABCDHKNRUÀÁÂÃÄÅÇÐÑÙÚÛÜĀĂĄĆĈĊČĎĐĤĦĶŃŅŇŔŖŘŨŪŬŮŰŲАВНС",
    1481: "Ŋ",
    1493: "ъ",
    1496: "Ц",
    1509: "©®",
    1515: "м",
    1593: "GOQwÒÓÔÕÖØĜĞĠĢŌŎŐŵО",
    1607: "Ĳ",
    1706: "MМ",
    1707: "ш",
    1708: "¼½¾",
    1728: "щ",
    1748: "Ф",
    1749: "ыю",
    1781: "Ъ",
    1792: "Ћф",
    1813: "Ђ",
    1821: "%mæ",
    1851: "Ж",
    1856: "њ",
    1933: "WœŴ",
    1984: "љ",
    1997: "@",
    2005: "Ы",
    2048: "ÆŒ\u2014\u2015…‰™←→",
    2058: "Ш",
    2087: "Щ",
    2112: "Ю",
    2176: "Њ",
    2240: "Љ",
    2283: "№",
}
# fmt: on

_WIDTHS = tuple(
    {character: width for width, characters in table.items() for character in characters}
    for table in (_REGULAR, _BOLD)
)


@lru_cache(maxsize=4096)
def _units(text: str, bold: bool) -> int:
    widths = _WIDTHS[bold]
    total = 0
    for character in text:
        width = widths.get(character)
        total += _unknown(character) if width is None else width
    return total


def _unknown(character: str) -> int:
    """A width on the safe side: of what is not in the table, most is narrower."""
    if unicodedata.category(character) in ("Mn", "Me", "Cf"):
        return 0
    return 2560 if unicodedata.east_asian_width(character) in ("W", "F") else 1479


def text_width(text: str, size: float, *, bold: bool = False) -> float:
    """How wide ``text`` is, in the unit of ``size``."""
    return _units(text, bold) * size / _EM


def known(text: str) -> bool:
    """Whether the table has every character, control characters aside."""
    return all(character in _WIDTHS[0] for character in text if character >= " ")
