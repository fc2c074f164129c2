package io.rekindle.merge;

import io.rekindle.evm.word.UInt256;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Finds the slots of an account that one partition writes and another reads or writes. Slots are
 * looked at by their hashes alone, but for those that a {@link HashFilter} keeps.
 */
final class SharedSlots {
  private static final class Use {
    final int partition;
    boolean written;
    boolean shared;

    Use(int partition) {
      this.partition = partition;
    }
  }

  private final HashFilter filter;
  private final Map<UInt256, Use> uses = new HashMap<>();

  private SharedSlots(int slots) {
    filter = new HashFilter(slots);
  }

  /**
   * Adds the slots to the keys that are looked at.
   *
   * @param shares of one account, each of another partition
   */
  static void find(List<Share> shares, LookedAtKeys keys) {
    int slots = 0;
    boolean written = false;
    for (Share share : shares) {
      slots += share.slotCount();
      written |= share.has(SummaryFlags.WRITES_SLOTS);
    }
    if (!written) {
      return;
    }
    SharedSlots found = new SharedSlots(slots);
    shares.forEach(found::filter);
    for (int i = 0; i < shares.size(); i++) {
      found.look(shares.get(i), i);
    }
    found.uses.forEach(
        (slot, use) -> {
          if (use.written && use.shared) {
            keys.addSlot(shares.get(0).address(), slot);
          }
        });
  }

  private void filter(Share share) {
    SlotMentions mentions = share.mentions();
    for (int at = share.lastMention(); at >= 0; at = mentions.previous(at)) {
      for (int i = mentions.begin(at); i < mentions.end(at); i++) {
        filter.compare(mentions.hash(i));
      }
    }
    for (int at = share.lastMention(); at >= 0; at = mentions.previous(at)) {
      boolean written = mentions.written(at);
      for (int i = mentions.begin(at); i < mentions.end(at); i++) {
        if (written) {
          filter.addWritten(mentions.hash(i));
        } else {
          filter.add(mentions.hash(i));
        }
      }
    }
  }

  private void look(Share share, int partition) {
    SlotMentions mentions = share.mentions();
    for (int at = share.lastMention(); at >= 0; at = mentions.previous(at)) {
      for (int i = mentions.begin(at); i < mentions.end(at); i++) {
        if (filter.isSharedAndWritten(mentions.hash(i))) {
          UInt256 slot = share.slots(at)[i - mentions.begin(at)];
          Use use = uses.computeIfAbsent(slot, unused -> new Use(partition));
          use.written |= mentions.written(at);
          use.shared |= use.partition != partition;
        }
      }
    }
  }
}
