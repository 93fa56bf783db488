"""ISO 639-1: the languages that letters are commonly written in, with their names."""

from __future__ import annotations

LANGUAGES: tuple[tuple[str, str, str, str], ...] = tuple(
    (line[:2], *line[3:].split("|", 2))  # type: ignore[misc]
    for line in """\
af Afrikaans|Afrikaans|Afrikaans
sq Shqip|Albanian|Albanisch
am አማርኛ|Amharic|Amharisch
ar العربية|Arabic|Arabisch
hy Հայերեն|Armenian|Armenisch
az Azərbaycanca|Azerbaijani|Aserbaidschanisch
eu Euskara|Basque|Baskisch
be Беларуская|Belarusian|Belarussisch
bn বাংলা|Bengali|Bengalisch
bs Bosanski|Bosnian|Bosnisch
bg Български|Bulgarian|Bulgarisch
my မြန်မာ|Burmese|Birmanisch
ca Català|Catalan|Katalanisch
zh 中文|Chinese|Chinesisch
hr Hrvatski|Croatian|Kroatisch
cs Čeština|Czech|Tschechisch
da Dansk|Danish|Dänisch
nl Nederlands|Dutch|Niederländisch
en English|English|Englisch
et Eesti|Estonian|Estnisch
fo Føroyskt|Faroese|Färöisch
fi Suomi|Finnish|Finnisch
fr Français|French|Französisch
gl Galego|Galician|Galicisch
ka ქართული|Georgian|Georgisch
de Deutsch|German|Deutsch
el Ελληνικά|Greek|Griechisch
gu ગુજરાતી|Gujarati|Gujarati
he עברית|Hebrew|Hebräisch
hi हिन्दी|Hindi|Hindi
hu Magyar|Hungarian|Ungarisch
is Íslenska|Icelandic|Isländisch
id Bahasa Indonesia|Indonesian|Indonesisch
ga Gaeilge|Irish|Irisch
it Italiano|Italian|Italienisch
ja 日本語|Japanese|Japanisch
kk Қазақша|Kazakh|Kasachisch
km ខ្មែរ|Khmer|Khmer
ko 한국어|Korean|Koreanisch
ku Kurdî|Kurdish|Kurdisch
ky Кыргызча|Kyrgyz|Kirgisisch
lo ລາວ|Lao|Laotisch
lv Latviešu|Latvian|Lettisch
lt Lietuvių|Lithuanian|Litauisch
lb Lëtzebuergesch|Luxembourgish|Luxemburgisch
mk Македонски|Macedonian|Mazedonisch
ms Bahasa Melayu|Malay|Malaiisch
mt Malti|Maltese|Maltesisch
mn Монгол|Mongolian|Mongolisch
ne नेपाली|Nepali|Nepalesisch
no Norsk|Norwegian|Norwegisch
nb Norsk bokmål|Norwegian Bokmål|Norwegisch (Bokmål)
nn Norsk nynorsk|Norwegian Nynorsk|Norwegisch (Nynorsk)
fa فارسی|Persian|Persisch
pl Polski|Polish|Polnisch
pt Português|Portuguese|Portugiesisch
pa ਪੰਜਾਬੀ|Punjabi|Pandschabi
ro Română|Romanian|Rumänisch
rm Rumantsch|Romansh|Rätoromanisch
ru Русский|Russian|Russisch
sr Српски|Serbian|Serbisch
si සිංහල|Sinhala|Singhalesisch
sk Slovenčina|Slovak|Slowakisch
sl Slovenščina|Slovenian|Slowenisch
so Soomaali|Somali|Somali
es Español|Spanish|Spanisch
sw Kiswahili|Swahili|Suaheli
sv Svenska|Swedish|Schwedisch
tg Тоҷикӣ|Tajik|Tadschikisch
ta தமிழ்|Tamil|Tamil
th ไทย|Thai|Thailändisch
tr Türkçe|Turkish|Türkisch
tk Türkmen|Turkmen|Turkmenisch
uk Українська|Ukrainian|Ukrainisch
ur اردو|Urdu|Urdu
uz Oʻzbek|Uzbek|Usbekisch
vi Tiếng Việt|Vietnamese|Vietnamesisch
cy Cymraeg|Welsh|Walisisch
""".splitlines()
)
"""Code, own name, English name, German name; in the order of the English names."""
