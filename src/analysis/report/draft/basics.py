"""Part 一、基本情况 of the draft: the lead and the six headings, number by number."""

from analysis.report.draft import sentences as say
from analysis.report.draft.ledger import Ledger
from analysis.report.draft.text import Blank, Kind, Paragraph, body, heading, subheading


def opening(ledger: Ledger) -> Paragraph:
    """Return the formula that the report opens with."""
    words = say.OPENING.format(we(ledger), ledger.edition.year.year)
    return Paragraph(Kind.OPENING, (words,))


def we(ledger: Ledger) -> str:
    """Return how the issuer calls itself: 我区, 我局."""
    if name := ledger.edition.department:
        return next((ours for end, ours in say.WE.items() if name.endswith(end)), "我单位")
    name = ledger.edition.year.place.name
    return f"我{name[-1]}" if name.endswith(say.PLACES) else name


def basics(ledger: Ledger) -> list[Paragraph]:
    """Return part 一: the lead, then the six headings."""
    parts = (_implementation, _publicity, _supervision, _effects, _innovation, _standards)
    return [heading("一、基本情况"), *_lead(ledger), *(p for part in parts for p in part(ledger))]


def _lead(ledger: Ledger) -> list[Paragraph]:
    until = f"截至{_day(ledger)}"
    items = ledger.sentence(say.ITEMS)
    opening_stocks, closing_stocks = map(ledger.sentence, (say.OPENING_STOCKS, say.CLOSING_STOCKS))
    return [
        body(f"{until},{we(ledger)}共有行政许可事项", *items),
        body(f"{ledger.edition.year.year}年,", *ledger.sentence(say.VOLUME)),
        *_changes(ledger, say.VOLUME_CHANGES),
        body(*opening_stocks, until, *closing_stocks),
    ]


def _day(ledger: Ledger) -> str:
    cutoff = ledger.edition.year.cutoff
    return f"{cutoff.year}年{cutoff.month}月{cutoff.day}日"


def _changes(ledger: Ledger, names: dict[str, str]) -> list[Paragraph]:
    runs = ledger.changes(names)
    return [body(*runs)] if runs else []


def _implementation(ledger: Ledger) -> list[Paragraph]:
    in_time = say.ALL_IN_TIME if ledger.shortfall("within_statutory_time") == 0 else say.SOME_LATE
    return [
        subheading("(一)依法实施情况"),
        body(*ledger.sentence(in_time), *ledger.sentence(say.PROMISED)),
        body(*ledger.sentence(say.LIMITS)),
        *_changes(ledger, say.LIMIT_CHANGES),
        body(*ledger.sentence(say.DUTIES)),
        _blank(
            "一次性告知、容缺受理、告知承诺制等配套制度和规范性文件的制定、清理、修改情况,有无变相设定和实施行政许可的情况"
        ),
    ]


def _publicity(ledger: Ledger) -> list[Paragraph]:
    return [
        subheading("(二)公开公示情况"),
        body(*ledger.sentence(say.ELEMENTS)),
        _blank("公开公示的渠道和载体(广东政务服务网、门户网站、办事大厅等),有关部门的做法"),
    ]


def _supervision(ledger: Ledger) -> list[Paragraph]:
    return [
        subheading("(三)监督管理情况"),
        body(*ledger.sentence(say.INSPECTIONS)),
        body(*ledger.sentence(say.RATINGS)),
        _blank(
            "印发的监管制度及其文号,“互联网+监管”、学法用法等工作情况,许可实施过程中有无发现违法违规情况"
        ),
    ]


def _effects(ledger: Ledger) -> list[Paragraph]:
    return [
        subheading("(四)实施效果情况"),
        body(*ledger.sentence(say.ONLINE)),
        *_changes(ledger, say.ONLINE_CHANGES),
        _blank("行政许可实施取得的效果,是否达到设立许可的预期目的,有关部门实例"),
    ]


def _innovation(ledger: Ledger) -> list[Paragraph]:
    alone = bool(ledger.edition.department)
    return [
        subheading("(五)创新方式情况"),
        body(*ledger.sentence(say.TOLERANCE_OF_ONE if alone else say.TOLERANCE)),
        body(
            *ledger.sentence(say.PACKAGES_OF_ONE if alone else say.PACKAGES),
            *ledger.sentence(say.REDUCED),
        ),
        _blank("创新举措的名称、所依据的文件和成效(如远程办理、事前服务、跨域通办)"),
    ]


def _standards(ledger: Ledger) -> list[Paragraph]:
    return [
        subheading("(六)推行标准化情况"),
        body(*ledger.sentence(say.STANDARDS), *ledger.sentence(say.RULES)),
        _blank("标准化梳理所依据的文件,实施清单和办事指南的更新情况"),
    ]


def _blank(what: str) -> Paragraph:
    return body(Blank(what))
