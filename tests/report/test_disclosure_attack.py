"""Whatever a public page shows, nobody can work out what it does not show.

Each test draws tables, protects them, and hands what is shown to ``attacker.Attacker``, together with
every relation, written down here once more. He must not find a hidden number, nor bound it to
fewer than k values, unless numbers that are published by law leave him no choice.
"""

from decimal import Decimal

import pandas as pd
import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from analysis.errors import XukeError
from analysis.report.disclosure import Computed, Exemption, Share, Sum, Table, protect
from tests.report.attacker import Attacker, eliminate

K = 5
normal = settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
)
counts = st.one_of(st.integers(0, 6), st.sampled_from([0, 0, 1, 1, 2, 4, 5, 40, 999]))


def grid(rows, columns, *, values=counts):
    """A table of counts with these labels, without totals."""
    lines = st.lists(values, min_size=len(columns), max_size=len(columns))
    return st.lists(lines, min_size=len(rows), max_size=len(rows)).map(
        lambda drawn: pd.DataFrame(drawn, index=pd.Index(rows, name="部门"), columns=columns)
    )


def grids(max_rows=5, max_columns=5, **options):
    return st.tuples(st.integers(1, max_rows), st.integers(1, max_columns)).flatmap(
        lambda size: grid(
            [f"部门{n}" for n in range(size[0])], [f"渠道{n}" for n in range(size[1])], **options
        )
    )


def with_totals(frame, *, rows=True, columns=True):
    frame = frame.copy()
    if columns:
        frame["合计"] = frame.sum(axis=1)
    if rows:
        frame.loc["合计"] = frame.sum()
    return frame


def totals(frame, *, of=""):
    """What adds up in a table with totals; a number's name is (of, row, column)."""
    sums = []
    for column in frame.columns:
        if "合计" in frame.index:
            parts = [((of, row, column), -1) for row in frame.index if row != "合计"]
            sums.append([((of, "合计", column), 1), *parts])
    for row in frame.index:
        if "合计" in frame.columns:
            parts = [((of, row, column), -1) for column in frame.columns if column != "合计"]
            sums.append([((of, row, "合计"), 1), *parts])
    return sums


def seen(frame, *, of=""):
    """The numbers that a page shows."""
    return {
        (of, row, column): int(value)
        for column in frame.columns
        for row, value in frame[column].items()
        if value != "*"
    }


def truths(frame, *, of=""):
    return {
        (of, row, column): int(frame.loc[row, column]) for row in frame.index for column in frame
    }


def check(truth, shown, sums, *, law=(), rates=(), k=K):
    """Fail if the attacker finds out what he should not; ``law`` names what must be published."""
    assert all(truth[name] == value for name, value in shown.items())
    small = {name for name, value in truth.items() if 0 < value < k and name not in law}
    assert not small & set(shown)
    hidden = [name for name in truth if name not in shown]
    attacker = Attacker(shown, sums, list(rates))
    assert not attacker.determined() & set(hidden)
    at_best = dict.fromkeys(hidden, (0, k))
    if law:
        at_best |= Attacker({name: truth[name] for name in law}, sums).ranges(hidden, whole=True)
    for whole in (False, True):
        for name, (low, high) in attacker.ranges(hidden, whole=whole).items():
            best = at_best[name][1] - at_best[name][0]
            assert high - low > 0.5, (name, low, high)
            assert high - low >= min(k, best) - 1e-6, (name, low, high, best)


# Shapes of tables -----------------------------------------------------------------------------


@normal
@given(frame=grids(max_rows=6, max_columns=1, values=st.sampled_from([0, 1, 1, 2, 3, 4, 6, 40])))
def test_a_list_with_its_total(frame):
    frame = with_totals(frame, columns=False)
    table = Table("表", frame, columns="渠道", fixed={"指标": "申请量"})
    shown = protect([table], audience="public").tables["表"]
    check(truths(frame), seen(shown), totals(frame))


@normal
@given(frame=grids(max_rows=4))
def test_a_table_with_both_margins(frame):
    frame = with_totals(frame)
    table = Table("表", frame, columns="渠道", fixed={"指标": "申请量"})
    shown = protect([table], audience="public").tables["表"]
    check(truths(frame), seen(shown), totals(frame))


