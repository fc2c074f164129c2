package io.rekindle.evm.precompile;

import io.rekindle.evm.fork.Fork;
import io.rekindle.evm.precompile.bls12381.BlsPairing;
import io.rekindle.evm.precompile.bls12381.G1Add;
import io.rekindle.evm.precompile.bls12381.G1Msm;
import io.rekindle.evm.precompile.bls12381.G2Add;
import io.rekindle.evm.precompile.bls12381.G2Msm;
import io.rekindle.evm.precompile.bls12381.MapToG1;
import io.rekindle.evm.precompile.bls12381.MapToG2;
import io.rekindle.evm.precompile.bls12381.PointEvaluation;
import io.rekindle.evm.precompile.bn254.Bn254Add;
import io.rekindle.evm.precompile.bn254.Bn254Mul;
import io.rekindle.evm.precompile.bn254.Bn254Pairing;
import io.rekindle.evm.word.Address;
import java.util.ArrayList;
import java.util.List;

/**
 * The precompiles of a fork. There is one registry for each fork that added or repriced some; forks
 * between share their predecessor's, so that blob-parameter-only forks share Osaka's.
 */
public final class Precompiles {
  /** The highest address in use; all are this small, so that finding one is an array access. */
  private static final int LAST = 0x100;

  private static final Precompiles FRONTIER = new Precompiles(Fork.FRONTIER);
  private static final Precompiles BYZANTIUM = new Precompiles(Fork.BYZANTIUM);
  private static final Precompiles ISTANBUL = new Precompiles(Fork.ISTANBUL);
  private static final Precompiles BERLIN = new Precompiles(Fork.BERLIN);
  private static final Precompiles CANCUN = new Precompiles(Fork.CANCUN);
  private static final Precompiles PRAGUE = new Precompiles(Fork.PRAGUE);
  private static final Precompiles OSAKA = new Precompiles(Fork.OSAKA);

  private final Precompile[] byAddress = new Precompile[LAST + 1];
  private final List<Address> addresses;

  private Precompiles(Fork fork) {
    put(0x01, new EcRecover());
    put(0x02, new Sha256());
    put(0x03, new Ripemd160());
    put(0x04, new Identity());
    if (fork.isAtLeast(Fork.BYZANTIUM)) {
      put(0x05, new Modexp(fork.modexpRule()));
      boolean cheap = fork.bn254Repriced();
      put(0x06, new Bn254Add(cheap ? 150 : 500));
      put(0x07, new Bn254Mul(cheap ? 6_000 : 40_000));
      put(0x08, cheap ? new Bn254Pairing(45_000, 34_000) : new Bn254Pairing(100_000, 80_000));
    }
    if (fork.isAtLeast(Fork.ISTANBUL)) {
      put(0x09, new Blake2F());
    }
    if (fork.isAtLeast(Fork.CANCUN)) {
      put(0x0a, new PointEvaluation());
    }
    if (fork.isAtLeast(Fork.PRAGUE)) {
      put(0x0b, new G1Add());
      put(0x0c, new G1Msm());
      put(0x0d, new G2Add());
      put(0x0e, new G2Msm());
      put(0x0f, new BlsPairing());
      put(0x10, new MapToG1());
      put(0x11, new MapToG2());
    }
    if (fork.isAtLeast(Fork.OSAKA)) {
      put(0x100, new P256Verify());
    }
    addresses = addressesOf(byAddress);
  }

  private void put(int address, Precompile precompile) {
    byAddress[address] = precompile;
  }

  private static List<Address> addressesOf(Precompile[] byAddress) {
    List<Address> found = new ArrayList<>();
    for (int i = 0; i < byAddress.length; i++) {
      if (byAddress[i] != null) {
        found.add(Address.of(0, 0, i));
      }
    }
    return List.copyOf(found);
  }

  /** The precompiles of a fork; the same object for the same fork. */
  public static Precompiles of(Fork fork) {
    if (fork.isAtLeast(Fork.OSAKA)) {
      return OSAKA;
    }
    if (fork.isAtLeast(Fork.PRAGUE)) {
      return PRAGUE;
    }
    if (fork.isAtLeast(Fork.CANCUN)) {
      return CANCUN;
    }
    if (fork.isAtLeast(Fork.BERLIN)) {
      return BERLIN;
    }
    if (fork.isAtLeast(Fork.ISTANBUL)) {
      return ISTANBUL;
    }
    return fork.isAtLeast(Fork.BYZANTIUM) ? BYZANTIUM : FRONTIER;
  }

  /** The precompile at an address, or null where there is none. */
  public Precompile at(Address address) {
    return at(address.limb2(), address.limb1(), address.limb0());
  }

  /** The precompile at the address with these limbs, most significant first, or null. */
  public Precompile at(long limb2, long limb1, long limb0) {
    if ((limb2 | limb1) != 0 || limb0 < 0 || limb0 > LAST) {
      return null;
    }
    return byAddress[(int) limb0];
  }

  /** The addresses in ascending order, which start warm (EIP-2929). */
  public List<Address> addresses() {
    return addresses;
  }
}
