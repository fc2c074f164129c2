"""The shape of a block's conflict graph: units are its nodes, and an edge joins two that touch a key which one of them writes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

import pandas as pd


def hub_shares(units: pd.DataFrame, accesses: pd.DataFrame, weight: str = "gas_used") -> pd.DataFrame:
    """How much each block's conflict graph looks like stars.

    In each connected part the hub is the unit with the most edges. If all parts are stars, every edge is at a hub; in a
    part where all conflict with all, 2 of n edges are.

    :param units: ``position``, ``block_number`` and the weight; units without weight are left out
    :param accesses: ``position``, ``key`` and ``writes``
    :return: ``block_number, edges, at_hubs`` of the blocks that have edges; ``at_hubs`` is a share
    """
    block_of = units[units[weight] > 0].set_index("position")["block_number"]
    inside = accesses.join(block_of, "position", how="inner")
    rows = []
    for block, part in inside.groupby("block_number"):
        edges = edges_of(part[["position", "key", "writes"]].itertuples(index=False))
        if edges:
            rows.append((block, len(edges), at_hubs(edges)))
    return pd.DataFrame(rows, columns=["block_number", "edges", "at_hubs"])


def edges_of(accesses: Iterable[tuple[int, int, bool]]) -> set[tuple[int, int]]:
    """Pairs of units that conflict, from ``unit, key, writes``."""
    touching: dict[int, set[int]] = defaultdict(set)
    writing: dict[int, set[int]] = defaultdict(set)
    for unit, key, writes in accesses:
        touching[key].add(unit)
        if writes:
            writing[key].add(unit)
    return {
        (min(writer, other), max(writer, other))
        for key, writers in writing.items()
        for writer in writers
        for other in touching[key]
        if other != writer
    }


def at_hubs(edges: set[tuple[int, int]]) -> float:
    """The share of edges that end at the busiest unit of their connected part."""
    neighbours: dict[int, set[int]] = defaultdict(set)
    for one, other in edges:
        neighbours[one].add(other)
        neighbours[other].add(one)
    found, left = 0, set(neighbours)
    while left:
        part, open_ = set(), [left.pop()]
        while open_:
            unit = open_.pop()
            part.add(unit)
            open_ += neighbours[unit] & left
            left -= neighbours[unit]
        found += max(len(neighbours[unit]) for unit in part)
    return found / len(edges)
