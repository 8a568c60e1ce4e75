"""The numbers of headings: none twice, but where they begin again."""

from __future__ import annotations

import pytest

from support.small_documents import COVER, TABLES, wrong


@pytest.mark.parametrize(
    ("lines", "codes"),
    [
        (("二、支出情况", "三、机关运行经费", "四、政府采购情况"), []),
        (("二、支出情况", "四、机关运行经费", "四、政府采购情况"), ["GK899"]),
        (("（一）收入", "（二）支出", "（二）结余"), ["GK899"]),
        (("二、支出情况", "（二）结余情况", "三、其他情况", "（二）采购情况"), []),
        (("第一部分 概况", "二、机构设置", "第二部分 说明", "二、收入情况"), []),
        (("二、机构设置      3", "二、机构设置"), []),
    ],
)
def test_no_number_stands_twice(lines, codes):
    assert [finding.code for finding in wrong(*COVER, *lines, TABLES)] == codes


@pytest.mark.parametrize("text", ["共有车辆辆，其中：执法执勤用车2辆。", "单价100万元以上设备台。"])
def test_numbers_of_things_are_filled_in(text):
    assert [finding.code for finding in wrong(*COVER, text, TABLES)] == ["GK871"]
