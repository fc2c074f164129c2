"""What N cores would give, computed from what one run measured.

Two machines are modelled:

* **windows in a chain** (no sidecars): while one window executes and merges, the next is decoded and planned and the
  one before is finished; but a window starts from the state that the one before left.
* **versioned** (with sidecars): every unit starts from its own true state, so nothing waits for anything.
"""

from __future__ import annotations

import heapq
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
import pandas as pd

#: Phases of a window, as the table of windows names them.
PHASES = ("decode", "plan", "execute", "merge", "roots", "finish")

#: Those that a thread of the driver does.
DRIVER_PHASES = ("plan", "ship", "merge", "roots")


@dataclass
class Work:
    """A piece of work that can start when others are done.

    :param seconds: of CPU time
    :param width: the most cores that can share it
    :param after: places of the work that it waits for
    :param driver: whether a thread of the driver does it, beside the slots in which tasks run
    """

    seconds: float
    width: int
    after: list[int] = field(default_factory=list)
    driver: bool = False


def pipeline(windows: pd.DataFrame, cores: int, shipping: float = 0.0) -> list[Work]:
    """The work of a run over windows in a chain, in the order in which it may start.

    A window is decoded two ahead and planned one ahead of the one that executes. Executing waits for the state that the
    window before left; state roots and finishing follow in order.

    :param windows: CPU time of each phase in nanoseconds, ``<phase>_cpu_ns``, and ``largest_partition_ns``, in order
    :param shipping: seconds of the driver over all windows, spent on broadcasts and on scheduling their tasks
    """
    works: list[Work] = []
    placed: list[dict[str, int]] = []
    for n, window in enumerate(windows.to_dict("records")):
        place: dict[str, int] = {}

        def add(phase: str, width: int, *after: tuple[int, str]) -> None:
            waits = [placed[k][p] if k < n else place[p] for k, p in after if k >= 0]
            place[phase] = len(works)
            seconds = shipping / len(windows) if phase == "ship" else window[f"{phase}_cpu_ns"] / 1e9
            works.append(Work(seconds, width, waits, phase in DRIVER_PHASES))

        placed.append(place)
        largest = max(1.0, window["largest_partition_ns"])
        add("decode", cores, (n - 1, "decode"), (n - 2, "plan"))
        add("plan", 1, (n, "decode"), (n - 1, "plan"), (n - 2, "merge"))
        add("ship", 1, (n, "plan"), (n - 1, "merge"))
        # A stage lasts at least as long as its largest partition.
        add("execute", max(1, min(cores, int(window["execute_cpu_ns"] / largest))), (n, "ship"))
        add("merge", 1, (n, "execute"))
        add("roots", 1, (n, "merge"), (n - 1, "roots"))
        add("finish", cores, (n, "roots"), (n - 1, "finish"))
    return works


def simulate(works: Sequence[Work], slots: int, cores: int | None = None, background: float = 0.0) -> float:
    """Seconds until all is done when ready work shares the cores evenly, each piece up to its width.

    :param slots: in which tasks run, the number in ``local[N]``
    :param cores: that the machine has for tasks, driver and JVM together; as many as slots by default
    :param background: CPU seconds of the JVM's own threads (compiling, collecting garbage), which nobody waits for but
        which take a share of the cores
    """
    cores = slots if cores is None else cores
    waiting = [len(work.after) for work in works]
    followers: list[list[int]] = [[] for _ in works]
    for place, work in enumerate(works):
        for before in work.after:
            followers[before].append(place)
    left = {place: works[place].seconds for place, count in enumerate(waiting) if count == 0}
    now = 0.0
    while left:
        shares, behind = _shares(works, list(left), slots, cores, background > 1e-12)
        step = min(seconds / shares[place] for place, seconds in left.items() if shares[place] > 0)
        if behind > 0:
            step = min(step, background / behind)
        now += step
        background -= step * behind
        for place in list(left):
            left[place] -= step * shares[place]
            if left[place] <= 1e-12:
                del left[place]
                for follower in followers[place]:
                    waiting[follower] -= 1
                    if waiting[follower] == 0:
                        left[follower] = works[follower].seconds
    return now


def _shares(works: Sequence[Work], ready: list[int], slots: int, cores: int, busy: bool) -> tuple[dict[int, float], float]:
    """Cores for each piece of ready work, and for the JVM's own threads."""
    tasks = [place for place in ready if not works[place].driver]
    driver = [place for place in ready if works[place].driver]
    group = min(slots, sum(works[place].width for place in tasks))
    shares = even_shares([1] * len(driver) + [group] + [cores if busy else 0], cores)
    found = dict(zip(driver, shares))
    found.update(zip(tasks, even_shares([works[place].width for place in tasks], shares[-2])))
    return found, shares[-1]


def even_shares(widths: Sequence[int], cores: float) -> list[float]:
    """Cores for each piece of work: equal shares, none above its width, the rest to those that can use it."""
    shares = [0.0] * len(widths)
    free, open_ = float(cores), sorted(range(len(widths)), key=lambda place: widths[place])
    while open_:
        place = open_.pop(0)
        shares[place] = min(widths[place], free / (len(open_) + 1))
        free -= shares[place]
    return shares


def pack(costs: Sequence[float], cores: int) -> float:
    """The longest core's load when the costs are placed longest first, each on the core that is free first."""
    loads = [0.0] * cores
    for cost in sorted(costs, reverse=True):
        heapq.heapreplace(loads, loads[0] + cost)
    return max(loads)


def dataflow(costs: np.ndarray, readers: np.ndarray, writers: np.ndarray, cores: int) -> float:
    """The time that units take on some cores when each starts as soon as a core is free and all it waits for is done.

    Units that are ready are taken in order of the work that hangs on them, the longest chain first (Graham 1969; within
    twice the best, and in practice close to it).

    :param costs: of the units in chain order
    :param readers: places of waiting units
    :param writers: the places before them that they wait for
    """
    units = len(costs)
    waiting = np.bincount(readers, minlength=units)
    order = np.argsort(writers, kind="stable")
    followers, first = readers[order], np.searchsorted(writers[order], np.arange(units + 1))
    tail = np.zeros(units)
    for unit in range(units - 1, -1, -1):
        after = followers[first[unit] : first[unit + 1]]
        tail[unit] = costs[unit] + (tail[after].max() if len(after) else 0.0)
    ready = [(-tail[unit], unit) for unit in np.flatnonzero(waiting == 0)]
    heapq.heapify(ready)
    running: list[tuple[float, int]] = []
    now = 0.0
    while ready or running:
        while ready and len(running) < cores:
            _, unit = heapq.heappop(ready)
            heapq.heappush(running, (now + costs[unit], unit))
        now, unit = heapq.heappop(running)
        for follower in followers[first[unit] : first[unit + 1]]:
            waiting[follower] -= 1
            if waiting[follower] == 0:
                heapq.heappush(ready, (-tail[follower], follower))
    return now


@dataclass(frozen=True)
class Network:
    """What shipping costs: the driver sends a broadcast once, and executors pass it on among themselves.

    :param bytes_per_second: of one machine's network card
    :param round_trip: seconds until a task that is ready runs on an executor
    """

    bytes_per_second: float = 1.25e9
    round_trip: float = 0.02

    def broadcast(self, size: float, executors: int) -> float:
        """Seconds until all executors have some bytes; Spark's torrent doubles the holders with each step."""
        steps = int(np.ceil(np.log2(executors + 1)))
        return steps * size / self.bytes_per_second + self.round_trip
