package io.rekindle.snapshot;

import io.rekindle.evm.state.Code;
import io.rekindle.evm.word.Hash;
import io.rekindle.snapshot.SnapshotFormatException.Problem;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.HashMap;
import java.util.Map;

/**
 * The wire form of snapshots and deltas: the arrays of their layers as they lie in memory, written
 * and read in one pass. Numbers are little-endian.
 *
 * <pre>
 * header   magic "RKSN" (4), version (2), kind (1: snapshot, 2: delta), policy (1), id (8), base id (8)
 * layers   count (4), then for each layer:
 *   counts   accounts (4), slots (4), places (4), pilots (4), code hashes (4), codes (4)
 *   accounts 9 longs each
 *   slots    8 longs a place, then a tag of 4 bytes a place, then the pilots, 1 byte each
 *   hashes   32 bytes each;  codes: hash (32), length (4), bytes
 * trailer  CRC-32C of all before (4)
 * </pre>
 *
 * The index of accounts is not written; the reader makes it. The policy's byte of a delta is zero.
 */
public final class SnapshotCodec {
  private static final int MAGIC = 'R' | 'K' << 8 | 'S' << 16 | 'N' << 24;
  private static final short VERSION = 2;
  private static final byte SNAPSHOT = 1;
  private static final byte DELTA = 2;
  private static final int MAX_LAYERS = 1 + Snapshot.MAX_DELTAS;

  private final CodePool codes;

  /** A codec that shares code through the pool of this process. */
  public SnapshotCodec() {
    this(CodePool.shared());
  }

  public SnapshotCodec(CodePool codes) {
    this.codes = codes;
  }

  public void write(Snapshot snapshot, OutputStream out) throws IOException {
    WireWriter wire = new WireWriter(out);
    header(wire, SNAPSHOT, snapshot.unlistedPolicy().wireCode(), snapshot.id(), 0);
    wire.int32(snapshot.layers().length);
    for (Layer layer : snapshot.layers()) {
      write(layer, wire);
    }
    wire.finish();
  }

  public void write(SnapshotDelta delta, OutputStream out) throws IOException {
    WireWriter wire = new WireWriter(out);
    header(wire, DELTA, 0, delta.id(), delta.baseId());
    wire.int32(1);
    write(delta.layer(), wire);
    wire.finish();
  }

  private static void header(WireWriter wire, byte kind, int policy, long id, long baseId)
      throws IOException {
    wire.int32(MAGIC);
    wire.int16(VERSION);
    wire.int8(kind);
    wire.int8((byte) policy);
    wire.int64(id);
    wire.int64(baseId);
  }

  private static void write(Layer layer, WireWriter wire) throws IOException {
    wire.int32(layer.accountCount);
    SlotTable slots = layer.slots;
    wire.int32(slots.count);
    wire.int32(slots.places());
    wire.int32(slots.pilots.length);
    wire.int32(layer.codeHashes.length);
    wire.int32(layer.codes().size());
    wire.longs(layer.accounts, Layer.ACCOUNT_WORDS * layer.accountCount);
    wire.longs(slots.slots, SlotTable.WORDS * slots.places());
    wire.ints(slots.tags, slots.places());
    wire.bytes(slots.pilots, slots.pilots.length);
    for (Hash hash : layer.codeHashes) {
      wire.bytes(hash.toBytes(), 32);
    }
    for (Code code : layer.codes().values()) {
      wire.bytes(code.hash().toBytes(), 32);
      wire.int32(code.size());
      wire.bytes(code.padded(), code.size());
    }
  }

  /**
   * Reads a snapshot to its end; bytes behind it are left in the stream.
   *
   * @throws SnapshotFormatException where the bytes are truncated, altered, or of another version
   */
  public Snapshot readSnapshot(InputStream in) throws IOException {
    WireReader wire = new WireReader(in);
    int policy = header(wire, SNAPSHOT);
    long id = wire.int64();
    wire.int64();
    Layer[] layers = layers(wire);
    wire.finish();
    return new Snapshot(layers, policy(policy), new UnlistedReads(), id);
  }

