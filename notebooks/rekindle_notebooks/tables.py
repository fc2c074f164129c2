"""The tables of a run, as far as its manifests list their files.

A run's folder holds one manifest a group of blocks under ``_rekindle/``, and where ranges ran side by side one for what
depends on blocks across their seams. Files that no manifest lists are what a killed run left behind, so tables are never
read by folder alone. Manifests are read through Spark, so that this also works over Spark Connect and for folders on
HDFS or object stores.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable

from pyspark.sql import DataFrame, SparkSession


def spark_session(name: str = "Rekindle notebooks") -> SparkSession:
    """A session on this machine's cores, or the one that ``SPARK_REMOTE`` names (Spark Connect)."""
    builder = SparkSession.builder.appName(name)
    if "SPARK_REMOTE" not in os.environ:
        builder = (
            builder.master("local[*]")
            .config("spark.driver.bindAddress", "127.0.0.1")
            .config("spark.driver.host", "localhost")
            .config("spark.driver.memory", "2g")
            .config("spark.ui.enabled", "false")
            .config("spark.ui.showConsoleProgress", "false")
            .config("spark.sql.shuffle.partitions", "4")
            .config("spark.sql.session.timeZone", "UTC")
        )
    spark = builder.getOrCreate()
    if "SPARK_REMOTE" not in os.environ:
        spark.sparkContext.setLogLevel("ERROR")
    return spark


def newest(manifests: Iterable[dict]) -> list[dict]:
    """Manifests in order, without those whose groups all lie in another one: a compacted one replaces its parts."""
    ordered = sorted(manifests, key=lambda one: (one["first_group"], -one["last_group"]))
    kept: list[dict] = []
    for one in ordered:
        if not kept or one["last_group"] > kept[-1]["last_group"]:
            kept.append(one)
    return kept


class Run:
    """What a run wrote.

    :param path: the folder that ``--out`` named
    """

    def __init__(self, spark: SparkSession, path: str):
        self.spark = spark
        self.path = path.rstrip("/")
        self.name = self.path.rsplit("/", 1)[-1]
        texts = spark.read.text(f"{self.path}/_rekindle/{{group,seam}}-*.json", wholetext=True).collect()
        every = [json.loads(row.value) for row in texts]
        self.manifests = newest(one for one in every if "first_group" in one)
        self.seams = [one for one in every if "first_group" not in one]

    def files(self, table: str) -> list[str]:
        """Paths of a table's files, for readers without Spark."""
        return [
            f"{self.path}/{group['folder']}/{file['path']}"
            for group in (manifest["tables"].get(table) for manifest in self.manifests + self.seams)
            if group
            for file in group["files"]
        ]

    def table(self, name: str) -> DataFrame:
        """A table.

        :raises LookupError: where the run did not write it
        """
        files = self.files(name)
        if not files:
            raise LookupError(f"{self.path} has no rows of {name}; run `./rekindle reexecute` with --tables {name}")
        return self.spark.read.option("basePath", f"{self.path}/{name}").parquet(*files).drop("group")

    def has(self, name: str) -> bool:
        """Whether a table has files."""
        return bool(self.files(name))

