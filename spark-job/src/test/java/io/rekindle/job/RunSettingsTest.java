package io.rekindle.job;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class RunSettingsTest {
  @Test
  void fewUnitsAreFinishedInOneTaskAndManyInTwoForACore() {
    RunSettings settings = new RunSettings("clusters", 1, 1, 0, 4, OnMismatch.STOP);
    assertEquals(1, settings.finishTasks(0));
    assertEquals(1, settings.finishTasks(1_999));
    assertEquals(2, settings.finishTasks(2_000));
    assertEquals(8, settings.finishTasks(1_000_000));
  }
}
