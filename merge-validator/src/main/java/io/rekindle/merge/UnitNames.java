package io.rekindle.merge;

import io.rekindle.evm.process.Unit;

/** Names units for messages to the user. */
final class UnitNames {
  private UnitNames() {}

  static String of(Unit unit) {
    String block = " of block " + unit.block().context().number();
    if (unit instanceof Unit.TransactionUnit transaction) {
      return "transaction " + transaction.index() + block;
    }
    return (unit instanceof Unit.Opening ? "the opening" : "the closing") + block;
  }
}
