"""A block of somebody's page that holds a case: what is shown of it, and what is wrong with it.

One function, `embedded`, stands behind the Markdown fence (`fence`) and the Sphinx directive
(`sphinx`). It is given the text of the block, its options and where it stands; it answers with HTML
for the page and plain text for where there is no HTML. It knows no builder.

Whatever is wrong, in the case, in an option or in the file that is named, is raised as a
`CaseError` with the page and its line, or with the line of the case file. A builder that goes on
after that would publish a page with a hole.
"""

from __future__ import annotations

import os.path
from collections.abc import Iterator, Mapping
from hashlib import sha256
from pathlib import Path

from attrs import evolve, frozen

from ..api.errors import RequestRefused
from ..call.case import Case
from ..call.loading import case_from_bytes, open_case
from ..call.simulator import simulate
from ..call.timeline import Timeline
from ..draw import wording
from ..draw.explain import tell
from ..draw.html import steps_table
from ..draw.picture_palette import Theme
from ..draw.svg import escaped
from ..errors import CallflowError, CaseError, Problem, either, nearest, printable
from .inline import inlined

#: What can be shown of a case, in any order and number.
PARTS = ("timeline", "ladder", "machine", "steps")
THEMES: tuple[Theme, ...] = ("auto", "light", "dark")
#: The options of a block and what each says.
OPTIONS = {
    "show": f"what is shown, one or several of {', '.join(PARTS)}; timeline if left out",
    "file": "the case file, from the folder of the page, or from the docs folder after a /",
    "set": "changes to the case, PATH=VALUE, several with semicolons between them",
    "title": "a caption, which is also what the picture is called for who does not see it",
    "theme": "auto (as the page is), light or dark",
}

#: Of a timeline inside a page, pixels: a column of text is not wider.
_WIDTH = 720

_CSS = (
    # Themes say by a name whether they are dark; not all say it by a colour scheme, too.
    "@media screen{[data-theme=dark] figure.callflow,[data-bs-theme=dark] figure.callflow,"
    "[data-md-color-scheme=slate] figure.callflow{color-scheme:dark}}"
    "@media screen and (prefers-color-scheme:dark){[data-theme=auto] figure.callflow"
    "{color-scheme:dark}}"
    "figure.callflow{display:block;width:auto;max-width:100%;margin:1.5em 0;text-align:left}"
    ".callflow-picture{overflow-x:auto;margin:0 0 .5em}"
    ".callflow-picture:focus-visible{outline:2px solid currentColor;outline-offset:2px}"
    "figure.callflow figcaption{margin:.5em 0 0;font-style:normal;text-align:left}"
    "table.callflow-steps{border-collapse:collapse;width:100%;font-variant-numeric:tabular-nums;"
    "font-size:.9em;line-height:1.4}"
    ".callflow-steps th,.callflow-steps td{padding:.3em .8em .3em 0;vertical-align:top;"
    "text-align:left;border:0}"
    ".callflow-steps th{font-weight:400;border-bottom:1px solid currentColor}"
    ".callflow-steps .at{text-align:right;white-space:nowrap}"
    ".callflow-steps td.at{font-weight:700}"
    ".callflow-steps .clauses span{white-space:nowrap}"
    ".callflow-steps .hole{padding-left:1em;font-style:italic}"
    ".callflow-steps .inferred{font-style:italic;border-bottom:2px dashed currentColor}"
)


@frozen(kw_only=True)
class Place:
    """Where a block stands.

    Attributes:
        page: the file of the page; None: the builder does not say.
        docs: the folder that no ``file`` may leave.
        line: where the block begins, from 1; None: not known.
        first: the line of the block's first line of text; None: the one after ``line``.
        source: what messages call the file in which the block is written; None: as the page.
        number: which block of its page it is; two never have the same.
    """

    page: Path | None
    docs: Path
    line: int | None = None
    first: int | None = None
    source: str | None = None
    number: int = 1

    @property
    def folder(self) -> Path:
        """What paths are relative to."""
        return self.page.parent if self.page else self.docs

    @property
    def prefix(self) -> str:
        """What the names of the block begin with: unique also where pages are put together."""
        name = os.path.relpath(self.page, self.docs) if self.page else ""
        return f"callflow-{sha256(name.encode()).hexdigest()[:6]}-{self.number}"

    def problem(self, message: str) -> CaseError:
        """Something wrong with the block as a whole."""
        name = self.source or (_shown(self.page) if self.page else "a callflow block")
        return CaseError([Problem(message=message, file=name, line=self.line)])


@frozen(kw_only=True)
class Embedded:
    """What a page shows of a case.

    Attributes:
        html: a ``figure``, which brings its style with it and fetches nothing.
        text: the same for where there is no HTML: lanes, and the steps if they are asked for.
        file: the case file that was read; the page is to be built anew when it changes.
    """

    html: str
    text: str
    file: Path | None


