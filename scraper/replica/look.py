"""What every page of the news site has around its words: style, menu, foot, and the scripts that no reader reads."""

from __future__ import annotations

import json
from collections.abc import Sequence
from html import escape

from scraper.replica.articles import Article

Link = tuple[str, str]
"""What a link says, and where it leads."""

STYLE = """
:root{--ink:#1b1b1e;--soft:#6a6d75;--line:#dfe1e6;--brand:#0a5c7a;--paper:#fff;--shade:#f3f5f7;--warm:#fff6e5}
*{box-sizing:border-box}html{font-size:16px}body{margin:0;color:var(--ink);background:var(--shade);
font:1rem/1.55 Georgia,"Times New Roman",serif}a{color:inherit;text-decoration-color:var(--line)}
a:hover{text-decoration-color:var(--brand)}img,svg{max-width:100%;height:auto}
.top{background:var(--brand);color:#fff;padding:.8rem 1.2rem;display:flex;gap:1.5rem;align-items:center}
.top a{color:#fff;text-decoration:none}.logo{font:700 1.6rem/1 "Helvetica Neue",Arial,sans-serif;letter-spacing:-.04em}
nav{background:#fff;border-bottom:1px solid var(--line);font:.85rem/1.4 Arial,sans-serif}
nav ul{display:flex;flex-wrap:wrap;list-style:none;margin:0;padding:.3rem 1.2rem;gap:.2rem 1.1rem}
nav .sub{display:none}
nav li{padding:.25rem 0;color:var(--soft)}.wrap{max-width:74rem;margin:1.4rem auto;padding:0 1rem;display:grid;
grid-template-columns:minmax(0,2fr) minmax(16rem,1fr);gap:2rem}main,.main{background:var(--paper);padding:1.6rem 2rem;
border:1px solid var(--line)}h1{font-size:2.1rem;line-height:1.15;margin:.2rem 0 .8rem;letter-spacing:-.01em}
.lead{font-size:1.18rem;color:#33363d}.by,.cap{font:.82rem/1.4 Arial,sans-serif;color:var(--soft)}
.pic{background:linear-gradient(135deg,#cbd8df,#e9edf0 60%,#b6c7cf);aspect-ratio:16/8;width:100%;display:block}
.prem{background:var(--warm);border-left:4px solid #e0a100;padding:.8rem 1rem;margin:1rem 0;
font:.9rem/1.5 Arial,sans-serif}.prem ul{margin:.4rem 0;padding-left:1.1rem}.also{border-top:2px solid var(--ink);
border-bottom:1px solid var(--line);padding:.5rem 0;margin:1.2rem 0;font-family:Arial,sans-serif;font-size:.92rem}
.side{font:.9rem/1.45 Arial,sans-serif}.side h2,.side h3,.side .h{font:700 1rem/1.3 Arial,sans-serif;
border-top:3px solid var(--brand);padding-top:.45rem;margin:1.3rem 0 .6rem}.box{background:var(--paper);
border:1px solid var(--line);padding:.8rem 1rem;margin-bottom:1rem}.ad{display:block;padding:.6rem 0;
border-bottom:1px dotted var(--line);text-decoration:none}.ad .c{color:var(--soft)}.ad .t{font-weight:700}
.ad .r{font-size:.8rem;color:var(--soft)}.who{padding:.7rem 0;border-bottom:1px dotted var(--line)}
.tag{display:inline-block;background:var(--brand);color:#fff;border-radius:2px;font-size:.7rem;padding:0 .4rem}
.vcard{display:flex;gap:.7rem;align-items:center;margin:.5rem 0;font-size:.84rem}.vcard img,.face{width:44px;
height:44px;border-radius:50%;background:#c9d3d9}.adv{background:#fafaf2;border:1px solid #e6e2c8;padding:.7rem .9rem;
margin:.9rem 0}.ev{border-left:4px solid #7a9c3f;padding:.3rem .9rem;margin:.9rem 0;background:#f6faef}
table.side,.side table{width:100%;border-collapse:collapse}.side td{padding:.15rem 0;vertical-align:top}
dl{margin:0}dd{margin:0 0 .1rem}dt{font-weight:400}.side ul{list-style:none;margin:0;padding:0}
.more{max-width:74rem;margin:0 auto;padding:0 1rem 1.5rem}.more ol{columns:2;font-size:.95rem;padding-left:1.2rem}
.foot{background:#22272b;color:#c8ced3;font:.8rem/1.6 Arial,sans-serif;padding:1.6rem 1.2rem}.foot a{color:#fff}
.foot div{max-width:74rem;margin:0 auto}@media(max-width:52rem){.wrap{grid-template-columns:1fr}main{padding:1rem}}
@media print{nav,.top,.side,.more,.foot{display:none}body{background:#fff;font-size:11pt}}
""".strip()