  private static Unlisted policy(int wireCode) throws SnapshotFormatException {
    for (Unlisted policy : Unlisted.values()) {
      if (policy.wireCode() == wireCode) {
        return policy;
      }
    }
    throw new SnapshotFormatException(Problem.CONTENT, "policy " + wireCode);
  }

  /**
   * Reads a delta to its end; bytes behind it are left in the stream.
   *
   * @throws SnapshotFormatException where the bytes are truncated, altered, or of another version
   */
  public SnapshotDelta readDelta(InputStream in) throws IOException {
    WireReader wire = new WireReader(in);
    header(wire, DELTA);
    long id = wire.int64();
    long baseId = wire.int64();
    Layer[] layers = layers(wire);
    wire.finish();
    SnapshotDelta delta = new SnapshotDelta(baseId, layers[0]);
    if (delta.id() != id) {
      throw new SnapshotFormatException(Problem.CONTENT, "the delta does not lead to its id");
    }
    return delta;
  }

  private static int header(WireReader wire, byte kind) throws IOException {
    if (wire.int32() != MAGIC) {
      throw new SnapshotFormatException(Problem.MAGIC, "no snapshot of Rekindle");
    }
    int version = wire.int16();
    if (version != VERSION) {
      throw new SnapshotFormatException(
          Problem.VERSION, "version " + version + ", where this build reads " + VERSION);
    }
    int found = wire.int8();
    if (found != kind) {
      throw new SnapshotFormatException(
          Problem.MAGIC, found == DELTA ? "a delta, no snapshot" : "no delta: kind " + found);
    }
    return wire.int8();
  }

  private Layer[] layers(WireReader wire) throws IOException {
    int count = wire.int32();
    if (count < 1 || count > MAX_LAYERS) {
      throw new SnapshotFormatException(Problem.CONTENT, count + " layers");
    }
    Layer[] layers = new Layer[count];
    for (int i = 0; i < count; i++) {
      layers[i] = layer(wire);
    }
    return layers;
  }

  private Layer layer(WireReader wire) throws IOException {
    int accountCount = wire.count();
    int slotCount = wire.count();
    int places = wire.count();
    int pilotCount = wire.count();
    Hash[] hashes = new Hash[0];
    int hashCount = wire.count();
    int codeCount = wire.count();
    long[] accounts = wire.longs((long) Layer.ACCOUNT_WORDS * accountCount);
    long[] entries = wire.longs((long) SlotTable.WORDS * places);
    int[] tags = wire.ints(places);
    byte[] pilots = wire.bytes(pilotCount);
    if (hashCount > 0) {
      hashes = hashes(wire, hashCount);
    }
    Map<Hash, Code> layerCodes = new HashMap<>();
    for (int i = 0; i < codeCount; i++) {
      Hash hash = Hash.ofBytes(wire.bytes(32));
      layerCodes.put(hash, codes.intern(Code.of(hash, wire.bytes(wire.count()))));
    }
    checkCodeNumbers(accounts, accountCount, hashCount);
    SlotTable slots = new SlotTable(accountCount, slotCount, tags, pilots, entries);
    String fault = slots.fault(accountCount);
    if (fault != null) {
      throw new SnapshotFormatException(Problem.CONTENT, fault);
    }
    return new Layer(accountCount, accounts, slots, hashes, layerCodes);
  }

  private static Hash[] hashes(WireReader wire, int count) throws IOException {
    byte[] bytes = wire.bytes(32L * count);
    Hash[] hashes = new Hash[count];
    for (int i = 0; i < count; i++) {
      hashes[i] = Hash.ofBytes(bytes, 32 * i);
    }
    return hashes;
  }

  /** Numbers that would lead out of the arrays are found before the checksum is reached. */
  private static void checkCodeNumbers(long[] accounts, int accountCount, int hashCount)
      throws SnapshotFormatException {
    for (int i = 0; i < accountCount; i++) {
      int code = (int) accounts[Layer.ACCOUNT_WORDS * i + 2];
      if (code < Layer.NO_CODE || code >= hashCount) {
        throw new SnapshotFormatException(Problem.CONTENT, "code number " + code);
      }
    }
  }
}
