"""Given names and family names by culture, and names drawn from them."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

from csc_tui.demo.world_chance import Shares, listed, pick, pick_early


@dataclass(frozen=True, slots=True)
class Culture:
    """Names that go together."""

    language: str
    """ISO 639-1 of those who live abroad; residents of Germany mostly have `de`."""
    male: tuple[str, ...]
    female: tuple[str, ...]
    family: tuple[str, ...]


def _culture(language: str, male: str, female: str, family: str) -> Culture:
    return Culture(language, listed(male), listed(female), listed(family))


_DE_MALE = """Thomas Michael Andreas Stefan Jürgen Klaus Peter Wolfgang Markus Matthias Frank Uwe
Bernd Christian Martin Jörg Ralf Dirk Holger Torsten Sven Björn Jan Tobias Florian Sebastian
Daniel Alexander Felix Lukas Jonas Leon Maximilian Moritz Paul Julian Philipp Simon Fabian Timo
Dennis Marcel Kevin Rüdiger Günter Helmut Horst Manfred Heinz Karl-Heinz Hans-Jörg Hans-Peter
Friedhelm Ewald Xaver Alois Sepp Götz Götz-Dieter Detlef Egon Erwin Gerd Gerhard Gregor Guido
Hartmut Henning Hinnerk Ingo Jens Joachim Jochen Johannes Kai Kurt Lars Leopold Lorenz Lothar
Ludger Malte Mirko Nils Norbert Olaf Ole Oliver Oskar Otto Rainer Reinhold René Roland Rolf Roman
Rupert Siegfried Sören Theo Tilman Till Udo Ulf Ulrich Veit Volker Volkmar Werner Wilfried
Clemens Anton Jakob Emil Fiete Mats Bastian Benedikt"""
_DE_FEMALE = """Sabine Petra Monika Susanne Claudia Andrea Birgit Martina Karin Stefanie Katharina
Julia Anna Lena Sarah Christine Ute Heike Anja Silke Katja Nicole Sandra Tanja Melanie Daniela
Kerstin Jutta Ingrid Renate Ursula Gisela Brigitte Helga Elke Angelika Gabriele Cornelia Marlies
Annegret Anneliese Änne Käthe Ottilie Ilse Ingeborg Wiebke Frauke Antje Maren Mareike Swantje
Imke Gesa Friederike Franziska Johanna Charlotte Luise Marie Sophie Leonie Mia Emma Hannah Clara
Ida Greta Frieda Mathilda Pauline Theresa Veronika Walburga Zenzi Ruth Rita Regina Roswitha
Dagmar Doris Edeltraud Gudrun Hannelore Hedwig Hildegard Irmgard Ines Iris Jana Judith Kirsten
Lieselotte Lotte Margarete Margit Mandy Miriam Nadine Nele Nina Rosemarie Saskia Sigrid Sonja
Svenja Tatjana Ulrike Vera Yvonne Zoë Anne-Kathrin Eva-Maria"""
_DE_FAMILY = """Müller Schmidt Schneider Fischer Weber Meyer Wagner Becker Schulz Hoffmann Schäfer
Koch Bauer Richter Klein Wolf Schröder Neumann Schwarz Zimmermann Braun Krüger Hofmann Hartmann
Lange Schmitt Werner Krause Meier Lehmann Schmid Schulze Maier Köhler Herrmann König Walter Mayer
Huber Kaiser Fuchs Peters Lang Scholz Möller Weiß Jung Hahn Schubert Vogel Friedrich Keller Günther
Frank Berger Winkler Roth Beck Lorenz Baumann Franke Albrecht Schuster Simon Ludwig Böhm Winter
Kraus Martin Schumacher Krämer Vogt Stein Jäger Otto Sommer Groß Seidel Heinrich Brandt Haas
Schreiber Graf Schulte Dietrich Ziegler Kuhn Kühn Pohl Engel Horn Busch Bergmann Thomas Voigt
Sauer Arnold Wolff Pfeiffer Ernst Lindner Hübner Kramer Franz Beyer Wenzel Peter Abel Ahrens
Altmann Anders Arndt Asmussen Bäcker Bahr Barth Bartsch Behrens Bock Böttcher Brinkmann Bühler
Claussen Conrad Dahl Decker Dörr Döring Ebert Eckert Eder Eggers Erdmann Falk Feldmann Fiedler
Fleischer Förster Fröhlich Gärtner Gebauer Geiger Gerber Göbel Götz Greve Gruber Haase Hagemann
Heß Heinze Henke Hesse Heuer Hinrichs Höfer Hölscher Holz Jahn Janßen Jansen Kern Kessler Kirchner
Kiefer Knoll Körner Kolb Kröger Kruse Kunze Lauer Lindemann Löffler Lohmann Lübbe Lutz Maurer
Menzel Mertens Metzger Michel Mürz Nagel Naumann Neßler Niebergall Nickel Noack Oehler Opitz Oßwald
Paulsen Petersen Pfänder Pieper Probst Quast Quandel Rademacher Rau Reichel Reimann Reuß Riedel
Ritter Rößler Rösch Rothe Runge Sachs Sander Schilling Schlüter Schön Schreck Schütz Schütte
Schwab Seidl Seifert Steiner Stoll Straub Strauß Sturm Tölle Thiele Thoma Uhlig Ulrich Urban
Vetter Vierkötter Wächter Walther Weidner Weigel Weiß Wendt Westphal Wieland Wirth Witt Wüllner
Wulff Zander Zeller Zöllner Zorn"""
_STEMS = """Acker Bach Berg Birn Breit Brück Brunn Buch Dorn Eich Eich Erl Esch Feld Flach Grün
Haber Hag Heid Hell Hirsch Hoch Holl Hohl Kalt Kirch Klee Kron Lang Lind Loh Mos Mühl Neu Nieder
Ober Öl Ost Raben Reb Ried Röt Ros Salz Sand Schön Schwarz See Stein Sulz Tann Tief Unter Vier Wald
Weid Weiß West Wies Wild Winter Zell"""
_ENDINGS = (
    "acher auer bauer berger brink bühler dörfer eder felder gruber häuser heimer hofer holzer "
    "huber kamp kötter lechner leitner maier mann meister moser müller reiter rieder stätter "
    "thaler wagner wieser"
)

CULTURES: dict[str, Culture] = {
    "de": _culture("de", _DE_MALE, _DE_FEMALE, _DE_FAMILY),
    "tr": _culture(
        "tr",
        "Emre Mehmet Mustafa Ahmet Hüseyin Kerem Ömer Çağlar Barış Cem Deniz Ilyas Tarık Yusuf",
        "Ayşe Fatma Selin Elif Zeynep Gül Çiğdem Özlem Şule Derya Nur Büşra İpek Gülşen",
        "Öztürk Yılmaz Kaya Demir Çelik Şahin Aydın Özdemir Arslan Doğan Kılıç Aslan Çetin Ünal "
        "Koç Kurt Şimşek Bulut Güneş Tekin",
    ),
    "pl": _culture(
        "pl",
        "Paweł Piotr Krzysztof Tomasz Łukasz Jakub Michał Wojciech Grzegorz Stanisław Jerzy",
        "Agnieszka Małgorzata Katarzyna Joanna Ewa Magdalena Zofia Żaneta Grażyna Dorota",
        "Szymański Kowalski Wiśniewski Wójcik Kamiński Lewandowski Zieliński Woźniak Dąbrowski "
        "Kozłowski Jankowski Mazur Krawczyk Piotrowski Grabowski Łuczak Żak",
    ),
    "vi": _culture(
        "vi",
        "Minh Quốc Đức Hùng Tuấn Thắng",
        "Thị-Hương Ngọc-Anh Thu-Hà Mỹ-Linh Phương Bích-Ngọc",
        "Nguyễn Trần Lê Phạm Hoàng Đặng Bùi Đỗ Võ",
    ),
    "ar": _culture(
        "ar",
        "Karim Omar Yasin Tarek Nabil Samir Khaled Anas",
        "Amira Layla Nour Rania Salma Yasmin Hala",
        "Haddad Khoury Nasser Mansour Saleh Farah Al-Masri Darwish Qasim",
    ),
    "ru": _culture(
        "ru",
        "Dmitri Sergej Alexej Igor Waldemar Eugen",
        "Olga Irina Swetlana Natalja Ludmila Jelena",
        "Petrenko Sokolow Morosow Schewtschuk Koslow Bondarenko Miller Winokur",
    ),
    "fr": _culture(
        "fr",
        "Étienne Jérôme François Loïc Benoît Aurélien Gaël Mathieu Olivier Pascal Rémi Cédric",
        "Danièle Hélène Amélie Chloé Maëlle Noémie Sylvie Brigitte Françoise Inès Céline Élodie",
        "Lefèvre Moreau Girard Bonnet Lambert Fontaine Rousseau Chevalier Gauthier Perrin "
        "Lemaître Guérin Muller Boyer Besançon D’Aubigny Noël Hébert",
    ),
    "it": _culture(
        "it",
        "Giuseppe Marco Luca Alessandro Nicolò Matteo Salvatore Dario Fabrizio Enzo",
        "Giulia Francesca Chiara Elena Paola Ilaria Lucia Beatrice Nives Rosalba",
        "Rossi Ferrari Esposito Bianchi Romano Colombo Ricci Marino Greco Gallo Conti D’Angelo "
        "De-Luca Costa Giordano Mancini Barbieri",
    ),
    "es": _culture(
        "es",
        "Álvaro José Íñigo Joaquín Andrés Martín Raúl Óscar Gonzalo Adrián",
        "María Lucía Begoña Núria Ángeles Inés Rocío Pilar Concepción Itziar",
        "García Fernández Muñoz Rodríguez López Sánchez Peña Ibáñez Núñez Ordóñez Zúñiga Vázquez",
    ),
    "pt": _culture(
        "pt",
        "João Tiago Gonçalo Rui Luís Simão",
        "Inês Mariana Conceição Fátima Beatriz Lídia",
        "Silva Conceição Magalhães Guimarães Araújo Simões Falcão Brandão",
    ),
    "en": _culture(
        "en",
        "Oliver Harry James George Callum Owen Rhys Angus Liam Noah Ethan Wyatt Desmond Tyrone",
        "Siobhán Emily Charlotte Fiona Gwendolyn Deborah Olivia Harriet Maeve Brenna Shanice Ruth",
        "O’Brien Smith Jones Taylor Walker Hughes Fletcher Thatcher-Bell MacLeod McAllister "
        "O'Connor Whitaker Ashworth Pemberton Blackwood Harding Mueller Johnson Carter Brooks "
        "Sullivan Okafor Patel Chaudhry",
    ),
    "nl": _culture(
        "nl",
        "Daan Sem Bram Thijs Joost Wouter Koen Ruben",
        "Sanne Femke Lotte Anouk Roos Marijke Maartje",
        "de-Vries Jansen van-Dijk Bakker Visser Smit Mulder van-der-Meer IJsselstein Hoekstra",
    ),
    "sv": _culture(
        "sv",
        "Åke Göran Björn Lars Mårten Sören Östen Henrik",
        "Åsa Ingrid Märta Linnéa Solveig Kajsa Birgitta",
        "Åkesson Öberg Lindström Bergström Sjöberg Nyström Ångström Hämäläinen Sørensen Bjørnstad",
    ),
    "cs": _culture(
        "cs",
        "Jiří Tomáš Ondřej Václav Zdeněk Řehoř",
        "Jiřina Kateřina Zdeňka Markéta Božena Růžena",
        "Novák Dvořák Černý Procházka Kučera Veselý Horák Němec Růžička Křížek",
    ),
    "hu": _culture(
        "hu", "László Gábor Zoltán Ádám", "Zsófia Ágnes Erzsébet Kinga",
        "Szabó Kovács Tóth Horváth Kőszegi Szűcs",
    ),
    "el": _culture(
        "el", "Γιώργος Νίκος Κώστας Δημήτρης", "Ελένη Μαρία Σοφία Αγγελική",
        "Παπαδόπουλος Νικολάου Γεωργίου Αντωνίου Οικονόμου",
    ),
    "uk": _culture(
        "uk", "Олександр Андрій Тарас Юрій", "Олена Наталія Ірина Оксана",
        "Шевченко Коваленко Бондаренко Ткаченко Кравчук Лисенко",
    ),
    "ja": _culture(
        "ja", "健太 翔太 大輔 拓也 浩一", "美咲 陽子 さくら 裕子 恵子",
        "佐藤 鈴木 高橋 田中 渡辺 伊藤 小林 齋藤",
    ),
    "zh": _culture(
        "zh", "伟 强 建国 志明 俊杰", "芳 秀英 丽娜 晓梅 雪", "王 李 张 刘 陈 杨 欧阳 司马",
    ),
    "ko": _culture("ko", "민준 서준 지훈 현우", "서연 지우 민서 은지", "김 이 박 최 정 강"),
    "he": _culture("he", "יוסף דוד משה אורי", "רחל שרה נועה מיכל", "כהן לוי מזרחי פרץ ביטון"),
    "ar native": _culture(
        "ar", "محمد أحمد يوسف خالد", "فاطمة ليلى مريم نور", "العلي الحسن الخطيب منصور حدّاد",
    ),
    "th": _culture("th", "สมชาย วิชัย ประเสริฐ", "สุดา มาลี กัญญา", "ใจดี ศรีสุข ทองคำ"),
    "hi": _culture("hi", "राजेश अमित विक्रम", "प्रिया अनीता सुनीता", "शर्मा गुप्ता वर्मा सिंह"),
}  # fmt: skip
"""Culture -> names; a hyphen in `van-Dijk` and `Thị-Hương` stands for a blank."""

_RESIDENTS = Shares([("de", 86), ("tr", 5), ("pl", 3), ("it", 1.5), ("vi", 0.8), ("ar", 1.2),
                     ("ru", 1.5), ("es", 0.5), ("fr", 0.5)])  # fmt: skip

_ONE_CULTURE: dict[str, str] = {
    **dict.fromkeys(("FR", "LU"), "fr"),
    **dict.fromkeys(("PT", "BR"), "pt"),
    **dict.fromkeys(("SE", "DK", "NO", "FI"), "sv"),
    **dict.fromkeys(("AU", "IE"), "en"),
    **dict.fromkeys(("AE", "EG", "JO"), "ar native"),
    "IT": "it",
    "ES": "es",
    "NL": "nl",
    "PL": "pl",
    "CZ": "cs",
    "HU": "hu",
    "TR": "tr",
    "GR": "el",
    "UA": "uk",
    "JP": "ja",
    "CN": "zh",
    "KR": "ko",
    "TH": "th",
    "IN": "hi",
    "IL": "he",
}

BY_COUNTRY: dict[str, Shares] = {
    "DE": _RESIDENTS,
    "AT": Shares([("de", 88), ("tr", 5), ("hu", 3), ("cs", 4)]),
    "CH": Shares([("de", 62), ("fr", 25), ("it", 13)]),
    "GB": Shares([("en", 95), ("pl", 5)]),
    "US": Shares([("en", 84), ("es", 12), ("zh", 2), ("vi", 2)]),
    "BE": Shares([("nl", 55), ("fr", 45)]),
    **{country: Shares([(culture, 1)]) for country, culture in _ONE_CULTURE.items()},
}
"""Country (alpha-2) -> the cultures of those who work there."""

_COMPOSED = tuple(
    stem + ending
    for stem in dict.fromkeys(_STEMS.split())
    for ending in _ENDINGS.split()
    if stem[-1].lower() != ending[0]
)
"""Rarer German family names, put together as they once were."""


def family_name(rng: Random, culture: str, female: bool = False) -> str:
    """A family name of `culture` (a key of `CULTURES`), in the form that fits the gender."""
    name = pick_early(rng, CULTURES[culture].family, 1.7 if culture == "de" else 1.2)
    if culture == "de":
        shape = rng.random()
        if shape < 0.3:
            name = pick(rng, _COMPOSED)
        elif shape < 0.34:
            name = f"{name}-{pick(rng, _COMPOSED)}"
        elif shape < 0.35:
            name = f"{pick(rng, ('von', 'von der', 'zu', 'van'))} {pick(rng, _COMPOSED)}"
    elif female and culture == "pl" and name.endswith("ski"):
        name = name[:-1] + "a"
    elif female and culture == "cs":
        name = f"{name[:-1]}á" if name.endswith("ý") else f"{name.removesuffix('a')}ová"
    elif culture in ("nl", "it"):
        name = name.replace("-", " ")
    return name


def given_name(rng: Random, culture: str, female: bool) -> str:
    """A given name of `culture`."""
    names = CULTURES[culture].female if female else CULTURES[culture].male
    name = pick_early(rng, names, 1.2)
    if culture == "vi":
        return name.replace("-", " ")
    if culture == "de" and rng.random() < 0.02:
        return f"{name} {pick(rng, names)}"
    return name
