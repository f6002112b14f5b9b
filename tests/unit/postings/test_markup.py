import re
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jobtracker.postings.markup import clean_html, mend


class _Seen(HTMLParser):
    """What a browser would find: the tags, and every attribute with its tag."""

    def __init__(self, markup: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: set[str] = set()
        self.attributes: list[tuple[str, str, str]] = []
        self.feed(markup)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes += [(tag, name, value or "") for name, value in attrs]


def _is_safe(markup: str) -> bool:
    seen = _Seen(markup)
    return not seen.tags & {
        "script",
        "style",
        "iframe",
        "object",
        "embed",
        "form",
        "input",
        "svg",
        "math",
        "img",
    } and all(
        (tag, name) in {("a", "href"), ("a", "rel")}
        and (name != "href" or re.match(r"https?://|mailto:", value, re.IGNORECASE))
        for tag, name, value in seen.attributes
    )


def test_text_keeps_blocks_lists_and_tables_apart() -> None:
    markup = (
        "<h3>What you do</h3><ul><li>Plan <b>routes</b></li><li><p>Keep the log</p></li></ul>"
        "<p>Start: now<br>Place: Graz</p><table><tr><td>Pay</td><td>€ 3.100</td></tr></table>"
    )
    assert clean_html(markup)[1] == (
        "What you do\n\n* Plan routes\n\n* Keep the log\n\nStart: now\nPlace: Graz\n\nPay € 3.100"
    )


def test_text_has_neither_tags_nor_entities_nor_the_page_s_own_spacing() -> None:
    _, text = clean_html("<p>Research &amp;\n      development&nbsp;&lt;R&amp;D&gt;</p>\n\n\n\n<div>  5 &gt; 3 </div>")
    assert text == "Research & development <R&D>\n\n5 > 3"


def test_lines_of_preformatted_text_are_kept() -> None:
    assert clean_html("<pre>one\ntwo</pre>")[1] == "one\ntwo"


def test_an_attribute_with_a_tag_s_signs_leaves_nothing_in_the_text() -> None:
    assert clean_html('<a href="https://a.example/?x=<b>&y=1>2">apply</a> here')[1] == "apply here"


def test_html_that_is_escaped_once_more_is_unescaped_first() -> None:
    markup = "&lt;p&gt;Build &amp;amp; ship&lt;/p&gt;&lt;script&gt;alert(1)&lt;/script&gt;"
    assert clean_html(markup, escaped=True) == ("<p>Build &amp; ship</p>", "Build & ship")


def test_html_that_was_not_escaped_after_all_is_taken_as_it_is() -> None:
    assert clean_html("<p>Use &lt;b&gt; sparingly</p>", escaped=True)[1] == "Use <b> sparingly"


def test_links_open_without_telling_and_are_not_followed() -> None:
    assert clean_html('<a href="https://a.example/1">x</a>')[0] == (
        '<a href="https://a.example/1" rel="noopener nofollow">x</a>'
    )


@pytest.mark.parametrize(
    "attack",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "<a href='javascript:alert(1)'>x</a>",
        "<a href=' java\nscript:alert(1)'>x</a>",
        "<a href='data:text/html,<script>1</script>'>x</a>",
        "<svg onload=alert(1)><p onclick=alert(1) style='x'>y</p></svg>",
        "<iframe src=https://evil.example></iframe>",
        "<math><mi//xlink:href='data:x,<script>1</script>'>",
        "<noscript><p title='</noscript><img src=x onerror=alert(1)>'>",
        "<form action=https://evil.example><input name=password></form>",
        "<p style='background:url(javascript:1)'>y</p>",
        "<a href='/sessions?leave'>x</a>",
        "<a href='//evil.example'>x</a>",
    ],
)
def test_nothing_that_runs_survives(attack: str) -> None:
    for markup in (attack, f"<p>before{attack}after</p>"):
        safe, text = clean_html(markup)
        assert _is_safe(safe), safe
        assert "alert(1)" not in re.sub(r"<[^>]*>", "", text) or "<" not in text
    escaped = attack.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    assert _is_safe(clean_html(escaped, escaped=True)[0])


pieces = st.sampled_from(
    [
        *(
            "<script>",
            "</script>",
            "<p ",
            "onclick=",
            "'",
            '"',
            ">",
            "<",
            "/",
            "<a href=",
            "javascript:",
            "data:",
            "&lt;",
        ),
        *(
            "&#106;",
            "<svg>",
            "<style>",
            "<!--",
            "-->",
            "<math>",
            "</p>",
            "<pre>",
            "x",
            " ",
            "\x00",
            "<textarea>",
            "]]>",
        ),
    ]
)


@given(st.lists(pieces, max_size=30).map("".join) | st.text(), st.booleans())
def test_no_markup_makes_it_raise_or_leaves_what_runs(markup: str, escaped: bool) -> None:
    safe, text = clean_html(markup, escaped=escaped)
    assert _is_safe(safe), safe
    assert "\n\n\n" not in text
    assert text == text.strip()


@given(st.lists(pieces, max_size=20).map("".join))
def test_cleaning_what_is_clean_changes_nothing(markup: str) -> None:
    safe, text = clean_html(markup)
    assert clean_html(safe) == (safe, text)


@pytest.mark.parametrize(
    ("broken", "right"),
    [
        ("MecÃ¡nico", "Mecánico"),
        ("MÃ¼nchen", "München"),
        ("we donâ€™t", "we don’t"),
        ("CrÃ¨me brÃ»lÃ©e", "Crème brûlée"),
        ("ﬁnance", "finance"),
        ("bell\x07", "bell"),
    ],
)
def test_broken_encodings_are_mended(broken: str, right: str) -> None:
    assert mend(broken) == right


@pytest.mark.parametrize("text", ["Café – “quoted” €5", "Größe: 5 µm", "Übergabe an die Straße", "naïve", "日本語", ""])
def test_sound_text_is_left_alone(text: str) -> None:
    assert mend(text) == text


def test_deep_and_long_markup_is_read_in_little_time(quickly: None) -> None:
    for piece in ("<div>", "<b>", "<ul><li>", "<a href=x>", "<p>", " ", "\n", "* \n", "<", "&", "&amp;"):
        clean_html(piece * 4_000)
