"""Random catalogues and cases against plain loops over the same rows, from the definitions.

The loops know nothing of the tally, of the scopes or of the rules' code. The year is 2024.
"""

from collections import Counter
from datetime import date, datetime
from fractions import Fraction

import pandas as pd
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from analysis.statistics.access.online import depth_of_items
from analysis.statistics.catalogue.elements import elements_published
from analysis.statistics.catalogue.revisions import changes
from analysis.statistics.catalogue.standards import CHECKABLE, broken, checked
from analysis.statistics.facts import Facts
from analysis.statistics.registry import REGISTRY
from analysis.tables.codes.catalogue import LIMIT_UNIT, ONLINE_DEPTH
from analysis.tables.year import Year
from tests.tables.build import PLACE, case, item

YEAR, EVE, CUTOFF = 2024, date(2023, 12, 31), date(2024, 12, 31)
EXPORTED = date(2025, 1, 15)
NEVER, AFTER = datetime(2024, 1, 1), datetime(2025, 1, 1)
DEPARTMENTS = ["D1", "D2", "D3"]
WORKING_DAYS = {
    "W": Fraction(1),
    "N": Fraction(250, 365),
    "M": Fraction(250, 12),
    "Y": Fraction(250),
    "H": Fraction(1, 8),
}
slow = settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)


# Random rows ----------------------------------------------------------------------------------

dates = st.sampled_from(
    [None, None, date(2023, 6, 1), EVE, date(2024, 1, 1), date(2024, 2, 29), CUTOFF, date(2025, 1, 1), date(2030, 1, 1)]
)  # fmt: skip
flags = st.sampled_from([None, False, True])
small = st.sampled_from([None, 0, 1, 2, 3])
texts = st.sampled_from([None, "", "须现场核验"])
codes = st.sampled_from([None, "A", "B", "C"])
basics = st.sampled_from([None, "0100001000", "0100001001", "0100002000"])


def sets(*members):
    return st.one_of(st.none(), st.lists(st.sampled_from(members), max_size=3).map("^".join))


FIELDS = {
    "item_code": st.sampled_from(["A", "B", "C", "E", "F", "G"]),
    "impl_code": st.sampled_from(["A", "B", "C"]),
    "item_type": st.sampled_from(["01", "01", "01", "07"]),
    "item_status": st.sampled_from(["1", "1", "1", "2", "3"]),
    "item_name": st.sampled_from(["某许可", "", None]),
    "valid_from": dates,
    "valid_to": dates,
    "dept_code": st.sampled_from(DEPARTMENTS),
    "on_application": st.sampled_from([True, True, False, None]),
    "in_prov_system": st.sampled_from([True, True, False, None]),
    "case_type": st.sampled_from(["1", "2", "9", None]),
    "statutory_limit": st.sampled_from([None, 0.0, 1.0, 5.0, 20.0, 2.5]),
    "statutory_unit": st.sampled_from([*WORKING_DAYS, "W", "W", None]),
    "no_statutory_limit": flags,
    "promised_limit": st.sampled_from([None, 0.0, 1.0, 5.0, 20.0, 2.5]),
    "promised_unit": st.sampled_from([*WORKING_DAYS, "W", "W", None]),
    "site_visits": small,
    "site_visit_reason": texts,
    "channels": sets("1", "2", "3", "4"),
    "online_available": flags,
    "online_depth": sets(*ONLINE_DEPTH.terms),
    "tolerance_ok": flags,
    "commitment_ok": flags,
    "materials_n": small,
    "materials_n_base": small,
    "steps_n": small,
    "steps_n_base": small,
    "package_codes": sets("P1", "P2", "P3"),
    "parent_code": codes,
    "catalog_code": basics,
    "delegated_on": dates,
}


@st.composite
def catalogues(draw):
    """Rows that are versions of a few items, each version once."""
    rows, seen = [], Counter()
    for values in draw(st.lists(st.fixed_dictionaries(FIELDS), max_size=14)):
        seen[values["item_code"]] += 1
        rows.append(item() | values | {
            "item_version": seen[values["item_code"]],
            "dept_name": f"{values['dept_code']}局",
        })  # fmt: skip
    return rows


