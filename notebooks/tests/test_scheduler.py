"""The model of the scheduler: bounds that every schedule keeps, and cases whose answer is known."""

import numpy as np
import pandas as pd
import pytest

from rekindle_notebooks.scheduler import PHASES, Work, dataflow, even_shares, pack, pipeline, simulate

NONE = np.array([], dtype=int)


def test_packs_longest_first():
    assert pack([3, 3, 2, 2, 2], 2) == 7
    assert pack([4, 1, 1], 8) == 4


def test_a_chain_takes_as_long_on_many_cores():
    chain = np.arange(4)
    assert dataflow(np.full(5, 2.0), chain + 1, chain, 64) == 10


def test_free_units_share_the_cores():
    assert dataflow(np.full(8, 1.0), NONE, NONE, 4) == 2


@pytest.mark.parametrize("seed", range(20))
def test_keeps_the_bounds_of_list_scheduling(seed):
    random = np.random.default_rng(seed)
    units, cores = 60, int(random.integers(1, 9))
    costs = random.uniform(0.1, 3, units)
    pairs = [(r, w) for r in range(units) for w in range(r) if random.random() < 0.03]
    readers = np.array([r for r, _ in pairs], dtype=int)
    writers = np.array([w for _, w in pairs], dtype=int)
    ends = costs.copy()
    for reader, writer in sorted(pairs):
        ends[reader] = max(ends[reader], costs[reader] + ends[writer])
    path = ends.max()
    took = dataflow(costs, readers, writers, cores)
    assert max(path, costs.sum() / cores) <= took + 1e-9
    assert took <= costs.sum() / cores + path + 1e-9


def test_shares_cores_evenly_up_to_each_width():
    assert even_shares([1, 1], 4) == [1, 1]
    assert even_shares([1, 8], 4) == [1, 3]
    assert even_shares([8, 8], 4) == [2, 2]


def test_one_core_takes_all_the_work_one_after_the_other():
    works = [Work(1, 4), Work(2, 1, [0]), Work(3, 4)]
    assert simulate(works, 1) == pytest.approx(6)


def test_work_waits_for_what_comes_before():
    works = [Work(4, 1), Work(4, 1, [0]), Work(1, 1)]
    assert simulate(works, 8) == pytest.approx(8)


def test_a_window_executes_only_once_the_one_before_has_merged():
    windows = pd.DataFrame({f"{phase}_cpu_ns": [0.0, 0.0] for phase in PHASES})
    windows["execute_cpu_ns"] = [4e9, 4e9]
    windows["merge_cpu_ns"] = [1e9, 1e9]
    windows["largest_partition_ns"] = [1e9, 2e9]
    assert simulate(pipeline(windows, 64), 64) == pytest.approx(1 + 1 + 2 + 1)


def test_each_window_is_shipped_before_it_executes():
    windows = pd.DataFrame({f"{phase}_cpu_ns": [0.0, 0.0] for phase in PHASES})
    windows["execute_cpu_ns"] = [4e9, 4e9]
    windows["largest_partition_ns"] = [1e9, 1e9]
    assert simulate(pipeline(windows, 64, shipping=6), 64) == pytest.approx(3 + 1 + 3 + 1)


def test_the_drivers_threads_run_beside_the_slots_of_tasks():
    works = [Work(4, 1), Work(4, 1, driver=True)]
    assert simulate(works, 1, cores=2) == pytest.approx(4)
    assert simulate(works, 1, cores=1) == pytest.approx(8)
    assert simulate([Work(4, 1), Work(4, 1)], 1, cores=2) == pytest.approx(8)


def test_the_jvms_own_threads_take_a_share_but_are_not_waited_for():
    assert simulate([Work(4, 1)], 1, cores=1, background=4) == pytest.approx(8)
    assert simulate([Work(4, 1)], 1, cores=1, background=1) == pytest.approx(5)
    assert simulate([Work(4, 1)], 1, cores=1, background=40) == pytest.approx(8)
    assert simulate([Work(4, 1)], 1, cores=2, background=4) == pytest.approx(4)
