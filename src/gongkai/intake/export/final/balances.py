"""The two general tables of a final account by themselves: what came in and was there is what went out and is left."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from gongkai.findings import Finding, Level
from gongkai.intake.export.facts.labels import match_label
from gongkai.intake.export.forms.words import label
from gongkai.intake.export.reading.amounts import Figure
from gongkai.intake.export.reading.found import Found
from gongkai.prose.sums import added as sum  # noqa: A004 - the same on every Python

_TOTAL = "总计"
LEFT = ((r"本年收入(合计)?", "本年收入"), (r"使用非财政拨款结余.*", "使用"), (r"年初.*结转和?结余", "年初"),
         (r"(收入)?总计", _TOTAL))  # fmt: skip
RIGHT = ((r"本年支出(合计)?", "本年支出"), (r"结余分配", "分配"), (r"年末.*结转和?结余", "年末"),
          (r"(支出)?总计", _TOTAL))  # fmt: skip


def balances(found: Found) -> Iterator[Finding]:
    """A GK172 for each side, and each column of it, whose parts are not its total."""
    yield from _side(found, "收入项目", LEFT, ["收入数"])
    columns = [key for key in found.columns if key not in ("收入项目", "收入行次", "收入数", "支出项目", "支出行次")]
    yield from _side(found, "支出项目", RIGHT, columns)


def _side(found: Found, labels: str, known: Sequence[tuple[str, str]], columns: Sequence[str]) -> Iterator[Finding]:
    rows: dict[str, Mapping[str, Figure]] = {}
    for line in found.lines:
        meaning = match_label(label(line.texts.get(labels, "")), known)
        if meaning:
            rows.setdefault(meaning, line.figures)
    for column in columns:
        whole = rows.get(_TOTAL, {}).get(column)
        parts = [figures[column] for name, figures in rows.items() if name != _TOTAL and column in figures]
        if whole is not None and whole.stated and len(parts) > 1:
            yield from _compared(found, column, whole, parts)


def _compared(found: Found, column: str, whole: Figure, parts: Sequence[Figure]) -> Iterator[Finding]:
    both = sum((part.value for part in parts), whole.value - whole.value)
    if abs(both - whole.value) <= sum((part.slack for part in parts), whole.slack):
        return
    cells = "、".join(part.place.cell for part in parts if part.value)
    message = f"{found.name}“总计”（{found.columns[column].shown}）是 {whole.value:,.2f} 万元，"
    message += f"各项（{cells}）相加是 {both:,.2f} 万元"
    yield Finding("GK172", Level.ERROR, message, "请核对这几格，改对后再导入", (), whole.place, whole.value, both)
