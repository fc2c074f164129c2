package io.rekindle.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rekindle.job.archive.ArchiveException;
import io.rekindle.job.archive.TestArchives;
import io.rekindle.job.table.Table;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Windows that need not wait for one another do not, and it shows in nothing but time. */
class WindowsAheadTest {
  private static final int BLOCKS = 80;

  @TempDir private Path folder;

  private Reexecution sample(String out) {
    return new Reexecution(
            TestArchives.sample("chain.rlp.gz").toString(),
            TestArchives.sample("genesis.json").toString())
        .range(1L, (long) BLOCKS)
        .windowGas(60_000_000)
        .master("local[2]")
        .out(folder.resolve(out).toString(), false);
  }

  private List<JobIntervals.Job> secondPass(String out, int ahead) throws Exception {
    return JobIntervals.of(
        () -> {
          RunReport report =
              sample(out)
                  .state(folder.resolve("first").toString(), false)
                  .windowsAhead(ahead)
                  .run();
          assertTrue(report.passed(), report.text());
          assertTrue(report.text().contains(BLOCKS + " sidecars proven, 0 wrong"), report.text());
          assertTrue(report.text().contains(" 0 units re-run"), report.text());
        });
  }

  @Test
  void withSidecarsWindowsExecuteAheadOfTheOneBeingMerged() throws Exception {
    assertTrue(sample("first").run().passed());
    List<JobIntervals.Job> oneByOne = secondPass("one-by-one", 0);
    assertEquals(1, JobIntervals.mostAtOnce(oneByOne, "execute"), oneByOne::toString);
    List<JobIntervals.Job> ahead = secondPass("ahead", 3);
    int most = JobIntervals.mostAtOnce(ahead, "execute");
    assertTrue(most >= 2 && most <= 4, ahead::toString);

    // A run that breaks off waits for its windows: Spark does not stop under them.
    List<JobIntervals.Job> brokenOff =
        JobIntervals.of(
            () ->
                assertThrows(
                    ArchiveException.class,
                    () ->
                        sample("broken-off")
                            .state(folder.resolve("first").toString(), false)
                            .range(1L, BLOCKS + 1L)
                            .run()));
    assertTrue(brokenOff.stream().allMatch(JobIntervals.Job::succeeded), brokenOff::toString);

    Set<Table> tables = EnumSet.allOf(Table.class);
    tables.removeAll(Table.ofThePlan());
    try (SparkSession spark = OutputTables.session()) {
      OutputTables.assertEqual(spark, folder.resolve("first"), folder.resolve("ahead"), tables);
    }
  }

  @Test
  void blocksThatBringTheirStateWaitForNoOther() throws Exception {
    Path archive = TestArchives.fixture("mainnet-blocks");
    List<JobIntervals.Job> jobs =
        JobIntervals.of(
            () -> {
              RunReport report =
                  new Reexecution(archive.toString(), "mainnet")
                      .windowGas(20_000_000)
                      .windowsAhead(3)
                      .master("local[2]")
                      .run();
              assertTrue(report.passed(), report.text());
            });
    int most = JobIntervals.mostAtOnce(jobs, "execute");
    assertTrue(most >= 2 && most <= 4, jobs::toString);
  }
}
