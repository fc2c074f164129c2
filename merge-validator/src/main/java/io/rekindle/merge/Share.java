package io.rekindle.merge;

import io.rekindle.evm.process.Outcome;
import io.rekindle.evm.word.Address;
import io.rekindle.evm.word.UInt256;

/** One partition's part in an account: an entry of its summary. */
record Share(PartitionResult partition, int entry) {
  Address address() {
    return partition.summary().address(entry);
  }

  boolean has(int flag) {
    return partition.summary().has(entry, flag);
  }

  int flags() {
    return partition.summary().flags(entry);
  }

  UInt256 gained() {
    return partition.summary().gained(entry);
  }

  UInt256 lost() {
    return partition.summary().lost(entry);
  }

  UInt256 spare() {
    return partition.summary().spare(entry);
  }

  UInt256 room() {
    return partition.summary().room(entry);
  }

  SlotMentions mentions() {
    return partition.summary().mentions();
  }

  /** The last of the account's {@link #mentions}, or -1. */
  int lastMention() {
    return partition.summary().lastMention(entry);
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
    Outcome outcome = partition.runs().get(mentions().run(mention)).outcome();
    int account = mentions().account(mention);
    return account >= 0
        ? outcome.reads().accounts().get(account).slots()
        : outcome.writes().accounts().get(~account).slots();
  }
}
