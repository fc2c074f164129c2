package io.rekindle.snapshot.sidecar;

import io.rekindle.evm.rlp.RlpReader;
import io.rekindle.evm.rlp.RlpWriter;
import io.rekindle.evm.state.Code;
import io.rekindle.evm.word.Address;
import io.rekindle.evm.word.UInt256;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Function;

/**
 * EIP-7928's encoding: an account is {@code [address, storage_changes, storage_reads,
 * balance_changes, nonce_changes, code_changes]}, a change {@code [block_access_index, value]}, and
 * slots and values are integers.
 */
public final class BlockAccessListRlp {
  private static final int MAX_INDEX = Integer.MAX_VALUE;

  private BlockAccessListRlp() {}

  public static byte[] encode(BlockAccessList list) {
    RlpWriter out = new RlpWriter(4096);
    int start = out.startList();
    for (AccountAccess account : list.accounts()) {
      encode(account, out);
    }
    return out.endList(start).toBytes();
  }

  private static void encode(AccountAccess account, RlpWriter out) {
    int start = out.startList();
    out.address(account.address());
    int slots = out.startList();
    for (SlotChanges slot : account.storageChanges()) {
      int one = out.startList();
      out.uint256(slot.slot());
      changes(slot.changes(), out, RlpWriter::uint256);
      out.endList(one);
    }
    out.endList(slots);
    int reads = out.startList();
    for (UInt256 slot : account.storageReads()) {
      out.uint256(slot);
    }
    out.endList(reads);
    changes(account.balances(), out, RlpWriter::uint256);
    changes(account.nonces(), out, RlpWriter::uint64);
    changes(account.codes(), out, (writer, code) -> writer.bytes(code.bytes()));
    out.endList(start);
  }

  private static <T> void changes(
      List<IndexedChange<T>> changes, RlpWriter out, BiConsumer<RlpWriter, T> value) {
    int start = out.startList();
    for (IndexedChange<T> change : changes) {
      int one = out.startList();
      out.uint64(change.blockAccessIndex());
      value.accept(out, change.value());
      out.endList(one);
    }
    out.endList(start);
  }

  /**
   * Decodes a list and checks order and uniqueness.
   *
   * @throws io.rekindle.evm.rlp.RlpException where the bytes are not the canonical encoding of a
   *     list
   * @throws IllegalArgumentException where the list's order is not EIP-7928's
   */
  public static BlockAccessList decode(byte[] bytes) {
    RlpReader in = RlpReader.of(bytes);
    RlpReader items = in.list("block access list");
    in.end("block access list");
    List<AccountAccess> accounts = new ArrayList<>();
    while (items.hasNext()) {
      accounts.add(decodeAccount(items.list("account")));
    }
    BlockAccessList list = new BlockAccessList(accounts);
    String violation = list.violation();
    if (violation != null) {
      throw new IllegalArgumentException("block access list: " + violation);
    }
    return list;
  }

  private static AccountAccess decodeAccount(RlpReader in) {
    Address address = in.address("address");
    List<SlotChanges> slots = new ArrayList<>();
    RlpReader slotItems = in.list("storage_changes");
    while (slotItems.hasNext()) {
      RlpReader slot = slotItems.list("slot_changes");
      slots.add(
          new SlotChanges(
              slot.uint256("slot"), changes(slot, "changes", item -> item.uint256("value"))));
      slot.end("slot_changes");
    }
    List<UInt256> reads = new ArrayList<>();
    RlpReader readItems = in.list("storage_reads");
    while (readItems.hasNext()) {
      reads.add(readItems.uint256("slot"));
    }
    AccountAccess account =
        new AccountAccess(
            address,
            slots,
            reads,
            changes(in, "balance_changes", item -> item.uint256("balance")),
            changes(in, "nonce_changes", item -> item.uint64("nonce")),
            changes(in, "code_changes", item -> Code.of(item.bytes("code"))));
    in.end("account");
    return account;
  }

  private static <T> List<IndexedChange<T>> changes(
      RlpReader in, String field, Function<RlpReader, T> value) {
    List<IndexedChange<T>> changes = new ArrayList<>();
    RlpReader items = in.list(field);
    while (items.hasNext()) {
      RlpReader item = items.list(field);
      int index = item.uint("block_access_index", MAX_INDEX);
      changes.add(new IndexedChange<>(index, value.apply(item)));
      item.end(field);
    }
    return changes;
  }
}
