"""Towns with postal codes that really belong to them, and the region of their phone numbers."""

from __future__ import annotations

from csc_tui.demo.world_shapes import Town

_REGION_OF_STATE = {
    "NW": "K",
    **dict.fromkeys(("BE", "BB", "SN", "ST", "TH", "MV"), "B"),
    **dict.fromkeys(("HH", "SH", "NI", "HB"), "H"),
    **dict.fromkeys(("HE", "RP", "SL"), "F"),
    **dict.fromkeys(("BY", "BW"), "M"),
}
"""The nearest of the five German towns that have numbers for fiction."""

_GERMAN = """
Köln|50667;50670;50733;50823;51063;51103|NW
Berlin|10115;10245;10585;10961;12043;13353|BE
Hamburg|20095;20354;22763;22303|HH
München|80331;80333;80469;81667|BY
Frankfurt|60311;60325;60486|HE
Stuttgart|70173;70178;70565|BW
Düsseldorf|40210;40213;40549|NW
Leipzig|04103;04109;04229|SN
Dortmund|44135;44139|NW
Essen|45127;45130|NW
Bremen|28195;28203|HB
Dresden|01067;01099;01309|SN
Hannover|30159;30161|NI
Nürnberg|90402;90443|BY
Duisburg|47051;47198|NW
Bochum|44787;44801|NW
Wuppertal|42103|NW
Bielefeld|33602;33615|NW
Bonn|53111;53113;53225|NW
Münster|48143;48149|NW
Karlsruhe|76131;76133|BW
Mannheim|68159;68161|BW
Augsburg|86150;86153|BY
Wiesbaden|65183|HE
Mönchengladbach|41061|NW
Gelsenkirchen|45879|NW
Braunschweig|38100;38118|NI
Aachen|52062;52070|NW
Kiel|24103;24105|SH
Chemnitz|09111;09130|SN
Halle (Saale)|06108|ST
Magdeburg|39104|ST
Freiburg im Breisgau|79098|BW
Krefeld|47798|NW
Lübeck|23552|SH
Mainz|55116;55118|RP
Erfurt|99084;99096|TH
Oberhausen|46045|NW
Rostock|18055;18057|MV
Kassel|34117;34119|HE
Hagen|58095|NW
Saarbrücken|66111|SL
Hamm|59065|NW
Mülheim|45468|NW
Potsdam|14467;14482|BB
Ludwigshafen|67059|RP
Oldenburg|26122|NI
Leverkusen|51373|NW
Osnabrück|49074|NI
Solingen|42651|NW
Heidelberg|69115;69117|BW
Darmstadt|64283|HE
Neuss|41460|NW
Paderborn|33098|NW
Regensburg|93047|BY
Ingolstadt|85049|BY
Würzburg|97070|BY
Fürth|90762|BY
Wolfsburg|38440|NI
Offenbach am Main|63065|HE
Ulm|89073|BW
Heilbronn|74072|BW
Pforzheim|75172|BW
Göttingen|37073|NI
Bottrop|46236|NW
Trier|54290|RP
Recklinghausen|45657|NW
Reutlingen|72764|BW
Bremerhaven|27568|HB
Koblenz|56068|RP
Remscheid|42853|NW
Jena|07743|TH
Erlangen|91052|BY
Moers|47441|NW
Siegen|57072|NW
Hildesheim|31134|NI
Cottbus|03046|BB
Gütersloh|33330|NW
Kaiserslautern|67655|RP
Hanau|63450|HE
Schwerin|19053|MV
Esslingen am Neckar|73728|BW
Ludwigsburg|71634|BW
Gera|07545|TH
Düren|52349|NW
Tübingen|72070|BW
Flensburg|24937|SH
Iserlohn|58636|NW
Villingen-Schwenningen|78050|BW
Konstanz|78462|BW
Zwickau|08056|SN
Gießen|35390|HE
Minden|32423|NW
Worms|67547|RP
Marburg|35037|HE
Wilhelmshaven|26382|NI
Dessau-Roßlau|06844|ST
Bamberg|96047|BY
Bayreuth|95444|BY
Landshut|84028|BY
Lüneburg|21335|NI
Lüdenscheid|58507|NW
Kempten (Allgäu)|87435|BY
Fulda|36037|HE
Rosenheim|83022|BY
Celle|29221|NI
Detmold|32756|NW
Brandenburg an der Havel|14770|BB
Neubrandenburg|17033|MV
Plauen|08523|SN
Görlitz|02826|SN
Offenburg|77652|BW
Herford|32052|NW
Greifswald|17489|MV
Stralsund|18439|MV
Hürth|50354|NW
Wetzlar|35578|HE
Weimar|99423|TH
Göppingen|73033|BW
Schweinfurt|97421|BY
Passau|94032|BY
Straubing|94315|BY
Coburg|96450|BY
Hof|95028|BY
Ravensburg|88212|BW
Eisenach|99817|TH
Emden|26721|NI
Speyer|67346|RP
Cuxhaven|27472|NI
Kleve|47533|NW
Wesel|46483|NW
Wismar|23966|MV
Pirmasens|66953|RP
Suhl|98527|TH
Zittau|02763|SN
Husum|25813|SH
"""