moments = st.sampled_from(
    [datetime(2023, 12, 31, 23), NEVER, datetime(2024, 2, 29), datetime(2024, 12, 31, 23), AFTER]
)


@st.composite
def cases(draw):
    submitted, second, third = sorted(draw(st.lists(moments, min_size=3, max_size=3)))
    course = draw(st.sampled_from(["pending", "refused", "accepted", "closed", "closed"]))
    times = {}
    if course in ("accepted", "closed"):
        times |= {"accept_status": "accepted", "accepted_at": second}
    if course == "refused":
        times |= {"accept_status": "rejected", "not_accepted_at": second}
    if course == "closed":
        outcome = draw(st.sampled_from(["approved", "supp_lapsed", "deleted", None]))
        times |= {"closed_at": third, "outcome": outcome}
    return case(submitted, **times) | {
        "item_code": draw(st.sampled_from(["A", "B", "C", "F", "X"])),
        "dept_code": draw(st.sampled_from(DEPARTMENTS)),
        "apply_channel": draw(st.sampled_from(["window", "pc", "mobile", "mail", "other"])),
        "tolerance_used": draw(flags),
        "commitment_used": draw(flags),
        "online_full": draw(flags),
        "package_code": draw(st.sampled_from([None, "P1"])),
        "supp_rounds": draw(small),
        "site_visits_actual": draw(small),
    }


def made(items, rows):
    """A year that has all columns even where it has no rows."""
    columns = {
        "items": [*item(), *FIELDS],
        "cases": [
            *case("2024-01-01"), "tolerance_used", "commitment_used", "online_full",
            "package_code", "supp_rounds", "site_visits_actual",
        ],
    }  # fmt: skip
    tables = {
        name: pd.DataFrame(values, columns=list(dict.fromkeys(columns[name])))
        for name, values in (("items", items), ("cases", rows))
    }
    return Year.from_frames(PLACE, YEAR, tables, exported_on=EXPORTED)


# The definitions, as loops --------------------------------------------------------------------


def in_force(rows, day):
    """In use, or ended before the export; the day is within its dates; of an item the latest version."""
    latest = {}
    for row in rows:
        until = row["valid_to"]
        begun = row["valid_from"] is None or row["valid_from"] <= day
        in_use = row["item_status"] == "1" or (until is not None and until < EXPORTED)
        if begun and in_use and (until is None or until >= day):
            older = latest.get(row["item_code"])
            if older is None or older["item_version"] < row["item_version"]:
                latest[row["item_code"]] = row
    return list(latest.values())


def of(department, rows):
    return [row for row in rows if department in (None, row["dept_code"])]


def members(text):
    return {code for code in (text or "").split("^") if code}


def distinct(rows, column):
    return len({row[column] for row in rows if row[column] is not None})


def days(row, name):
    return Fraction(row[f"{name}_limit"]) * WORKING_DAYS[row[f"{name}_unit"]]


def counted(rows, catalogue):
    """Accepted and completed licence cases of the year, by what they made use of."""
    other = {row["item_code"] for row in catalogue}
    other -= {row["item_code"] for row in catalogue if row["item_type"] == "01"}
    n, by_item, with_tolerance = Counter(), Counter(), set()
    for row in rows:
        if row["item_code"] in other:
            continue
        online = row["apply_channel"] in ("pc", "mobile")
        if row["accepted_at"] is not None and NEVER <= row["accepted_at"] < AFTER:
            n["accepted"] += 1
            by_item[row["item_code"]] += 1
            n["accepted online"] += online
            n["accepted full"] += bool(row["online_full"])
            n["accepted tolerance"] += bool(row["tolerance_used"])
            n["accepted commitment"] += bool(row["commitment_used"])
            n["accepted package"] += row["package_code"] is not None
            n["known rounds"] += row["supp_rounds"] is not None
            n["no rounds"] += row["supp_rounds"] == 0
            if row["tolerance_used"]:
                with_tolerance.add(row["item_code"])
        closed = row["closed_at"] is not None and NEVER <= row["closed_at"] < AFTER
        if closed and row["accepted_at"] is not None and row["outcome"] != "deleted":
            n["completed"] += 1
            n["completed online"] += online
            n["completed tolerance"] += bool(row["tolerance_used"])
            n["lapsed"] += bool(row["tolerance_used"]) and row["outcome"] == "supp_lapsed"
            n["visits"] += row["site_visits_actual"] or 0
            n["visits known"] += row["site_visits_actual"] is not None
    return n, by_item, with_tolerance


