"""``gongkai rules`` and ``gongkai explain``: what is checked, and the page of each rule."""

from __future__ import annotations

import json
from importlib.resources import files

import click

from gongkai.cli.chinese import Command


@click.command("rules", cls=Command)
@click.option("--format", "format_", metavar="格式", type=click.Choice(("text", "json")), default="text",
              show_default=True, help="文字（text）或 json。")  # fmt: skip
def rules(format_: str) -> None:
    """列出全部核对规则：代码、级别、适用的文种和年度、检查什么。"""
    text = (files("gongkai.checks") / "rules.json").read_text(encoding="utf-8")
    if format_ == "json":
        click.echo(text, nl=False)
        return
    for rule in json.loads(text):
        click.echo(f"{rule['code']}\t{rule['level']}\t{rule['applicability']}\t{rule['summary']}")


@click.command("explain", cls=Command)
@click.argument("codes", nargs=-1, required=True, metavar="代码…")
def explain(codes: tuple[str, ...]) -> None:
    """说明一条规则：检查什么、为何重要、依据、怎样改。"""
    from gongkai.checks.manual import nearest, pages

    for number, typed in enumerate(codes):
        page = pages().get(typed.upper())
        if page is None:
            near = nearest(typed.upper())
            hint = f"是否想写 {near}？" if near else "全部代码见 gongkai rules"
            raise click.UsageError(f"没有代码为 {typed} 的规则，{hint}")
        if number:
            click.echo()
        click.echo(f"{page.code}　{page.level.value}　{page.applicability}")
        for heading, text in page.texts.items():
            click.echo(f"{heading}：{text}")
