package io.rekindle.evm.chain;

import io.rekindle.evm.crypto.Keccak256;
import io.rekindle.evm.rlp.RlpReader;
import io.rekindle.evm.rlp.RlpWriter;
import io.rekindle.evm.word.Address;
import io.rekindle.evm.word.Hash;
import io.rekindle.evm.word.UInt256;

/**
 * A block header. Fields that the block's fork does not have are null.
 *
 * @param logsBloom 256 bytes
 * @param timestamp seconds since the epoch, unsigned
 * @param mixHash prevRandao from Paris on
 * @param nonce 8 bytes, as a big-endian long
 * @param baseFee wei a gas, from London on
 * @param withdrawalsRoot from Shanghai on
 * @param blobGasUsed from Cancun on
 * @param excessBlobGas from Cancun on
 * @param parentBeaconBlockRoot from Cancun on
 * @param requestsHash from Prague on
 * @param blockAccessListHash from Amsterdam on
 * @param slotNumber from Amsterdam on
 */
public record Header(
    Hash parentHash,
    Hash ommersHash,
    Address coinbase,
    Hash stateRoot,
    Hash transactionsRoot,
    Hash receiptsRoot,
    byte[] logsBloom,
    UInt256 difficulty,
    long number,
    long gasLimit,
    long gasUsed,
    long timestamp,
    byte[] extraData,
    Hash mixHash,
    long nonce,
    UInt256 baseFee,
    Hash withdrawalsRoot,
    Long blobGasUsed,
    Long excessBlobGas,
    Hash parentBeaconBlockRoot,
    Hash requestsHash,
    Hash blockAccessListHash,
    Long slotNumber) {

  /**
   * @throws io.rekindle.evm.rlp.RlpException where the bytes are not a header's canonical encoding
   */
  public static Header decode(byte[] encoded) {
    RlpReader reader = RlpReader.of(encoded);
    Header header = HeaderRlp.read(reader, "header");
    reader.end("header");
    return header;
  }

  /** The header's RLP. */
  public byte[] encoded() {
    RlpWriter writer = new RlpWriter(800);
    HeaderRlp.write(this, writer);
    return writer.toBytes();
  }

  /** Keccak-256 of {@link #encoded}: the block's hash. */
  public Hash hash() {
    return Keccak256.hash(encoded());
  }
}
