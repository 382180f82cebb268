"""The words of company names that do not tell two companies apart, and those that look so and do.

Tables for a person to read and extend; `db.same_company` walks them. All words are folded, å as aa, æ as ae, ø as oe,
and without the s that ends them. A word that stands in none of these tables tells two companies apart: a place, another
country, a field of business (Bank, Hosting, Erhverv), a number.
"""

from __future__ import annotations

HOME = frozenset({"danmark", "dk"})
"""Denmark at the end of a name: the Danish branch, which announcements call by the short name and by the long one."""

GROUP = frozenset({"group", "gruppe", "gruppen", "koncern", "koncernen", "concern"})
"""The whole house, under the name of the house."""

NORDIC = frozenset({"nordic", "norden", "nordik", "scandinavia", "skandinavien", "baltic"})
"""The countries that a Danish branch often serves, at the end of a name."""

TRADE = frozenset(
    {
        "advokatfirma",
        "advokatfirmaet",
        "advokater",
        "advokatpartnerselskab",
        "advokataktieselskab",
        "architect",
        "arkitekter",
        "biludlejning",
        "companie",
        "company",
        "computer",
        "informatic",
        "insurance",
        "forsikring",
        "microsystem",
        "pension",
        "software",
        "system",
        "technologie",
    }
)
"""A trade at the end of a name that has another word of its own: the long form of the name, no other company.

Not here, because as often it is an arm of the house, and an arm is a company of its own: bank, consulting, data,
energy, hosting, it, mobil, network, service, solution, technology, telecom.
"""

BEFORE = ("firmaet", "bureauet", "bureauerne", "virksomheden", "selskabet", "avisen", "kaeden", "rederiet")
"""Endings of a Danish word before a name that says what the named one is: `advokatfirmaet`, `morgenavisen`."""

SAME_WORD = {
    "and": "og",
    "brdr": "broedrene",
    "bros": "broedrene",
    "chr": "christian",
    "denmark": "danmark",
    "europa": "europe",
    "germany": "tyskland",
    "holland": "nederlandene",
    "kbh": "koebenhavn",
    "netherland": "nederlandene",
    "norway": "norge",
    "oil": "olie",
    "skandinavisk": "scandinavian",
    "sweden": "sverige",
    "und": "og",
    "universitetet": "universitet",
}
"""One word in two spellings or languages."""

COMMON = frozenset(
    """
    academy agentur alfa alpha analyse apotek art association avis bank board boks boston brand bureau business by
    byg byggeri capital care center central change city class cloud club co commerce communication company
    computer concept connect consult consulting control core creative dan danish danmark dansk danske data de
    delta den design det develop development digital direct dk drive e eco edb ejendom ejendomme element energi
    energy engineering erhverv event express finan finance first foku fond fonden foreningen forlaget forsikring
    four fynske general global grafisk green group gruppen hotel house human hus huset impact industri info
    informatik information innovation institut inter international invest it jysk jyske kommune kommunikation
    koncern konsulent kontor lab learning link live logistik lyd man management marked market marketing max media
    medie medier metal mind mobil mobile moment music net netto network new nord nordic nordisk nordiske ny oest
    office online open opera operate partner pension people performance personal plan plus point post power
    process produktion professional profil program progress project projekt public quality quest raadgivning radio
    real region rejser research response retail royal safe sale scan scandinavian school security service sky
    smart social software solution sound spil sport star stat staten stone strategi strategy studio support syd
    system team tech technology tele telecom test the time top total trade tran travel trend trust tv ung union
    united universal university update value venture vest vision web welfare wind work world young
    """.split()
)
"""Words that many companies share; a name is never cut down to these alone."""

SURNAME_ENDS = tuple(
    "sen son gaard gard berg borg bjerg lund holm strup rup dahl skov toft mann feldt felt quist kvist strom stroem"
    " kjaer kaer huus".split()
)
"""How Danish surnames and villages end: two that differ in one letter are two families, not a slip of the finger."""

KEYBOARD = ("qwertyuiop", "asdfghjkl", "zxcvbnm")
"""The rows of the keyboard: a slip lands on a neighbour."""

ALIKE_LETTERS = frozenset({frozenset("ck"), frozenset("vw"), frozenset("sz")})
"""Letters that are written for each other."""

WHOLE_IN_INITIALS = frozenset({"it", "edb", "tv"})
"""Short words that a name of initials takes whole."""

SMALL = frozenset({"og", "af", "for", "i", "de", "det", "den", "the", "of"})
"""Words that a name of initials leaves out."""
