"""One page that holds all of a call: picture, steps, the request, and the command to repeat it.

The page is one file. It fetches nothing and runs nothing, and says so in its content policy; what
users wrote is text wherever it stands.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ..call.timeline import Timeline
from ..clauses import Clauses
from ..words import Basis
from . import wording
from .catalogue import clause_words, later, say, spoken, term
from .explain import Sentence, Telling, tell
from .lanes import timeline_svg
from .picture_palette import DARK, LIGHT, Paint, Theme
from .svg import escaped

_PAINTS = {
    "page": Paint.PAGE,
    "panel": Paint.PANEL,
    "ink": Paint.INK,
    "second": Paint.SECOND,
    "rule": Paint.RULE,
    "accent": Paint.ACCENT,
}

_POLICY = "default-src 'none'; style-src 'unsafe-inline'"

_CSS = """
*{box-sizing:border-box}
body{margin:0;background:var(--page);color:var(--ink);
font:14px/20px system-ui,-apple-system,"Segoe UI",Inter,Arial,sans-serif;
font-variant-numeric:tabular-nums}
main{max-width:944px;margin:0 auto;padding:24px 32px 48px}
.read{position:absolute;clip-path:inset(50%);width:1px;height:1px;overflow:hidden}
.picture{overflow-x:auto}.picture:focus-visible{outline:2px solid var(--accent);outline-offset:2px}
.picture svg{display:block;min-width:640px;max-width:100%;height:auto}
h2{font-size:16px;line-height:24px;margin:32px 16px 8px}
p,table,ul,pre{margin:0 16px 8px}
table{border-collapse:collapse;width:calc(100% - 32px)}
th{text-align:left;font-weight:400;color:var(--second);border-bottom:1px solid var(--second)}
th,td{padding:4px 12px 4px 0;vertical-align:top}
.new td{border-top:1px solid var(--rule)}
.at{text-align:right;white-space:nowrap;font-weight:700}
.clauses{color:var(--second);font-size:12px;white-space:nowrap}
.hole{color:var(--second)}
.inferred{font-style:italic;border-bottom:2px dashed var(--ink)}
ul{padding-left:20px}
pre{padding:12px 16px;background:var(--panel);border:1px solid var(--rule);border-radius:6px;
font:12px/18px ui-monospace,"SF Mono",Menlo,Consolas,monospace;white-space:pre-wrap;
overflow-wrap:anywhere}
@media(max-width:640px){main{padding:16px 0 32px}.clauses{white-space:normal}}
@media print{main{padding:0}.picture svg{min-width:0}}
""".strip()


def timeline_html(
    timeline: Timeline, *, request: str, command: str, theme: Theme = "auto", width: int = 880
) -> str:
    """The page of a call.

    Args:
        timeline: the call.
        request: the request as JSON, its token masked.
        command: what repeats this, as the reader would type it.
        theme: ``auto`` is light, and dark where the viewer prefers dark.
        width: of the picture, pixels.
    """
    told = tell(timeline)
    scale = escaped(say("The call to scale"))
    parts = [
        "<!DOCTYPE html>",
        f'<html lang="{escaped(spoken().language)}">',
        '<head><meta charset="utf-8">',
        '<meta name="viewport" content="width=device-width,initial-scale=1">',
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">',
        f"<title>{escaped(told.title)} - callflow</title>",
        f"<style>{_variables(theme)}\n{_CSS}</style></head>",
        "<body><main>",
        f'<h1 class="read">{escaped(told.title)}</h1>',
        f'<div class="picture" tabindex="0" role="region" aria-label="{scale}">',
        f"{timeline_svg(timeline, theme=theme, width=width)}</div>",
        *_steps(told),
        *_listed(say("Without effect, whatever people do"), told.without_effect),
        *_listed(say("In force"), told.settings),
        f"{_head(say('Figures'))}<ul>",
        *(
            f"<li>{escaped(term(party))}: {escaped(', '.join(pieces))}</li>"
            for party, pieces in told.figures
        ),
        "</ul>",
        *_listed(say("Assumed, because the case leaves it out"), told.assumptions),
        *_listed(say("Warnings"), told.warnings),
        f"{_head(say('Request'))}{_code(request)}",
        f"{_head(say('Again'))}{_code(command)}",
        f"{_head(say('Not in this model'))}<p>{escaped(told.left_out)}.</p>",
        "</main></body></html>",
    ]
    return "\n".join(parts) + "\n"


_COLUMNS = (later("at"), later("what happens"), later("clauses"))


def _variables(theme: Theme) -> str:
    def rule(colours: dict[Paint, str]) -> str:
        names = "".join(f"--{name}:{colours[paint]};" for name, paint in _PAINTS.items())
        return f":root{{{names}}}"

    scheme = {"auto": "light dark"}.get(theme, theme)
    rules = f":root{{color-scheme:{scheme}}}{rule(DARK if theme == 'dark' else LIGHT)}"
    if theme == "auto":
        rules += f"@media(prefers-color-scheme:dark){{{rule(DARK)}}}"
    return rules


def _head(text: str) -> str:
    return f"<h2>{escaped(text)}</h2>"


def _steps(told: Telling) -> Iterator[str]:
    at, what, clauses = (escaped(say(text)) for text in _COLUMNS)
    yield f"{_head(say('Step by step'))}<table><thead><tr>"
    yield f'<th class="at" scope="col">{at}</th><th scope="col">{what}</th>'
    yield f'<th scope="col">{clauses}</th></tr></thead><tbody>'
    for line in told.steps:
        moment = "" if line.at is None else wording.moment(line.at)
        for sentence in line.sentences:
            kind = ' class="hole"' if sentence.hole is not None else ""
            row = '<tr class="new">' if sentence is line.sentences[0] else "<tr>"
            yield (
                f'{row}<td class="at">{moment}</td><td{kind}>{escaped(sentence.text)}</td>'
                f'<td class="clauses">{_clauses(sentence.clauses)}</td></tr>'
            )
            moment = ""
    yield "</tbody></table>"


def _clauses(clauses: Clauses) -> str:
    """The ids, each with what it says as a tooltip; inferred ones are dashed and named so."""
    said = []
    for clause in clauses:
        title = f' title="{escaped(clause_words(clause).says)}"'
        if clause.basis is Basis.INFERRED:
            cited = escaped(wording.cited((clause,), clause.basis))
            said.append(f'<span class="inferred"{title}>{cited}</span>')
        else:
            said.append(f"<span{title}>{clause.id}</span>")
    return ", ".join(said)


def _listed(heading: str, sentences: Iterable[Sentence]) -> Iterator[str]:
    lines = [
        f'<li>{escaped(sentence.text)} <span class="clauses">{_clauses(sentence.clauses)}</span>'
        "</li>"
        for sentence in sentences
    ]
    if lines:
        yield f"{_head(heading)}<ul>"
        yield from lines
        yield "</ul>"


def _code(text: str) -> str:
    """Text as it was written, line by line."""
    return f"<pre>{chr(10).join(escaped(line) for line in text.splitlines())}</pre>"
