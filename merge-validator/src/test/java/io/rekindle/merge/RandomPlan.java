package io.rekindle.merge;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Plans that know nothing: random, striped, one unit a partition, all in one. */
final class RandomPlan {
  private RandomPlan() {}

  static int[][] of(List<Integer> places, Random random) {
    int partitions =
        switch (random.nextInt(5)) {
          case 0 -> Math.max(1, places.size());
          case 1 -> 1;
          default -> 1 + random.nextInt(6);
        };
    boolean striped = random.nextInt(3) == 0;
    List<List<Integer>> parts = new ArrayList<>();
    for (int i = 0; i < partitions; i++) {
      parts.add(new ArrayList<>());
    }
    for (int i = 0; i < places.size(); i++) {
      parts
          .get(striped || partitions == places.size() ? i % partitions : random.nextInt(partitions))
          .add(places.get(i));
    }
    return parts.stream()
        .map(part -> part.stream().mapToInt(Integer::intValue).toArray())
        .toArray(int[][]::new);
  }
}