def access(items, rows, department=None):
    """Numerator and denominator of the figures of access, from their written definitions."""
    now, before = (of(department, in_force(items, day)) for day in (CUTOFF, EVE))
    platform = [r for r in now if r["item_type"] == "01" and r["in_prov_system"]]
    services = [r for r in now if r["on_application"]]
    then = [r for r in before if r["on_application"]]
    n, by_item, with_tolerance = counted(rows, items)
    known = [r for r in platform if r["site_visits"] is not None]
    online = [r for r in platform if members(r["online_depth"]) & {"5", "6", "7"}]
    tolerant = [r for r in services if r["tolerance_ok"]]
    tolerant_before = [r for r in then if r["tolerance_ok"]]
    licences = [r for r in tolerant if r["item_type"] == "01"]
    committed = [r for r in services if r["commitment_ok"]]
    pairs = [(p, r) for r in services for p in members(r["package_codes"])]
    packages = {p for p, _ in pairs}
    in_packages = [r for _, r in pairs]

    def fewer(name):
        return [
            r for r in services
            if r[name] is not None and r[f"{name}_base"] is not None and r[name] < r[f"{name}_base"]
        ]  # fmt: skip

    def saved(name):
        both = [r for r in services if r[name] is not None and r[f"{name}_base"] is not None]
        base = sum(r[f"{name}_base"] for r in both)
        return base - sum(r[name] for r in both), base

    found = {
        ("avg_trips", "item_mean"): (sum(r["site_visits"] for r in known), len(known)),
        ("avg_trips", "case_mean"): (
            sum(by_item[r["item_code"]] * r["site_visits"] for r in known),
            sum(by_item[r["item_code"]] for r in known),
        ),
        ("avg_trips", "actual"): (n["visits"], n["visits known"]),
        ("visits_zero_share", ""): (
            len(online) + sum(r["site_visits"] == 0 for r in known if r not in online),
            len(online) + sum(r not in online for r in known),
        ),
        ("at_most_one_trip_rate", "visits_le1_share"): (
            sum(r["site_visits"] <= 1 for r in known), len(known),
        ),
        ("online_available_rate", "online_item"): (
            sum(bool(r["online_available"]) or bool(members(r["online_depth"]) & set("234567")) for r in platform),
            len(platform),
        ),
        ("online_full_process_rate", "online_full_item"): (
            sum(bool(members(r["online_depth"]) & set("567")) for r in platform), len(platform),
        ),
        ("online_full_process_rate", "online_full_case"): (n["accepted full"], n["accepted"]),
        ("online_accept_share", ""): (n["accepted online"], n["accepted"]),
        ("online_close_case", ""): (n["completed online"], n["completed"]),
        ("one_pass_case", ""): (n["no rounds"], n["known rounds"]),
        ("tolerant_items", ""): (distinct(tolerant, "impl_code"), None),
        ("tolerant_departments", ""): (distinct(tolerant, "dept_code"), None),
        ("tolerant_items_before", ""): (distinct(tolerant_before, "impl_code"), None),
        ("tolerant_departments_before", ""): (distinct(tolerant_before, "dept_code"), None),
        ("tolerant_items_used", ""): (
            distinct([r for r in licences if r["item_code"] in with_tolerance], "impl_code"),
            distinct(licences, "impl_code"),
        ),
        ("tolerance_cases", ""): (n["accepted tolerance"], None),
        ("tolerance_case_share", ""): (n["accepted tolerance"], n["accepted"]),
        ("tolerance_completed", ""): (n["completed tolerance"], None),
        ("tolerance_lapsed_share", ""): (n["lapsed"], n["completed tolerance"]),
        ("commitment_items", ""): (distinct(committed, "impl_code"), None),
        ("commitment_departments", ""): (distinct(committed, "dept_code"), None),
        ("commitment_cases", ""): (n["accepted commitment"], None),
        ("commitment_case_share", ""): (n["accepted commitment"], n["accepted"]),
        ("one_thing_packages", ""): (len(packages), None),
        ("package_items", ""): (distinct(in_packages, "impl_code"), None),
        ("package_items_repeated", ""): (len({(p, r["impl_code"]) for p, r in pairs}), None),
        ("package_departments", ""): (distinct(in_packages, "dept_code"), None),
        ("items_per_package", ""): (len({(p, r["impl_code"]) for p, r in pairs}), len(packages)),
        ("departments_per_package", ""): (
            len({(p, r["dept_code"]) for p, r in pairs}), len(packages),
        ),
        ("package_cases", ""): (n["accepted package"], None),
        ("package_case_share", ""): (n["accepted package"], n["accepted"]),
        ("service_items_on_application", ""): (distinct(services, "impl_code"), None),
    }  # fmt: skip
    for name, count, share, rate in (
        ("materials_n", "service_items_material_reduced", "material_reduced_share", "materials_saved_rate"),
        ("steps_n", "service_items_step_reduced", "step_reduced_share", "steps_saved_rate"),
    ):  # fmt: skip
        reduced = distinct(fewer(name), "impl_code")
        found[count, ""] = (reduced, None)
        found[share, ""] = (reduced, distinct(services, "impl_code"))
        found[rate, ""] = saved(name)
    return found


