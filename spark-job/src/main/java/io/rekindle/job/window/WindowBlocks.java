package io.rekindle.job.window;

import io.rekindle.evm.chain.Block;
import io.rekindle.evm.chain.Header;
import io.rekindle.evm.engine.AncestorHashes;
import io.rekindle.evm.fork.ChainSpec;
import io.rekindle.evm.fork.Fork;
import io.rekindle.evm.process.BlockInput;
import io.rekindle.evm.process.BlockInputs;
import io.rekindle.evm.process.Unit;
import io.rekindle.evm.state.MissingStateException;
import io.rekindle.evm.word.Address;
import io.rekindle.evm.word.Hash;
import io.rekindle.evm.word.UInt256;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The blocks of a window and their units in chain order. Driver and executors make it from the same
 * bytes, so that a unit's number means the same to both.
 */
public final class WindowBlocks {
  private final ChainSpec spec;
  private final List<Block> before = new ArrayList<>();
  private final List<Block> blocks = new ArrayList<>();
  private final List<Hash> hashes = new ArrayList<>();
  private final List<List<Address>> senders = new ArrayList<>();
  private final List<Boolean> ommersKnown = new ArrayList<>();
  private final List<UInt256> totalDifficulties = new ArrayList<>();
  private final List<Unit> units = new ArrayList<>();
  private final List<Integer> firstUnits = new ArrayList<>();

  private WindowBlocks(ChainSpec spec) {
    this.spec = spec;
  }

  /**
   * The window of these blocks, which are consecutive.
   *
   * @param before RLP of the blocks just before, oldest first; seven are enough, none is allowed:
   *     rules that look at ancestors are then not checked
   */
  public static WindowBlocks of(List<byte[]> before, List<WindowBlock> blocks, ChainSpec spec) {
    WindowBlocks window = new WindowBlocks(spec);
    for (byte[] encoded : before) {
      window.before.add(Block.decode(encoded));
    }
    Map<Long, Hash> known = new HashMap<>();
    for (WindowBlock block : blocks) {
      known.putAll(block.ancestors());
    }
    for (WindowBlock block : blocks) {
      Block decoded = Block.decode(block.encoded());
      window.add(decoded, block, known);
      known.put(decoded.header().number(), block.hash());
    }
    window.firstUnits.add(window.units.size());
    return window;
  }

  private void add(Block block, WindowBlock source, Map<Long, Hash> known) {
    Header header = block.header();
    AncestorHashes ancestors =
        number -> {
          if (number == header.number() - 1) {
            return header.parentHash();
          }
          Hash hash = known.get(number);
          if (hash == null) {
            throw new MissingStateException("hash of block " + number);
          }
          return hash;
        };
    Fork fork = spec.forkAt(header.number(), header.timestamp());
    BlockInput input = BlockInputs.of(block, fork, spec, ancestors);
    firstUnits.add(units.size());
    blocks.add(block);
    hashes.add(source.hash());
    senders.add(source.senders());
    ommersKnown.add(source.ommersKnown());
    totalDifficulties.add(source.totalDifficulty());
    units.addAll(BlockInputs.units(input, block, source.senders()));
  }

  public ChainSpec spec() {
    return spec;
  }

  public int size() {
    return blocks.size();
  }

  public Block block(int index) {
    return blocks.get(index);
  }

  public Hash hash(int index) {
    return hashes.get(index);
  }

  /** The senders of a block's transactions, in order. */
  public List<Address> senders(int index) {
    return senders.get(index);
  }

  /** Whether the block has all ommers that its header commits to. */
  public boolean ommersKnown(int index) {
    return ommersKnown.get(index);
  }

  /** From genesis up to and with a block; null where it is not known. */
  public UInt256 totalDifficulty(int index) {
    return totalDifficulties.get(index);
  }

  /** The blocks before a block, oldest first, as far as they are known; at most seven. */
  public List<Block> ancestors(int index) {
    List<Block> all = new ArrayList<>(before);
    all.addAll(blocks.subList(0, index));
    return all.subList(Math.max(0, all.size() - 7), all.size());
  }

  public Fork fork(int index) {
    Header header = blocks.get(index).header();
    return spec.forkAt(header.number(), header.timestamp());
  }

  /** All units, in chain order. Not to be changed. */
  public List<Unit> units() {
    return units;
  }

  /** The place of a block's first unit; one past the last unit for {@code index == size()}. */
  public int firstUnit(int index) {
    return firstUnits.get(index);
  }

  /** Sum of the headers' gas used. */
  public long gas() {
    return blocks.stream().mapToLong(block -> block.header().gasUsed()).sum();
  }

  // ---------------------------------------------------------------- flat form

  /** The bytes that executors make the window from. */
  public static byte[] encode(List<byte[]> before, List<WindowBlock> blocks) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.writeInt(before.size());
      for (byte[] block : before) {
        out.writeInt(block.length);
        out.write(block);
      }
      out.writeInt(blocks.size());
      for (WindowBlock block : blocks) {
        out.writeInt(block.encoded().length);
        out.write(block.encoded());
        out.write(block.hash().toBytes());
        out.writeInt(block.senders().size());
        for (Address sender : block.senders()) {
          out.writeBoolean(sender != null);
          if (sender != null) {
            out.write(sender.toBytes());
          }
        }
        out.writeInt(block.ancestors().size());
        for (Map.Entry<Long, Hash> ancestor : block.ancestors().entrySet()) {
          out.writeLong(ancestor.getKey());
          out.write(ancestor.getValue().toBytes());
        }
        out.writeBoolean(block.ommersKnown());
        out.writeBoolean(block.totalDifficulty() != null);
        if (block.totalDifficulty() != null) {
          out.write(block.totalDifficulty().toBytes());
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  public static WindowBlocks decode(byte[] bytes, ChainSpec spec) {
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
      int beforeCount = in.readInt();
      List<byte[]> before = new ArrayList<>(beforeCount);
      for (int i = 0; i < beforeCount; i++) {
        before.add(in.readNBytes(in.readInt()));
      }
      int count = in.readInt();
      List<WindowBlock> blocks = new ArrayList<>(count);
      for (int i = 0; i < count; i++) {
        byte[] encoded = in.readNBytes(in.readInt());
        Hash hash = Hash.ofBytes(in.readNBytes(32));
        int senderCount = in.readInt();
        List<Address> senders = new ArrayList<>(senderCount);
        for (int s = 0; s < senderCount; s++) {
          senders.add(in.readBoolean() ? Address.ofBytes(in.readNBytes(20)) : null);
        }
        int ancestorCount = in.readInt();
        Map<Long, Hash> ancestors = new HashMap<>();
        for (int a = 0; a < ancestorCount; a++) {
          ancestors.put(in.readLong(), Hash.ofBytes(in.readNBytes(32)));
        }
        boolean ommersKnown = in.readBoolean();
        UInt256 total = in.readBoolean() ? UInt256.ofBytes(in.readNBytes(32)) : null;
        blocks.add(new WindowBlock(encoded, hash, senders, ancestors, ommersKnown, total));
      }
      return of(before, blocks, spec);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
