"""The reference part of the manual of rules, made from the rules themselves so that it cannot go stale."""

from __future__ import annotations

from collections.abc import Iterator

from gongkai.checks.manual import Page, pages

from .json import KEYS

_GROUPS = {
    "GK1": "读文件",
    "GK2": "数据文件的内容",
    "GK3": "科目和“校验”",
    "GK4": "勾稽和完整",
    "GK5": "模板包",
    "GK6": "输出",
    "GK7": "文字、隐私、保密",
    "GK8": "审核做好的公开文件",
}


def reference() -> str:
    """The JSON report's keys, and the page of every code, as Markdown."""
    return "\n".join([*_json_keys(), *_rules()]) + "\n"


def _json_keys() -> Iterator[str]:
    yield "## JSON 报告里的名称\n\n| 名称 | 含义 |\n|---|---|"
    for key, meaning in KEYS.items():
        yield f"| `{key}` | {meaning} |"


def _rules() -> Iterator[str]:
    yield "\n## 全部规则"
    group = ""
    for page in pages().values():
        if page.code[:3] != group:
            group = page.code[:3]
            yield f"\n### {group}：{_GROUPS[group]}"
        yield from _page(page)


def _page(page: Page) -> Iterator[str]:
    yield f"\n**{page.code}**（{page.level.value}；{page.applicability}）\n"
    for heading, text in page.texts.items():
        yield f"- {heading}：{text}"