def limits(items, rows, department=None):
    """Limits of the items on the platform, promised against statutory, and immediate handling."""
    now = of(department, in_force(items, CUTOFF))
    platform = [r for r in now if r["item_type"] == "01" and r["in_prov_system"]]
    _, by_item, _ = counted(rows, items)
    limited = [
        (by_item[r["item_code"]], days(r, "statutory"), days(r, "promised"))
        for r in platform
        if not r["no_statutory_limit"] and r["statutory_limit"] and r["statutory_unit"]
        and r["promised_limit"] is not None and r["promised_unit"]
    ]  # fmt: skip
    within_a_day = [
        r for r in platform
        if r["promised_limit"] is not None and r["promised_unit"] and days(r, "promised") <= 1
    ]  # fmt: skip
    changed = Counter(change for _, change, _, _ in differences(items, department))
    return {
        ("time_compression_rate", "item_sum"): (
            sum(s - p for _, s, p in limited), sum(s for _, s, _ in limited),
        ),
        ("time_compression_rate", "item_mean"): (sum(1 - p / s for _, s, p in limited), len(limited)),
        ("time_compression_rate", "case_sum"): (
            sum(n * (s - p) for n, s, p in limited), sum(n * s for n, s, _ in limited),
        ),
        ("mean_promised_limit", ""): (sum(p for _, _, p in limited), len(limited)),
        ("instant_rate", "item_flag"): (sum(r["case_type"] == "1" for r in platform), len(platform)),
        ("instant_rate", "item_1day"): (len(within_a_day), len(platform)),
        ("licence_items_on_platform", ""): (distinct(platform, "impl_code"), None),
        ("handling_items", ""): (len(platform), None),
        ("promises_shortened", ""): (changed["承诺时限缩短"], None),
        ("items_made_immediate", ""): (changed["改为即办件"], None),
    }  # fmt: skip


