"""The one-pass critical path against a naive search over all chains."""

import numpy as np
import pandas as pd
import pytest

from rekindle_notebooks.critical_path import by_window, earliest_ends


def naive(weights, accesses):
    """Ends and bound units by looking at every pair."""

    def waits(reader, writer):
        written = {key for unit, key, _, writes in accesses if unit == writer and writes}
        read = {key for unit, key, reads, _ in accesses if unit == reader and reads}
        return writer < reader and bool(written & read)

    units = range(len(weights))
    ends = []
    for unit in units:
        ends.append(weights[unit] + max((ends[other] for other in range(unit) if waits(unit, other)), default=0))
    bound = [any(waits(unit, other) or waits(other, unit) for other in units) for unit in units]
    return ends, bound


@pytest.mark.parametrize("seed", range(60))
def test_equals_a_naive_search(seed):
    random = np.random.default_rng(seed)
    weights = random.integers(1, 100, int(random.integers(1, 14))).astype(float)
    accesses = sorted(
        (unit, key, bool(reads), bool(writes))
        for unit in range(len(weights))
        for key in range(5)
        if random.random() < 0.3
        for reads, writes in [random.integers(0, 2, 2)]
    )
    columns = list(zip(*accesses)) if accesses else [(), (), (), ()]
    ends, bound = earliest_ends(
        weights, *(np.array(column, dtype=kind) for column, kind in zip(columns, (int, int, bool, bool)))
    )
    expected_ends, expected_bound = naive(weights, accesses)
    assert list(ends) == pytest.approx(expected_ends)
    assert list(bound) == expected_bound


def test_a_write_counts_only_inside_its_window():
    units = pd.DataFrame({"position": [10, 20, 30, 40], "block_number": [1, 1, 2, 2], "gas_used": [5, 5, 5, 5]})
    accesses = pd.DataFrame(
        {
            "position": [10, 20, 20, 30],
            "key": ["a", "a", "b", "b"],
            "reads": [False, True, False, True],
            "writes": [True, False, True, False],
        }
    )
    found = by_window(units, accesses, [1, 2]).set_index(["window", "first_block"])
    assert found.loc[(1, 1), "critical_path"] == 10
    assert found.loc[(1, 2), "critical_path"] == 5
    assert found.loc[(2, 1), "critical_path"] == 15
    assert found.loc[(1, 2), "independent"] == 1.0
    assert found.loc[(2, 1), "limit"] == pytest.approx(20 / 15)
