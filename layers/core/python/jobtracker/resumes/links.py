"""Reading links and telling whose pages they lead to."""

import re
from typing import Final

from jobtracker.resumes.model import Link, LinkKind

EMAIL: Final = re.compile(
    r"(?<![\w.+@-])[A-Za-z0-9][\w.+-]{0,63}@[A-Za-z0-9](?:[A-Za-z0-9-]*\.)+[A-Za-z]{2,24}(?![\w@])"
)
URL: Final = re.compile(r"(?:https?://|www\.)[^\s<>\"'|,;•·()\[\]]+", re.IGNORECASE)
_ENDINGS: Final = (
    "com|org|net|io|dev|me|ai|app|tech|info|biz|blog|page|site|online|codes|xyz|design|games|studio|work|works|pro|name|"
    "cloud|space|link|bio|world|art|photo|software|digital|systems|engineer|engineering|edu|gov|de|at|ch|uk|ie|fr|es|"
    "it|nl|be|pl|se|no|dk|fi|pt|cz|eu|us|ca|au|nz|in|br|jp|cn|sg|gr|ro|hu|tr|ua|co|tv|sh|gg|to|rs|is|ly|so"
)
BARE: Final = re.compile(
    rf"(?<![\w@./-])(?!(?:asp|vb|ado)\.net\b|socket\.io\b)(?:[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?\.)+(?:{_ENDINGS})"
    r"(?:/[^\s<>\"'|,;•·()\[\]]*)?(?![\w@.-])"
)
# What stands before a link: a bullet, a picture, or what OCR made of one.
_SIGNS: Final = re.compile(r"^(?:[^\w]+|e\s+)+")
_MISREAD: Final = ("©", "«", "¢")
# What the path of a person's own page looks like: a repository, a question or a post is a link like others.
_ONE_NAME = r"[^/?#]+"
_PROFILES: Final = {
    LinkKind.LINKEDIN: (("linkedin.com",), r"(?:in|pub)/.+"),
    LinkKind.XING: (("xing.com",), r"profile/.+"),
    LinkKind.GITHUB: (("github.com",), _ONE_NAME),
    LinkKind.GITLAB: (("gitlab.com",), _ONE_NAME),
    LinkKind.BITBUCKET: (("bitbucket.org",), _ONE_NAME),
    LinkKind.STACKOVERFLOW: (("stackoverflow.com",), r"(?:users|cv|story)/.+"),
    LinkKind.ORCID: (("orcid.org",), r"(?:\d{4}-){3}\d{3}[\dx]"),
    LinkKind.SCHOLAR: (("scholar.google.*",), r"citations\b.*"),
    LinkKind.RESEARCHGATE: (("researchgate.net",), r"profile/.+"),
    LinkKind.KAGGLE: (("kaggle.com",), _ONE_NAME),
    LinkKind.HUGGINGFACE: (("huggingface.co",), _ONE_NAME),
    LinkKind.X: (("x.com", "twitter.com"), r"@?\w{1,15}(?:\?.*)?"),
    LinkKind.BLUESKY: (("bsky.app",), r"profile/.+"),
    LinkKind.MEDIUM: (("medium.com",), r"@[^/]+"),
}
# Pages that people name of themselves also below their other headings.
_ANYWHERE: Final = set(_PROFILES) - {LinkKind.X, LinkKind.BLUESKY, LinkKind.MEDIUM, LinkKind.HUGGINGFACE}
_FORGES: Final = {"github.com", "gitlab.com", "bitbucket.org"}
_PLATFORMS: Final = re.compile(
    r"(?:^|\.)(?:twitter|x|facebook|instagram|medium|stackoverflow|stackexchange|kaggle|behance|"
    r"dribbble|youtube|itch|orcid|researchgate|xing|scholar\.google|google|bsky|mastodon|leetcode|hackerrank|imdb|t|"
    r"telegram|skype|bitbucket|huggingface|dev|codepen|npmjs|pypi|crunchbase|angel|wellfound|pinterest|threads|tiktok)\."
    r"(?:com|org|io|co|net|to|me|app|social|ai|fm|tv)$"
)


def read_links(head: list[str], body: list[str], hidden: list[str]) -> list[Link]:
    """Links in order of mention: all of the person's lines, and elsewhere only profiles. Of those behind other words
    the pages of repositories are left out, which belong to projects."""
    links: dict[str, Link] = {}
    shown, behind = ([url for line in lines for url in urls(line)] for lines in (head, hidden))
    for url in [*shown, *(url for url in behind if not _is_repository(url))]:
        if not _is_nobodys(url):
            links.setdefault(_bare(url), Link(kind=kind_of(url), url=full(url)))
    for line in body:
        for url in urls(line):
            if (kind := kind_of(url)) in _ANYWHERE:
                links.setdefault(_bare(url), Link(kind=kind, url=full(url)))
    return list(links.values())


def is_url(line: str) -> bool:
    """Whether a line is nothing but a link, signs before it aside; "Booking.com" alone is a name."""
    bare = _SIGNS.sub("", line).rstrip(" .,;)>»")
    if URL.fullmatch(bare):
        return True
    return BARE.fullmatch(bare) is not None and ("/" in bare or line.strip()[:1] in _MISREAD)


def urls(line: str) -> list[str]:
    """The links as they are written, without mail addresses."""
    bare = EMAIL.sub(" ", line)
    found = [(match.start(), match.group()) for match in URL.finditer(bare)]
    rest = URL.sub(lambda match: " " * len(match.group()), bare)
    found += [(match.start(), match.group()) for match in BARE.finditer(rest)]
    return [url for _, written in sorted(found) if "." in (url := written.rstrip(".,;:!?/"))]


def full(url: str) -> str:
    """The link with a scheme."""
    return url if url.lower().startswith("http") else f"https://{url}"


def kind_of(url: str) -> LinkKind:
    """Whose page the link leads to, by its host and the shape of its path."""
    host, _, path = _bare(url).partition("/")
    for kind, (domains, shape) in _PROFILES.items():
        if any(_is_at(host, domain) for domain in domains):
            return kind if re.fullmatch(shape, path) else LinkKind.OTHER
    return LinkKind.OTHER if _PLATFORMS.search(host) else LinkKind.WEBSITE


def _is_nobodys(url: str) -> bool:
    """Whether the link is a platform's name without a page on it ("itch.io"), or a paper's number."""
    host, _, path = _bare(url).partition("/")
    is_platform = _PLATFORMS.search(host) is not None or any(host in domains for domains, _ in _PROFILES.values())
    return _is_at(host, "doi.org") or (not path and is_platform and host.count(".") == 1)


def _is_repository(url: str) -> bool:
    host, _, path = _bare(url).partition("/")
    return host in _FORGES and "/" in path


def _is_at(host: str, domain: str) -> bool:
    if domain.endswith(".*"):
        return host.startswith(domain[:-1])
    return host == domain or host.endswith(f".{domain}")


def _bare(url: str) -> str:
    return re.sub(r"^(?:https?://)?(?:www\.)?", "", url, flags=re.IGNORECASE).rstrip("/").casefold()
