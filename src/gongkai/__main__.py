"""``python -m gongkai``."""

from gongkai.cli.main import main

if __name__ == "__main__":
    main()
