package io.rekindle.evm.process;

import io.rekindle.evm.chain.Header;
import io.rekindle.evm.chain.Receipt;
import io.rekindle.evm.chain.Requests;
import io.rekindle.evm.chain.Roots;
import io.rekindle.evm.fork.Fork;
import io.rekindle.evm.word.Hash;
import io.rekindle.evm.word.Hex;
import java.util.ArrayList;
import java.util.List;

/**
 * What executing a block gave, put together.
 *
 * @param receiptsComplete whether the receipts hold all they need for their root: before Byzantium
 *     each needs the state root after its transaction
 * @param logsBloom 256 bytes
 * @param requests each with its type byte, in order of type (EIP-7685); empty before Prague
 */
public record AssembledBlock(
    List<Receipt> receipts,
    boolean receiptsComplete,
    long gasUsed,
    long blobGasUsed,
    byte[] logsBloom,
    List<byte[]> requests) {

  /**
   * Holds the block against the claims of its header.
   *
   * @param stateRoot after the block, or null where it is not known; then it is not checked
   */
  public List<BlockCheck> check(Header header, Fork fork, Hash stateRoot) {
    long number = header.number();
    List<BlockCheck> checks = new ArrayList<>();
    checks.add(BlockCheck.equal(number, BlockRule.GAS_USED, header.gasUsed(), gasUsed));
    checks.add(
        BlockCheck.equal(
            number, BlockRule.LOGS_BLOOM, Hex.encode(header.logsBloom()), Hex.encode(logsBloom)));
    if (receiptsComplete) {
      checks.add(
          BlockCheck.equal(
              number, BlockRule.RECEIPTS_ROOT, header.receiptsRoot(), Roots.receipts(receipts)));
    }
    if (fork.blobSchedule() != null) {
      checks.add(
          BlockCheck.equal(number, BlockRule.BLOB_GAS_USED, header.blobGasUsed(), blobGasUsed));
    }
    if (fork.requests()) {
      checks.add(
          BlockCheck.equal(
              number, BlockRule.REQUESTS_HASH, header.requestsHash(), Requests.hash(requests)));
    }
    if (stateRoot != null) {
      checks.add(BlockCheck.equal(number, BlockRule.STATE_ROOT, header.stateRoot(), stateRoot));
    }
    return checks;
  }
}
