/**
 * Archives as Spark data sources: {@code spark.read().format("ere").load(path)}, also {@code era1}
 * and {@code rlp}. Start at {@link io.rekindle.job.source.ArchiveProvider}; the tables are in
 * {@link io.rekindle.job.source.SourceTable}. Nothing is executed: rows hold what the archive says.
 * Only API that Spark 3.5 and 4 share is used.
 */
package io.rekindle.job.source;
