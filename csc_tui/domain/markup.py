"""Notes as people read them: HTML, Markdown and Textile taken down to their words.

Nothing of a note is ever carried out or fetched. What cannot be read as markup stays as written.
"""

from __future__ import annotations

import re
from functools import lru_cache
from html import escape, unescape

LONGEST = 60_000
"""Characters of a note that are read; mails with pictures in them are longer than anybody reads."""

_BLOCKS = frozenset(
    {"address", "article", "aside", "blockquote", "body", "center", "dd", "div", "dl", "dt"}
    | {"figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "li"}
    | {"main", "nav", "ol", "p", "pre", "section", "table", "tbody", "tfoot", "thead", "tr", "ul"}
)
"""Elements that begin a line."""
_APART = frozenset(
    {"blockquote", "dl", "h1", "h2", "h3", "h4", "h5", "h6", "ol", "p", "pre", "table", "ul"}
)
"""Those with a blank line before and behind."""
_UNSEEN = frozenset({"head", "noscript", "object", "script", "style", "template", "title"})
"""Elements whose content is not for reading."""
_BLANKS = re.compile(r"[ \t\r\n\f]+")
_BLANK_LINES = re.compile(r"\n{3,}")


@lru_cache(maxsize=256)
def readable(text: str, markup: str) -> str:
    """The words of a note; `markup` is `html`, `markdown`, `textile`, else it is plain text."""
    cut = text[:LONGEST]
    if markup == "html":
        cut = _html(cut)
    elif markup == "markdown":
        cut = _markdown(cut)
    elif markup == "textile":
        cut = _textile(cut)
    cut = _BLANK_LINES.sub("\n\n", cut.replace("\r\n", "\n")).strip()
    return f"{cut} …" if len(text) > LONGEST else cut


_BARE_TAG = re.compile(r"</?p\s*>|<br\s*/?>", re.IGNORECASE)
_PARAGRAPH = re.compile(r"</?p\s*>", re.IGNORECASE)
_BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)


def bare(text: str) -> str | None:
    """The words of HTML that is nothing but paragraphs, lines and words; None where it is more.

    `html` of them means the same again, so that a form may change them and nothing is lost.
    """
    if "<" in _BARE_TAG.sub("", text):
        return None
    blocks = (block.strip(" ") for block in _PARAGRAPH.split(_BLANKS.sub(" ", text)))
    return "\n\n".join(_bare_lines(block) for block in blocks if block)


def _bare_lines(block: str) -> str:
    lines = [line.strip(" ") for line in _BREAK.split(block)]
    if len(lines) > 1 and not lines[-1]:
        del lines[-1]  # a break at the end of a paragraph is not seen
    return "\n".join(unescape(line).replace("\xa0", " ") for line in lines)


_ONE_BLANK_LINE = re.compile(r"(?<!\n)\n\n(?!\n)")
_KEPT_BLANK = re.compile(r"^ | $|(?<= ) ", re.MULTILINE)


def html(words: str) -> str:
    """Plain words as HTML: a blank line begins a paragraph; blanks and ends of lines are kept."""
    text = escape(words.replace("\r\n", "\n").strip("\n"), quote=False)
    text = _KEPT_BLANK.sub("&nbsp;", text).replace("\t", "&#9;")
    paragraphs = (one.replace("\n", "<br>") for one in _ONE_BLANK_LINE.split(text))
    return "".join(f"<p>{one}</p>" for one in paragraphs)


def is_marked_up(text: str) -> bool:
    """Whether HTML holds more than words, so that a form of its words would lose something."""
    return "<" in text or "&" in text


_TAG = re.compile(
    r"<(?P<end>/?)(?P<name>[a-zA-Z][\w:-]{0,40})(?P<rest>[^<>]{0,8000})>|<[!?][^<>]{0,8000}>"
)
_ADDRESS = re.compile(r"\bhref\s{0,20}=\s{0,20}[\"']?(https?://[^\s\"'<>]{1,2000})", re.IGNORECASE)


def _html(text: str) -> str:
    reader = _HtmlReader()
    at, text = 0, _without_comments(text)
    for tag in _TAG.finditer(text):
        reader.words(text[at : tag.start()])
        if name := (tag["name"] or "").lower():
            reader.end(name) if tag["end"] else reader.begin(name, tag["rest"])
        at = tag.end()
    reader.words(text[at:])
    return reader.text()


def _without_comments(text: str) -> str:
    kept, at = [], 0
    while (start := text.find("<!--", at)) >= 0:
        kept.append(text[at:start])
        end = text.find("-->", start)
        at = end + 3 if end >= 0 else len(text)
    return "".join(kept) + text[at:]


