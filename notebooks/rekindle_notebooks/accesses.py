"""Who would have to wait for whom, from the tables of reads, diffs and dependencies.

A unit is a transaction, or the opening or closing of a block. It waits for the units before it that wrote what it
reads. What counts as one thing depends on the question:

* ``level``: the account as a whole, or each of its keys (balance, nonce, code, each slot) by itself;
* ``kinds``: storage alone, or balances, nonces and code too;
* ``semantic``: only what a unit learned (a fee is a deduction, no read), or everything that the EVM loads. The former is
  in the table of dependencies, since it takes the values to tell.

Positions are ``block_number << 20 | block_access_index``, so that they sort in chain order.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import reduce

from pyspark.sql import DataFrame
from pyspark.sql import functions as F

KINDS = ("storage", "balance", "nonce", "code")

POSITION = "shiftleft(block_number, 20) + block_access_index"


@dataclass(frozen=True)
class Definition:
    """What makes one unit wait for another.

    :param name: as plots call it
    :param kinds: of ``KINDS``
    :param semantic: whether only reads that were learned from count
    :param level: ``slot`` or ``account``
    :param fee_recipient: whether the balance of the block's fee recipient counts
    """

    name: str
    kinds: tuple[str, ...]
    semantic: bool
    level: str = "slot"
    fee_recipient: bool = False


DEFINITIONS = (
    Definition("storage", ("storage",), semantic=False),
    Definition("storage, balances", ("storage", "balance"), semantic=False),
    Definition("storage, balances, nonces", ("storage", "balance", "nonce", "code"), semantic=False),
    Definition(
        "storage, balances, nonces, fee recipient",
        ("storage", "balance", "nonce", "code"),
        semantic=False,
        fee_recipient=True,
    ),
    Definition(
        "what units learned (Rekindle)",
        ("storage", "balance", "nonce", "code"),
        semantic=True,
        fee_recipient=True,
    ),
)


def accesses(run, definition: Definition) -> DataFrame:
    """One row for each unit and thing that it touches: ``position, address, key, reads, writes``."""
    return _learned(run) if definition.semantic else _loaded(run, definition)


def _loaded(run, definition: Definition) -> DataFrame:
    """What the EVM loads and changes."""
    parts = []
    for kind in definition.kinds:
        for table, writes in ((f"{kind}_reads", False), (f"{kind}_diffs", True)):
            key = F.concat(F.lit("slot "), F.col("slot")) if kind == "storage" else F.lit(kind)
            parts.append(
                run.table(table).select(
                    "block_number",
                    F.expr(POSITION).alias("position"),
                    "address",
                    key.alias("key"),
                    F.lit(not writes).alias("reads"),
                    F.lit(writes).alias("writes"),
                )
            )
    everything = reduce(DataFrame.unionByName, parts)
    if not definition.fee_recipient:
        recipients = run.table("blocks").select("block_number", F.col("author").alias("address"), F.lit("balance").alias("key"))
        everything = everything.join(F.broadcast(recipients), ["block_number", "address", "key"], "left_anti")
    if definition.level == "account":
        # Who changes any part of an account touches it as a whole, and so waits like a reader.
        everything = everything.withColumn("key", F.lit("account")).withColumn("reads", F.lit(True))
    return everything.groupBy("position", "address", "key").agg(
        F.max("reads").alias("reads"), F.max("writes").alias("writes")
    )


def _learned(run) -> DataFrame:
    """Each wait for a writer as a thing of its own, which the writer writes and those that wait for it read."""
    waits = semantic_waits(run)
    key = F.concat_ws(" ", "key", F.lit("of"), "writer").alias("key")
    written = waits.select(F.col("writer").alias("position"), "address", key, F.lit(False).alias("reads"), F.lit(True).alias("writes"))
    read = waits.select(F.col("reader").alias("position"), "address", key, F.lit(True).alias("reads"), F.lit(False).alias("writes"))
    return written.distinct().unionByName(read)


def semantic_waits(run) -> DataFrame:
    """Who must wait for whom because of what it learned: ``reader, writer, address, key``."""
    return (
        run.table("dependencies")
        .where("semantic")
        .select(
            F.expr("shiftleft(reader_block_number, 20) + reader_block_access_index").alias("reader"),
            F.expr("shiftleft(writer_block_number, 20) + writer_block_access_index").alias("writer"),
            "address",
            F.concat_ws(" ", "kind", "slot").alias("key"),
        )
    )


def numbered(found: DataFrame) -> DataFrame:
    """Accesses with address and key as one number, so that they are cheap to bring to Python."""
    return found.select("position", F.xxhash64("address", "key").alias("key"), "reads", "writes")
