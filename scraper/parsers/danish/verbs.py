"""The verbs of announcements: what each says has happened, and whether its subject is the person or the company.

A verb is written as a Dane writes it, the verbs of a kind apart by semicolons. "…" stands for words that may come
between: dates, adverbs, "efter syv år"; in brackets stand the words of which one must follow, or behind
"ikke" those that may not. The first word must be the one that is bent ("er", "har", "starter"). To teach the parser a
verb, add it here.
"""

from __future__ import annotations

from scraper.records import MoveKind

PERSON_VERBS: dict[MoveKind, str] = {
    # the person is the subject: "Ann Holm er ansat"
    MoveKind.HIRE: """
        er … ansat; er … blevet ansat; er … blevey ansat; bliver … ansat; ansættes; er … nyansat; er … genansat;
        er … ansat igen; bliver … ny; er … tiltrådt; er … tilltrådt; er … tiltrådte; tiltræder; tiltrådte;
        er … startet; er … genstartet; starter; startede; er … begyndt; begynder; er … udnævnt;
        er … blevet udnævnt; bliver … udnævnt; udnævnes; er … udpeget; er … blevet udpeget; udpeges;
        bliver … udpeget; er … konstitueret; er … blevet konstitueret; er … hyret; er … hentet; er … headhuntet;
        er … rekrutteret; er … engageret; er … tilknyttet; er … blevet tilknyttet; tilknyttes;
        er … vendt tilbage; vendt tilbage; vender … tilbage; er … tilbage; er … skiftet; har … skiftet … ud med;
        skifter;
        er … kommet til; er … rykket; rykker; er … flyttet; flytter; er … gået (til, over til, fra); går … til;
        overtager;
        har … overtaget; overtog; har … fået job; har … fået ansættelse; har … fået nyt job;
        har … fået stillingen; får; har … fået; er … ny; er … nye; er … nyudnævnt; er … indtrådt; indtræder;
        er … trådt ind; træder … ind; er … blevet optaget; er … optaget; optages; er … blevet partner;
        er … blevet; bliver; slutter sig; tilslutter sig; har … tilsluttet sig; har … sluttet sig;
        har … startet som; har … tiltrådt; er … klar; er … hentet ind; er … som; ansat; blevet ansat;
        er … fastansat; er … blevet fastansat; har … afløst; afløser; har … efterfulgt;
        efterfølger; har … købt sig ind; skal … stå i spidsen for; blev … ansat;
        blev … udnævnt; udnævnt; tiltrådt; startet; udpeget; er … nyt; bliver … nyt; skal … være; er … indgået;
        indgår; har … valgt at skifte; har … sagt ja; er … kommet;
        siger … ja til; sagde … ja til; takker … ja til; takkede … ja til; har … takket ja til;
        tager … imod (jobbet, stillingen, posten, et, en); har … taget imod (jobbet, stillingen, posten, et, en);
        træder … til (som, i, hos, ved, på, den, pr.); går … ind (i, som); er … gået ind (i, som); er … trådt til;
        sætter sig for bordenden; har … sat sig for bordenden; sætter sig (i, for, på, til);
        har … sat sig (i, for, på, til); indtager (rollen, posten, stillingen, pladsen);
        har … indtaget (rollen, posten, stillingen, pladsen); påbegynder; har … påbegyndt;
        bytter jobbet … ud med; bytter stillingen … ud med; bytter posten … ud med;
        har … byttet … ud med;
        skifter jobbet … ud med; skifter stillingen … ud med; skifter posten … ud med; skifter … ud med;
        kommer … til (ikke at, en, orde); rykker … ind (i, som);
        er … knyttet til; knyttes til; er … blevet en del af; bliver … en del af; er … blevet knyttet til;
        har … underskrevet kontrakt med; underskriver … kontrakt med; skriver … kontrakt med;
        har … skrevet under med; har … indgået konsulentsamarbejde med; har … indgået kontrakt med;
        indgår … konsulentsamarbejde med; indgår … et konsulentsamarbejde med;
        er … nu (titel); er … fremover (titel); er … herefter (titel); skal … fremover være (titel);
        kan … kalde sig (titel); må … kalde sig (titel); skal … bestride; skal … varetage (posten, stillingen, rollen);
        skal … udfylde; skal … besætte; er … sat i spidsen for; sættes i spidsen for;
        bliver … hyret; bliver … hentet; bliver … headhuntet; bliver … rekrutteret; bliver … tilknyttet;
        er … blevet hyret; er … blevet hentet; er … blevet headhuntet; er … blevet rekrutteret; hentes; hyres;
        headhuntes; rekrutteres; blev … udpeget; blev … hyret; blev … hentet; blev … headhuntet; blev … rekrutteret;
        er … blevet indsat; er … indsat; indsættes; har … skiftet (til, fra); har … landet (jobbet, stillingen, et, en)
    """,
    MoveKind.PROMOTION: """
        er … forfremmet; er … blevet forfremmet; forfremmes; er … avanceret; bliver … forfremmet; er … rykket op;
        avancerer; avancerede; er … steget (til, i); stiger … til (titel); er … steget i graderne; stiger i graderne;
        rykker … op; er … oprykket; har … fået ny stilling; blev … forfremmet; forfremmet
    """,
    MoveKind.BOARD: """
        blev … valgt; blev … genvalgt; er … valgt ind; er … blevet valgt ind; er … valgt; er … blevet valgt;
        vælges; er … genvalgt; er … blevet genvalgt; er … indvalgt;
        er … blevet indvalgt
    """,
    MoveKind.EDUCATION: """
        har … fuldført; fuldfører; har … færdiggjort; har … gennemført; har … afsluttet; har … bestået;
        er … dimitteret; har … taget; har … forsvaret; har … erhvervet; har … opnået
    """,
    MoveKind.CERTIFICATION: """
        er … certificeret; er … blevet certificeret; er … blevet godkendt
    """,
    MoveKind.BIRTHDAY: """
        fylder; fyldte; runder; rundede
    """,
    MoveKind.ANNIVERSARY: """
        kan … fejre; kunne … fejre; fejrer; fejrede; har … jubilæum; holder
    """,
    MoveKind.DEATH: """
        er … død; døde; er … afgået ved døden; afgik ved døden; er … gået bort; sov
    """,
    MoveKind.DEPARTURE: """
        stopper; er … stoppet; forlader; har … forladt; fratræder; er … fratrådt; har … opsagt; siger … op;
        har … sagt op; trækker sig; har … valgt at stoppe; har … valgt at gå; har … valgt at trække; går … på;
        går … af; har … trukket; har … besluttet at stoppe; har … valgt at fratræde
    """,
    MoveKind.FOUNDING: """
        har … stiftet; har … valgt at starte; har … valgt at etablere; har … grundlagt; har … etableret;
        etablerer; stifter (ikke af); har … startet; er … sprunget ud; grundlægger; åbner; har … åbnet; har … dannet
    """,
    MoveKind.AWARD: """
        modtager; har … modtaget; vinder; har … vundet; er … kåret; er … blevet kåret; tildeles;
        er … blevet tildelt; er … tildelt; er … hædret; er … blevet hædret; har … fået tildelt; vandt;
        er … nomineret; modtog
    """,
    MoveKind.OTHER: """
        fortsætter; skriver
    """,
}

