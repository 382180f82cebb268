"""The ways in which a server can answer wrongly, each with the typed reason that a person should read.

Nothing here waits; a route that stalls or drips does so until its client or the server ends.
"""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Callable

import brotli

from scraper.errors import FetchReason
from tests.servers import Route, Talk, answer

PAGE = (
    b"<!doctype html><html><head><title>En artikel</title></head><body><h1>En artikel</h1><p>Tekst.</p></body></html>"
)
HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"
CHUNKED = HEAD + b"Transfer-Encoding: chunked\r\n\r\n"
LONG = b"<html><body>" + b"<p>Lidt tekst.</p>" * 500 + b"</body></html>"


def says(*parts: bytes) -> Callable[[Talk], None]:
    """The parts, then the end of the connection."""

    def route(talk: Talk) -> None:
        for part in parts:
            talk.send(part)
        talk.close()

    return route


def then(data: bytes, act: Callable[[Talk], None]) -> Callable[[Talk], None]:
    def route(talk: Talk) -> None:
        talk.send(data)
        act(talk)

    return route


def wall(title: str, body: str = "") -> bytes:
    return answer(f"<html><head><title>{title}</title></head><body><h1>{title}</h1>{body}</body></html>".encode())


FAULTS: dict[str, tuple[Route, FetchReason]] = {
    "status line dripped": (lambda talk: talk.drip(b"HTTP/1.1 200 OK" * 1000), FetchReason.DEADLINE),
    "headers dripped": (then(HEAD, lambda talk: talk.drip(b"X-A: b\r\n" * 1000)), FetchReason.DEADLINE),
    "body dripped": (then(HEAD + b"Content-Length: 90000\r\n\r\n", lambda talk: talk.drip(LONG)), FetchReason.DEADLINE),
    "chunks dripped": (then(CHUNKED, lambda talk: talk.drip(b"1\r\na\r\n" * 1000)), FetchReason.DEADLINE),
    "chunk size dripped": (then(CHUNKED, lambda talk: talk.drip(b"0" * 9000)), FetchReason.DEADLINE),
    "stall before the answer": (lambda talk: talk.stall(), FetchReason.DEADLINE),
    "stall in the headers": (then(HEAD, lambda talk: talk.stall()), FetchReason.DEADLINE),
    "stall in the body": (then(answer(LONG)[:2000], lambda talk: talk.stall()), FetchReason.DEADLINE),
    "long Content-Length, kept open": (then(answer(PAGE, length=900), lambda t: t.stall()), FetchReason.DEADLINE),
    "closed without a word": (lambda talk: talk.close(), FetchReason.BROKEN_OFF),
    "reset without a word": (lambda talk: talk.reset(), FetchReason.BROKEN_OFF),
    "reset in the headers": (then(HEAD, lambda talk: talk.reset()), FetchReason.BROKEN_OFF),
    "reset in the body": (then(answer(LONG)[:2000], lambda talk: talk.reset()), FetchReason.BROKEN_OFF),
    "long Content-Length, closed": (says(answer(PAGE, length=900)), FetchReason.BROKEN_OFF),
    "short Content-Length": (says(answer(LONG, length=500)), FetchReason.BROKEN_OFF),
    "cut chunks": (says(CHUNKED + b"ffff\r\n" + LONG), FetchReason.BROKEN_OFF),
    "no last chunk": (says(CHUNKED + b"%x\r\n" % len(PAGE) + PAGE + b"\r\n"), FetchReason.BROKEN_OFF),
    "garbage for a chunk size": (says(CHUNKED + b"zzzz\r\n" + LONG), FetchReason.BROKEN_OFF),
    "no length and an early close": (says(HEAD + b"\r\n" + LONG[:3000]), FetchReason.BROKEN_OFF),
    "cut gzip": (says(answer(gzip.compress(LONG)[:-20], Content_Encoding="gzip")), FetchReason.BROKEN_OFF),
    "cut brotli": (says(answer(brotli.compress(LONG)[:-5], Content_Encoding="br")), FetchReason.BROKEN_OFF),
    "not gzip": (answer(LONG, Content_Encoding="gzip"), FetchReason.UNDECODABLE),
    "not brotli": (answer(b"\xff" * 900, Content_Encoding="br"), FetchReason.UNDECODABLE),
    "deflate, unasked": (answer(zlib.compress(LONG), Content_Encoding="deflate"), FetchReason.UNDECODABLE),
    "zstd, unasked": (answer(b"\x28\xb5\x2f\xfd" + b"\0" * 50, Content_Encoding="zstd"), FetchReason.UNDECODABLE),
    "five codings": (answer(LONG, Content_Encoding="gzip, gzip, gzip, gzip, gzip"), FetchReason.UNDECODABLE),
    "zeros for a page": (answer(b"<html>" + b"\0" * 900), FetchReason.UNDECODABLE),
    "no HTTP": (says(b"220 mail.example.dk ESMTP\r\n\r\n"), FetchReason.HTTP_ERROR),
    "HTTP of another age": (says(b"HTTP/9.9 200 OK\r\n\r\n"), FetchReason.HTTP_ERROR),
    "bad status": (says(b"HTTP/1.1 two OK\r\n\r\n"), FetchReason.HTTP_ERROR),
    "bad header line": (says(HEAD + b"no header at all\r\nContent-Length: 5\r\n\r\n" + PAGE), FetchReason.HTTP_ERROR),
    "two lengths": (says(HEAD + b"Content-Length: 5\r\nContent-Length: 7\r\n\r\n" + PAGE), FetchReason.HTTP_ERROR),
    "200 kB header": (says(HEAD + b"X-A: " + b"a" * 200_000 + b"\r\n\r\n" + PAGE), FetchReason.TOO_LARGE),
    "1000 headers": (says(HEAD + b"X-A: a\r\n" * 1000 + b"\r\n" + PAGE), FetchReason.TOO_LARGE),
    "endless headers": (then(HEAD, lambda talk: talk.flood(b"X-A: a\r\n" * 1000)), FetchReason.TOO_LARGE),
    "5 GB declared": (then(answer(b"", length=5_000_000_000), lambda t: t.flood(LONG)), FetchReason.TOO_LARGE),
    "5 GB undeclared": (then(HEAD + b"\r\n", lambda t: t.flood(LONG)), FetchReason.TOO_LARGE),
    "endless chunks": (then(CHUNKED, lambda t: t.flood(b"1000\r\n" + b"a" * 4096 + b"\r\n")), FetchReason.TOO_LARGE),
    "unasked 304": (answer(status=304), FetchReason.HTTP_ERROR),
    "unasked 206": (answer(LONG, 206, Content_Range="bytes 0-9/900"), FetchReason.HTTP_ERROR),
    "204": (answer(status=204, length=-1), FetchReason.HTTP_ERROR),
    "redirect to nowhere": (answer(status=302), FetchReason.HTTP_ERROR),
    "multiple choices": (answer(status=300, Location="/x"), FetchReason.HTTP_ERROR),
    "400": (answer(status=400), FetchReason.HTTP_ERROR),
    "401": (answer(status=401), FetchReason.FORBIDDEN),
    "403": (answer(status=403), FetchReason.FORBIDDEN),
    "404": (answer(PAGE, 404), FetchReason.NOT_FOUND),
    "404 that never ends": (then(answer(b"", 404, length=9000), lambda t: t.stall()), FetchReason.NOT_FOUND),
    "410": (answer(status=410), FetchReason.NOT_FOUND),
    "429": (answer(status=429), FetchReason.RATE_LIMITED),
    "451": (answer(status=451), FetchReason.FORBIDDEN),
    "500": (answer(status=500), FetchReason.SERVER_ERROR),
    "503": (answer(status=503), FetchReason.SERVER_ERROR),
    "599": (answer(status=599), FetchReason.SERVER_ERROR),
    "an image": (answer(b"\x89PNG....", Content_Type="image/png"), FetchReason.WRONG_TYPE),
    "an image called a page": (answer(b"\x89PNG...."), FetchReason.WRONG_TYPE),
    "a PDF without a type": (answer(b"%PDF-1.7 ...", Content_Type=""), FetchReason.WRONG_TYPE),
    "JSON": (answer(b"{}", Content_Type="application/json"), FetchReason.WRONG_TYPE),
    "plain text": (answer(b"hello", Content_Type="text/plain"), FetchReason.WRONG_TYPE),
    "no body": (answer(), FetchReason.EMPTY),
    "a body of blanks": (answer(b" \r\n \n" * 50), FetchReason.EMPTY),
    "a page without a word": (answer(b"<html><head></head><body><p> </p></body></html>"), FetchReason.EMPTY),
    "soft 404": (wall("Siden findes ikke"), FetchReason.SOFT_404),
    "soft 404, long, in title and heading": (
        wall("404", "<p>Prøv en af disse artikler i stedet.</p>" * 200),
        FetchReason.SOFT_404,
    ),
    "soft 404 in English": (wall("Page not found | Example"), FetchReason.SOFT_404),
    "ad is gone": (wall("Beklager, annoncen findes ikke længere"), FetchReason.SOFT_404),
    "login wall": (wall("Log ind", "<form><input type='password'></form>"), FetchReason.WALL),
    "consent wall": (wall("Vi bruger cookies", "<button>Accepter alle</button>"), FetchReason.WALL),
    "bot wall": (wall("Just a moment..."), FetchReason.WALL),
    "bot wall without a title": (
        answer(b"<html><body>Vent.<script src='/cdn-cgi/challenge-platform/x.js'></script></body></html>"),
        FetchReason.WALL,
    ),
    "redirect to itself": (answer(status=302, Location="page"), FetchReason.TOO_MANY_REDIRECTS),
    "redirect to another host": (answer(status=302, Location="http://example.dk/"), FetchReason.OUTSIDE_HOSTS),
    "redirect to a file": (answer(status=302, Location="file:///etc/passwd"), FetchReason.OUTSIDE_HOSTS),
    "redirect to no address": (answer(status=302, Location="http://[::"), FetchReason.OUTSIDE_HOSTS),
    "redirect to a port of no kind": (
        answer(status=302, Location="http://127.0.0.1:99999/"),
        FetchReason.OUTSIDE_HOSTS,
    ),
    "redirect with a password": (answer(status=302, Location="http://a:b@127.0.0.1/"), FetchReason.OUTSIDE_HOSTS),
}

