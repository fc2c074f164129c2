package io.rekindle.job.table;

import io.rekindle.evm.process.Outcome;
import io.rekindle.evm.state.Account;
import io.rekindle.evm.state.AccountWrites;
import io.rekindle.evm.state.OverlayState;
import io.rekindle.evm.word.Hash;
import io.rekindle.evm.word.UInt256;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * What only the driver knows of a merged unit.
 *
 * @param partition of the plan that executed it first
 * @param reruns how often it was executed again
 * @param nanos that its last execution took
 * @param before for each of its account writes, the account just before the unit, null where there
 *     was none
 * @param slots for each of its account writes, the values before, in the order of the slots
 */
public record UnitFacts(
    int partition, int reruns, long nanos, List<Account> before, List<UInt256[]> slots) {

  /**
   * @param state just before the unit
   */
  public static UnitFacts of(
      Outcome outcome, OverlayState state, int partition, int reruns, long nanos) {
    List<Account> before = new ArrayList<>();
    List<UInt256[]> slots = new ArrayList<>();
    for (AccountWrites writes : outcome.writes().accounts()) {
      before.add(state.account(writes.address()));
      UInt256[] values = new UInt256[writes.slots().length];
      for (int i = 0; i < values.length; i++) {
        values[i] = state.storage(writes.address(), writes.slots()[i]);
      }
      slots.add(values);
    }
    return new UnitFacts(partition, reruns, nanos, before, slots);
  }

  void write(DataOutputStream out) throws IOException {
    out.writeInt(partition);
    out.writeInt(reruns);
    out.writeLong(nanos);
    out.writeInt(before.size());
    for (int i = 0; i < before.size(); i++) {
      Account account = before.get(i);
      out.writeBoolean(account != null);
      if (account != null) {
        out.writeLong(account.nonce());
        out.write(account.balance().toBytes());
        out.write(account.codeHash().toBytes());
      }
      out.writeInt(slots.get(i).length);
      for (UInt256 value : slots.get(i)) {
        out.write(value.toBytes());
      }
    }
  }

  static UnitFacts read(DataInputStream in) throws IOException {
    int partition = in.readInt();
    int reruns = in.readInt();
    long nanos = in.readLong();
    int count = in.readInt();
    List<Account> before = new ArrayList<>(count);
    List<UInt256[]> slots = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      before.add(in.readBoolean() ? readAccount(in) : null);
      UInt256[] values = new UInt256[in.readInt()];
      for (int v = 0; v < values.length; v++) {
        values[v] = UInt256.ofBytes(in.readNBytes(32));
      }
      slots.add(values);
    }
    return new UnitFacts(partition, reruns, nanos, before, slots);
  }

  private static Account readAccount(DataInputStream in) throws IOException {
    long nonce = in.readLong();
    UInt256 balance = UInt256.ofBytes(in.readNBytes(32));
    return new Account(nonce, balance, Hash.ofBytes(in.readNBytes(32)));
  }
}
