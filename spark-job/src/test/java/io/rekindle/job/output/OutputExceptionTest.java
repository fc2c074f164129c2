package io.rekindle.job.output;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.io.IOException;
import org.apache.hadoop.security.AccessControlException;
import org.junit.jupiter.api.Test;

/** Of all that was wrapped around what a file system threw, its own words are told. */
class OutputExceptionTest {
  private static IOException full() {
    return new IOException("No space left on device");
  }

  private static String told(Throwable error) {
    return OutputException.of("hdfs://there/tables", error).getMessage();
  }

  @Test
  void theFileSystemsOwnWordsAreTold() {
    String expected = "cannot write to hdfs://there/tables: No space left on device";
    assertEquals(expected, told(full()));
    assertEquals(expected, told(new IllegalStateException(full())));
    // Parquet's footer, with what the writer of its form threw between the two.
    IllegalStateException transport = new IllegalStateException(full());
    assertEquals(expected, told(new IOException("can not write FileMetaData(...)", transport)));
  }

  @Test
  void anExceptionOfAKindOfItsOwnIsTold() {
    AccessControlException denied = new AccessControlException("Permission denied: user=nobody");
    denied.initCause(new IOException("org.apache.hadoop.ipc.RemoteException: a page of text"));
    assertEquals(
        "cannot write to hdfs://there/tables: Permission denied: user=nobody", told(denied));
  }

  @Test
  void otherErrorsStayWhatTheyAre() {
    IllegalStateException other = new IllegalStateException("a defect");
    assertSame(other, OutputException.of("hdfs://there/tables", other));
  }
}