FAULTS |= {
    "endless 100 Continue": (lambda talk: talk.flood(b"HTTP/1.1 100 Continue\r\n\r\n" * 100), FetchReason.DEADLINE),
    "103 and no more": (says(b"HTTP/1.1 103 Early Hints\r\nLink: </a.css>\r\n\r\n"), FetchReason.HTTP_ERROR),
    "HTTP/0.9": (says(LONG), FetchReason.HTTP_ERROR),
    "endless status line": (lambda talk: talk.flood(b"HTTP/1.1 200 " + b"a" * 9000), FetchReason.TOO_LARGE),
    "endless chunk-size line": (then(CHUNKED, lambda talk: talk.flood(b"0" * 65_536)), FetchReason.TOO_LARGE),
    "endless chunk extension": (then(CHUNKED + b"5;", lambda t: t.flood(b"a=b;" * 9000)), FetchReason.TOO_LARGE),
    "endless trailers": (then(CHUNKED + b"0\r\n", lambda t: t.flood(b"X-A: a\r\n" * 1000)), FetchReason.DEADLINE),
    "negative chunk size": (says(CHUNKED + b"-5\r\n" + LONG), FetchReason.BROKEN_OFF),
    "huge chunk size": (says(CHUNKED + b"ffffffffffffffff\r\n" + LONG), FetchReason.BROKEN_OFF),
    "negative Content-Length": (says(HEAD + b"Content-Length: -1\r\n\r\n" + LONG[:900]), FetchReason.BROKEN_OFF),
    "garbage behind deflate": (
        says(
            HEAD
            + b"Content-Encoding: deflate\r\nTransfer-Encoding: chunked\r\n\r\n"
            + b"%x\r\n" % (len(zlib.compress(LONG)) + 8)
            + zlib.compress(LONG)
            + b"\0" * 8
            + b"\r\n0\r\n\r\n"
        ),
        FetchReason.UNDECODABLE,
    ),
    "5 GB of gzip": (
        then(HEAD + b"Content-Encoding: gzip\r\n\r\n", lambda t: t.flood(gzip.compress(bytes(1_000_000)))),
        FetchReason.TOO_LARGE,
    ),
    "a file to keep": (answer(b"a;b\n", Content_Type="text/csv"), FetchReason.WRONG_TYPE),
    "a ZIP file called a page": (answer(b"PK\x03\x04" + b"\0" * 99), FetchReason.WRONG_TYPE),
    "one that is not what its length says, empty": (answer(b"", length=0, Content_Type=""), FetchReason.EMPTY),
    "chain of redirects": (answer(status=302, Location="/hop/1"), FetchReason.TOO_MANY_REDIRECTS),
    "redirect in a circle": (answer(status=307, Location="/circle"), FetchReason.TOO_MANY_REDIRECTS),
    "redirect to javascript": (answer(status=302, Location="javascript:alert(1)"), FetchReason.OUTSIDE_HOSTS),
    "redirect with a flood": (
        then(answer(b"", 302, length=-1, Location="/hop/1"), lambda t: t.flood(LONG)),
        FetchReason.TOO_MANY_REDIRECTS,
    ),
}
"""What needs other pages of the same server is in AROUND."""
AROUND: dict[str, Route] = {f"/hop/{n}": answer(status=301, Location=f"/hop/{n + 1}") for n in range(1, 9)}
AROUND["/circle"] = answer(status=307, Location="/circle")

