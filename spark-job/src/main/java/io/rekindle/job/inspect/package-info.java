/**
 * What an archive holds, without executing it: {@link io.rekindle.job.inspect.Inspection} reads its
 * blocks and sums them up, and on demand holds each block's lists against its header. Knows nothing
 * of Spark.
 */
package io.rekindle.job.inspect;