class _HtmlReader:
    """Collects the words; blocks stand on lines of their own, addresses of links behind them.

    The standard library's parser takes minutes for a few pages of `<a <a <a`; this one reads every
    character once.
    """

    def __init__(self) -> None:
        self._out: list[str] = []
        self._unseen = ""
        """The open element that is not for reading."""
        self._link = ("", 0)
        """The address of the open link, and where its words begin."""
        self._as_written = False

    def begin(self, tag: str, attributes: str) -> None:
        """An element begins."""
        if self._unseen:
            return
        if tag in _UNSEEN and not attributes.endswith("/"):
            self._unseen = tag
        if tag in _BLOCKS:
            self._line(tag)
        if tag == "br":
            self._out.append("\n")
        elif tag == "li":
            self._out.append("- ")
        elif tag in ("td", "th") and self._out and not self._out[-1].endswith("\n"):
            self._out.append(" ")
        elif tag == "pre":
            self._as_written = True
        elif tag == "a":
            address = _ADDRESS.search(attributes)
            self._link = (unescape(address[1]) if address else "", len(self._out))

    def end(self, tag: str) -> None:
        """An element ends."""
        if self._unseen:
            self._unseen = "" if tag == self._unseen else self._unseen
            return
        if tag == "pre":
            self._as_written = False
        if tag in _BLOCKS:
            self._line(tag)
        elif tag == "a":
            address, start = self._link
            self._link = ("", 0)
            if address and address != "".join(self._out[start:]).strip():
                self._out.append(f" ({address})")

    def words(self, text: str) -> None:
        """What stands between two tags."""
        if self._unseen:
            return
        if not self._as_written:
            text = _BLANKS.sub(" ", text)
            if not self._out or self._out[-1].endswith(("\n", " ")):
                text = text.lstrip(" ")
        if text:
            self._out.append(unescape(text).replace("\xa0", " "))

    def _line(self, tag: str) -> None:
        """Begin a line, and a paragraph where the element is one."""
        self._out.append("\n\n" if tag in _APART else "\n")

    def text(self) -> str:
        """What was collected."""
        lines = (line.rstrip(" ") for line in "".join(self._out).split("\n"))
        joined = _BLANK_LINES.sub("\n\n", "\n".join(lines))
        return re.sub(r"\n\n(?=- )", "\n", joined)


_FENCE = re.compile(r"^ {0,3}(```|~~~).*$")
_MD_LINE = re.compile(r"^(\s*)(#{1,6} +|> ?)")
_MD_BULLET = re.compile(r"^(\s*)[*+] +")
_MD_LINK = re.compile(r"!?\[([^\[\]\n]*)\]\(([^()\s]*)(?: +\"[^\"\n]*\")?\)")
_MD_STRONG = re.compile(r"(\*\*|__|~~)(?=\S)([^\n]{1,200}?)(?<=\S)\1")
_MD_WEAK = re.compile(r"(?<![\w*])([*_`])(?=[^\s*_`])([^*_`\n]{1,200}?)(?<=\S)\1(?![\w*])")
_MD_ESCAPED = re.compile(r"\\([\\`*_{}\[\]()#+.!>~|-])")
_ASIDE = 0xF0000
"""Added to a character that is to stand as it is, while the marks are taken away."""
_BACK = {_ASIDE + ord(one): one for one in "\\`*_{}[]()#+.!>~|-"}


def _markdown(text: str) -> str:
    lines, as_written = [], False
    for line in text.split("\n"):
        if _FENCE.match(line):
            as_written = not as_written
            continue
        lines.append(line if as_written else _markdown_line(line))
    return "\n".join(lines)


def _markdown_line(line: str) -> str:
    line = _MD_ESCAPED.sub(lambda match: chr(_ASIDE + ord(match[1])), line)
    line = _MD_BULLET.sub(r"\1- ", _MD_LINE.sub(r"\1", line))
    line = _MD_LINK.sub(_link, line)
    line = _MD_WEAK.sub(r"\2", _MD_STRONG.sub(r"\2", line))
    return line.translate(_BACK)


def _link(match: re.Match[str]) -> str:
    words, address = match.groups()
    return f"{words} ({address})" if address and address != words else words


_TX_LINE = re.compile(r"^(?:h[1-6]|p|bq|bc|pre)(?:[<>=]+|\([^)\n]*\)|\{[^}\n]*\})*\. +")
_TX_BULLET = re.compile(r"^[*#]+ +")
_TX_LINK = re.compile(r"\"([^\"\n]+)\":(https?://[^\s<>\"]+)")
_TX_MARK = re.compile(r"(?<![\w*_@+-])([*_@+-])(?=[^\s*_@+-])([^\n*_@+]{1,200}?)(?<=\S)\1(?!\w)")


def _textile(text: str) -> str:
    lines = (_TX_BULLET.sub("- ", _TX_LINE.sub("", line)) for line in text.split("\n"))
    return "\n".join(_textile_words(line) for line in lines)


def _textile_words(line: str) -> str:
    return _TX_MARK.sub(r"\2", _TX_LINK.sub(r"\1 (\2)", line))