for form in ("7", "0", "99999999999999", "Mon, 02 Mar 2026 09:00:00 GMT", "Monday, 02-Mar-26 09:00:00 GMT",
             "Mon Mar  2 09:00:00 2026", "Mon, 02 Mar 2020 09:00:00 GMT", "-5", "soon"):  # fmt: skip
    FAULTS[f"429, Retry-After: {form}"] = (answer(status=429, Retry_After=form), FetchReason.RATE_LIMITED)
    FAULTS[f"503, Retry-After: {form}"] = (answer(status=503, Retry_After=form), FetchReason.SERVER_ERROR)

HOLDS = {
    name
    for name, (_, reason) in FAULTS.items()
    if reason is FetchReason.RATE_LIMITED
    or ("Retry-After" in name and not name.endswith((": 0", "2020 09:00:00 GMT", "-5", "soon")))
}
"""The faults by which a site asks to be left alone for a while; the next page is asked for when that is over."""

for words in ("404", "Fejl 404", "404 - Siden findes ikke", "Artiklen findes ikke længere", "Ups! Siden blev ikke fundet",
              "Stillingen er slettet", "Sorry, page not found", "Oops! The page does not exist", "Not found"):  # fmt: skip
    FAULTS[f"soft 404: {words}"] = (wall(words, "<p>Prøv forsiden.</p>"), FetchReason.SOFT_404)

