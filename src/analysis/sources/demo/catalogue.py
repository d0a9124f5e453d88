"""The catalogue (事项目录) of the demo place: services, their handling items and versions."""

import tomllib
from importlib.resources import files
from itertools import product
from typing import Any

import numpy as np
import pandas as pd
from numpy.random import Generator

from analysis.sources.demo import calibration as given
from analysis.sources.demo.limits import set_limits
from analysis.sources.demo.planting.delegation import delegate
from analysis.sources.demo.specials import NAMES, art45, other
from analysis.sources.demo.versions import evolve
from analysis.tables.codes.catalogue import COMMITMENT, LICENCE

SINCE = pd.Timestamp("2019-03-01")
DELEGATIONS = 70
DELEGATED = (pd.Timestamp("2021-07-01"), pd.Timestamp("2022-04-01"), pd.Timestamp("2022-09-01"))
ACTIONS = ("新办", "变更", "延续", "补证", "注销", "换证", "增项", "信息更正")
SCENARIOS = ("一般情形", "个人办理", "单位办理", "委托代办", "跨区办理", "首次办理", "网上办理")
OTHER_KINDS = {
    "20": (
        "{}办理进度查询",
        "{}结果证明开具",
        "{}信息查询",
        "{}政策咨询",
        "{}档案查阅",
        "{}预约办理",
    ),
    "10": ("{}信息备案", "{}年度报告", "{}事后备案", "{}变更备案"),
    "07": ("{}有关资格确认", "{}有关等级评定"),
    "05": ("{}有关补贴给付", "{}有关奖补资金给付"),
    "08": ("{}先进单位表彰",),
    "09": ("{}争议裁决",),
}


def place() -> dict[str, Any]:
    """Return the bureaux and streets of the demo place."""
    return tomllib.loads((files(__package__) / "place.toml").read_text(encoding="utf-8"))


def departments() -> pd.DataFrame:
    """Return the bureaux: name, code, weight, items, owner, online, person, licences, services."""
    frame = pd.DataFrame(place()["department"])
    frame["services"] = frame["services"].where(frame["services"].notna(), frame["licences"])
    frame["code"] = [f"DEMO{n:014d}" for n in range(1, len(frame) + 1)]
    return frame


def catalogue(rng: Generator) -> pd.DataFrame:
    """Return the catalogue with all its versions.

    Columns as ``tables.ITEMS``, ``weight``, the row's share of the licence cases, and
    ``row`` and ``bureau``, what it is numbered by.
    """
    bureaux = departments()
    licences = _licences(rng, bureaux)
    others = _others(rng, bureaux)
    items = pd.concat([_handling(rng, licences), others], ignore_index=True)
    items = _describe(rng, items, bureaux)
    items = _flag(rng, items, bureaux)
    items["weight"] = _weights(items, bureaux)
    return _with_specials(evolve(rng, delegate(set_limits(rng, items))))


def _with_specials(items: pd.DataFrame) -> pd.DataFrame:
    """Add the special procedures of the items that can have some."""
    can = items["grain"].eq("handling") & items["case_type"].eq(COMMITMENT)
    row, names = items.loc[can, "row"].to_numpy(dtype=np.int64), np.array(NAMES, dtype=object)
    both = pd.Series(names[art45(row)] + "^" + names[other(row)], index=items.index[can])
    return items.assign(special_procs=both)


def _licences(rng: Generator, bureaux: pd.DataFrame) -> pd.DataFrame:
    """Return the licence services: the first ones of each bureau are on the platform."""
    room = bureaux["licences"].str.len() * len(ACTIONS)
    on_platform = _apportion(bureaux["items"], given.ON_PLATFORM, room)
    left = given.LICENCE_SERVICES - given.ON_PLATFORM
    outside = _apportion(bureaux["items"], left, room - on_platform)
    rows = []
    stems = bureaux["licences"]
    for bureau, inside, out in zip(bureaux.index, on_platform, outside, strict=True):
        names = [(f"{stem}({action})", stem) for action, stem in product(ACTIONS, stems[bureau])]
        rows += [(bureau, *name, n < inside) for n, name in enumerate(names[: inside + out])]
    frame = pd.DataFrame(rows, columns=["bureau", "item_name", "stem", "in_prov_system"])
    frame = frame.assign(item_type=LICENCE, service=np.arange(len(frame)))
    # The first service of a stem stands for its main item (大项), the others are parts of it (子项).
    alike = frame.groupby(["bureau", "stem"])["service"]
    frame["main"], frame["sub"] = alike.transform("first"), alike.cumcount()
    return frame.drop(columns="stem")


