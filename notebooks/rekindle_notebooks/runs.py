"""The runs that the notebooks look at, by name, in the folder that ``REKINDLE_RUNS`` names (default ``out/notebooks``)."""

from __future__ import annotations

import json
import os
from pathlib import Path

from pyspark.sql import SparkSession

from rekindle_notebooks.tables import Run

#: Runs over the sample chain, by folder and as plots call them.
STRATEGIES = {"sample-2-cores": "clusters", "sample-round-robin": "round-robin"}

SAMPLE = "sample-2-cores"

#: Runs over the sample chain that the model of the scheduler is held against, by the cores that they had.
BY_CORES = {1: "model-1-core", 2: "model-2-cores"}

#: The sample chain once more, from the sidecars that the run on two cores left.
SECOND_PASS = "sample-second-pass"
MAINNET = "mainnet-blocks"


def folder() -> str:
    """Where the runs lie: a local folder, or any that Spark can read."""
    beside = Path(__file__).resolve().parents[2] / "out" / "notebooks"
    return os.environ.get("REKINDLE_RUNS", str(beside)).rstrip("/")


def named(spark: SparkSession, name: str) -> Run:
    """A run.

    :raises LookupError: where it is not there, with the command that makes it
    """
    path = f"{folder()}/{name}"
    if "://" not in path and not (Path(path) / "_rekindle").is_dir():
        raise LookupError(f"there is no run in {path}; `notebooks/run --tables` makes it")
    return Run(spark, path)


def sample(spark: SparkSession) -> Run:
    """The sample chain, as `./rekindle reexecute` runs it."""
    return named(spark, SAMPLE)


def available(spark: SparkSession) -> dict[str, Run]:
    """The sample chain and, where their tables were made, mainnet's blocks."""
    found = {"sample chain": sample(spark)}
    try:
        return {"mainnet blocks": named(spark, MAINNET), **found}
    except LookupError:
        print("without mainnet's blocks: their tables need the test data, which is not part of the repository")
        return found


def strategies(spark: SparkSession) -> dict[str, Run]:
    """Runs over the sample chain that differ in strategy alone."""
    return {title: named(spark, name) for name, title in STRATEGIES.items()}


def summary(name: str) -> dict:
    """What `./rekindle reexecute --json` said at the end of a run: times of the whole job, which no table holds."""
    with open(f"{folder()}/{name}.json", encoding="utf-8") as lines:
        return json.load(lines)