for words in ("500 Internal Server Error", "502 Bad Gateway", "503 Service Unavailable", "Der opstod en fejl",
              "Ups! Noget gik galt", "Siden er under vedligeholdelse", "Something went wrong",
              "Error establishing a database connection"):  # fmt: skip
    FAULTS[f"an error's page: {words}"] = (wall(words.removeprefix("Ups! ")), FetchReason.SERVER_ERROR)

WALLS = {
    "consent": (
        "Vi bruger cookies", "Vores hjemmeside bruger cookies", "Vi og vores partnere bruger cookies til statistik",
        "Dit cookie-samtykke", "Samtykke til brug af cookies", "Vi har brug for dit samtykke", "Accepter alle cookies",
        "Vi værner om dit privatliv", "Dit privatliv er vigtigt for os", "Før du fortsætter til Bladet",
        "This website uses cookies", "Before you continue", "We value your privacy", "Your privacy matters",
        "Cookie preferences", "Accept cookies to continue", "We need your consent", "Manage consent",
    ),
    "login": (
        "Log ind", "Log ind for at læse videre", "Du skal være logget ind for at se siden", "Kun for abonnenter",
        "Bliv abonnent for at læse artiklen", "Du skal have et abonnement", "Opret en gratis profil for at læse videre",
        "Sign in", "Sign in to continue", "You must be logged in", "Subscribe to continue reading",
        "Create a free account to read on",
    ),
    "bot": (
        "Just a moment...", "Et øjeblik …", "Vent venligst", "Er du et menneske?", "Er du en robot?",
        "Bekræft, at du er et menneske", "Jeg er ikke en robot", "Vi tjekker din browser", "Adgang nægtet",
        "Du er blevet blokeret", "Usædvanlig trafik fra dit netværk", "Slå JavaScript til for at fortsætte",
        "For mange forespørgsler", "Sikkerhedstjek", "Attention Required!", "Access denied", "Verify you are human",
        "Are you a robot?", "Robot or human?", "Checking your browser before you go on", "You have been blocked",
        "Unusual traffic", "Enable JavaScript and cookies to continue", "Security verification", "Too many requests",
        "Access to this page has been denied",
    ),
}  # fmt: skip
for kind, wordings in WALLS.items():
    for words in wordings:
        FAULTS[f"{kind} wall: {words}"] = (wall(words, "<p>Det tager kun et øjeblik.</p>"), FetchReason.WALL)

