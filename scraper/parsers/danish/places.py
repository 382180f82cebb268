"""Places: the towns, regions and countries that a job may lie in, and how a town looks that stands in no table."""

from __future__ import annotations

import re

from scraper.records import Span

TOWNS = frozenset(
    word.strip()
    for word in """
    København, Kbh, København K, København V, København Ø, København N, København S, København NV, København SV,
    Storkøbenhavn, Århus, Aarhus, Odense, Aalborg, Ålborg, Esbjerg, Randers, Kolding, Horsens, Vejle, Roskilde, Herning,
    Silkeborg, Hørsholm, Helsingør, Næstved, Viborg, Fredericia, Køge, Holstebro, Taastrup, Tåstrup, Høje-Taastrup,
    Høje Taastrup, Slagelse, Hillerød, Sønderborg, Holbæk, Svendborg, Hjørring, Nørresundby, Ringsted, Frederikshavn,
    Haderslev, Ølstykke-Stenløse, Ølstykke, Stenløse, Ikast, Skive, Ringkøbing, Birkerød, Farum, Smørumnedre, Smørum,
    Nykøbing F, Nykøbing Falster, Nykøbing Mors, Nykøbing Sjælland, Nyborg, Aabenraa, Åbenrå, Middelfart, Kalundborg,
    Allerød, Korsør, Lillerød, Solrød, Solrød Strand, Frederikssund, Brønderslev, Varde, Thisted, Grenaa, Grenå, Struer,
    Dragør, Tønder, Vejen, Bramming, Grindsted, Ribe, Brande, Odder, Skanderborg, Hedehusene, Hadsten, Hinnerup,
    Værløse,
    Lystrup, Hammel, Bjerringbro, Faaborg, Fåborg, Vordingborg, Rønne, Lemvig, Hobro, Støvring, Assens, Juelsminde,
    Hvidovre, Valby, Søborg, Brøndby, Ballerup, Herlev, Glostrup, Albertslund, Ishøj, Greve, Gladsaxe, Gentofte,
    Hellerup, Charlottenlund, Klampenborg, Lyngby, Kongens Lyngby, Kgs. Lyngby, Kgs.Lyngby, Virum, Holte, Nærum, Vedbæk,
    Rungsted, Kokkedal, Humlebæk, Espergærde, Fredensborg, Helsinge, Frederiksværk, Måløv, Skovlunde, Rødovre, Vanløse,
    Brønshøj, Frederiksberg, Amager, Ørestad, Ørestaden, Nordhavn, Sydhavnen, Østerbro, Vesterbro, Nørrebro,
    Christianshavn,
    Kastrup, Tårnby, Taarnby, Vallensbæk, Avedøre, Bagsværd, Vassingerød, Lynge, Slangerup, Jyllinge, Lejre, Borup,
    Haslev, Sorø, Faxe, Store Heddinge, Stege, Maribo, Nakskov, Saxkøbing, Rødby, Ringe, Otterup, Bogense, Kerteminde,
    Munkebo, Marstal, Rudkøbing, Ærøskøbing, Billund, Give, Tørring, Hedensted, Brædstrup, Løsning, Daugård, Jelling,
    Galten, Risskov, Tilst, Åbyhøj, Aabyhøj, Brabrand, Viby, Viby J, Højbjerg, Skejby, Egå, Egaa, Tranbjerg, Hasselager,
    Malling, Hørning, Ry, Them, Kjellerup, Karup, Aulum, Vildbjerg, Hammerum, Videbæk, Skjern, Tarm, Nordborg, Gråsten,
    Padborg, Kruså, Rødekro, Vojens, Gram, Løgumkloster, Skærbæk, Christiansfeld, Ebeltoft, Rønde, Kolind, Auning,
    Mariager,
    Hadsund, Aars, Års, Nibe, Svenstrup, Løgstør, Fjerritslev, Hanstholm, Hurup, Nors, Sæby, Skagen, Hirtshals,
    Dronninglund,
    Hjallerup, Vodskov, Tórshavn, Thorshavn, Nuuk, Horsholm, Copenhagen, Malmø, Malmö, Lund, Helsingborg, Stockholm,
    Gøteborg, Göteborg, Oslo, Bergen, Stavanger, Trondheim, Helsinki, Helsingfors, Reykjavik, London, Paris, Berlin,
    Hamborg, Hamburg, München, Frankfurt, Amsterdam, Bruxelles, Bryssel, Zürich, Geneve, Genève, Wien, Madrid,
    Barcelona, São Paulo,
    Dublin, Edinburgh, New York, Boston, Chicago, San Francisco, Silicon Valley, Seattle, Redmond, Los Angeles,
    Singapore,
    Shanghai, Beijing, Hongkong, Hong Kong, Tokyo, Dubai, Bangalore, Warszawa, Prag, Milano, Rom, Lissabon,
    Købmagergade,
    Flensborg, Luxembourg, Kiev, Kyiv, Vilnius, Riga, Tallinn, Manila, Sydney, Melbourne, Toronto, Taulov, Skødstrup,
    Bjæverskov, Sakskøbing, Vamdrup, Lunderskov, Snoghøj, Erritsø, Fløng, Kvistgård, Nivå, Trørød, Skodsborg, Gilleleje,
    Jægerspris, Skibby, Tølløse, Jyderup, Svinninge, Asnæs, Præstø, Fuglebjerg, Herfølge, Hårlev, Karlslunde, Havdrup
    """.replace("\n", " ").split(",")
)  # fmt: skip

