"""Shapes whose share of edges at hubs is known."""

import pandas as pd
import pytest

from rekindle_notebooks.conflict_graph import at_hubs, edges_of, hub_shares


def test_a_star_has_all_edges_at_its_hub():
    assert at_hubs({(1, 2), (1, 3), (1, 4)}) == 1


def test_two_stars_are_two_parts():
    assert at_hubs({(1, 2), (1, 3), (7, 8), (7, 9)}) == 1


@pytest.mark.parametrize("units", [3, 4, 10])
def test_where_all_conflict_with_all_two_of_n_edges_are_at_the_hub(units):
    edges = {(one, other) for one in range(units) for other in range(one + 1, units)}
    assert at_hubs(edges) == pytest.approx(2 / units)


def test_a_chain():
    assert at_hubs({(1, 2), (2, 3), (3, 4), (4, 5)}) == pytest.approx(0.5)


def test_readers_of_one_key_do_not_conflict_with_each_other():
    assert edges_of([(1, 0, False), (2, 0, True), (3, 0, False)]) == {(1, 2), (2, 3)}


def test_blocks_are_apart_and_units_without_gas_are_left_out():
    units = pd.DataFrame({"position": [10, 11, 12, 20, 21], "block_number": [1, 1, 1, 2, 2], "gas_used": [0, 5, 5, 5, 5]})
    accesses = pd.DataFrame({"position": [10, 11, 12, 20, 21], "key": [7] * 5, "writes": [True, True, False, True, False]})
    found = hub_shares(units, accesses)
    assert list(found.itertuples(index=False, name=None)) == [(1, 1, 1.0), (2, 1, 1.0)]
