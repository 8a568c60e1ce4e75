"""Documents with secret projects, and the search for a word in everything that is written."""

from __future__ import annotations

import copy
import io
import zipfile
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pypdf
import yaml

from support.fixtures import ROOT, Data, example_input, pdf_pages

FINAL_ACCOUNT = ROOT / "examples" / "bozhou-swj-2024-final.yaml"

# Each secret word stands in a field of its own, so that a failure says which field got out.
SECRETS = {
    "名称": "夜莺一号甲",
    "政策依据": "夜莺二号乙",
    "资金分配": "夜莺三号丙",
    "承担单位": "夜莺四号丁",
    "执行时间": "夜莺五号戊",
    "负责人": "夜莺六号己",
    "总体目标": "夜莺七号庚",
    "三级": "夜莺八号辛",
    "指标值": "夜莺九号壬",
    "依据": "夜莺十号癸",
    "佐证": "NIGHTINGALE11",
    "原因": "夜莺十二号子",
    "支出用途": "夜莺十三号丑",
}


def secret_project(code: str, source: str, amount: str) -> Data:
    words = SECRETS
    indicator = {"一级": "产出指标", "二级": "数量指标", "权重": "90"}
    return {
        **{key: words[key] for key in ("名称", "政策依据", "资金分配", "承担单位", "执行时间")},
        "涉密": "是",
        "资金": [{"科目": code, "来源": source, "经济分类": "302", "金额": amount}],
        "绩效目标": {
            "负责人": words["负责人"],
            "总体目标": words["总体目标"],
            "指标": [{**indicator, **{key: words[key] for key in ("三级", "指标值", "依据", "佐证")}}],
        },
    }


def budget() -> Data:
    """The example with 7.77 万元 of 财政拨款 and 3.33 万元 of 单位资金 for secret projects.

    The first is all that its 科目, and its 类, pays for: their reason and their use would tell what it is.
    """
    data = example_input()
    data["支出"].append(
        {
            "科目": "2039999",
            "项目支出": {"一般公共预算": "7.77"},
            "变动": {"一般公共预算": {"上年": "0", "原因": SECRETS["原因"]}},
        }
    )
    data["支出用途"]["203"] = SECRETS["支出用途"]
    data["支出"][0]["项目支出"]["单位资金"] = "3.43"
    data["收入"]["单位资金"]["构成"]["其他收入"] = "504.45"
    data["项目"] += [secret_project("2039999", "一般公共预算", "7.77"), secret_project("2011301", "单位资金", "3.33")]
    return data


def with_secret(change: dict[str, Any]) -> Data:
    data = budget()
    data["项目"][-2] |= copy.deepcopy(change)
    return data


MONEY = {"科目": "2039999", "来源": "一般公共预算", "经济分类": "302", "金额": "7.77"}


INDICATOR = {"一级": "产出指标", "二级": "数量指标", "三级": SECRETS["三级"], "指标值": SECRETS["指标值"]}


MISHAPS: dict[str, dict[str, Any]] = {
    "sums that disagree": {"资金": [{**MONEY, "金额": "70.77"}]},
    "unknown 科目": {"资金": [{**MONEY, "科目": "2019998"}]},
    "unknown economic code": {"资金": [{**MONEY, "经济分类": "398"}]},
    "weights that do not add up": {
        "绩效目标": {"总体目标": SECRETS["总体目标"], "指标": [{**INDICATOR, "依据": SECRETS["依据"], "权重": "80"}]}
    },
    "value of the wrong shape": {"资金": SECRETS["资金分配"]},
    "amount that is no number": {"资金": [{**MONEY, "金额": SECRETS["原因"]}]},
    "source that is none": {"资金": [{**MONEY, "来源": SECRETS["原因"]}]},
    "weight that is no number": {
        "绩效目标": {"总体目标": "目标", "指标": [{**INDICATOR, "依据": "计划标准", "权重": SECRETS["依据"]}]}
    },
    "text with a control character": {"政策依据": f"{SECRETS['政策依据']}\x07"},
}


def final_account() -> Data:
    """The published final account, with one of its projects made secret."""
    data: Data = yaml.load(FINAL_ACCOUNT.read_text(encoding="utf-8"), Loader=yaml.CBaseLoader)
    evaluation = data["项目绩效自评"][2]
    replaced = {"名称": "名称", "预期目标": "总体目标", "完成情况": "资金分配"}
    evaluation |= {key: SECRETS[word] for key, word in replaced.items()}
    evaluation |= {"涉密": "是", "实施单位": SECRETS["承担单位"], "主管部门": SECRETS["政策依据"]}
    for indicator in evaluation["指标"]:
        indicator |= {key: SECRETS[key] for key in ("三级", "指标值", "佐证")} | {"偏差原因": SECRETS["原因"]}
    return data


@cache
def everything(path: Path) -> tuple[tuple[str, bytes], ...]:
    """Every byte of a file and of what is packed in it, by name."""
    return tuple(_everything(path))


def _everything(path: Path) -> Iterator[tuple[str, bytes]]:
    data = path.read_bytes()
    yield path.name, data
    if path.suffix in (".docx", ".xlsx", ".zip"):
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            for name in package.namelist():
                yield f"{path.name}!{name}", name.encode() + package.read(name)
    elif path.suffix == ".pdf":
        for number, text in enumerate(pdf_pages(data), 1):
            yield f"{path.name} page {number}", "".join(text.split()).encode()
        reader = pypdf.PdfReader(io.BytesIO(data))
        yield f"{path.name} properties", repr(dict(reader.metadata or {})).encode()
        yield f"{path.name} outline", repr(reader.outline).encode()
        for name, versions in reader.attachments.items():
            for attached in versions:
                yield f"{path.name} attachment {name}", name.encode() + attached
        for number in range(1, int(str(reader.trailer["/Size"]))):
            thing = reader.get_object(number)
            yield f"{path.name} object {number}", repr(thing).encode()
            if isinstance(thing, pypdf.generic.StreamObject):
                yield f"{path.name} stream {number}", thing.get_data()


@cache
def codings(word: str) -> set[bytes]:
    """A word in every coding that these files use, or that a library of theirs might."""
    plain = {word.encode(coding) for coding in ("utf-8", "utf-16-be", "utf-16-le", "gb18030", "unicode_escape")}
    written = {
        "".join(f"\\u{ord(letter):04X}" for letter in word),  # JSON
        "".join(f"&#{ord(letter)};" for letter in word),  # XML and HTML
        "".join(f"&#x{ord(letter):x};" for letter in word),
        "".join(f"&#x{ord(letter):X};" for letter in word),
        quote(word),  # addresses
        word.encode("utf-16-be").hex(),  # strings of a PDF
        word.encode("utf-16-be").hex().upper(),
    }
    return plain | {text.encode() for text in written}


def found_in(name: str, data: bytes, words: Iterable[str] = SECRETS.values()) -> list[str]:
    """The secret (or other) words in some bytes."""
    return [f"{word} in {name}" for word in words if any(coded in data for coded in codings(word))]