BOX = "<div id='{}' class='x'><h2>Valg</h2><p>" + "Her kan du vælge til og fra. " * 40 + "</p><button>Ja</button></div>"
BOXES = ("CybotCookiebotDialog", "onetrust-consent-sdk", "didomi-host", "usercentrics-root", "sp_message_container_1",
         "qc-cmp2-container", "cookie-information-template-wrapper", "cookie-consent", "cmpbox")  # fmt: skip
CHECKS = {
    "script of a challenge": "<script src='/cdn-cgi/challenge-platform/x.js'></script>",
    "turnstile": "<div class='cf-turnstile' data-sitekey='x'></div>",
    "resource of a filter": "<iframe src='/_Incapsula_Resource?x=1'></iframe>",
    "foreign captcha": "<script src='https://geo.captcha-delivery.com/captcha/'></script>",
    "captcha with pictures": "<div class='g-recaptcha'></div>",
    "captcha of another maker": "<div class='h-captcha'></div>",
    "captcha that reckons": "<div class='frc-captcha'></div>",
    "captcha to press": "<div id='px-captcha'></div>",
    "token of a firewall": "<script>window.awsWafCookieDomainList = [];</script>",
    "wait container": "<div id='sec-if-cpt-container'></div>",
    "proof of work": "<script id='anubis_challenge' type='application/json'>{}</script>",
    "password": "<form><input type='password' name='p'></form>",
    "pay wall": "<div class='paywall-overlay'></div>",
}
for name in BOXES:
    FAULTS[f"consent box {name}"] = (
        answer(f"<html><head><title>Bladet</title></head><body>{BOX.format(name)}</body></html>".encode()),
        FetchReason.WALL,
    )
for name, markup in CHECKS.items():
    FAULTS[f"check without words: {name}"] = (
        answer(f"<html><head><title>Bladet</title></head><body><p>Bladet</p>{markup}</body></html>".encode()),
        FetchReason.WALL,
    )
FAULTS["consent without a heading"] = (
    answer(b"<html><title>Bladet</title><body><div>Vi bruger cookies. <button>OK</button></div></body></html>"),
    FetchReason.WALL,
)