def counts(items, department=None):
    """Counts of the catalogue and what came and went: from the place, or to it."""
    all_now = [r for r in in_force(items, CUTOFF) if r["item_type"] == "01"]
    all_then = [r for r in in_force(items, EVE) if r["item_type"] == "01"]
    now, then = of(department, all_now), of(department, all_then)
    codes_now, codes_then, any_now, any_then = (
        {r["impl_code"] for r in rows} for rows in (now, then, all_now, all_then)
    )
    delegated = [r for r in now if r["delegated_on"] is not None and r["delegated_on"].year == YEAR]
    complete = [
        r for r in now
        if r["item_name"] and r["steps_n"] is not None and r["materials_n"] is not None
        and (r["statutory_limit"] is not None or r["no_statutory_limit"])
    ]  # fmt: skip
    return {
        ("licence_items_total", ""): (len(codes_now), None),
        ("licence_main_items", ""): (len({r["parent_code"] or r["impl_code"] for r in now}), None),
        ("licence_basic_items", ""): (distinct(now, "catalog_code"), None),
        ("departments_with_licence_items", ""): (distinct(now, "dept_code"), None),
        ("licence_items_previous_year", ""): (len(codes_then), None),
        ("licence_items_added", ""): (len(codes_now - any_then), None),
        ("licence_items_removed", ""): (len(codes_then - any_now), None),
        ("licence_items_delegated", ""): (distinct(delegated, "impl_code"), None),
        ("elements_complete_share", ""): (len(complete), len(now)),
    }


def rule_applies_and_holds(rule, row, catalogue):
    """One rule on one row: None where it does not apply, else whether it holds."""
    promise, kind, visits = row["promised_limit"], row["case_type"], row["site_visits"]
    depth, channels = members(row["online_depth"]), members(row["channels"])
    match rule:
        case "immediate_is_zero" if promise is not None and kind is not None:
            return (kind == "1") == (promise == 0)
        case "promise_is_commitment" if promise is not None and promise > 0 and kind is not None:
            return kind == "2"
        case "promise_within_statutory" if (
            promise is not None
            and row["promised_unit"]
            and row["statutory_limit"]
            and row["statutory_unit"]
        ):
            return days(row, "promised") <= days(row, "statutory")
        case "visit_has_reason" if visits is not None and visits > 0:
            return bool(row["site_visit_reason"])
        case "no_visit_has_mail" if (
            visits == 0 and row["online_available"] is False and row["channels"]
        ):
            return "4" in channels
        case "online_has_no_visit" if depth & {"5", "6", "7"} and visits is not None:
            return visits == 0
        case "dates_in_order" if row["valid_from"] is not None and row["valid_to"] is not None:
            return row["valid_from"] <= row["valid_to"]
        case "shares_parents_code" if (
            row["catalog_code"] is not None
            and row["parent_code"] is not None
            and row["parent_code"] != row["impl_code"]
        ):
            parents = [
                r["catalog_code"] for r in catalogue
                if r["impl_code"] == row["parent_code"] and r["catalog_code"] is not None
            ]  # fmt: skip
            return row["catalog_code"][:-3] == parents[-1][:-3] if parents else None
    return None


def differences(items, department=None):
    """What changed, item by item: the latest version then, and the latest version now."""
    then, now = (
        {r["item_code"]: r for r in in_force(items, day) if r["item_type"] == "01"}
        for day in (EVE, CUTOFF)
    )
    found = []
    for code, new in now.items():
        if department not in (None, new["dept_code"]):
            continue
        old = then.get(code)
        if old is None:
            found.append((code, "新增", "", ""))
        on = new["delegated_on"]
        if on is not None and on.year == YEAR:
            found.append((code, "承接下放(委托)", "", on.isoformat()))
        if old is not None:
            found += [(code, *change) for change in revised(old, new)]
    gone = [row for code, row in then.items() if code not in now]
    found += [(row["item_code"], "取消", "", "") for row in of(department, gone)]
    return found


