package io.rekindle.job;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class PartitionTaskTest {
  private static List<PartitionTask> partitions(long... megagas) {
    return Arrays.stream(megagas)
        .mapToObj(cost -> new PartitionTask(null, 0, cost * 1_000_000, new int[0], new boolean[0]))
        .toList();
  }

  private static List<List<Long>> together(long... megagas) {
    return PartitionTask.together(partitions(megagas)).stream()
        .map(task -> task.stream().map(partition -> partition.cost() / 1_000_000).toList())
        .toList();
  }

  @Test
  void whatIsLeftBesideOneLargePartitionIsOneTask() {
    assertEquals(List.of(List.of(180L), List.of(4L, 2L, 1L)), together(180, 4, 2, 1));
  }

  @Test
  void partitionsThatAreWorthATaskHaveOneEach() {
    assertEquals(List.of(List.of(40L), List.of(30L), List.of(10L)), together(40, 30, 10));
  }

  @Test
  void manySmallOnesOfSeveralBlocksShareTasksInOrder() {
    assertEquals(
        List.of(List.of(6L, 3L, 2L), List.of(7L, 5L), List.of(1L)), together(6, 3, 2, 7, 5, 1));
  }

  @Test
  void noPartitionsHaveNoTask() {
    assertEquals(List.of(), together());
  }
}
