"""Rules on sums: within a table and between tables, told under what is wrong at bottom."""

from __future__ import annotations

from collections.abc import Iterator

from gongkai.audit.document import Audited
from gongkai.audit.rule import Fault, audit_rule
from gongkai.findings import Level

from .sums.whole import sums_of
from .words import faults

_CHECK = "请对照预算（决算）批复和原始的报表，核对这一格和相加的各格；是四舍五入的差，可以不管"


@audit_rule("GK801", _CHECK)
def across_adds_up(document: Audited) -> Iterator[Fault]:
    """检查什么：一行里，合计、小计等于它下面各列之和；其中各项之和等于它的总数。
    为何重要：同一行的数加不起来，读者一眼就能算出来。
    依据：预算法实施条例第六条；各表的表头结构。
    反例：合计 467.68，基本支出 447.68，项目支出 30.00。
    正例：合计 467.68，基本支出 447.68，项目支出 20.00。
    怎样改：核对这一行的各格，改正错的一格。
    """
    yield from faults(sums_of(document).causes, "GK801")


@audit_rule("GK802", _CHECK)
def down_adds_up(document: Audited) -> Iterator[Fault]:
    """检查什么：类等于各款之和，款等于各项之和，合计等于各行之和。
    为何重要：上下级科目对不上，说明漏了一行，或有一格写错了。
    依据：政府收支分类科目的层次；各表的结构。
    反例：20113 商贸事务 968.80，下面三项相加 868.80。
    正例：20113 商贸事务 968.80，下面三项相加 968.80。
    怎样改：核对这一列的各行，改正错的一格，补上漏的一行。
    """
    yield from faults(sums_of(document).causes, "GK802")


@audit_rule("GK803", _CHECK)
def sides_add_up(document: Audited) -> Iterator[Fault]:
    """检查什么：收支总表、财政拨款收支总表的每一边，各项之和等于小计、总计。
    为何重要：总表是全部公开的第一张表，加不起来，后面的表都让人怀疑。
    依据：总表的结构：本年收入＋上年结转＝收入总计，各类支出（＋结转下年）＝支出总计。
    反例：一般公共预算 545.70，单位资金 501.12，收入总计 1,146.82。
    正例：一般公共预算 545.70，单位资金 501.12，收入总计 1,046.82。
    怎样改：核对这一边的各项。
    """
    yield from faults(sums_of(document).causes, "GK803")


@audit_rule("GK804", "请核对收入总计和支出总计，二者应相等")
def both_totals_agree(document: Audited) -> Iterator[Fault]:
    """检查什么：收入总计等于支出总计。
    为何重要：预算、决算收支平衡是最基本的要求。
    依据：预算法第十二条（收支平衡）；总表的结构。
    反例：收入总计 1,046.82，支出总计 1,046.28。
    正例：收入总计 1,046.82，支出总计 1,046.82。
    怎样改：核对两边的各项和总计。
    """
    yield from faults(sums_of(document).causes, "GK804")


@audit_rule("GK805", "请核对末位；确是由元换算成万元时的尾差，可以不管", Level.HINT)
def tails_agree(document: Audited) -> Iterator[Fault]:
    """检查什么：几乎所有的合计都分毫不差的文件里，有没有差在末位的。
    为何重要：别处都没有尾差，这一处的差多半是写错了末位数字。
    依据：各表的结构；相加的数各自四舍五入，允许有尾差，所以只作提示。
    反例：合计 3,174.98，各列相加 3,174.99，其余各处都没有尾差。
    正例：合计 3,174.99，各列相加 3,174.99。
    怎样改：核对末位数字；批复的数就是这样的，可以不管。
    """
    found = sums_of(document).tails
    for cause in found:
        first = next(iter(faults([cause], cause.relations[0].rule)), None)
        if first is not None:
            yield first


@audit_rule("GK821", "请核对两张表的这个数，改正错的一处")
def one_figure_in_all_tables(document: Audited) -> Iterator[Fault]:
    """检查什么：同一个数在各张表里相同，如收支总表的支出总计、支出总表的合计、收入总表的合计。
    为何重要：两张表的同一个数不同，总有一张是错的。
    依据：各表之间的勾稽关系：收入总表＝收支总表＝支出总表，一般公共预算支出表＝财政拨款收支总表的一般公共预算列等。
    反例：表 3 的 2011301 合计 287.56，表 2 的 2011301 总计 278.56。
    正例：两张表都是 287.56。
    怎样改：找出错的一张，改正；整张表都不同的，多半用错了版本。
    """
    yield from faults(sums_of(document).causes, "GK821")


@audit_rule("GK822", "请核对这个数和各表的有关各数")
def tables_add_up(document: Audited) -> Iterator[Fault]:
    """检查什么：一张表的数等于另外几张表的数之和，如支出总表＝一般公共预算＋政府性基金＋国有资本经营预算＋其他资金。
    为何重要：按资金分开公开的几张表合起来，就是总表。
    依据：各表之间的勾稽关系；预算法第五条（各本预算）。
    反例：支出总表 229 类 115.00，政府性基金预算支出表 229 类 105.00，没有别的资金。
    正例：两处都是 115.00。
    怎样改：核对总表和各资金的表。
    """
    yield from faults(sums_of(document).causes, "GK822")


@audit_rule("GK823", "请在缺的表里补上这一行，或核对这里的数")
def no_row_is_missing(document: Audited) -> Iterator[Fault]:
    """检查什么：一张表有数的科目，应当列它的另一张表里也有这一行。
    为何重要：合计对得上而少一行、别处多一行，说明科目列错了或漏了。
    依据：各表之间的勾稽关系。
    反例：一般公共预算支出表有 2011399 的项目支出 20.00，项目支出表里没有 2011399。
    正例：两张表都有 2011399。
    怎样改：补上漏的一行，或改正科目编码。
    """
    yield from faults(sums_of(document).causes, "GK823")


RULES = (
    across_adds_up,
    down_adds_up,
    sides_add_up,
    both_totals_agree,
    tails_agree,
    one_figure_in_all_tables,
    tables_add_up,
    no_row_is_missing,
)
