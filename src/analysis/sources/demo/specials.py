"""Special procedures (特别程序) of the demo's items: one that Art. 45 lists, one that it does not."""

import numpy as np

from analysis.sources.demo.days import Ints

ART45 = ("听证", "招标", "拍卖", "检验", "检测", "检疫", "鉴定", "专家评审")
OTHERS = ("踏勘", "公示", "技术审查")
EXTENSION = "延长审批"
NAMES = (*ART45, *OTHERS, EXTENSION)


def art45(item: Ints) -> Ints:
    """Return the place in ``NAMES`` of each item's procedure of Art. 45."""
    return np.asarray(item % len(ART45))


def other(item: Ints) -> Ints:
    """Return the place in ``NAMES`` of each item's other procedure."""
    return np.asarray(len(ART45) + item % len(OTHERS))
