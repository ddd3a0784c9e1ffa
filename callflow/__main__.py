"""``callflow`` and ``python -m callflow``: where the process starts."""

from __future__ import annotations

import gc
from typing import NoReturn


def main() -> NoReturn:
    """Run the command line of this process.

    What a command imports is no garbage until it ends, and it ends soon: looking for some while it
    starts and when it is over would be a sixth of its time.
    """
    gc.disable()
    try:
        from .cli import main as command_line

        command_line()
    except KeyboardInterrupt:  # while it is still starting; later ones are met by the verbs
        raise SystemExit(130) from None


if __name__ == "__main__":
    main()