COMPANY_VERBS: dict[MoveKind, str] = {
    # the company is the subject, the person the object: "Granit har ansat Ann Holm"
    MoveKind.HIRE: """
        har … ansat; ansætter; har … genansat; har … hyret; hyrer; har … headhuntet; har … hentet; henter;
        har … rekrutteret; rekrutterer; har … engageret; har … nyansat; har … tilknyttet; tilknytter; har … fået;
        får; har … udnævnt; udnævner; har … udpeget; udpeger; har … budt velkommen tilbage til;
        har … budt velkommen til; byder … velkommen til; har … budt; kunne … byde; kan … byde velkommen til;
        kan … byde; byder; har … indgået konsulentsamarbejde med; har … indgået samarbejde med;
        har … indgået et samarbejde med; har … indgået aftale med; har … indledt samarbejde med;
        har … ved at ansætte; ved at ansætte; indgår … samarbejde med; har … skrevet kontrakt med; styrker … med;
        har … styrket … med; udvider … med; har … udvidet … med; opruster … med; har … sikret sig;
        har … konstitueret; har … optaget; optager; har … indsat; indsætter; har … suppleret … med;
        supplerer … med; forstærker … med;
        udvides … med; er … udvidet med; styrkes … med; er … styrket med; suppleres … med; præsenterer;
        har … tilføjet; har … fundet (sin, en, ny, afløseren); finder (sin, en); har … skaffet sig; skaffer sig;
        sikrer sig; kan … præsentere; har … præsenteret; har … taget … ind
    """,
    MoveKind.PROMOTION: """
        har … forfremmet; forfremmer
    """,
    MoveKind.BOARD: """
        har … valgt; vælger
    """,
    MoveKind.AWARD: """
        har … tildelt; tildeler; har … kåret; kårer; har … givet
    """,
    MoveKind.DEPARTURE: """
        siger … farvel til; har … sagt farvel til; tager … afsked med
    """,
}

