"""Execute the notebooks: from each `notebooks/*.py` the `.ipynb` beside it, with what came out.

The `.py` (cells between `# %%` lines, which jupytext and editors read) is what people write and
review; the `.ipynb` is what is shown, also where nothing is executed. It is the same, byte for
byte, whenever and wherever it is made: numbered cells, no times, no versions, pictures as PNG,
because not every place that shows notebooks shows SVG.

    python tools/notebooks.py [FILE.py ...]          write what comes out
    python tools/notebooks.py --check [FILE.py ...]  write nothing, say what is not what comes out

The exit status is 1 if a cell fails, or if something stored is not what comes out. The kernel is
this Python, talks through files in a temporary folder, and keeps everything else there too.
"""

from __future__ import annotations

import json
import os
import re
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
FOLDER = ROOT / "notebooks"
REPAIR = "make notebooks"

#: Where Jupyter, IPython and matplotlib would keep things in the home folder.
_KEPT = (
    "IPYTHONDIR",
    "JUPYTER_CONFIG_DIR",
    "JUPYTER_DATA_DIR",
    "JUPYTER_RUNTIME_DIR",
    "MPLCONFIGDIR",
)
#: What would make the output depend on who runs this.
_PERSONAL = (
    "COLUMNS",
    "IPYTHON",
    "JUPYTER",
    "MATPLOTLIB",
    "MPL",
    "PYTHONSTARTUP",
    "PYTHONWARNINGS",
)
_METADATA = {
    "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
    "language_info": {"file_extension": ".py", "mimetype": "text/x-python", "name": "python"},
}
_SVG, _PNG = "image/svg+xml", "image/png"
_COLOUR = re.compile(r"\x1b\[[0-9;]*m")


class FailedCellError(Exception):
    """A cell did not come to its end, or wrote to standard error."""


def executed(source: str, folder: Path) -> str:
    """The text of the `.ipynb` that comes from a source in the percent format.

    Args:
        source: the text of the `.py`.
        folder: the working directory of its cells.

    Raises:
        FailedCellError: a cell did not come to its end, or wrote to standard error.
    """
    import jupytext
    import nbformat

    notebook = jupytext.reads(source, fmt="py:percent")
    for number, cell in enumerate(notebook.cells):
        cell.id = f"c{number:02}"
        cell.metadata = {}
    run(notebook, folder)
    for cell in notebook.cells:
        cell.metadata = {}
        for output in cell.get("outputs", ()):
            _reduce(output)
    notebook.metadata = _METADATA
    notebook.nbformat, notebook.nbformat_minor = 4, 5
    nbformat.validate(notebook)
    text: str = nbformat.writes(notebook)
    return text + "\n"


def run(notebook: Any, folder: Path) -> None:
    """Fill in the outputs of a notebook, in a kernel of its own.

    Raises:
        FailedCellError: a cell raised, takes minutes, or ended the kernel.
    """
    from jupyter_client.kernelspec import KernelSpecManager
    from jupyter_client.manager import AsyncKernelManager
    from nbclient import NotebookClient
    from nbclient.exceptions import CellExecutionError, CellTimeoutError, DeadKernelError

    with TemporaryDirectory(prefix="nb") as away:
        environment = {
            name: value for name, value in os.environ.items() if not name.startswith(_PERSONAL)
        }
        environment |= {name: os.path.join(away, name.lower()) for name in _KEPT}
        manager = AsyncKernelManager(
            kernel_name="python3",
            # No folder is searched for kernels: what is left is this very Python.
            kernel_spec_manager=KernelSpecManager(data_dir=away, kernel_dirs=[]),
            transport="ipc",
            connection_file=os.path.join(away, "k.json"),
        )
        client = NotebookClient(
            notebook,
            km=manager,
            coalesce_streams=True,
            timeout=120,
            resources={"metadata": {"path": str(folder)}},
        )
        try:
            client.execute(env=environment, cleanup_kc=True)
        except (CellExecutionError, CellTimeoutError, DeadKernelError) as error:
            raise FailedCellError(_COLOUR.sub("", str(error)).strip()) from None


def _reduce(output: Any) -> None:
    """Leave of an output what every place shows."""
    if output.get("name") == "stderr":
        raise FailedCellError(f"a cell wrote to standard error:\n{output.text.strip()}")
    data = output.get("data", {})
    if _PNG in data:
        data.pop(_SVG, None)


def stored(source: Path) -> Path:
    """Where what comes from a source is stored."""
    return source.with_suffix(".ipynb")


def differences(before: str, now: str) -> list[str]:
    """Which cells of a stored notebook are not what comes out now, and what of them."""
    try:
        old = json.loads(before)["cells"]
    except (ValueError, KeyError, TypeError):
        return ["what is stored is no notebook"]
    new = json.loads(now)["cells"]
    found = []
    for number, (one, other) in enumerate(zip(old, new, strict=False)):
        if one != other:
            same = one.get("source") == other["source"]
            found.append(f"cell {number}: {'what comes out' if same else 'its text'}")
    if len(old) != len(new):
        found.append(f"{len(old)} cells are stored, {len(new)} come out")
    return found or ["not its cells, but how they are written"]


def make(sources: list[Path], *, check: bool) -> int:
    """Execute the sources, write what comes out or check what is stored; return the exit status."""
    status = 0
    for source in sources:
        target = stored(source)
        name = os.path.relpath(target)
        try:
            now = executed(source.read_text(encoding="utf-8"), source.parent)
        except FailedCellError as error:
            print(f"{os.path.relpath(source)}: {error}", file=sys.stderr)
            status = 1
            continue
        before = target.read_text(encoding="utf-8") if target.exists() else None
        if before == now:
            continue
        if not check:
            target.write_text(now, encoding="utf-8", newline="\n")
            print(f"{name}: written")
            continue
        status = 1
        told = ["it is missing"] if before is None else differences(before, now)
        print(f"{name}: is not what comes out now; to repair: {REPAIR}", file=sys.stderr)
        for line in told:
            print(f"  {line}", file=sys.stderr)
    return status


def main(arguments: list[str]) -> int:
    """Do what the command line says and return its exit status."""
    check = "--check" in arguments
    named = [Path(word) for word in arguments if word != "--check"]
    wrong = [path for path in named if path.suffix != ".py" or not path.is_file()]
    if wrong:
        print("usage: python tools/notebooks.py [--check] [FILE.py ...]", file=sys.stderr)
        return 2
    return make(named or sorted(FOLDER.glob("*.py")), check=check)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
