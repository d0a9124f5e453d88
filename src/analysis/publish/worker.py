"""One file made in a process of its own: ``python -m analysis.publish.worker`` (工作进程).

It reads what to make from the first line of its input and answers in lines of JSON. When its input
ends before it is done, the runner is gone, and it takes its whole process group along.
"""

import json
import os
import re
import shutil
import signal
import sys
import threading
import traceback
from collections.abc import Callable
from html import escape
from pathlib import Path
from typing import Any, TextIO

# The grammar that checks web addresses takes a second to build at import; notebooks have none
# that anyone checks. jsonschema goes without where it is not installed.
sys.modules["rfc3987_syntax"] = None  # type: ignore[assignment]

from analysis.errors import XukeError  # noqa: E402
from analysis.publish.forkserver import call_it  # noqa: E402

Answer = Callable[..., None]


def main(*, forked: bool = False) -> None:
    """Make what the input asks for; ``forked`` from a server that has imported all, it can fork a kernel."""
    asked = json.loads(sys.stdin.readline())
    call_it("xuke-worker")
    launch = _forked_kernel() if forked and asked["kind"] == "page" else None
    answers = _own_output()

    def answer(**said: Any) -> None:
        answers.write(json.dumps(said) + "\n")
        answers.flush()

    scratch = Path(asked["scratch"])
    threading.Thread(target=_end_with_runner, args=(scratch,), daemon=True).start()
    try:
        answer(made=_made(asked, answer, launch))
    except XukeError as error:
        answer(failed=str(error))
    except Exception as error:
        traceback.print_exc()  # into the log, which is kept beside the failed notebook
        answer(failed=f"程序出错({type(error).__name__}: {error}):请把这句话告诉维护者。")


def _forked_kernel() -> Callable[..., Any]:
    """Return what makes a copy of this process, which has one thread still, the kernel of the page."""
    from analysis.publish.kernel import Twin

    return Twin().launch


def _made(
    asked: dict[str, Any], answer: Answer, launch: Callable[..., Any] | None
) -> dict[str, Any]:
    match asked["kind"]:
        case "figures":
            return _figures(asked)
        case "index":
            return _index(asked)
        case "review":
            return _review(asked)
        case _:
            return _page(asked, answer, launch)


def _page(
    asked: dict[str, Any], answer: Answer, launch: Callable[..., Any] | None
) -> dict[str, Any]:
    """Execute the notebook and write its page."""
    from analysis.publish.execute import execute
    from analysis.publish.kernel import start
    from analysis.publish.page import page_html
    from analysis.publish.write import told_in_chinese, write_whole

    draft, data = Path(asked["draft"]), Path(asked["data"])
    with told_in_chinese(draft.parent):
        executed = execute(
            Path(asked["notebook"]),
            asked["parameters"],
            data=data,
            folder=Path(asked["scratch"]),
            executed=draft.with_suffix(".ipynb"),
            say=lambda at, of: answer(cells=[at, of]),
            launch=launch or start,
        )
    html = page_html(executed, title=asked["title"], place=asked["place"], label=asked["label"])
    _refuse_paths(html, data.parent, draft, Path(asked["scratch"]), Path.home(), Path(sys.prefix))
    return {"sha256": write_whole(draft, html)}


def _refuse_paths(html: str, *paths: Path) -> None:
    """Refuse a page that tells where on this machine it was made."""
    for path in paths:
        if len(path.parts) > 1 and re.search(re.escape(escape(str(path))) + r"(?!\w)", html):
            raise XukeError(f"页面露出了本机路径“{path}”:请不要输出文件的路径。")


def _figures(asked: dict[str, Any]) -> dict[str, Any]:
    """Check a year and write its figures and what goes with them; broken rows make nothing."""
    from analysis.check import check, problem_lines
    from analysis.problems.grounds import Grounds
    from analysis.publish.parameters import PUBLIC
    from analysis.publish.products import products, public_products
    from analysis.publish.write import write_whole
    from analysis.report.edition import edition, public_edition
    from analysis.report.released import released
    from analysis.tables.year import Year

    data = Path(asked["data"])
    year = Year.open(asked["parameters"]["place"], asked["parameters"]["year"], data=data)
    found = check(year, data=data)
    if not found.problems.empty:
        said = ";".join(problem_lines(found.problems))
        raise XukeError(f"数据没有通过校验,不生成页面:{said}。")
    if asked["parameters"].get("audience") == PUBLIC:
        made = public_products(public_edition(year, released(year)))
    else:
        grounds = Grounds(found.facts, facts_before=found.before)
        made = products(edition(found.facts, found.before, found.compared), grounds)
    draft = Path(asked["draft"])
    hashes = {name: write_whole(draft.with_name(name), content) for name, content in made.items()}
    return {"sha256": hashes[draft.name], "passed": found.passed, "beside": hashes}


def _review(asked: dict[str, Any]) -> dict[str, Any]:
    """Write what is hidden or exempted in all that is public of a place."""
    from analysis.publish.write import csv, write_whole
    from analysis.report.released import released
    from analysis.tables.year import Year
    from analysis.tables.years import years_of

    data, place = Path(asked["data"]), asked["parameters"]["place"]
    year = Year.open(place, years_of(place, data)[-1], data=data)
    return {"sha256": write_whole(Path(asked["draft"]), csv(released(year).log))}


def _index(asked: dict[str, Any]) -> dict[str, Any]:
    """Write the index of what lies in the reports."""
    from analysis.publish.index import index_html
    from analysis.publish.write import write_whole

    html = index_html(Path(asked["reports"]) / asked["folder"], Path(asked["data"]), asked["title"])
    return {"sha256": write_whole(Path(asked["draft"]), html)}


def _own_output() -> TextIO:
    """Return the stream of answers; what anything else prints goes to the log."""
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)
    return answers


def _end_with_runner(scratch: Path) -> None:
    """Wait for the end of the input: then nobody waits for the page any more."""
    while os.read(0, 1):
        pass
    shutil.rmtree(scratch, ignore_errors=True)
    if os.name == "nt":
        os._exit(1)  # the kernel watches its parent there
    os.killpg(0, signal.SIGKILL)


if __name__ == "__main__":
    main()
