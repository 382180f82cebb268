"""How walls look: the words of pages that want something of us first, and the mark-up of the products that make them.

Tables, walked by `answers`. The words are matched against whole headings and whole parts of a title, never inside a
text, and the mark-up counts only where next to nothing else stands on the page: an ordinary article has the same
consent box, log-in link and bot check round it.
"""

from __future__ import annotations

import re

_CONSENT = (
    r"(?:vi(?: og vores partnere)?|vores hjemmeside) (?:bruger|anvender|benytter) cookies.{0,60}",
    r"(?:this (?:web)?site|we(?: and our partners)?) uses? cookies.{0,60}",
    r"(?:dit )?cookie-?samtykke|samtykke(?: til (?:brug af )?cookies)?|cookie-?(?:indstillinger|politik|valg|accept)",
    r"(?:vi (?:har brug for|beder om|skal bruge)|giv(?: os)?) dit samtykke.{0,60}",
    r"(?:acceptér?|accepter|godkend|tillad) (?:venligst )?(?:alle )?cookies.{0,60}|vælg (?:dine )?cookies?.{0,40}",
    r"vi (?:værner om|respekterer|passer på) (?:dit privatliv|dine data)|dit privatliv (?:er vigtigt|betyder).{0,40}",
    r"før du (?:fortsætter|går videre).{0,40}|dit valg om cookies.{0,40}",
    r"(?:cookie|privacy) (?:consent|preferences|settings|notice|choices)|your privacy choices|manage (?:your )?consent",
    r"before you continue.{0,40}|(?:please )?accept (?:all )?cookies.{0,60}|we (?:need|ask for) your consent.{0,60}",
    r"we (?:value|respect|care about) your (?:privacy|data)|your privacy (?:matters|is important).{0,40}",
    r"(?:continue|fortsæt) (?:with|med) (?:ads|annoncer) .{0,60}",
)
_LOGIN = (
    r"log (?:ind|in|på)(?: for at .{1,60}| to .{1,60})?|login|sign in(?: to .{1,60})?",
    r"du skal (?:være logget ind|logge ind|have et abonnement|være abonnent|oprette en (?:bruger|konto)).{0,60}",
    r"you (?:must|need to) (?:be logged in|log in|sign in|subscribe).{0,60}",
    r"bliv abonnent(?: for at .{1,60})?|køb abonnement.{0,40}|kun for abonnenter|(?:artiklen er )?låst for abonnenter",
    r"subscribe to (?:continue|read).{0,40}|subscribers only|create (?:a free|an) account to .{1,60}",
    r"opret (?:en )?(?:gratis )?(?:bruger|konto|profil) for at .{1,60}",
)
_BOT = (
    r"just a moment\W*|one moment,? please\W*|(?:vent )?et øjeblik\W*|vent venligst\W*|please wait\W*",
    r"attention required!?|access (?:is )?denied|access to this (?:page|site) (?:has been|is) (?:denied|blocked)",
    r"adgang (?:nægtet|afvist|blokeret)|du er (?:blevet )?blokeret.{0,40}|(?:sorry, )?you have been blocked",
    r"forbidden|request (?:blocked|rejected|unsuccessful)|(?:din )?forespørgsel(?:en)? (?:er|blev) (?:blokeret|afvist)",
    r"(?:we are |now )?(?:checking|verifying) your (?:browser|connection|device).{0,40}",
    r"vi (?:tjekker|kontrollerer|undersøger) din (?:browser|forbindelse|enhed).{0,40}|browsertjek",
    r"(?:please )?(?:verify|confirm|prove) (?:that )?you(?: a|')re? (?:a )?human.{0,40}|human verification",
    r"are you (?:a )?(?:robot|human|bot)\W*|i am not a robot|robot or human\W*|(?:robot|maskine) eller menneske\W*",
    r"er du (?:en (?:ro)?bot|et menneske)\W*|jeg er ikke en robot|bekræft,? at du (?:er et menneske|ikke er en robot)",
    r"security (?:check|verification).{0,40}|sikkerheds(?:tjek|kontrol).{0,40}|ddos[- ]?protection.{0,40}",
    r"unusual (?:traffic|activity).{0,60}|(?:usædvanlig|mistænkelig) (?:trafik|aktivitet).{0,60}",
    r"(?:please )?(?:enable|turn on) javascript(?: and cookies)?.{0,40}",
    r"(?:slå|aktivér?) (?:venligst )?javascript(?: til| og cookies).{0,40}",
    r"too many requests|for mange (?:forespørgsler|anmodninger)",
    r"løs (?:opgaven|captchaen).{0,40}|complete the captcha.{0,40}",
)

HEADINGS = re.compile("|".join((*_CONSENT, *_LOGIN, *_BOT)), re.IGNORECASE)
"""What a whole heading says on a wall."""
OPENINGS = re.compile("|".join((*_CONSENT, *_BOT)), re.IGNORECASE)
"""How the few words of a page without a heading begin that is a wall; "Log ind" begins the menu of any page."""

SIGNS = re.compile(
    rb"/cdn-cgi/challenge-platform|cf-turnstile|cf[-_]chl[-_]|_incapsula_resource|captcha-delivery\.com|g-recaptcha"
    rb"|h-captcha|frc-captcha|px-captcha|geetest_|awswafcookiedomainlist|aws-waf-token|sec-if-cpt-container"
    rb"|anubis_challenge|type=[\"']?password|consent-wall|cookie-?wall|pay-?wall-(?:container|overlay)",
    re.IGNORECASE,
)
"""Mark-up of bot checks, log-ins and walls by name."""

BOXES = re.compile(
    r"\A(?:cybotcookiebotdialog|onetrust-consent-sdk|onetrust-banner-sdk|didomi-(?:host|popup)|usercentrics-root"
    r"|sp_message_container\w*|qc-cmp2-container|truste-consent-track|cookie-information-template-wrapper|coiOverlay"
    r"|cmpbox|iubenda-cs-banner|fc-consent-root|termly-code-snippet-support|cookie-?(?:banner|consent|dialog|modal))\Z",
    re.IGNORECASE,
)
"""The id or a class of the box in which a consent manager asks; its text is not the page's own."""

PATHS = re.compile(
    r"/(?:log-?ind?|sign-?in|consent|samtykke|captcha|challenge|cookie-?wall|paywall|abonnement)\b", re.IGNORECASE
)
"""Where a redirect leads when it leads to a wall."""
