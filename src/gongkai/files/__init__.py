"""The disk: ordinary files of a bounded size are read, and files are written whole or not at all."""