@normal
@given(frame=grids(max_rows=4, max_columns=4, values=st.integers(1, 4)))
def test_a_table_of_nothing_but_small_numbers(frame):
    frame = with_totals(frame)
    table = Table("表", frame, columns="渠道", fixed={"指标": "申请量"})
    shown = protect([table], audience="public").tables["表"]
    check(truths(frame), seen(shown), totals(frame))


@normal
@given(frame=grids(max_rows=4, max_columns=4))
def test_a_sensitive_table_has_a_higher_threshold(frame):
    frame = with_totals(frame)
    table = Table("表", frame, columns="申请人类型", fixed={"指标": "申请量"}, about=("医疗",))
    shown = protect([table], audience="public").tables["表"]
    check(truths(frame), seen(shown), totals(frame), k=10)


@normal
@given(frame=grids(max_rows=4, max_columns=4))
def test_totals_published_by_law_are_known_to_everyone(frame):
    """受理 is exempt for each department and in total: the row totals of this table."""
    frame = with_totals(frame)
    table = Table("表", frame, columns="渠道", fixed={"指标": "受理量"})
    law = [("", row, "合计") for row in frame.index]
    truth, sums = truths(frame), totals(frame)
    known = Attacker({name: truth[name] for name in law}, sums)
    ranges = known.ranges([name for name in truth if name not in law], whole=True)
    lost = [name for name, (low, high) in ranges.items() if low == high and 0 < truth[name] < K]
    if lost:
        with pytest.raises(XukeError, match="无法抑制"):
            protect([table], audience="public")
        return
    shown = protect([table], audience="public").tables["表"]
    assert [shown.loc[row, "合计"] for row in frame.index] == list(frame["合计"])
    check(truth, seen(shown), sums, law=law)


@normal
@given(frame=grid(["甲", "乙", "丙"], ["审批同意", "审批不同意", "其他办结"]))
def test_outcomes_add_up_to_what_was_completed(frame):
    """Without the exemption of the law, which an empty department would not need."""
    frame.insert(0, "办结量", frame.sum(axis=1))
    frame = with_totals(frame, columns=False)
    sums = totals(frame) + [
        [(("", row, "办结量"), 1), *((("", row, name), -1) for name in frame.columns[1:])]
        for row in frame.index
    ]
    # A further coordinate: these are not the numbers that the law wants.
    table = Table("表", frame, fixed={"办件类型": "承诺件"})
    shown = protect([table], audience="public").tables["表"]
    check(truths(frame), seen(shown), sums)


@normal
@given(frame=grid(["甲", "乙", "丙"], ["审批同意", "审批不同意", "其他办结"]))
def test_where_the_law_gives_a_number_away_a_person_must_decide(frame):
    """办结, 同意 and 不同意 are published: 其他 is what is left."""
    frame.insert(0, "办结量", frame.sum(axis=1))
    frame = with_totals(frame, columns=False)
    table = Table("表", frame)
    decided = Exemption({"指标": ("其他办结",), "部门": ()}, "由公开数可得", "某局办公会")
    shown = protect([table], audience="public", exemptions=[decided])
    pd.testing.assert_frame_equal(shown.tables["表"], frame)
    small = frame[(frame > 0) & (frame < K)].count().sum()
    assert (shown.log["处理"] == "例外公开").sum() == len(shown.log) == small
    if frame["其他办结"].between(1, K - 1).any():
        with pytest.raises(XukeError, match="例外"):
            protect([table], audience="public")


@settings(normal, max_examples=8)
@given(data=st.data(), n=st.integers(2, 3))
def test_months_by_departments_of_measures_that_add_up(data, n):
    """A cube: 3 measures × departments × months, all margins, in one table for each measure."""
    months = [f"{month}月" for month in range(1, n + 1)]
    cube = {name: data.draw(grid(["甲", "乙", "丙"], months)) for name in ("窗口", "网上")}
    cube["全部"] = cube["窗口"] + cube["网上"]
    cube = {name: with_totals(frame) for name, frame in cube.items()}
    tables = [
        Table(name, frame, columns="月份", fixed={"指标": name}) for name, frame in cube.items()
    ]
    shown = protect(tables, audience="public", sums=[Sum("全部", ("窗口", "网上"))]).tables
    truth, known, sums = {}, {}, []
    for name, frame in cube.items():
        truth |= truths(frame, of=name)
        known |= seen(shown[name], of=name)
        sums += totals(frame, of=name)
    sums += [
        [(("全部", row, column), 1), (("窗口", row, column), -1), (("网上", row, column), -1)]
        for _, row, column in truths(cube["全部"])
    ]
    check(truth, known, sums)