def revised(old, new):
    kinds = {"1": "即办件", "2": "承诺件", "9": "其他"}
    if old["dept_code"] != new["dept_code"]:
        yield "实施主体变更", f"{old['dept_code']}局", f"{new['dept_code']}局"
    was, now = old["case_type"], new["case_type"]
    if was and now and (was == "1") != (now == "1"):
        yield "改为即办件" if now == "1" else "改为非即办件", kinds[was], kinds[now]
    for name, term in (("statutory", "法定时限"), ("promised", "承诺时限")):
        if all(r[f"{name}_limit"] is not None and r[f"{name}_unit"] for r in (old, new)):
            texts = [
                f"{r[f'{name}_limit']:g}{LIMIT_UNIT.terms[r[f'{name}_unit']]}" for r in (old, new)
            ]
            if days(new, name) != days(old, name):
                yield f"{term}{'缩短' if days(new, name) < days(old, name) else '延长'}", *texts
    for name, term in (("materials_n", "材料"), ("site_visits", "到现场次数")):
        if old[name] is not None and new[name] is not None and old[name] != new[name]:
            word = "减少" if new[name] < old[name] else "增加"
            yield f"{term}{word}", str(old[name]), str(new[name])
    was, now = old["tolerance_ok"], new["tolerance_ok"]
    if was is not None and now is not None and was != now:
        yield ("纳入容缺受理", "否", "是") if now else ("退出容缺受理", "是", "否")


# Comparison -----------------------------------------------------------------------------------


def check(facts, expected):
    for key, (above, below) in expected.items():
        result = REGISTRY[key].result(facts)
        wanted = (None, None) if below == 0 else (Fraction(above), below and Fraction(below))
        assert (result.numerator, result.denominator) == wanted, key


@settings(slow, max_examples=8)
@given(items=catalogues(), rows=st.lists(cases(), max_size=12))
def test_access_and_counts_are_what_loops_count(items, rows):
    facts = Facts.of(made(items, rows))
    for department in (None, *DEPARTMENTS):
        own = rows if department is None else of(department, rows)
        expected = access(items, own, department) | limits(items, own, department)
        part = facts if department is None else facts.department(department)
        check(part, expected | counts(items, department))


@slow
@given(items=catalogues())
def test_rules_and_elements_and_depths_are_what_loops_find(items):
    year = made(items, [])
    facts = Facts(year, pd.DataFrame(columns=["dept_code"]), year.items)
    now = in_force(items, CUTOFF)
    kept = applied = 0
    for rule in CHECKABLE:
        catalogue = items if rule.id == "dates_in_order" else now
        licences = [row for row in catalogue if row["item_type"] == "01"]
        found = [(row, rule_applies_and_holds(rule.id, row, catalogue)) for row in licences]
        wrong = [(r["item_code"], r["item_version"]) for r, holds in found if holds is False]
        rows = broken(facts, rule)[["item_code", "item_version"]]
        assert sorted(rows.itertuples(index=False, name=None)) == sorted(wrong), rule.id
        applies = sum(holds is not None for _, holds in found)
        assert len(checked(facts, rule)) == applies, rule.id
        applied, kept = applied + applies, kept + applies - len(wrong)
    check(facts, {("catalogue_rules_kept", ""): (kept, applied)})
    for rule in CHECKABLE:  # parents are looked up in the whole place
        parts = [broken(facts.department(each), rule) for each in DEPARTMENTS]
        assert sum(map(len, parts)) == len(broken(facts, rule)), rule.id
    licences = [row for row in now if row["item_type"] == "01"]
    filled = elements_published(facts)["已填"]
    assert filled["事项"] == sum(bool(row["item_name"]) for row in licences)
    assert filled["程序"] == sum(row["steps_n"] is not None for row in licences)
    check_depths(facts, [row for row in licences if row["in_prov_system"]])


def check_depths(facts, platform):
    frame = depth_of_items(facts)
    named = [members(row["online_depth"]) for row in platform]
    deepest = [max(depths - {"8"}, default="8") for depths in named if depths]
    for code, term in ONLINE_DEPTH.terms.items():
        assert frame.loc[term, "含此深度"] == sum(code in depths for depths in named)
        assert frame.loc[term, "最深为此"] == deepest.count(code)
    assert frame.loc["未填"].tolist() == [len(named) - len(deepest)] * 2


@slow
@given(items=catalogues())
def test_changes_are_what_loops_find(items):
    year = made(items, [])
    found = changes(Facts(year, pd.DataFrame(), year.items))
    columns = ["item_code", "change", "before", "after"]
    assert sorted(found[columns].itertuples(index=False, name=None)) == sorted(differences(items))
