/**
 * The tables of a run: their columns ({@link io.rekindle.job.table.Table}), and the rows that a
 * finished block gives ({@link io.rekindle.job.table.BlockRows}), made on executors and written by
 * Spark. Names follow cryo. Rows are a function of the block, its units' outcomes and the values
 * before them, so that they are the same whatever the plan was; only {@code units}, {@code
 * conflicts} and {@code windows} tell of the plan. What a unit depends on across ranges that run
 * side by side comes later ({@link io.rekindle.job.table.SeamRows}).
 */
package io.rekindle.job.table;