@normal
@given(first=grids(max_rows=4, max_columns=1), data=st.data())
def test_tables_that_share_a_margin(first, data):
    """The same departments by channel and by month: a total hidden in one is hidden in the other."""
    channels = first.rename(columns={"渠道0": "窗口"})
    channels["网上"] = data.draw(st.lists(counts, min_size=len(first), max_size=len(first)))
    all_ = channels.sum(axis=1)
    early = [data.draw(st.integers(0, int(n))) for n in all_]
    months = pd.DataFrame({"1月": early, "2月": all_ - early}, index=first.index)
    channels, months = with_totals(channels), with_totals(months)
    tables = [
        Table("渠道", channels, columns="渠道", fixed={"指标": "申请量"}),
        Table("月份", months, columns="月份", fixed={"指标": "申请量"}),
    ]
    shown = protect(tables, audience="public").tables
    assert (shown["渠道"]["合计"] == shown["月份"]["合计"]).all()
    truth = truths(channels, of="渠道") | truths(months, of="月份")
    known = seen(shown["渠道"], of="渠道") | seen(shown["月份"], of="月份")
    sums = totals(channels, of="渠道") + totals(months, of="月份")
    sums += [[(("渠道", row, "合计"), 1), (("月份", row, "合计"), -1)] for row in channels.index]
    check(truth, known, sums)


@normal
@given(now=grids(max_rows=5, max_columns=1), data=st.data())
def test_two_years_with_the_change_between_them(now, data):
    """This year and last year in two tables, and the change in the first."""
    last = now.assign(渠道0=data.draw(st.lists(counts, min_size=len(now), max_size=len(now))))
    now, last = (with_totals(frame, columns=False)["渠道0"] for frame in (now, last))
    both = pd.DataFrame({"今年": now, "上年": last, "增减": now - last})
    years = {"今年": {"指标": "申请量", "年度": "2022"}, "上年": {"指标": "申请量", "年度": "2021"}}
    tables = [
        Table("今年", both, meant=years, derived=[Computed("增减", ("今年", "上年"))]),
        Table("上年", last.to_frame("申请量"), fixed={"年度": "2021"}),
    ]
    shown = protect(tables, audience="public").tables
    assert list(shown["今年"]["上年"]) == list(shown["上年"]["申请量"])
    sums = totals(both) + [
        [(("", row, "增减"), 1), (("", row, "今年"), -1), (("", row, "上年"), 1)]
        for row in both.index
    ]
    # Changes may be negative and may be any number: only elimination applies to them.
    attacker = Attacker(seen(shown["今年"]), sums)
    assert not attacker.determined()
    counted = both[["今年", "上年"]]
    check(truths(counted), seen(shown["今年"][["今年", "上年"]]), totals(counted))


def some_of(n):
    """A part of n: anything, or nearly all."""
    return st.one_of(st.integers(0, n), st.integers(max(0, n - K), n))


def interval(part, whole):
    """A share as a page prints it, in per cent with one decimal, as the bounds it stands for."""
    printed = round(Decimal(100 * part) / Decimal(whole), 1)
    return [float((printed + sign * Decimal("0.05")) / 100) for sign in (-1, 1)]


