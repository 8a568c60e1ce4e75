"""The command ``gongkai``: Chinese help and messages, progress, exit codes."""
