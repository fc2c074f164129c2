package io.rekindle.merge;

import io.rekindle.evm.fork.Fork;
import io.rekindle.evm.word.Address;
import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.Random;

/**
 * Random contracts that meet each other in every kind of state key: slots, balances exact and
 * checked, code, emptiness, creation, destruction. Values are small, so that they collide.
 */
final class RandomPrograms {
  private static final int SLOTS = 4;
  private static final int STOP = 0x00;
  private static final int ADD = 0x01;
  private static final int BALANCE = 0x31;
  private static final int CALLER = 0x33;
  private static final int EXTCODESIZE = 0x3b;
  private static final int EXTCODEHASH = 0x3f;
  private static final int BLOCKHASH = 0x40;
  private static final int COINBASE = 0x41;
  private static final int NUMBER = 0x43;
  private static final int SELFBALANCE = 0x47;
  private static final int POP = 0x50;
  private static final int SLOAD = 0x54;
  private static final int SSTORE = 0x55;
  private static final int JUMPI = 0x57;
  private static final int GAS = 0x5a;
  private static final int JUMPDEST = 0x5b;
  private static final int TLOAD = 0x5c;
  private static final int TSTORE = 0x5d;
  private static final int CREATE = 0xf0;
  private static final int CREATE2 = 0xf5;
  private static final int REVERT = 0xfd;
  private static final int SELFDESTRUCT = 0xff;

  /** Creation code whose contract destroys itself in favour of its caller. */
  static final byte[] MORTAL = Program.hex("6133ff6000526002601ef3");

  /** Creation code whose contract adds one to its slot 0. */
  static final byte[] COUNTER = Program.hex("676000546001016000556000526008" + "6018f3");

  /** Creation code that sets a slot and deploys nothing. */
  static final byte[] STORE_ONLY = Program.hex("600160005560006000f3");

  static final List<byte[]> INITS = List.of(MORTAL, COUNTER, STORE_ONLY);

  /** A contract that creates a mortal one by CREATE2, with salt 0, and keeps its address. */
  static byte[] factoryOfMortals() {
    Program program = new Program().codeToMemory(MORTAL);
    program.push(0).push(MORTAL.length).push(32 - MORTAL.length).push(0);
    return program.op(CREATE2).push(0).op(SSTORE, STOP).bytes();
  }

  /** Creation code that deploys the given code. */
  static byte[] deploying(byte[] code) {
    Program program = new Program().push(code.length).push(12).push(0).op(0x39);
    program.push(code.length).push(0).op(0xf3);
    ByteArrayOutputStream init = new ByteArrayOutputStream();
    init.writeBytes(program.bytes());
    init.writeBytes(code);
    return init.toByteArray();
  }

  private final Random random;
  private final Fork fork;
  private final List<Address> pool;

  RandomPrograms(Random random, Fork fork, List<Address> pool) {
    this.random = random;
    this.fork = fork;
    this.pool = pool;
  }

  byte[] contract() {
    Program program = new Program();
    int steps = 1 + random.nextInt(6);
    for (int i = 0; i < steps; i++) {
      step(program);
    }
    ending(program);
    return program.bytes();
  }

  private void ending(Program program) {
    switch (random.nextInt(12)) {
      case 0 -> program.push(0).push(0).op(fork.isAtLeast(Fork.BYZANTIUM) ? REVERT : 0xfe);
      case 1 -> program.push(anyone()).op(SELFDESTRUCT);
      case 2 -> program.op(CALLER, SELFDESTRUCT);
      case 3 -> program.op(0x30, SELFDESTRUCT);
      default -> program.op(STOP);
    }
  }

  private void step(Program program) {
    if (random.nextInt(5) == 0) {
      // Skipped where a slot is not zero.
      Program inner = new Program();
      plainStep(inner);
      program.push(slot()).op(SLOAD);
      int target = program.length() + 4 + inner.length();
      program.op(0x61, target >> 8, target & 0xff, JUMPI).append(inner).op(JUMPDEST);
    } else {
      plainStep(program);
    }
  }

  private void plainStep(Program program) {
    switch (random.nextInt(15)) {
      case 0, 1, 2 -> {
        value(program);
        program.push(slot()).op(SSTORE);
      }
      case 3 -> program.push(slot()).op(SLOAD, POP);
      case 4, 5, 6 -> {
        call(program);
        program.push(slot()).op(SSTORE);
      }
      case 7 -> create(program);
      case 8 -> log(program);
      case 9 -> program.push(random.nextInt(3)).op(NUMBER, 0x03, BLOCKHASH).push(slot()).op(SSTORE);
      case 10 -> {
        if (fork.isAtLeast(Fork.CANCUN)) {
          program.push(slot()).op(TLOAD).push(1).op(ADD).push(slot()).op(TSTORE);
        } else {
          program.op(GAS).push(slot()).op(SSTORE);
        }
      }
      default -> {
        value(program);
        program.push(slot()).op(SSTORE);
      }
    }
  }

  private void value(Program program) {
    switch (random.nextInt(9)) {
      case 0 -> program.push(random.nextInt(3));
      case 1 -> program.push(slot()).op(SLOAD).push(1).op(ADD);
      case 2 -> program.push(anyone()).op(BALANCE);
      case 3 -> program.op(COINBASE, BALANCE);
      case 4 -> program.push(anyone()).op(EXTCODESIZE);
      case 5 -> {
        if (fork.isAtLeast(Fork.CONSTANTINOPLE)) {
          program.push(anyone()).op(EXTCODEHASH);
        } else {
          program.op(CALLER);
        }
      }
      case 6 -> {
        if (fork.isAtLeast(Fork.ISTANBUL)) {
          program.op(SELFBALANCE);
        } else {
          program.op(0x30, BALANCE);
        }
      }
      case 7 -> program.op(GAS);
      default -> program.push(0);
    }
  }

  private void call(Program program) {
    int kind = random.nextInt(8);
    program.push(0).push(0).push(0).push(0);
    if (kind < 6) {
      program.push(random.nextInt(3) == 0 ? 0 : random.nextInt(400));
    }
    program.push(anyone());
    program.push(random.nextBoolean() ? 60_000 : 5_000);
    if (kind < 5) {
      program.op(0xf1);
    } else if (kind == 5) {
      program.op(0xf2);
    } else if (kind == 6 && fork.isAtLeast(Fork.HOMESTEAD)) {
      program.op(0xf4);
    } else if (fork.isAtLeast(Fork.BYZANTIUM)) {
      program.op(0xfa);
    } else {
      program.op(POP, POP, POP, POP, POP);
    }
  }

  private void create(Program program) {
    byte[] init = INITS.get(random.nextInt(INITS.size()));
    program.codeToMemory(init);
    if (random.nextInt(3) > 0 && fork.isAtLeast(Fork.CONSTANTINOPLE)) {
      program.push(random.nextInt(2)).push(init.length).push(32 - init.length).push(endowment());
      program.op(CREATE2, POP);
    } else {
      program.push(init.length).push(32 - init.length).push(endowment()).op(CREATE, POP);
    }
  }

  private int endowment() {
    return random.nextInt(3) == 0 ? 50 : 0;
  }

  private void log(Program program) {
    value(program);
    program.push(0).push(0).op(0xa1);
  }

  private int slot() {
    return random.nextInt(SLOTS);
  }

  private Address anyone() {
    return pool.get(random.nextInt(pool.size()));
  }
}