@normal
@given(whole=grids(max_rows=5, max_columns=1), data=st.data(), printed=st.booleans())
def test_a_share_gives_neither_its_part_nor_the_rest_away(whole, data, printed):
    """Printed with the numerator, or as a rate beside the denominator alone."""
    all_ = whole["渠道0"]
    drawn = [data.draw(some_of(int(n))) for n in all_]
    part = pd.Series(drawn, index=all_.index, dtype="int64")
    frame = with_totals(pd.DataFrame({"申请量": all_, "网上": part}), columns=False)
    frame["网上率"] = frame["网上"] / frame["申请量"].where(frame["申请量"] > 0)
    table = Table(
        "表",
        frame,
        derived=[Share("网上率", "网上", "申请量")],
        unprinted=() if printed else ["网上"],
    )
    shown = protect([table], audience="public").tables["表"]
    counted = frame[["申请量", "网上"]]
    rest = (frame["申请量"] - frame["网上"]).to_frame("其余")
    truth = truths(counted) | truths(rest)
    columns = ["申请量", "网上"] if printed else ["申请量"]
    known = seen(shown[columns])
    rates = []
    for row, value in shown["网上率"].items():
        if value == "*" or pd.isna(value):
            continue
        above, below = (int(frame.loc[row, name]) for name in ("网上", "申请量"))
        assert above == 0 or above >= K
        assert below == above or below - above >= K
        rates.append((("", row, "网上"), ("", row, "申请量"), *interval(above, below)))
    sums = totals(counted) + [
        [(("", row, "申请量"), 1), (("", row, "网上"), -1), (("", row, "其余"), -1)]
        for row in frame.index
    ]
    attacker = Attacker(known, sums, rates)
    hidden = [
        name
        for name, value in truth.items()
        if name not in known and (0 < value < K or (printed and name[2] != "其余"))
    ]
    assert not attacker.determined() & set(hidden)
    for whole_numbers in (False, True):
        for low, high in attacker.ranges(hidden, whole=whole_numbers).values():
            assert high - low >= K - 1e-6


@normal
@given(frame=grids())
def test_the_total_need_not_be_printed_to_be_known(frame):
    """A list without 合计, whose total stands in another table."""
    assume(frame.to_numpy().sum() > 0)
    by_channel = frame.sum().to_frame("申请量").rename_axis("渠道")
    whole = with_totals(frame.sum(axis=1).to_frame("申请量"), columns=False)
    tables = [
        Table("渠道", by_channel, rows="渠道", complete=["渠道"]),
        Table("部门", whole),
    ]
    shown = protect(tables, audience="public").tables
    truth = truths(by_channel, of="渠道") | truths(whole, of="部门")
    known = seen(shown["渠道"], of="渠道") | seen(shown["部门"], of="部门")
    total = (("部门", "合计", "申请量"), 1)
    sums = [
        *totals(whole, of="部门"),
        [total, *((("渠道", row, "申请量"), -1) for row in by_channel.index)],
    ]
    check(truth, known, sums)


# The same again -------------------------------------------------------------------------------


@normal
@given(frame=grids(values=st.one_of(st.just(0), st.integers(K, 50))))
def test_tables_without_small_numbers_are_left_alone(frame):
    frame = with_totals(frame)
    table = Table("表", frame, columns="渠道", fixed={"指标": "申请量"})
    made = protect([table], audience="public")
    pd.testing.assert_frame_equal(made.tables["表"], frame)
    pd.testing.assert_frame_equal(made.exports["表"], frame)
    assert made.log.empty


@normal
@given(frame=grids())
def test_the_same_table_is_suppressed_in_the_same_way(frame):
    frame = with_totals(frame)
    before = frame.copy()
    table = Table("表", frame, columns="渠道", fixed={"指标": "申请量"})
    first, second = (protect([table], audience="public") for _ in range(2))
    pd.testing.assert_frame_equal(first.tables["表"], second.tables["表"])
    pd.testing.assert_frame_equal(first.log, second.log)
    pd.testing.assert_frame_equal(frame, before)


# The attacker himself -------------------------------------------------------------------------


def test_the_attacker_finds_what_is_hidden_badly():
    sums = [[("总", 1), ("甲", -1), ("乙", -1), ("丙", -1)]]
    assert Attacker({"总": 10, "甲": 4, "乙": 3}, sums).determined() == {"丙"}
    two = Attacker({"总": 10, "甲": 8}, sums)
    assert not two.determined()
    assert two.ranges(["乙", "丙"], whole=True) == {"乙": (0, 2), "丙": (0, 2)}
    rate = Attacker({"总": 10, "甲": 1}, sums, [("乙", "总", 0.195, 0.205)])
    assert rate.ranges(["乙"], whole=True) == {"乙": (2, 2)}
    assert eliminate([[2, 4], [1, 2]]) == [[1, 2]]
