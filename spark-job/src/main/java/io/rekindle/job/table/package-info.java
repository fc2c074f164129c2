/**
 * The tables of a run: their columns ({@link io.rekindle.job.table.Table}), and the rows that a
 * finished block gives ({@link io.rekindle.job.table.BlockRows}), made on executors and written by
 * Spark. Names follow cryo. Rows are a function of the block, its units' outcomes and the values
 * before them, so that they are the same whatever the plan was; {@code units} alone tells of the
 * plan.
 */
package io.rekindle.job.table;
