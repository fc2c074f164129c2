package io.rekindle.evm.fork;

/**
 * How many blobs a block may hold (EIP-4844, EIP-7840, EIP-7892).
 *
 * @param target blobs a block towards which the blob base fee steers
 * @param max blobs a block at most
 * @param updateFraction BLOB_BASE_FEE_UPDATE_FRACTION
 */
public record BlobSchedule(int target, int max, long updateFraction) {}
