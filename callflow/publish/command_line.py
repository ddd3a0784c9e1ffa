"""The page of the command line, from the commands themselves.

What stands there is what ``--help`` says, in the same words, verb by verb. The commands are handed
in: this room lies below theirs.
"""

from __future__ import annotations

import inspect
import re
from collections.abc import Iterator

import click

_HEAD = """\
# The command line

Each verb asks one question, and reads cases in the same way: a YAML, JSON or TOML file, or `-` for
standard input. `-f`, or else the ending of `-o`, chooses the format; `--set`, `--each` and
`--account` mean the same everywhere. This page is made from the commands; `callflow VERB --help`
says the same.

## Exit status

| status | when |
| --: | --- |
| 0 | done |
| 1 | something that was to hold does not (`check`, `explore`), or two calls differ (`diff`) |
| 2 | wrong usage, or a file that cannot be read or written |
| 3 | the API would refuse the request |
| 70 | a fault of callflow itself |

What is wrong, where, and how to repair it stands on standard error, a line for each problem;
nothing is half-written.
"""

#: Options in a text, and in a cell also what is in capitals and paths of cases.
_OPTION = re.compile(r"(?<!\S)--?[a-z][\w-]*(?:=\S+)?|\b\w+(?:\.\w+)+=\S+(?=[;:])")


def command_line_page(program: click.Group) -> str:
    """The page as Markdown.

    Args:
        program: the group of all verbs.
    """
    with click.Context(program, info_name=program.name) as context:
        sections = [
            "\n".join(section)
            for name in program.list_commands(context)
            if (verb := program.get_command(context, name))
            for section in _sections(verb, context, name)
        ]
    return "\n".join([_HEAD, *sections])


def _sections(verb: click.Command, above: click.Context, name: str) -> Iterator[list[str]]:
    """A section of a verb, and one of each verb in it."""
    context = click.Context(verb, info_name=name, parent=above)
    usage = " ".join([context.command_path, *verb.collect_usage_pieces(context)])
    depth = "#" * (context.command_path.count(" ") + 1)
    lines = [f"{depth} {context.command_path}", "", "```text", usage, "```", ""]
    lines += _paragraphs(verb.help or "")
    options = [
        record
        for parameter in verb.get_params(context)
        if (record := parameter.get_help_record(context)) and record[1] and parameter.name != "help"
    ]
    if options:
        lines += ["| option | what it does |", "| --- | --- |"]
        lines += [f"| `{_cell(names)}` | {_text(_cell(words))} |" for names, words in options]
        lines += [""]
    yield lines
    if isinstance(verb, click.Group):
        for inner in verb.list_commands(context):
            command = verb.get_command(context, inner)
            if command is not None:
                yield from _sections(command, context, inner)


def _paragraphs(text: str) -> Iterator[str]:
    for paragraph in inspect.cleandoc(text).split("\n\n"):
        if paragraph.startswith("\b"):
            yield from ("```text", *paragraph.splitlines()[1:], "```", "")
        else:
            yield from (_text(" ".join(paragraph.split())), "")


def _text(words: str) -> str:
    return _OPTION.sub(r"`\g<0>`", words.replace("<", "&lt;").replace("*", "\\*"))


def _cell(words: str) -> str:
    return " ".join(words.split()).replace("|", "\\|")
