/**
 * The default engine. Start with {@link io.rekindle.evm.interpreter.Interpreter}, which runs a
 * message; the opcodes are listed as data in {@code OpcodeTable}; {@code Loop} moves words and the
 * program counter itself, {@code Computation} does what follows from words alone, and {@code
 * Instructions} hands the rest to one class a topic: {@code MemoryAccess}, {@code Storage}, {@code
 * Environment}, {@code Logging}, {@code Calls}, {@code Creations}, {@code Destruction}.
 *
 * <p>What must hold: Java's stack does not grow with nested calls; nothing is allocated for a word
 * of the stack; a halt is a value, never an exception; gas is charged before state is loaded, so
 * that an access that was not paid for teaches nothing of the state.
 */
package io.rekindle.evm.interpreter;
