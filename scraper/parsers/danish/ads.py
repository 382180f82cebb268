"""Words around lists of job ads: what heads them, what stands beside their parts, what heads other lists."""

from __future__ import annotations

import re

JOB_HEADINGS = re.compile(
    r"(?:^|[^\w])(?:it-?)?(?:job(?:s|bet|marked(?:et)?|annoncer?|opslag|tilbud|børs(?:en)?|torvet?|nyt|listen?)?"
    r"|(?:it-?)?stilling(?:en|er|erne|s?opslag|sannoncer?)?|karriere\w{0,20}|vakancer|arbejdsplads(?:en|er)?"
    r"|vacanc(?:y|ies)|careers?|hiring|openings|ansætter|rekrutterer)(?=$|[^\w])"
    r"|^(?:vi|de|hvem|disse|firmaer|virksomheder)[\w ]{0,30} søger(?: folk| nu|:|\?|$)|kolleg(?:a|er) søges"
    r"|søger (?:kolleg|folk|dig|nye)"
    r"|^ledige ",
    re.IGNORECASE,
)
"""What heads job ads."""

OTHER_HEADINGS = re.compile(
    r"(?:^|[^\w])(?:events?|arrangement(?:er)?|kalender(?:en)?|konferencer?|webinar(?:er|s)?|seminar(?:er)?|messer?"
    r"|kurs(?:us|er)|kursuskalender|efteruddannelser?|whitepapers?|white papers?|rapport(?:er)?|e-bøger|guides?"
    r"|brancheguide\w{0,3}|leverandør(?:er|guide\w{0,3})?|firmaregist\w{1,4}|virksomhedsguide\w{0,3}|podcasts?|debat"
    r"|aktie(?:r|kurser)?|til salg|til leje|køb og salg|dødsfald|fødselsdage|mærkedage|downloads?|sponsor\w{0,10}"
    r"|annonceindlæg|foredrag|workshops?)(?=$|[^\w])"
    r"|^(?:vores |mød |nye |kommende |find )?(?:partnere|redaktion(?:en)?|medarbejdere|kontakt|anmeldelser?|udbud"
    r"|lokaler|boliger|møder|netværk(?:smøder)?|talere|deltagere|medlemmer|kunder|uddannelser|læs også"
    r"|mest læste|seneste nyt|nyheder)(?=$|[^\w])",
    re.IGNORECASE,
)
"""What heads lists that have the look of job ads: events, courses, papers, firms, people."""

OFTEN_EMPTY = frozenset({"læses lige nu", "mest læste", "læs også", "læs også:", "annonce", "annoncer"})
"""Headings, folded, of sections that a script fills: what stands below in the mark-up is often another section."""

ASKS = re.compile(
    r"\?$|(?:^|[^\w])(?:søger|søges|mangler|ansætter|bliv|vil du|skal du|er du|har du|kan du|tør du|brænder du"
    r"|drømmer du|med (?:kendskab til|flair for|sans for|erfaring (?:i|med|fra))"
    r"|kom og|vær med|elev|lærling|praktik\w{0,12}|trainee|graduate|studentermedhjælper|vikar(?:iat)?"
    r"|barselsvikar(?:iat)?"
    r"|m/k|join|we are|looking for)(?=$|[^\w])",
    re.IGNORECASE,
)
"""How an employer asks for somebody."""

JOB_ADDRESS = re.compile(
    r"[/.=_-](?:it)?-?(?:job|jobs|jobopslag|jobannonce|jobannoncer|jobad|jobid|stilling|stillinger"
    r"|stillingsopslag|karriere|career"
    r"|careers|vacancy|vacancies|ledige|recruit\w{0,6}|hr-manager|jobindex|jobnet|jobbank|it-jobbank|ofir"
    r"|ansogning)(?:[/.?=&#_-]|$)",
    re.IGNORECASE,
)
"""Words of an address that leads to a job."""

BUTTONS = re.compile(
    r"(?:få|modtag|tilmeld|se|læs|vis|søg|ansøg|gem|del|åbn|find|opret|indryk|gå til|apply|send|tip|alle|flere|hent"
    r"|klik|mere|tilføj|følg|til (?:jobbet|stillingen|opslaget|annoncen)|jobagent)(?=$|[^\w])",
    re.IGNORECASE,
)
"""How the words of a button or link begin."""

_TERM = (
    r"(?:fuld ?tid|del ?tid|fast(?: stilling)?|fastansættelse|fast ansættelse|vikariat|barselsvikariat"
    r"|hybrid(?:t arbejde)?"
    r"|on-?site|timelønnet|freelance|konsulentopgave|studiejob|studenterjob|elevplads|praktikplads"
    r"|tidsbegrænset|projektansættelse"
    r"|full[ -]?time|part[ -]?time|permanent|temporary|contract|\d{1,2}(?:-\d{1,2})? timer(?: (?:om ugen"
    r"|ugentligt))?|\d{1,3} (?:ansøgere|visninger))"
)
TERMS = re.compile(rf"{_TERM}(?:(?: ?[,/·|•-] ?| og ){_TERM}){{0,3}}", re.IGNORECASE)
"""Terms of employment, which boards set beside an ad's three parts."""

DEADLINES = re.compile(
    r"(?:^|[^\w])(?:ansøgnings)?frist(?=$|[^\w])|(?:^|[^\w])(?:ansøg senest|søg senest|senest d|deadline"
    r"|ansættelse (?:snarest|hurtigst)"
    r"|tiltrædelse|indrykket|opslået|slået op|publiceret|oprettet|opdateret|udløber|søg inden|ansøg inden"
    r"|apply by|posted)(?=$|[^\w])",
    re.IGNORECASE,
)
"""Words that stand with a day which is one of a job."""

STARTS = re.compile(
    r"(?:^|[^\w])(?:start|fra|pr\.?|senest|inden|tiltrædelse)(?: d(?:en|\.))? \d{1,2}\. ?[a-zæøå]{3,9}", re.IGNORECASE
)
"""The day that a job begins, in its title: "Elev med start 1. august"."""

OTHER_FACTS = re.compile(
    r"\d ?(?:kr\b|dkk\b|,-|€|eur\b|%)|(?:^|[^\w])(?:moms|pdf|sider|min\.|minutters|km|m²|kvm|billet(?:ter)?|cvr"
    r"|tlf|telefon|årsværk"
    r"|medarbejdere|omsætning)(?=$|[^\w])|@",
    re.IGNORECASE,
)
"""Facts that lists of other things give: prices, pages, minutes, phone numbers."""
