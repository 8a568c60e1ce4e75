"""A prefecture of units, made from the examples: always the same for the same number, some broken on purpose.

python bench/units.py FOLDER COUNT [--broken SHARE]
"""

from __future__ import annotations

import argparse
import random
import re
from collections.abc import Callable
from pathlib import Path

EXAMPLES = Path(__file__).resolve().parents[1] / "examples"
SEED = 20240225

# How often each size occurs: most units are small, a few are large.
SIZES = {
    "minimal-budget": 4,
    "minimal-final": 2,
    "kezhou-swj-2024-budget": 4,
    "qitai-sgj-2024-budget": 2,
    "bozhou-swj-2024-final": 2,
    "shili-ju-2024-budget": 1,
    "shili-ju-2024-final": 1,
}

UNIT_NAME = re.compile(r"^(单位:\s*(?:\{名称: |\n\s+名称: ))([^,\n}]+)", re.MULTILINE)

BREAKS: dict[str, Callable[[bytes], bytes]] = {
    "YAML 写法": lambda data: data.replace("\n收入:".encode(), "\n收入".encode(), 1),
    "不认识的项": lambda data: data + "\n没有这一项: 1\n".encode(),
    "不是 UTF-8": lambda data: data.decode().encode("gb18030"),
    "空文件": lambda data: b"",
    "截断": lambda data: data[: len(data) // 2],
    "控制字符": lambda data: data.replace("单位:".encode(), "单位:\x07".encode(), 1),
    "合计不符": lambda data: re.sub(rb'"30101": +([0-9]+)', rb'"30101": 7\1', data, count=1),
}
"""What is done to a file to break it; every one is an error that the product must name."""


def make_units(folder: Path, count: int, broken: float = 0.0) -> dict[str, str]:
    """Write the units in sub-folders of fifty; returns by key what is wrong with those that were broken."""
    chance = random.Random(SEED)
    names = list(SIZES)
    chosen = chance.choices(names, [SIZES[name] for name in names], k=count)
    spoilt = set(chance.sample(range(count), round(count * broken)))
    kinds = list(BREAKS)
    wrong: dict[str, str] = {}
    for number, name in enumerate(chosen):
        key = f"{number // 50 + 1:03}县/局{number:05}"
        data = _renamed((EXAMPLES / f"{name}.yaml").read_text(encoding="utf-8"), number).encode()
        if number in spoilt:
            fitting = [kind for kind in kinds if BREAKS[kind](data) != data]
            wrong[key] = kind = fitting[len(wrong) % len(fitting)]
            data = BREAKS[kind](data)
        file = folder / f"{key}.yaml"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(data)
    return wrong


def _renamed(text: str, number: int) -> str:
    """The unit under a name of its own, and with a few duties more or less, so that no two are of one size."""
    text, count = UNIT_NAME.subn(rf"\g<1>示例县第{number}局", text)
    if count != 1:
        raise ValueError("the example has no name")
    duty = f"    - 承担第{number}项工作，负责有关的组织、协调和监督检查。\n"
    return text.replace("  主要职能:\n", "  主要职能:\n" + duty * (number % 7), 1)


def make_equal_units(folder: Path, count: int) -> list[Path]:
    """Units of one size, with the figures of the 克州 example and names of their own."""
    folder.mkdir(parents=True, exist_ok=True)
    text = (EXAMPLES / "kezhou-swj-2024-budget.yaml").read_text(encoding="utf-8")
    files = [folder / f"{number:05}.yaml" for number in range(count)]
    for number, file in enumerate(files):
        file.write_text(UNIT_NAME.sub(rf"\g<1>示例州第{number}局", text), encoding="utf-8")
    return files


def many_projects(count: int) -> str:
    """A unit with this many projects: each a row of a table and six paragraphs, without targets of its own."""
    text = (EXAMPLES / "minimal-budget.yaml").read_text(encoding="utf-8")
    basic, change = "    基本支出: {一般公共预算: 312345.67}\n", "  一般公共预算基本支出:"
    if basic not in text or change not in text:
        raise ValueError("the example has other words")
    text = text.replace(basic, f"{basic}    项目支出: {{一般公共预算: {count}00.00}}\n")
    new = f"{{上年: 0, 原因: 新安排{count}项工程}}"
    text = text.replace(change, f"  项目支出: {new}\n  一般公共预算项目支出: {new}\n{change}")
    projects = "".join(
        f"  - 名称: 第{number}号工程\n    资金:\n"
        f'      - {{科目: "2010301", 来源: 一般公共预算, 经济分类: "302", 金额: 100.00}}\n'
        "    政策依据: 县政府批准的计划\n    资金分配: 全部用于工程\n    执行时间: 2024年\n"
        for number in range(1, count + 1)
    )
    return f"{text}\n项目:\n{projects}"


def main() -> None:
    """Write the units and say which are broken."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("count", type=int)
    parser.add_argument("--broken", type=float, default=0.0)
    arguments = parser.parse_args()
    for key, what in make_units(arguments.folder, arguments.count, arguments.broken).items():
        print(f"{key}\t{what}")


if __name__ == "__main__":
    main()
