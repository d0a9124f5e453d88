"""Clustered intervals (聚类区间) that hold with few clusters: CR2 with Bell-McCaffrey's degrees.

The usual clustered variance is too small with some twenty clusters of unlike sizes, and the normal
distribution too narrow (``docs/coverage.md`` shows by how much). The bias-reduced one (CR2) with the
degrees of freedom of Bell & McCaffrey (2002), as recommended by Imbens & Kolesár (2016), holds; statsmodels
does not have it. With clusters of one observation it is statsmodels' HC2.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

LEVEL = 0.95
ZERO, NOTHING = 1e-10, 1e-8

Array = NDArray[np.float64]


@dataclass(frozen=True)
class Estimate:
    """A coefficient with its clustered interval.

    Attributes:
        value: the coefficient.
        error: its standard error.
        degrees: degrees of freedom of its t distribution.
        low: lower end of the 95 % interval.
        high: upper end.
        p_above: p value of the hypothesis that it is not above 0.
        p_value: two-sided p value of the hypothesis that it is 0.
    """

    value: float
    error: float
    degrees: float
    low: float
    high: float
    p_above: float
    p_value: float


@dataclass(frozen=True)
class Design:
    """What an estimate of one coefficient does to any outcome: found once, used for many.

    Attributes:
        weights: the coefficient is ``weights @ y``.
        basis: orthonormal columns that span all regressors.
        adjusted: the weights as they are applied to the residuals, cluster by cluster.
        cluster: place of each observation's cluster.
        degrees: degrees of freedom.
    """

    weights: Array
    basis: Array
    adjusted: Array
    cluster: NDArray[np.int64]
    degrees: float

    @classmethod
    def of(cls, x: Any, groups: Any, effects: Any) -> "Design | None":
        """Return the design of the coefficient of ``x``, or None where it cannot be told.

        Args:
            x: the variable, one number an observation.
            groups: cluster of each observation.
            effects: what is held fixed, one column each (dummies); an intercept among them.
        """
        x, fixed = np.asarray(x, dtype=float), np.asarray(effects, dtype=float)
        span = _orthonormal(fixed)
        left = x - span @ (span.T @ x)
        spread = float(left @ left)
        if spread < ZERO * max(float(x @ x), 1.0):
            return None
        weights = left / spread
        basis = np.column_stack([span, left / np.sqrt(spread)])
        cluster = np.unique(np.asarray(groups), return_inverse=True)[1]
        adjusted, shared = _adjusted(weights, basis, cluster)
        # The variance is a sum over clusters; were the errors alike and independent, its terms would
        # have the covariances (own - shared @ shared.T)^2, which give its degrees of freedom.
        own = np.bincount(cluster, adjusted**2)
        trace = float((own - (shared**2).sum(axis=1)).sum())
        if trace < ZERO * float(weights @ weights):
            return None
        cross = float((own**2).sum() - 2 * (own @ (shared**2).sum(axis=1)))
        squares = cross + float(((shared.T @ shared) ** 2).sum())
        return cls(weights, basis, adjusted, cluster, trace**2 / squares)

    def estimate(self, y: Any) -> Estimate:
        """Return the coefficient for an outcome."""
        from scipy.stats import t

        y = np.asarray(y, dtype=float)
        value = float(self.weights @ y)
        if abs(value) <= ZERO * float(np.abs(y).max()):
            value = 0.0  # what rounding leaves is no difference, however alike the residuals are
        residuals = y - self.basis @ (self.basis.T @ y)
        parts = np.bincount(self.cluster, self.adjusted * residuals)
        error = float(np.sqrt((parts**2).sum()))
        reach = float(t.ppf((1 + LEVEL) / 2, self.degrees)) * error
        ratio = value / error if error else 0.0
        above = float(t.sf(ratio, self.degrees))
        both = float(2 * t.sf(abs(ratio), self.degrees))
        return Estimate(value, error, self.degrees, value - reach, value + reach, above, both)


def dummies(*labels: Any) -> Array:
    """Return an intercept, and a column for each label but the first of each kind."""
    columns = [np.ones(len(labels[0]))]
    for kind in labels:
        values, place = np.unique(np.asarray(kind), return_inverse=True)
        columns += [(place == k).astype(float) for k in range(1, len(values))]
    return np.column_stack(columns)


def _orthonormal(columns: Array) -> Array:
    """Return orthonormal columns with the same span: of dummies, whose products are well apart."""
    values, vectors = np.linalg.eigh(columns.T @ columns)
    kept = values > ZERO * values[-1]
    return np.asarray(columns @ (vectors[:, kept] / np.sqrt(values[kept])))


def _adjusted(weights: Array, basis: Array, cluster: NDArray[np.int64]) -> tuple[Array, Array]:
    """Return the weights adjusted for what fitting took out of each cluster's residuals (CR2).

    Clusters of one size are done at once: most items make a cluster of one.

    Returns:
        The adjusted weights, and for each cluster their products with the basis.
    """
    adjusted = np.empty(len(weights))
    order, sizes = np.argsort(cluster, kind="stable"), np.bincount(cluster)
    starts = np.cumsum(sizes) - sizes
    shared = np.empty((len(sizes), basis.shape[1]))
    for size in np.unique(sizes):
        alike = np.flatnonzero(sizes == size)
        mine = order[starts[alike][:, None] + np.arange(size)]
        own = basis[mine]
        # The block is the identity but along these few directions, however large the cluster is.
        along, lengths, _ = np.linalg.svd(own, full_matrices=False)
        left = 1 - lengths**2
        # What the fixed effects leave nothing of has no residual to speak of.
        root = np.where(left > NOTHING, 1 / np.sqrt(np.maximum(left, NOTHING)), 0.0)
        turned = np.einsum("cij,ci->cj", along, weights[mine])
        adjusted[mine] = weights[mine] + np.einsum("cij,cj->ci", along, (root - 1) * turned)
        shared[alike] = np.einsum("cik,ci->ck", own, adjusted[mine])
    return adjusted, shared
