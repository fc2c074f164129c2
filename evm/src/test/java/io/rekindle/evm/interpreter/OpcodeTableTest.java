package io.rekindle.evm.interpreter;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rekindle.evm.fork.Fork;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/**
 * Derives the opcode table a second time, from a listing by fork and EIP that shares nothing with
 * the table, and compares all 256 opcodes in every fork: existence, name, stack, operand, gas.
 */
class OpcodeTableTest {
  static final List<Fork> FORKS =
      List.of(
          Fork.FRONTIER,
          Fork.HOMESTEAD,
          Fork.DAO,
          Fork.TANGERINE_WHISTLE,
          Fork.SPURIOUS_DRAGON,
          Fork.BYZANTIUM,
          Fork.CONSTANTINOPLE,
          Fork.PETERSBURG,
          Fork.ISTANBUL,
          Fork.MUIR_GLACIER,
          Fork.BERLIN,
          Fork.LONDON,
          Fork.ARROW_GLACIER,
          Fork.GRAY_GLACIER,
          Fork.PARIS,
          Fork.SHANGHAI,
          Fork.CANCUN,
          Fork.PRAGUE,
          Fork.OSAKA);

  /** Fork, then name, number, stack before and after, base gas; "=" repeats a name for new gas. */
  private static final String LISTING =
      """
      Frontier
        STOP 00 0>0 0; ADD 01 2>1 3; MUL 02 2>1 5; SUB 03 2>1 3; DIV 04 2>1 5; SDIV 05 2>1 5
        MOD 06 2>1 5; SMOD 07 2>1 5; ADDMOD 08 3>1 8; MULMOD 09 3>1 8; EXP 0a 2>1 10
        SIGNEXTEND 0b 2>1 5; LT 10 2>1 3; GT 11 2>1 3; SLT 12 2>1 3; SGT 13 2>1 3; EQ 14 2>1 3
        ISZERO 15 1>1 3; AND 16 2>1 3; OR 17 2>1 3; XOR 18 2>1 3; NOT 19 1>1 3; BYTE 1a 2>1 3
        KECCAK256 20 2>1 30; ADDRESS 30 0>1 2; BALANCE 31 1>1 20; ORIGIN 32 0>1 2
        CALLER 33 0>1 2; CALLVALUE 34 0>1 2; CALLDATALOAD 35 1>1 3; CALLDATASIZE 36 0>1 2
        CALLDATACOPY 37 3>0 3; CODESIZE 38 0>1 2; CODECOPY 39 3>0 3; GASPRICE 3a 0>1 2
        EXTCODESIZE 3b 1>1 20; EXTCODECOPY 3c 4>0 20; BLOCKHASH 40 1>1 20; COINBASE 41 0>1 2
        TIMESTAMP 42 0>1 2; NUMBER 43 0>1 2; PREVRANDAO 44 0>1 2; GASLIMIT 45 0>1 2
        POP 50 1>0 2; MLOAD 51 1>1 3; MSTORE 52 2>0 3; MSTORE8 53 2>0 3; SLOAD 54 1>1 50
        SSTORE 55 2>0 0; JUMP 56 1>0 8; JUMPI 57 2>0 10; PC 58 0>1 2; MSIZE 59 0>1 2
        GAS 5a 0>1 2; JUMPDEST 5b 0>0 1
        LOG0 a0 2>0 375; LOG1 a1 3>0 750; LOG2 a2 4>0 1125; LOG3 a3 5>0 1500; LOG4 a4 6>0 1875
        CREATE f0 3>1 32000; CALL f1 7>1 40; CALLCODE f2 7>1 40; RETURN f3 2>0 0
        SELFDESTRUCT ff 1>0 0
      Homestead
        DELEGATECALL f4 6>1 40
      TangerineWhistle
        EXTCODESIZE = 700; EXTCODECOPY = 700; BALANCE = 400; SLOAD = 200; CALL = 700
        CALLCODE = 700; DELEGATECALL = 700; SELFDESTRUCT = 5000
      Byzantium
        RETURNDATASIZE 3d 0>1 2; RETURNDATACOPY 3e 3>0 3; STATICCALL fa 6>1 700; REVERT fd 2>0 0
      Constantinople
        SHL 1b 2>1 3; SHR 1c 2>1 3; SAR 1d 2>1 3; EXTCODEHASH 3f 1>1 400; CREATE2 f5 4>1 32000
      Istanbul
        CHAINID 46 0>1 2; SELFBALANCE 47 0>1 5; SLOAD = 800; BALANCE = 700; EXTCODEHASH = 700
      Berlin
        SLOAD = 100; BALANCE = 100; EXTCODESIZE = 100; EXTCODECOPY = 100; EXTCODEHASH = 100
        CALL = 100; CALLCODE = 100; DELEGATECALL = 100; STATICCALL = 100
      London
        BASEFEE 48 0>1 2
      Shanghai
        PUSH0 5f 0>1 2
      Cancun
        BLOBHASH 49 1>1 3; BLOBBASEFEE 4a 0>1 2; TLOAD 5c 1>1 100; TSTORE 5d 2>0 100
        MCOPY 5e 3>0 3
      Osaka
        CLZ 1e 1>1 5
      """;

