"""click in Chinese: usage lines, and click's own messages from our catalogue."""

from __future__ import annotations

import gettext
import os
from collections.abc import Sequence
from importlib import import_module
from importlib.resources import files
from typing import Any

import click


def speak_chinese() -> None:
    """Let click's own messages come from our Chinese catalogue, whatever the machine's language."""
    os.environ["LANGUAGE"] = "zh_CN"
    gettext.bindtextdomain("messages", str(files("gongkai.cli") / "locale"))


class Command(click.Command):
    """A command whose usage line is Chinese."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"options_metavar": "[选项]", **kwargs})


class Group(click.Group):
    """Commands in the order in which they are needed; those of other modules are imported when called."""

    command_class = Command

    def __init__(
        self, *args: Any, lazy: dict[str, str] | None = None, order: Sequence[str] = (), **kwargs: Any
    ) -> None:
        defaults = {"options_metavar": "[选项]", "subcommand_metavar": "命令 …", "no_args_is_help": True}
        super().__init__(*args, **{**defaults, **kwargs})
        self._lazy = lazy or {}
        self._order = order

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Those of the order, then the others as defined; not by the alphabet."""
        return [*dict.fromkeys((*self._order, *self.commands, *self._lazy))]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command, imported from ``module:name`` when it is another module's."""
        if cmd_name not in self._lazy:
            return super().get_command(ctx, cmd_name)
        module, _, name = self._lazy[cmd_name].partition(":")
        command = getattr(import_module(module), name)
        assert isinstance(command, click.Command)
        return command