def _others(rng: Generator, bureaux: pd.DataFrame) -> pd.DataFrame:
    """Return the other services on application, one row each."""
    names = [
        (bureau, kind, form.format(stem))
        for kind, forms in OTHER_KINDS.items()
        for bureau, stems in bureaux["services"].items()
        for form, stem in product(forms, stems)
    ]
    wanted = given.SERVICES - given.LICENCE_SERVICES
    chosen = np.sort(rng.choice(len(names), wanted, replace=False))
    frame = pd.DataFrame([names[n] for n in chosen], columns=["bureau", "item_type", "item_name"])
    service = np.arange(wanted) + given.LICENCE_SERVICES
    return frame.assign(
        in_prov_system=rng.random(wanted) < 0.8,
        service=service,
        main=service,
        sub=0,
        grain="sub",
        part=0,
    )


def _handling(rng: Generator, licences: pd.DataFrame) -> pd.DataFrame:
    """Split the platform's licences into handling items; the others stay one row."""
    inside = licences[licences["in_prov_system"]]
    extra = rng.multinomial(given.HANDLING - len(inside), np.full(len(inside), 1 / len(inside)))
    rows = inside.loc[inside.index.repeat(extra + 1)].assign(grain="handling")
    rows["part"] = rows.groupby("service").cumcount() + 1
    rows["item_name"] += "—" + rows["part"].map(lambda part: SCENARIOS[(part - 1) % len(SCENARIOS)])
    outside = licences[~licences["in_prov_system"]].assign(grain="sub", part=0)
    return pd.concat([rows, outside], ignore_index=True)


def _describe(rng: Generator, items: pd.DataFrame, bureaux: pd.DataFrame) -> pd.DataFrame:
    """Add codes, bureau, status and the columns that say how to apply."""
    n, bureau = len(items), items["bureau"].to_numpy()
    impl = [
        f"DEMO{b + 1:03d}{kind}{s:06d}"
        for b, kind, s in zip(bureau, items["item_type"], items["service"], strict=True)
    ]
    items["impl_code"] = impl
    items["item_code"] = [
        f"{code}{part:02d}" if part else code
        for code, part in zip(impl, items["part"], strict=True)
    ]
    items["catalog_code"] = [
        f"D{main:06d}{sub:03d}" for main, sub in zip(items["main"], items["sub"], strict=True)
    ]
    impl_codes = items.drop_duplicates("service").set_index("service")["impl_code"]
    items["parent_code"] = items["main"].map(impl_codes).where(items["sub"] > 0)
    items["dept_code"] = bureaux["code"].to_numpy()[bureau]
    items["dept_name"] = bureaux["name"].to_numpy()[bureau]
    items["source_system"] = [f"业务系统{b + 1:02d}" for b in bureau]
    items = items.assign(
        item_version=1,
        valid_from=SINCE,
        valid_to=pd.Series(pd.NaT, index=items.index, dtype="datetime64[us]"),
        item_status="1",
        on_application=True,
        org_nature="1",
        exercise_level="4",
        in_hall=rng.random(n) < 0.97,
        steps_n=rng.integers(2, 6, n),
    )
    person = bureaux["person"].to_numpy()[bureau]
    items["service_object"] = np.select([person > 0.8, person < 0.1], ["1", "2^3^4"], "1^2")
    items["online_available"] = items["grain"].eq("handling") | (rng.random(n) < 0.9)
    items["channels"] = np.where(items["online_available"], "1^2^3", "1")
    items["online_depth"] = np.where(items["online_available"], "2^3^4^5", "1")
    delegated = items["service"].isin(rng.permutation(given.SERVICES)[:DELEGATIONS])
    since = items["service"] % len(DELEGATED)
    items["power_source"] = np.where(delegated, "2", "1")
    items["delegated_from"] = pd.Series("示例市有关部门", index=items.index).where(delegated)
    items["delegated_on"] = since.map(dict(enumerate(DELEGATED))).where(delegated)
    return items


