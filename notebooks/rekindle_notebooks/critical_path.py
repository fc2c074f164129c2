"""The longest chain of units that must wait for each other, weighted by gas or by time.

Units are taken in chain order. One that reads a key starts once all units before it that wrote the key have ended, those
that merely added to it included, since a sum needs all of its parts. One pass over all accesses so finds when each unit
could end if there were a core for everybody. The latest of those ends is the critical path; all the work divided by it
is the limit of any speed-up, however many cores there are.
"""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import pandas as pd


def earliest_ends(
    weights: np.ndarray, units: np.ndarray, keys: np.ndarray, reads: np.ndarray, writes: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """When each unit ends at the earliest, and which units wait or are waited for.

    :param weights: of the units in chain order
    :param units: the place of the unit of each access, ascending
    :param keys: what each access touches, as small numbers
    :param reads: whether it reads
    :param writes: whether it writes
    """
    written_at = np.zeros(int(keys.max()) + 1 if len(keys) else 0)
    writers: dict[int, list[int]] = {}
    ends = np.asarray(weights, dtype=float).copy()
    bound = np.zeros(len(weights), dtype=bool)
    first = np.searchsorted(units, np.arange(len(weights) + 1))
    for unit in range(len(weights)):
        span = range(first[unit], first[unit + 1])
        start = 0.0
        for access in span:
            key = keys[access]
            if reads[access] and key in writers:
                bound[unit] = True
                bound[writers[key]] = True
                start = max(start, written_at[key])
        ends[unit] += start
        for access in span:
            key = keys[access]
            if writes[access]:
                written_at[key] = max(written_at[key], ends[unit])
                # Whoever waited for the writers so far has marked them: only those since the last reader matter.
                writers[key] = [unit] if reads[access] else [*writers.get(key, ()), unit]
    return ends, bound


def by_window(units: pd.DataFrame, accesses: pd.DataFrame, windows: Iterable[int], weight: str = "gas_used") -> pd.DataFrame:
    """Work, critical path and limit of the speed-up of each window of blocks, for several window sizes.

    :param units: ``position``, ``block_number`` and the weight, in chain order
    :param accesses: ``position``, ``key``, ``reads`` and ``writes``; what a window's units wrote counts inside it only
    :param windows: numbers of blocks
    :return: ``window, first_block, work, critical_path, limit, independent``; ``independent`` is the share of units
        with any weight that wait for nobody and for whom nobody waits
    """
    weights = units[weight].to_numpy(dtype=float)
    blocks = units["block_number"].to_numpy()
    places = np.searchsorted(units["position"].to_numpy(), accesses["position"].to_numpy())
    order = np.argsort(places, kind="stable")
    places = places[order]
    keys = accesses["key"].to_numpy()[order]
    reads = accesses["reads"].to_numpy(dtype=bool)[order]
    writes = accesses["writes"].to_numpy(dtype=bool)[order]
    rows = []
    for size in windows:
        window = (blocks - blocks.min()) // size
        inside, _ = pd.factorize(window[places] * np.int64(len(keys) + 1) + pd.factorize(keys)[0])
        ends, bound = earliest_ends(weights, places, inside, reads, writes)
        frame = pd.DataFrame({"window": window, "block": blocks, "work": weights, "end": ends, "free": ~bound})
        for _, part in frame.groupby("window"):
            work, path = part["work"].sum(), part["end"].max()
            if work > 0:
                # What costs nothing, such as most openings and closings, says nothing of independence.
                free = part.loc[part["work"] > 0, "free"].mean()
                rows.append((size, part["block"].iloc[0], work, path, work / path, free))
    return pd.DataFrame(rows, columns=["window", "first_block", "work", "critical_path", "limit", "independent"])
