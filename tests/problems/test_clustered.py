"""Clustered intervals against statsmodels (HC2) and against the formulas written out."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.linalg import sqrtm
from scipy.stats import t
from statsmodels.regression.linear_model import OLS

from analysis.problems.clustered import Design, dummies


def world(seed, n=40, kinds=4):
    rng = np.random.default_rng(seed)
    effect = rng.integers(0, kinds, n)
    x = rng.normal(size=n) + effect
    return x, effect, 2 * x + effect + rng.normal(size=n) * (1 + np.abs(x))


@given(seed=st.integers(0, 10**6))
@settings(max_examples=20, deadline=None)
def test_clusters_of_one_are_hc2(seed):
    x, effect, y = world(seed)
    fixed = dummies(effect)
    found = Design.of(x, np.arange(len(x)), fixed).estimate(y)
    fitted = OLS(y, np.column_stack([x, fixed])).fit(cov_type="HC2")
    assert found.value == pytest.approx(fitted.params[0])
    assert found.error == pytest.approx(fitted.bse[0])


@given(seed=st.integers(0, 10**6))
@settings(max_examples=20, deadline=None)
def test_cr2_and_its_degrees_written_out(seed):
    x, effect, y = world(seed)
    clusters = np.random.default_rng(seed + 1).integers(0, 12, len(x))
    fixed = dummies(effect)
    found = Design.of(x, clusters, fixed).estimate(y)

    design = np.column_stack([x, fixed])
    bread = np.linalg.inv(design.T @ design)
    hat = design @ bread @ design.T
    left = np.eye(len(x)) - hat
    residuals = left @ y
    parts = []
    for cluster in np.unique(clusters):
        mine = clusters == cluster
        # A cluster that holds a whole effect leaves nothing of it: its block has no inverse.
        root = np.linalg.pinv(np.real(sqrtm(left[np.ix_(mine, mine)])), rcond=1e-6)
        parts.append(left[:, mine] @ root @ design[mine] @ bread[:, 0])
        scores = bread[0] @ design[mine].T @ root @ residuals[mine]
        assert scores == pytest.approx(float(parts[-1] @ y))
    error = np.sqrt(sum(float(part @ y) ** 2 for part in parts))
    inner = np.array(parts) @ np.array(parts).T
    degrees = np.trace(inner) ** 2 / (inner**2).sum()
    assert found.error == pytest.approx(error)
    assert found.degrees == pytest.approx(degrees)
    assert found.high - found.value == pytest.approx(t.ppf(0.975, degrees) * error)
    assert found.p_above == pytest.approx(t.sf(found.value / error, degrees))


def test_what_does_not_vary_cannot_be_told():
    effect = np.repeat([0, 1], 10)
    assert Design.of(effect.astype(float), np.arange(20), dummies(effect)) is None
