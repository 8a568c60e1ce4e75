"""Where the program in one folder begins: as the command does."""

import multiprocessing
import os
import sys
from pathlib import Path

from gongkai.cli.main import main

SETTINGS = Path(sys.prefix) / "etc" / "fonts"

if __name__ == "__main__":
    multiprocessing.freeze_support()  # a worker of a batch is this program once more
    if SETTINGS.is_dir():  # those that the library in this folder reads, not the machine's
        os.environ.setdefault("FONTCONFIG_PATH", str(SETTINGS))
    main()