LOOSE_PERSON_VERBS: dict[MoveKind, str] = {
    # words of every day, which announce a move only where a title and a house are told: "lander som it-chef hos Granit"
    MoveKind.HIRE: """
        lander; landede; er … landet; tager … springet; har … taget springet; tager … turen; har … taget turen;
        tager … skridtet; har … taget skridtet; hopper; er … hoppet; springer; er … sprunget; drager … videre;
        er … draget videre; går … videre; er … gået videre; indleder; har … indledt; accepterer; har … accepteret;
        tager … plads; har … taget plads; tager … over; har … taget over; tog … over; er … sat til; sættes … til;
        tager … stafetten; har … taget stafetten; overtager … stafetten; erstatter; har … erstattet; er … lokket;
        er … blevet lokket; er … en del af; har … haft; har … første arbejdsdag; fortsætter;
        genoptager; skal … fungere; skal … arbejde; skal … virke; varetager; bestrider; har … indgået aftale med;
        har … indgået en aftale med; indgår … aftale med; har … skrevet under på … med; debuterer; har … debuteret;
        tager … fat; tager … hul på; har … taget fat; har … taget hul på; bliver … kollega; griber; får … ansvaret;
        er … fra (titel); er … pr (titel); er … per (titel); er … den (titel); arbejder … nu (som);
        arbejder … fremover (som); vender … hjem; er … vendt hjem; rejser … til; er … rejst til; har … valgt at blive;
        er … stået om bord; er … kommet om bord; kommer … om bord; stiger … om bord; er … steget om bord;
        er … den nye; bliver … den nye; rykker … ind; er … trådt ind; er … blevet tilbudt
    """,
    MoveKind.DEPARTURE: """
        siger … farvel til; har … sagt farvel til; sagde … farvel til; dropper; har … droppet; siger … op
    """,
}

LOOSE_COMPANY_VERBS: dict[MoveKind, str] = {
    MoveKind.HIRE: """
        har … sat; sætter; har … gjort (ikke det, en, op, opmærksom); gør (ikke det, en, op, opmærksom);
        har … tilbudt; tilbyder; har … besat … med; besætter … med; har … lokket;
        lokker; har … overtalt; snupper; har … snuppet; siger … velkommen til; har … sagt velkommen til; introducerer;
        har … introduceret; har … besluttet at ansætte; har … valgt at ansætte; har … valgt at udnævne; giver;
        har … givet; har … overladt … til; overlader … til; peger … på; har … peget på; satser … på; udskifter … med;
        har … udskiftet … med; har … erstattet … med; erstatter … med
    """,
}

POST_NOUNS = (
    "stillingen", "posten", "jobbet", "rollen", "hvervet", "titlen", "pladsen", "embedet", "tillidsposten",
    "lederstillingen", "direktørstillingen", "direktørposten", "chefstillingen", "chefposten", "formandsposten",
    "topposten", "opgaven",
)  # fmt: skip
"""What a post is called where it is the subject: "Stillingen som it-chef er besat med Ann Holm"."""
POST_VERBS = (
    "er besat med", "er blevet besat med", "besættes med", "besættes af", "er besat af", "er gået til", "går til",
    "gik til", "tilfalder", "er tilfaldet", "overtages af", "er overtaget af", "er blevet overtaget af",
    "varetages af", "varetages fremover af", "varetages nu af", "bestrides af", "bestrides fremover af",
    "bestrides nu af", "udfyldes af", "er givet til", "er blevet givet til", "er overdraget til", "overdrages til",
    "overtages fremover af", "overgår til", "er overgået til", "er tildelt", "indtages af", "er nu besat med",
    "er tilbudt", "er blevet tilbudt", "har fået", "beklædes af", "beklædes fremover af",
)  # fmt: skip
"""What happens to a post that somebody gets, up to the name."""


def verbs(table: dict[MoveKind, str]) -> list[tuple[str, MoveKind]]:
    """The rows of a table as (verb, kind)."""
    return [(" ".join(verb.split()), kind) for kind, text in table.items() for verb in text.split(";") if verb.strip()]
