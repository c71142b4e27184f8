"""What people write at length: Markdown without HTML, made safe, with bold that works beside Chinese punctuation."""

from __future__ import annotations

from functools import cache

import nh3
from markdown_it import MarkdownIt
from markdown_it.common.utils import isMdAsciiPunct, isPunctChar, isWhiteSpace
from markdown_it.parser_inline import ParserInline
from markdown_it.rules_inline import StateInline
from markdown_it.rules_inline.state_inline import Scanned
from markupsafe import Markup

TAGS = frozenset(
    [
        "p",
        "br",
        "strong",
        "em",
        "s",
        "code",
        "pre",
        "blockquote",
        "ul",
        "ol",
        "li",
        "a",
        "hr",
        "h3",
        "h4",
        "h5",
        "h6",
        "table",
        "thead",
        "tbody",
        "tr",
        "th",
        "td",
    ]
)
ATTRIBUTES = {"a": {"href"}, "ol": {"start"}}
SCHEMES = {"https", "mailto"}
HAN = ((0x2E80, 0x9FFF), (0xAC00, 0xD7AF), (0xF900, 0xFAFF), (0xFF00, 0xFFEF), (0x20000, 0x3FFFF))
CHINESE_PUNCTUATION = "“”‘’—…·"
SMALLEST_HEADING = {"h1": "h3", "h2": "h4", "h3": "h5", "h4": "h6", "h5": "h6", "h6": "h6"}


def prose(text: str) -> Markup:
    """Headings begin at the third level; pictures, scripts and any HTML that was typed are shown as text or dropped."""
    return Markup(
        nh3.clean(
            _markdown().render(text),
            tags=set(TAGS),
            attributes=ATTRIBUTES,
            url_schemes=SCHEMES,
            link_rel="noopener nofollow",
        )
    )


@cache
def _markdown() -> MarkdownIt:
    reader = MarkdownIt("commonmark", {"html": False, "breaks": True})
    reader.inline = _ChineseInline()
    reader.enable(["table", "strikethrough"]).disable("image")
    reader.core.ruler.push("lower_headings", _lower_headings)
    return reader


def _lower_headings(state) -> None:
    for token in state.tokens:
        token.tag = SMALLEST_HEADING.get(token.tag, token.tag)


class _ChineseInline(ParserInline):
    def parse(self, src, md, env, tokens):
        state = _ChineseState(src, md, env, tokens)
        self.tokenize(state)
        for rule in self.ruler2.getRules(""):
            rule(state)
        return state.tokens


class _ChineseState(StateInline):
    def scanDelims(self, start: int, canSplitWord: bool) -> Scanned:  # noqa: N802, N803
        """CommonMark's flanking rule, in which Han letters and full-width punctuation count as a word's edge.

        Source: commonmark-spec issue 650 (`**重点：**先加好友` is bold for every reader but the specification).
        """
        marker, end = self.src[start], start
        while end < self.posMax and self.src[end] == marker:
            end += 1
        before = self.src[start - 1] if start else " "
        after = self.src[end] if end < self.posMax else " "
        opens, closes = _flanks(after, before), _flanks(before, after)
        if canSplitWord:
            return Scanned(opens, closes, end - start)
        return Scanned(
            opens and (not closes or _is_punctuation(before)),
            closes and (not opens or _is_punctuation(after)),
            end - start,
        )


def _flanks(near: str, far: str) -> bool:
    """Whether a run of marks with `near` on its inner and `far` on its outer side may open (or, mirrored, close)."""
    if isWhiteSpace(ord(near)):
        return False
    edges = _is_chinese(near) or _is_chinese(far) or isWhiteSpace(ord(far)) or _is_punctuation(far)
    return not _is_punctuation(near) or edges


def _is_punctuation(char: str) -> bool:
    return isMdAsciiPunct(ord(char)) or isPunctChar(char)


def _is_chinese(char: str) -> bool:
    return char in CHINESE_PUNCTUATION or any(first <= ord(char) <= last for first, last in HAN)