REGIONS = frozenset(
    word.strip()
    for word in """
    Jylland, Nordjylland, Midtjylland, Sydjylland, Sønderjylland, Vestjylland, Østjylland, Sjælland, Nordsjælland,
    Sydsjælland, Vestsjælland, Fyn, Sydfyn, Bornholm, Lolland, Falster, Lolland-Falster, Midt- og Vestjylland,
    Region Hovedstaden, Region Sjælland, Region Syddanmark, Region Midtjylland, Region Nordjylland, Københavnsområdet,
    Hovedstadsområdet, Hovedstaden, Østdanmark, Vestdanmark, Trekantområdet, Trekantsområdet, Syddanmark,
    Midtdanmark, Øresund,
    Øresundsregionen, Skåne, Danmark, Sverige, Norge, Finland, Island, Grønland, Færøerne, Tyskland, England,
    Storbritannien,
    Skotland, Irland,
    Nordtyskland, Sydtyskland, Holland, Belgien, Frankrig, Spanien, Portugal, Italien, Schweiz, Østrig, Polen, Ukraine,
    Rusland,
    Baltikum, Estland, Letland, Litauen, Tjekkiet, Ungarn, Rumænien, Bulgarien, Grækenland, Tyrkiet, USA, Canada,
    Mexico,
    Brasilien, Indien, Kina, Japan, Australien, New Zealand, Sydafrika, Thailand, Vietnam, Filippinerne, Malaysia,
    Israel,
    Østen, Fjernøsten, Latinamerika,
    Norden, Nordeuropa, Skandinavien, Scandinavia, Benelux, Europa, Vesteuropa, Østeuropa, Centraleuropa,
    Sydeuropa, Nordvesteuropa, Sydvesteuropa, Sydøsteuropa, Nordøsteuropa, Skandinavien,
    Mellemøsten, Asien, Afrika, Nordamerika, Sydamerika, EMEA, Nordics, Nordic, the Nordics, Europe, Denmark,
    Sweden, Norway,
    Northern Europe, Western Europe, UK, Schweitz, Luxembourg, Saudi-Arabien, Dubai, APAC, DACH, Korea, Asia
    """.replace("\n", " ").split(",")
)  # fmt: skip
"""Parts of Denmark, countries and larger areas, Danish and English."""

PLACES = (TOWNS | REGIONS) - {""}
TOWN_LIKE = re.compile(
    r"[A-ZÆØÅ][a-zæøåé]+(?:by|rød|lev|sted|borg|strup|trup|løse|havn|bæk|holm|bjerg|købing|sund|vig|næs|drup|rup|lund|toft)"
)
"""One capitalised word that ends as the names of Danish towns do."""

_WORDS = {words for place in PLACES if (words := place.split(" ")[0])}
_LONGEST = max(len(place.split(" ")) for place in PLACES)
_TOKEN = re.compile(r"(?![.!?'’]{60})[^\s,;:()/]{1,60}(?<![.!?'’])")


def place_at(text: str, start: int, *, guess: bool = False) -> Span | None:
    """The longest place of the tables that begins at `start`; with `guess` also one word that looks like a town."""
    first = _TOKEN.match(text, start)
    if first is None:
        return None
    found: Span | None = None
    if first.group().endswith("-") and text.startswith(" og ", first.end()):
        second = place_at(text, first.end() + 4)
        return (start, second[1]) if second else None
    dotted = text.startswith(". ", first.end()) and first.group() + "." in _WORDS
    if dotted or first.group() in _WORDS:
        end, words = first.end() + dotted, 1
        while True:
            if text[start:end] in PLACES:
                found = (start, end)
            if words >= _LONGEST or end >= len(text) or text[end] != " ":
                break
            following = _TOKEN.match(text, end + 1)
            if following is None:
                break
            end, words = following.end(), words + 1
    if found is None and guess and TOWN_LIKE.fullmatch(first.group()):
        found = first.span()
    return found


def places_at(text: str, start: int, *, guess: bool = False) -> Span | None:
    """As `place_at`, with the places that follow it in an enumeration: "Danmark, Norge og Finland"."""
    found = place_at(text, start, guess=guess)
    while found is not None:
        joiner = next(
            (word for word in (", ", " og i ", " og ", " samt ", " & ", "/") if text.startswith(word, found[1])), None
        )
        following = place_at(text, found[1] + len(joiner)) if joiner else None
        if following is None:
            break
        found = (found[0], following[1])
    return found
