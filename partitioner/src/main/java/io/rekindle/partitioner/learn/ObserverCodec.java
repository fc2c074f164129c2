package io.rekindle.partitioner.learn;

import io.rekindle.evm.engine.ExecutionObserver.FrameKind;
import io.rekindle.evm.word.Address;
import io.rekindle.evm.word.Hash;
import io.rekindle.evm.word.UInt256;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

/**
 * The flat form of what a {@link UnitObserver} has gathered. Frame kinds go by ordinal: both ends
 * run the same build.
 */
@SuppressWarnings("EnumOrdinal")
final class ObserverCodec {
  private static final FrameKind[] KINDS = FrameKind.values();

  private ObserverCodec() {}

  static byte[] encode(List<UnitObserver.Call> calls, List<UnitObserver.Preimage> preimages) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(1024);
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.writeInt(calls.size());
      for (UnitObserver.Call call : calls) {
        write(out, call);
      }
      out.writeInt(preimages.size());
      for (UnitObserver.Preimage preimage : preimages) {
        out.writeInt(preimage.call());
        write(out, preimage.bytes());
        out.write(preimage.hash().toBytes());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  private static void write(DataOutputStream out, UnitObserver.Call call) throws IOException {
    out.writeInt(call.parent());
    out.writeByte(call.kind().ordinal());
    out.write(call.caller().toBytes());
    out.write(call.self().toBytes());
    out.write(call.codeAddress().toBytes());
    out.writeBoolean(call.codeHash() != null);
    if (call.codeHash() != null) {
      out.write(call.codeHash().toBytes());
    }
    out.writeBoolean(call.paid());
    write(out, call.input());
  }

  private static void write(DataOutputStream out, byte[] bytes) throws IOException {
    out.writeInt(bytes.length);
    out.write(bytes);
  }

  static void decode(
      byte[] bytes, List<UnitObserver.Call> calls, List<UnitObserver.Preimage> preimages) {
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
      for (int left = in.readInt(); left > 0; left--) {
        calls.add(readCall(in));
      }
      for (int left = in.readInt(); left > 0; left--) {
        int call = in.readInt();
        byte[] preimage = in.readNBytes(in.readInt());
        UInt256 hash = UInt256.ofHash(Hash.ofBytes(in.readNBytes(32)));
        preimages.add(new UnitObserver.Preimage(call, preimage, hash));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static UnitObserver.Call readCall(DataInputStream in) throws IOException {
    int parent = in.readInt();
    FrameKind kind = KINDS[in.readByte()];
    Address caller = address(in);
    Address self = address(in);
    Address codeAddress = address(in);
    Hash codeHash = in.readBoolean() ? Hash.ofBytes(in.readNBytes(32)) : null;
    boolean paid = in.readBoolean();
    byte[] input = in.readNBytes(in.readInt());
    return new UnitObserver.Call(parent, kind, caller, self, codeAddress, codeHash, paid, input);
  }

  private static Address address(DataInputStream in) throws IOException {
    return Address.ofBytes(in.readNBytes(20));
  }
}
