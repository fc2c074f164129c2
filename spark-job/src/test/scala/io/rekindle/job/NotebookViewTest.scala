package io.rekindle.job

import io.rekindle.job.output.OutputFolder
import io.rekindle.job.table.Table
import java.nio.file.{Files, Path}
import java.util.EnumSet
import org.apache.hadoop.conf.Configuration
import org.apache.spark.sql.SparkSession
import org.apache.spark.sql.functions.{col, sum}
import org.scalatest.BeforeAndAfterAll
import org.scalatest.funsuite.AnyFunSuite

/** A block as a notebook may want it. */
case class BlockGas(block_number: Long, gas_used: Long, transaction_count: Long)

/** Archives and tables the way that notebooks call them: in Scala, typed, and by SQL. */
class NotebookViewTest extends AnyFunSuite with BeforeAndAfterAll {
  private val blocks = 5L
  private val sample: Path = Path.of(System.getProperty("rekindle.root"), "sample")
  private val ere = sample.resolve("rekindle-00000-03b433ea-noproofs.ere").toString
  private lazy val out: Path = Files.createTempDirectory("rekindle-notebook")

  private lazy val spark: SparkSession = SparkSession.builder()
    .master("local[2]")
    .config("spark.ui.enabled", "false")
    .config("spark.driver.bindAddress", "127.0.0.1")
    .config("spark.driver.host", "localhost")
    .config("spark.sql.shuffle.partitions", "2")
    .getOrCreate()

  /** A run has a context of its own, so that it comes before the session. */
  override def beforeAll(): Unit = {
    val report = new Reexecution(
      sample.resolve("chain.rlp.gz").toString,
      sample.resolve("genesis.json").toString)
      .range(1L, blocks)
      .master("local[2]")
      .tables(EnumSet.of(Table.BLOCKS, Table.TRANSACTIONS))
      .out(out.resolve("tables").toString, false)
      .run()
    assert(report.passed())
  }

  override def afterAll(): Unit = {
    spark.stop()
    Files.walk(out).sorted(java.util.Comparator.reverseOrder[Path]()).forEach(Files.delete(_))
  }

  test("an archive is a typed dataset") {
    import spark.implicits._
    val some = spark.read.format("ere").load(ere)
      .filter(col("block_number").between(1, 100))
      .select("block_number", "gas_used", "transaction_count")
      .as[BlockGas]
      .collect()
    assert(some.length == 100)
    assert(some.map(_.block_number).sorted.sameElements(1L to 100L))
    assert(some.map(_.transaction_count).sum > 0)
  }

  test("SQL names an archive's table by options") {
    spark.sql(s"CREATE TEMPORARY VIEW archived USING ere OPTIONS (path '$ere', table 'receipts')")
    val row = spark.sql("SELECT count(*), sum(n_logs), count_if(success) FROM archived").head()
    assert(row.getLong(0) == 31278L)
    assert(row.getLong(1) == 48202L)
    assert(row.getLong(2) < 31278L)
  }

  test("an archive joins the tables of a run over it") {
    val run = new OutputFolder(out.resolve("tables").toString, new Configuration())
      .read(spark, Table.TRANSACTIONS)
    val archived = spark.read.format("ere").option("table", "receipts").load(ere)
    val both = run.as("r").join(archived.as("a"), "transaction_hash")
    assert(run.count() > 0)
    assert(both.count() == run.count())
    assert(both.filter("r.gas_used <> a.gas_used OR r.success <> a.success").count() == 0)
    val gas = run.agg(sum("gas_used")).head().getLong(0)
    val claimed = spark.read.format("ere").load(ere)
      .filter(s"block_number <= $blocks").agg(sum("gas_used")).head().getLong(0)
    assert(gas == claimed)
  }
}