def _flag(rng: Generator, items: pd.DataFrame, bureaux: pd.DataFrame) -> pd.DataFrame:
    """Set what is counted by service: tolerance, fewer materials, packages."""
    services = items.drop_duplicates("service").set_index("service")
    tolerant = _tolerant(rng, services, bureaux)
    reduced = rng.permutation(services.index)[: given.REDUCED]
    materials = pd.Series(rng.integers(1, 9, len(services)), index=services.index)
    dropped = pd.Series(rng.integers(1, 4, len(services)), index=services.index)
    items["tolerance_ok"] = items["service"].isin(tolerant)
    items["commitment_ok"] = items["service"].isin(rng.permutation(services.index)[:180])
    items["materials_n"] = items["service"].map(materials)
    items["materials_n_base"] = items["materials_n"] + items["service"].map(dropped).where(
        items["service"].isin(reduced), 0
    )
    items["steps_n_base"] = items["steps_n"] + rng.integers(0, 3, len(items))
    items["package_codes"] = items["service"].map(_packages(rng, services))
    return items


def _tolerant(rng: Generator, services: pd.DataFrame, bureaux: pd.DataFrame) -> pd.Index:
    """Choose the tolerance services: one in each of 19 bureaux first, then any of theirs."""
    order = bureaux["items"].sort_values(ascending=False, kind="stable").index
    among = services[services["bureau"].isin(order[: given.TOLERANT_DEPARTMENTS])]
    among = among.loc[rng.permutation(among.index)]
    among = among.sort_values("item_type", key=lambda kind: kind != LICENCE, kind="stable")
    first = among.drop_duplicates("bureau").index
    rest = among.index.difference(first, sort=False)
    return first.append(rest[: given.TOLERANT - len(first)])


def _packages(rng: Generator, services: pd.DataFrame) -> pd.Series:
    """Give each package two to six services; a service may be in several."""
    members = [
        (service, f"YJS{number:03d}")
        for number in range(1, given.PACKAGES + 1)
        for service in rng.choice(services.index, rng.integers(2, 7), replace=False)
    ]
    frame = pd.DataFrame(members, columns=["service", "package"])
    return frame.groupby("service")["package"].agg("^".join)


def _weights(items: pd.DataFrame, bureaux: pd.DataFrame) -> np.ndarray:
    """Return each handling item's share of the cases: heavy-tailed, common licences first."""
    rank = items.groupby("bureau").cumcount() + 1
    share = np.where(items["grain"] == "handling", 1 / rank**0.9, 0.0)
    within = pd.Series(share).groupby(items["bureau"]).transform("sum").to_numpy()
    of_bureau = bureaux["weight"].to_numpy()[items["bureau"]]
    weights = np.divide(share * of_bureau, within, out=np.zeros(len(items)), where=within > 0)
    return np.asarray(weights / weights.sum())


def _apportion(weights: pd.Series, total: int, room: pd.Series) -> np.ndarray:
    """Share out ``total`` by weight, by largest remainders, no more than there is room for."""
    quota = weights / weights.sum() * total
    shares = np.minimum(np.floor(quota), room).astype(int)
    while (left := total - int(shares.sum())) > 0:
        want = (quota - shares).where((room - shares > 0) & (weights > 0), -np.inf)
        shares[want.nlargest(min(left, int(np.isfinite(want).sum()))).index] += 1
    return np.asarray(shares)
