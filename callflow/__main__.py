"""``python -m callflow`` is ``callflow``."""

from .cli import main

if __name__ == "__main__":
    main()
