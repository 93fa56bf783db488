"""ISO 3166-1 alpha-2: every country with its German and its English name."""

from __future__ import annotations

COUNTRIES: tuple[tuple[str, str, str], ...] = tuple(
    (line[:2], *line[3:].split("|", 1))  # type: ignore[misc]
    for line in """\
AD Andorra|Andorra
AE Vereinigte Arabische Emirate|United Arab Emirates
AF Afghanistan|Afghanistan
AG Antigua und Barbuda|Antigua and Barbuda
AI Anguilla|Anguilla
AL Albanien|Albania
AM Armenien|Armenia
AO Angola|Angola
AQ Antarktis|Antarctica
AR Argentinien|Argentina
AS Amerikanisch-Samoa|American Samoa
AT Österreich|Austria
AU Australien|Australia
AW Aruba|Aruba
AX Ålandinseln|Åland Islands
AZ Aserbaidschan|Azerbaijan
BA Bosnien und Herzegowina|Bosnia and Herzegovina
BB Barbados|Barbados
BD Bangladesch|Bangladesh
BE Belgien|Belgium
BF Burkina Faso|Burkina Faso
BG Bulgarien|Bulgaria
BH Bahrain|Bahrain
BI Burundi|Burundi
BJ Benin|Benin
BL Saint-Barthélemy|Saint Barthélemy
BM Bermuda|Bermuda
BN Brunei|Brunei
BO Bolivien|Bolivia
BQ Bonaire, Sint Eustatius und Saba|Bonaire, Sint Eustatius and Saba
BR Brasilien|Brazil
BS Bahamas|Bahamas
BT Bhutan|Bhutan
BV Bouvetinsel|Bouvet Island
BW Botsuana|Botswana
BY Belarus|Belarus
BZ Belize|Belize
CA Kanada|Canada
CC Kokosinseln|Cocos Islands
CD Kongo, Demokratische Republik|Congo, Democratic Republic
CF Zentralafrikanische Republik|Central African Republic
CG Kongo, Republik|Congo
CH Schweiz|Switzerland
CI Elfenbeinküste|Côte d’Ivoire
CK Cookinseln|Cook Islands
CL Chile|Chile
CM Kamerun|Cameroon
CN China|China
CO Kolumbien|Colombia
CR Costa Rica|Costa Rica
CU Kuba|Cuba
CV Kap Verde|Cabo Verde
CW Curaçao|Curaçao
CX Weihnachtsinsel|Christmas Island
CY Zypern|Cyprus
CZ Tschechien|Czechia
DE Deutschland|Germany
DJ Dschibuti|Djibouti
DK Dänemark|Denmark
DM Dominica|Dominica
DO Dominikanische Republik|Dominican Republic
DZ Algerien|Algeria
EC Ecuador|Ecuador
EE Estland|Estonia
EG Ägypten|Egypt
EH Westsahara|Western Sahara
ER Eritrea|Eritrea
ES Spanien|Spain
ET Äthiopien|Ethiopia
FI Finnland|Finland
FJ Fidschi|Fiji
FK Falklandinseln|Falkland Islands
FM Mikronesien|Micronesia
FO Färöer|Faroe Islands
FR Frankreich|France
GA Gabun|Gabon
GB Vereinigtes Königreich|United Kingdom
GD Grenada|Grenada
GE Georgien|Georgia
GF Französisch-Guayana|French Guiana
GG Guernsey|Guernsey
GH Ghana|Ghana
GI Gibraltar|Gibraltar
GL Grönland|Greenland
GM Gambia|Gambia
GN Guinea|Guinea
GP Guadeloupe|Guadeloupe
GQ Äquatorialguinea|Equatorial Guinea
GR Griechenland|Greece
GS Südgeorgien und die Südlichen Sandwichinseln|South Georgia and the South Sandwich Islands
GT Guatemala|Guatemala
GU Guam|Guam
GW Guinea-Bissau|Guinea-Bissau
GY Guyana|Guyana
HK Hongkong|Hong Kong
HM Heard und McDonaldinseln|Heard Island and McDonald Islands
HN Honduras|Honduras
HR Kroatien|Croatia
HT Haiti|Haiti
HU Ungarn|Hungary
ID Indonesien|Indonesia
IE Irland|Ireland
IL Israel|Israel
IM Insel Man|Isle of Man
IN Indien|India
IO Britisches Territorium im Indischen Ozean|British Indian Ocean Territory
IQ Irak|Iraq
IR Iran|Iran
IS Island|Iceland
IT Italien|Italy
JE Jersey|Jersey
JM Jamaika|Jamaica
JO Jordanien|Jordan
JP Japan|Japan
KE Kenia|Kenya
KG Kirgisistan|Kyrgyzstan
KH Kambodscha|Cambodia
KI Kiribati|Kiribati
KM Komoren|Comoros
KN St. Kitts und Nevis|Saint Kitts and Nevis
KP Nordkorea|North Korea
KR Südkorea|South Korea
KW Kuwait|Kuwait
KY Kaimaninseln|Cayman Islands
KZ Kasachstan|Kazakhstan
LA Laos|Laos
LB Libanon|Lebanon
LC St. Lucia|Saint Lucia
LI Liechtenstein|Liechtenstein
LK Sri Lanka|Sri Lanka
LR Liberia|Liberia
LS Lesotho|Lesotho
LT Litauen|Lithuania
LU Luxemburg|Luxembourg
LV Lettland|Latvia
LY Libyen|Libya
MA Marokko|Morocco
MC Monaco|Monaco
MD Moldau|Moldova
ME Montenegro|Montenegro
MF Saint-Martin|Saint Martin
MG Madagaskar|Madagascar
MH Marshallinseln|Marshall Islands
MK Nordmazedonien|North Macedonia
ML Mali|Mali
MM Myanmar|Myanmar
MN Mongolei|Mongolia
MO Macau|Macao
MP Nördliche Marianen|Northern Mariana Islands
MQ Martinique|Martinique
MR Mauretanien|Mauritania
MS Montserrat|Montserrat
MT Malta|Malta
MU Mauritius|Mauritius
MV Malediven|Maldives
MW Malawi|Malawi
MX Mexiko|Mexico
MY Malaysia|Malaysia
MZ Mosambik|Mozambique
NA Namibia|Namibia
NC Neukaledonien|New Caledonia
NE Niger|Niger
NF Norfolkinsel|Norfolk Island
NG Nigeria|Nigeria
NI Nicaragua|Nicaragua
NL Niederlande|Netherlands
NO Norwegen|Norway
NP Nepal|Nepal
NR Nauru|Nauru
NU Niue|Niue
NZ Neuseeland|New Zealand
OM Oman|Oman
PA Panama|Panama
PE Peru|Peru
PF Französisch-Polynesien|French Polynesia
PG Papua-Neuguinea|Papua New Guinea
PH Philippinen|Philippines
PK Pakistan|Pakistan
PL Polen|Poland
PM Saint-Pierre und Miquelon|Saint Pierre and Miquelon
PN Pitcairninseln|Pitcairn
PR Puerto Rico|Puerto Rico
PS Palästina|Palestine
PT Portugal|Portugal
PW Palau|Palau
PY Paraguay|Paraguay
QA Katar|Qatar
RE Réunion|Réunion
RO Rumänien|Romania
RS Serbien|Serbia
RU Russland|Russia
RW Ruanda|Rwanda
SA Saudi-Arabien|Saudi Arabia
SB Salomonen|Solomon Islands
SC Seychellen|Seychelles
SD Sudan|Sudan
SE Schweden|Sweden
SG Singapur|Singapore
SH St. Helena, Ascension und Tristan da Cunha|Saint Helena, Ascension and Tristan da Cunha
SI Slowenien|Slovenia
SJ Svalbard und Jan Mayen|Svalbard and Jan Mayen
SK Slowakei|Slovakia
SL Sierra Leone|Sierra Leone
SM San Marino|San Marino
SN Senegal|Senegal
SO Somalia|Somalia
SR Suriname|Suriname
SS Südsudan|South Sudan
ST São Tomé und Príncipe|Sao Tome and Principe
SV El Salvador|El Salvador
SX Sint Maarten|Sint Maarten
SY Syrien|Syria
SZ Eswatini|Eswatini
TC Turks- und Caicosinseln|Turks and Caicos Islands
TD Tschad|Chad
TF Französische Süd- und Antarktisgebiete|French Southern Territories
TG Togo|Togo
TH Thailand|Thailand
TJ Tadschikistan|Tajikistan
TK Tokelau|Tokelau
TL Osttimor|Timor-Leste
TM Turkmenistan|Turkmenistan
TN Tunesien|Tunisia
TO Tonga|Tonga
TR Türkei|Türkiye
TT Trinidad und Tobago|Trinidad and Tobago
TV Tuvalu|Tuvalu
TW Taiwan|Taiwan
TZ Tansania|Tanzania
UA Ukraine|Ukraine
UG Uganda|Uganda
UM Kleinere Inselbesitzungen der USA|United States Minor Outlying Islands
US Vereinigte Staaten|United States
UY Uruguay|Uruguay
UZ Usbekistan|Uzbekistan
VA Vatikanstadt|Holy See
VC St. Vincent und die Grenadinen|Saint Vincent and the Grenadines
VE Venezuela|Venezuela
VG Britische Jungferninseln|British Virgin Islands
VI Amerikanische Jungferninseln|US Virgin Islands
VN Vietnam|Viet Nam
VU Vanuatu|Vanuatu
WF Wallis und Futuna|Wallis and Futuna
WS Samoa|Samoa
YE Jemen|Yemen
YT Mayotte|Mayotte
ZA Südafrika|South Africa
ZM Sambia|Zambia
ZW Simbabwe|Zimbabwe
""".splitlines()
)
"""Code, German name, English name; in the order of the codes."""


def english_name(code: str) -> str:
    """The English name of a code; empty where it is none."""
    return next((english for known, _german, english in COUNTRIES if known == code), "")
