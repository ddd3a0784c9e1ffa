"""``callflow preview``: see it, change it, hear it."""

from __future__ import annotations

from importlib.util import find_spec

import click

from ..call.loading import load_account
from ..errors import UsageError, printable
from .options import case_options
from .output import Output


@click.command("preview", short_help="See it, change it, hear it.")
@click.argument("path", metavar="[CASE]", required=False)
@click.option("--port", type=click.IntRange(0, 65535), default=0, help="Left out: a free one.")
@click.option("--no-open", is_flag=True, help="Only say where the page is.")
@click.option(
    "--host",
    default="127.0.0.1",
    show_default=True,
    metavar="ADDRESS",
    help="Another address to listen on; then others can see and change the case, too.",
)
@case_options
def command(
    *,
    path: str | None,
    port: int,
    no_open: bool,
    host: str,
    settings: tuple[str, ...],
    account: str | None,
    input_format: str | None,
) -> int:
    """See it, change it, hear it.

    Opens a page in the browser: the call as lanes, its state machine, every step, and each value of
    request, scenario and people as a control that shows at once what it changes. Play the call,
    step it by hand, choose another event, compare two calls. CASE is shown anew when its file
    changes, and the page can save to it: only the values that changed. Without CASE the page begins
    with the documented situations.

    The server listens on this machine alone, needs no network, and ends with Ctrl-C.
    """
    if find_spec("bottle") is None:
        raise UsageError(
            "the preview needs bottle; pip install 'callflow-simulator[web]' brings it"
        )
    from ..serve.file import GivenFile
    from ..serve.server import Preview

    if path == "-":
        raise UsageError("the preview shows a file, which it can watch; - is none")
    if path is None and (settings or account or input_format):
        raise UsageError("--set, --account and --input-format need a case; name one")
    file = None
    if path is not None:
        file = GivenFile(
            path,
            _write,
            input_format,
            settings,
            None if account is None else load_account(account),
        )
        file.check()
    preview = Preview(file=file, host=host, port=port)
    shown = "" if path is None else f"{printable(path)} "
    try:
        click.echo(f"{shown}at {preview.address}  (Ctrl-C ends it)")
        if not no_open:
            _open(preview.address)
        preview.run()
    except KeyboardInterrupt:
        click.echo()
    return 0


def _write(path: str, data: bytes) -> None:
    with Output(path) as out:
        out.write(data)


def _open(address: str) -> None:
    """Open the page, without waiting for the browser."""
    import threading
    import webbrowser

    threading.Thread(target=webbrowser.open, args=(address,), daemon=True).start()
