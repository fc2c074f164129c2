/**
 * The flat byte form in which executors hand over what they executed. Start with {@link
 * io.rekindle.merge.wire.PartitionCodec}. One pass each way, no reflection; the form lives no
 * longer than a job, so it carries a version only to refuse a mixed cluster. {@link
 * io.rekindle.merge.wire.WireWriter} and {@link io.rekindle.merge.wire.WireReader} serve what else
 * goes to executors in the same form.
 */
package io.rekindle.merge.wire;