  private record Entry(String name, int number, int before, int after, int gas) {}

  /** The listing up to and including a fork, by number. */
  private static Map<Integer, Entry> derive(String fork) {
    Map<Integer, Entry> found = new HashMap<>();
    for (int n = 1; n <= 32; n++) {
      found.put(0x5f + n, new Entry("PUSH" + n, 0x5f + n, 0, 1, 3));
    }
    for (int n = 1; n <= 16; n++) {
      found.put(0x7f + n, new Entry("DUP" + n, 0x7f + n, n, n + 1, 3));
      found.put(0x8f + n, new Entry("SWAP" + n, 0x8f + n, n + 1, n + 1, 3));
    }
    List<String> order = FORKS.stream().map(Fork::name).toList();
    int wanted = order.indexOf(fork);
    boolean counts = true;
    for (String line : LISTING.lines().toList()) {
      if (!line.startsWith(" ")) {
        assertTrue(order.contains(line), line);
        counts = order.indexOf(line) <= wanted;
      } else if (counts) {
        for (String item : line.split(";", -1)) {
          add(found, item.trim().split(" ", -1));
        }
      }
    }
    return found;
  }

  private static void add(Map<Integer, Entry> found, String[] words) {
    if (words[1].equals("=")) {
      Entry old =
          found.values().stream().filter(e -> e.name.equals(words[0])).findFirst().orElseThrow();
      int gas = Integer.parseInt(words[2]);
      found.put(old.number, new Entry(old.name, old.number, old.before, old.after, gas));
    } else {
      int number = Integer.parseInt(words[1], 16);
      int before = words[2].charAt(0) - '0';
      int after = words[2].charAt(2) - '0';
      found.put(number, new Entry(words[0], number, before, after, Integer.parseInt(words[3])));
    }
  }

  @ParameterizedTest
  @FieldSource("FORKS")
  void tableEqualsTheSecondListing(Fork fork) {
    OpcodeTable table = new OpcodeTable(fork);
    Map<Integer, Entry> expected = derive(fork.name());
    for (int opcode = 0; opcode < 256; opcode++) {
      Entry entry = expected.get(opcode);
      long row = table.packed()[opcode];
      String place = fork.name() + " " + Integer.toHexString(opcode);
      if (entry == null) {
        assertFalse(table.isDefined(opcode), place);
        assertTrue(OpcodeTable.needed(row) > 4 * 1024, place);
      } else {
        assertTrue(table.isDefined(opcode), place);
        assertEquals(entry.name, OpcodeTable.name(opcode), place);
        assertEquals(entry.gas, OpcodeTable.gas(row), place);
        assertEquals(4 * entry.before, OpcodeTable.needed(row), place);
        assertEquals(4 * (entry.after - entry.before), OpcodeTable.growth(row), place);
        boolean isPush = opcode >= 0x60 && opcode <= 0x7f;
        assertEquals(isPush ? opcode - 0x5f : 0, OpcodeTable.immediate(opcode), place);
      }
    }
  }
}