def embedded(text: str, options: Mapping[str, str], place: Place) -> Embedded:
    """What a block shows.

    Args:
        text: the case as YAML; blank where the options name a file.
        options: see `OPTIONS`.
        place: where the block stands.

    Raises:
        CaseError: the block cannot be shown. Each problem has the page and its line; or those of
            the case file, and then the page is named in its last line.
    """
    shown, theme, title = _wishes(options, place)
    file = _file(options.get("file"), place)
    if file is None and not text.strip():
        raise place.problem('the block is empty; write a case in it, or name one: file="..."')
    if file is not None and text.strip():
        raise place.problem("there is a case in the block and a file beside it; leave one out")
    settings = tuple(filter(None, map(str.strip, options.get("set", "").split(";"))))
    try:
        if file is None:
            case = case_from_bytes(
                text.encode(), "yaml", None, settings=settings, folder=str(place.folder)
            )
        else:
            case = _opened(file, settings)
        timeline = simulate(case)
        html = _figure(timeline, shown, theme, title, place.prefix)
    except CallflowError as error:
        raise _placed(error, place, file) from error
    return Embedded(html=html, text="\n".join(_plain(timeline, shown)), file=file)


# ----------------------------------------------------------------------------------------- options


def _wishes(options: Mapping[str, str], place: Place) -> tuple[tuple[str, ...], Theme, str]:
    for name in options:
        if name not in OPTIONS:
            near = nearest(name, OPTIONS)
            hint = f"did you mean {near}?" if near else f"it can be {either([*OPTIONS])}"
            raise place.problem(f"unknown option {printable(name)}; {hint}")
    shown = tuple(dict.fromkeys(options.get("show", PARTS[0]).replace(",", " ").split()))
    for part in shown or ("",):
        if part not in PARTS:
            raise place.problem(_no_choice("show", part, PARTS))
    theme = options.get("theme", "auto")
    for known in THEMES:
        if theme == known:
            return shown, known, options.get("title", "").strip()
    raise place.problem(_no_choice("theme", theme, THEMES))


def _no_choice(option: str, given: str, choices: tuple[str, ...]) -> str:
    near = nearest(given, choices)
    hint = f"; did you mean {near}?" if near else ""
    return f"{option} can be {either(choices)}, not {printable(given) or 'nothing'}{hint}"


def _file(name: str | None, place: Place) -> Path | None:
    """The case file that is meant, links followed; it must stand in the docs folder."""
    if name is None:
        return None
    if not name.strip():
        raise place.problem("file names no case file")
    start = place.docs if name.startswith("/") else place.folder
    try:
        found = (start / name.lstrip("/")).resolve()
        inside = found.is_relative_to(place.docs.resolve())
    except (OSError, ValueError):
        raise place.problem(f"file: {printable(name)} is no name of a file") from None
    if not inside:
        raise place.problem(
            f"file: {printable(name)} leads out of the docs folder; a page shows only what lies in "
            "it, so that it can be built wherever the folder is"
        )
    return found


def _opened(file: Path, settings: tuple[str, ...]) -> Case:
    return open_case(_shown(file)).case(settings, None)


def _shown(path: Path) -> str:
    """A path as it is told: from here, if it lies below."""
    relative = os.path.relpath(path)
    return str(path) if relative.startswith("..") else relative


# ---------------------------------------------------------------------------------- what is wrong


def _placed(error: CallflowError, place: Place, file: Path | None) -> CaseError:
    """The error with the page's line in each of its problems, or with the page below them."""
    if not isinstance(error, CaseError | RequestRefused) or not error.problems:
        return place.problem(str(error))
    if file is None:
        return CaseError([_on_page(problem, place) for problem in error.problems])
    *others, last = error.problems
    (at,) = place.problem("this block shows it").problems
    return CaseError([*others, last, at])


def _on_page(problem: Problem, place: Place) -> Problem:
    (whole,) = place.problem(problem.message).problems
    line = whole.line
    if place.line is not None and problem.line is not None:
        line = (place.first or place.line + 1) + problem.line - 1
    return evolve(problem, file=whole.file, line=line)


# ----------------------------------------------------------------------------------- what is shown


def _figure(
    timeline: Timeline, shown: tuple[str, ...], theme: Theme, title: str, prefix: str
) -> str:
    name = escaped(title or wording.title(timeline))
    parts = [f'<figure class="callflow"><style>{_CSS}</style>']
    for number, part in enumerate(shown, 1):
        if part == "steps":
            parts += steps_table(tell(timeline), "callflow-steps")
            continue
        picture = inlined(_picture(timeline, part, theme), f"{prefix}-{number}", title)
        # What scrolls must be reached by the keyboard, and needs a name there.
        parts.append(
            f'<div class="callflow-picture" tabindex="0" role="group" aria-label="{name} ({part})">'
            f"{picture}</div>"
        )
    if title:
        parts.append(f"<figcaption>{name}</figcaption>")
    parts.append("</figure>")
    return "\n".join(parts)


def _picture(timeline: Timeline, part: str, theme: Theme) -> str:
    if part == "timeline":
        from ..draw.lanes import timeline_svg

        return timeline_svg(timeline, theme=theme, width=_WIDTH)
    if part == "ladder":
        from ..draw.ladder import ladder_svg

        return ladder_svg(timeline, theme=theme)
    from ..draw.chart import chart_of
    from ..draw.machine import machine_svg

    return machine_svg(chart_of(timeline), theme=theme)


def _plain(timeline: Timeline, shown: tuple[str, ...]) -> Iterator[str]:
    from ..draw.grid import Style
    from ..draw.text import timeline_text

    yield timeline_text(timeline, width=76, style=Style.ASCII).plain().rstrip("\n")
    if "steps" in shown:
        yield ""
        for line in tell(timeline).steps:
            moment = "" if line.at is None else wording.moment(line.at)
            for sentence in line.sentences:
                yield f"{moment:>8}  {sentence.text}"
                moment = ""
