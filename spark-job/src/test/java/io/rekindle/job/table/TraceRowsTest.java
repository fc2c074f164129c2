package io.rekindle.job.table;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.rekindle.evm.chain.Genesis;
import io.rekindle.evm.chain.Header;
import io.rekindle.evm.engine.CallFrame;
import io.rekindle.evm.engine.CallFrame.Kind;
import io.rekindle.evm.engine.Halt;
import io.rekindle.evm.word.Address;
import io.rekindle.evm.word.UInt256;
import io.rekindle.job.archive.TestArchives;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;

/** The cells of frames: types, what failed creations and self-destructions lack, and status. */
class TraceRowsTest {
  private static final StructType COLUMNS = Table.TRACES.fileSchema(Encoding.HEX);
  private static final Address FROM = Address.ofHex("0x" + "0".repeat(38) + "a1");
  private static final Address TO = Address.ofHex("0x" + "0".repeat(38) + "b2");

  private final List<InternalRow> rows = new ArrayList<>();

  private final RowSink sink =
      new RowSink() {
        @Override
        public boolean wants(Table table) {
          return true;
        }

        @Override
        public Encoding encoding() {
          return Encoding.HEX;
        }

        @Override
        public void add(Table table, long range, InternalRow row) {
          assertEquals(Table.TRACES, table);
          rows.add(row);
        }
      };

  private static CallFrame frame(Kind kind, Halt halt, Integer... address) {
    return new CallFrame(
        kind,
        FROM,
        TO,
        UInt256.of(5),
        900,
        300,
        new byte[] {1},
        new byte[] {2},
        halt,
        List.of(address),
        0);
  }

  private void write(CallFrame... frames) throws IOException {
    Header header = Genesis.read(TestArchives.sample("genesis.json")).header();
    new TraceRows(new RowOutput(sink, 1, header)).add(3, null, List.of(frames));
  }

  private String cell(int row, String column) {
    int at = COLUMNS.fieldIndex(column);
    DataType type = COLUMNS.apply(column).dataType();
    return String.valueOf(rows.get(row).get(at, type));
  }

  private String cells(int row, String... columns) {
    List<String> cells = new ArrayList<>();
    for (String column : columns) {
      cells.add(cell(row, column));
    }
    return String.join(" ", cells);
  }

  @Test
  void whatIsBelowAFailedFrameFailed() throws IOException {
    write(
        frame(Kind.CALL, Halt.NONE),
        frame(Kind.CALL, Halt.REVERT, 0),
        frame(Kind.STATICCALL, Halt.NONE, 0, 0),
        frame(Kind.DELEGATECALL, Halt.OUT_OF_GAS, 0, 0, 0),
        frame(Kind.CALL, Halt.NONE, 0, 1),
        frame(Kind.CALLCODE, Halt.NONE, 1));
    String[] columns = {"trace_address", "trace_type", "call_type", "status", "error"};
    assertEquals("null call call 1 null", cells(0, columns));
    assertEquals("0 call call 0 execution reverted", cells(1, columns));
    assertEquals("0,0 call staticcall 0 null", cells(2, columns));
    assertEquals("0,0,0 call delegatecall 0 out of gas", cells(3, columns));
    assertEquals("0,1 call call 0 null", cells(4, columns));
    assertEquals("1 call callcode 1 null", cells(5, columns));
  }

  @Test
  void aCreationThatFailedMadeNothing() throws IOException {
    write(frame(Kind.CREATE2, Halt.NONE), frame(Kind.CREATE, Halt.CODE_TOO_LARGE, 0));
    String[] columns = {"trace_type", "call_type", "to_address", "input", "output", "error"};
    assertEquals("create null " + TO + " 0x01 0x02 null", cells(0, columns));
    assertEquals("create null null 0x01 0x02 max code size exceeded", cells(1, columns));
  }

  @Test
  void aSelfDestructionHasNoGas() throws IOException {
    write(frame(Kind.CALL, Halt.NONE), frame(Kind.SELFDESTRUCT, Halt.NONE, 0));
    assertEquals("900 300 0", cells(0, "gas", "gas_used", "subtraces"));
    assertEquals(
        "suicide null " + FROM + " " + TO + " 5 null null null null",
        cells(
            1,
            "trace_type",
            "call_type",
            "from_address",
            "to_address",
            "value",
            "input",
            "output",
            "gas",
            "gas_used"));
  }
}
