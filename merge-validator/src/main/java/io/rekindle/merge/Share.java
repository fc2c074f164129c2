package io.rekindle.merge;

import io.rekindle.evm.process.Outcome;
import io.rekindle.evm.word.Address;
import io.rekindle.evm.word.UInt256;

/** One partition's part in an account. */
record Share(PartitionResult partition, AccountSummary account) {
  Address address() {
    return account.address();
  }

  boolean has(int flag) {
    return account.has(flag);
  }

  int flags() {
    return account.flags();
  }

  boolean changesBalance() {
    return !account.gained().isZero() || !account.lost().isZero();
  }

  SlotMentions mentions() {
    return partition.summary().mentions();
  }

  /** The last of the account's {@link #mentions}, or -1. */
  int lastMention() {
    return account.lastMention();
  }

  /** Slots of all mentions, each as often as it is mentioned. */
  int slotCount() {
    SlotMentions mentions = mentions();
    int count = 0;
    for (int at = lastMention(); at >= 0; at = mentions.previous(at)) {
      count += mentions.end(at) - mentions.begin(at);
    }
    return count;
  }

  /** The slots of a mention, from the outcome. */
  UInt256[] slots(int mention) {
    Outcome outcome = partition.run(mentions().run(mention)).outcome();
    int place = mentions().account(mention);
    return place >= 0
        ? outcome.reads().accounts().get(place).slots()
        : outcome.writes().accounts().get(~place).slots();
  }
}