_MENU = (
    "Forside", "Seneste nyt", "Sikkerhed", "Cloud", "Data & AI", "Offentlig it", "Infrastruktur", "Udvikling",
    "Ledelse",
    "Karriere", "Test", "Guider", "Podcast", "Whitepapers", "Events", "It-job", "Navne", "Debat", "Nyhedsbreve",
)  # fmt: skip
_BELOW = ("Nyheder", "Analyser", "Interviews", "Guider", "Tema")
_FOOT = (
    "Om Kodebladet", "Kontakt redaktionen", "Annoncér", "Persondatapolitik", "Cookies", "Abonnement", "Arkiv", "RSS",
    "Presseetik", "Ophavsret", "Tip os", "Ledige stillinger hos Kodebladet",
)  # fmt: skip


def head(article: Article, path: str, meta_charset: str | None) -> str:
    """Everything up to the words: an announcement hides in the description and in the structured data."""
    hidden = article.hidden.written
    about = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": article.headline,
        "datePublished": article.published.isoformat(),
        "author": {"@type": "Person", "name": article.byline.removeprefix("Af ")},
        "description": hidden if article.id % 3 == 0 else article.lead,
        "publisher": {"@type": "Organization", "name": "Kodebladet"},
    }
    charset = f'<meta charset="{meta_charset}">\n' if meta_charset else ""
    described = hidden if article.id % 4 == 1 else article.lead
    return (
        f'<!DOCTYPE html>\n<html lang="da">\n<head>\n{charset}<title>{escape(article.headline)} | Kodebladet</title>\n'
        f'<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f'<meta name="description" content="{escape(described)}">\n'
        f'<meta property="og:type" content="article"><meta property="og:title" content="{escape(article.headline)}">\n'
        f'<link rel="canonical" href="{path}">\n'
        '<link rel="alternate" type="application/rss+xml" title="Kodebladet" href="/rss/all">\n'
        f"<style>\n{STYLE}\n</style>\n"
        f'<script type="application/ld+json">{json.dumps(about, ensure_ascii=False)}</script>\n</head>\n'
    )


def masthead() -> str:
    """Logo and menu."""
    items = "".join(
        f'<li><a href="/emne/{number}">{escape(name)}</a><ul class="sub">'
        + "".join(f'<li><a href="/emne/{number}{at}">{escape(name)}: {sub}</a></li>' for at, sub in enumerate(_BELOW))
        + "</ul></li>\n"
        for number, name in enumerate(_MENU)
    )
    return (
        '<header class="top"><a class="logo" href="/">Kodebladet</a> <span>Nyt om it fra Fjordby</span></header>'
        f"\n<nav><ul>{items}</ul></nav>\n"
    )


def foot(article: Article, related: Sequence[Link]) -> str:
    """More articles, the site's foot, and places that hold an announcement which nobody reads."""
    more = "".join(f'<li><a href="{path}">{escape(title)}</a></li>' for title, path in related)
    links = " &middot; ".join(f'<a href="/om/{number}">{escape(name)}</a>' for number, name in enumerate(_FOOT))
    return (
        f'<section class="more"><h2>Mere fra Kodebladet</h2><ol>{more}</ol></section>\n'
        f'<footer class="foot"><div>{links}<p>Kodebladet er opdigtet, og det er alle, som nævnes her. '
        f'<a rel="nofollow" href="/print/art/{article.id}">Udskriv</a></p></div></footer>\n'
        f"{_unread(article)}</body>\n</html>\n"
    )


def _unread(article: Article) -> str:
    """The hidden announcement as a script, a template, a comment or an element that is not shown."""
    heading, text = "Navnenyt fra it-Danmark", f"{article.hidden.written} {article.hidden.label}"
    plain = f"<h2>{heading}</h2><p>{escape(text, quote=False)}</p>"
    return (
        f"<script>window.old = {json.dumps({'heading': heading, 'items': [text]}, ensure_ascii=False)};</script>\n",
        f"<template id=people>{plain}</template>\n",
        f"<!-- {heading}\n<p>{text}</p>\n-->\n",
        f'<div hidden aria-hidden="true">{plain}</div>\n',
        f'<div style="display: none">{plain}</div>\n',
        f"<noscript><!-- {text} --><img src='/t.gif' alt=''></noscript>\n",
    )[article.id % 6]