_ABROAD = """
AT|Wien|1010;1030;1070;1150||
AT|Graz|8010||
AT|Linz|4020||
AT|Salzburg|5020||
AT|Innsbruck|6020||
AT|Klagenfurt|9020||
AT|Wels|4600||
AT|Dornbirn|6850||
AT|Steyr|4400||
AT|St. Pölten|3100||
CH|Zürich|8001;8005|ZH|
CH|Basel|4051|BS|
CH|Bern|3011|BE|
CH|Winterthur|8400|ZH|
CH|St. Gallen|9000|SG|
CH|Luzern|6003|LU|
CH|Genève|1204|GE|
CH|Lausanne|1003|VD|
CH|Chur|7000|GR|
CH|Schaffhausen|8200|SH|
FR|Paris|75002;75011||FR1
FR|Lyon|69002||FR4
FR|Marseille|13002||FR4
FR|Metz|57000||FR3
FR|Strasbourg|67000||FR3
FR|Lille|59000||FR3
FR|Nantes|44000||FR2
FR|Rennes|35000||FR2
FR|Bordeaux|33000||FR5
FR|Toulouse|31000||FR5
GB|London|EC2A 4NE;SE1 2UP||London
GB|Manchester|M1 2WD||Manchester
GB|Leeds|LS1 4AP||Leeds
GB|Birmingham|B3 1JJ||Birmingham
GB|Bristol|BS1 5TR||Bristol
GB|Glasgow|G1 3AJ||Glasgow
GB|Edinburgh|EH1 2NG||Edinburgh
GB|Cardiff|CF10 1EP||GB
US|New York|10013;10016|NY|US212
US|Chicago|60607|IL|US312
US|Boston|02110|MA|US617
US|Seattle|98101|WA|US206
US|Austin|78701|TX|US512
US|Denver|80202|CO|US303
US|Portland|97205|OR|US503
US|Milwaukee|53202|WI|US414
US|Cincinnati|45202|OH|US513
US|Pittsburgh|15222|PA|US412
NL|Rotterdam|3011 AD||
NL|Amsterdam|1012 LM||
NL|Eindhoven|5611 EC||
NL|Venlo|5911 EB||
BE|Antwerpen|2000||
BE|Gent|9000||
BE|Liège|4000||
LU|Luxembourg|1931||
IT|Milano|20121||
IT|Torino|10121||
IT|Bologna|40121||
IT|Verona|37121||
IT|Bolzano|39100||
ES|Madrid|28013||
ES|Barcelona|08003||
ES|Bilbao|48001||
PT|Porto|4000-322||
PT|Lisboa|1100-148||
PL|Warszawa|00-001||
PL|Kraków|31-004||
PL|Wrocław|50-101||
PL|Łódź|90-001||
PL|Gdańsk|80-831||
CZ|Praha|110 00||
CZ|Brno|602 00||
CZ|Plzeň|301 00||
HU|Győr|9021||
HU|Budapest|1051||
SE|Stockholm|111 22||Stockholm
SE|Göteborg|411 03||Göteborg
SE|Malmö|211 22||Malmö
DK|København|1050||
DK|Aarhus|8000||
NO|Bergen|5003||
FI|Helsinki|00100||
TR|İstanbul|34394||
TR|İzmir|35210||
TR|Bursa|16010||
GR|Θεσσαλονίκη|546 24||
GR|Αθήνα|105 57||
UA|Львів|79000||
UA|Київ|01001||
JP|東京|100-0005||
JP|大阪|530-0001||
JP|名古屋|450-0002||
JP|京都|600-8216||
CN|上海|200001||
CN|深圳|518000||
KR|서울|04524||
KR|부산|48058||
TH|กรุงเทพมหานคร|10110||
IN|मुंबई|400001||
IN|Pune|411001||
IL|תל אביב-יפו|6433222||
IL|חיפה|3303221||
AE|دبي|||
EG|القاهرة|11511||
JO|عمّان|11118||
BR|São Paulo|01001-000|SP|
BR|Curitiba|80010-000|PR|
AU|Melbourne|3000|VIC|AU3
AU|Sydney|2000|NSW|AU2
AU|Perth|6000|WA|AU8
"""


def _towns() -> dict[str, tuple[Town, ...]]:
    found: dict[str, list[Town]] = {"DE": []}
    for line in _GERMAN.strip().splitlines():
        name, zips, state = line.split("|")
        town = Town(name, "DE", tuple(zips.split(";")), state, _REGION_OF_STATE[state])
        found["DE"].append(town)
    for line in _ABROAD.strip().splitlines():
        country, name, zips, state, region = line.split("|")
        codes = tuple(zips.split(";")) if zips else ()
        found.setdefault(country, []).append(
            Town(name, country, codes, state or None, region or None)
        )
    return {country: tuple(towns) for country, towns in found.items()}


TOWNS = _towns()
"""Country (alpha-2) -> its towns, the larger first."""

BY_NAME = {town.name: town for towns in TOWNS.values() for town in towns}
"""Town's name -> town."""
