package io.rekindle.job.output;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.apache.hadoop.fs.FSError;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/** JSON files that are there as a whole or not at all. */
final class JsonFiles {
  private static final ObjectMapper MAPPER =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  private JsonFiles() {}

  static <T> T read(FileSystem fs, Path file, Class<T> type) throws IOException {
    try (InputStream in = fs.open(file)) {
      return MAPPER.readValue(in, type);
    } catch (JsonProcessingException e) {
      throw new IOException(file + " is not what a run wrote: " + e.getOriginalMessage(), e);
    }
  }

  /**
   * Writes a new file.
   *
   * @throws IOException where there is one already
   */
  static void create(FileSystem fs, Path file, Object content) throws IOException {
    publish(fs, stage(fs, file, content), file);
  }

  /**
   * Gives a staged file its name.
   *
   * @throws IOException where there is one already
   */
  static void publish(FileSystem fs, Path staged, Path file) throws IOException {
    if (fs.exists(file) || !fs.rename(staged, file)) {
      fs.delete(staged, false);
      throw new IOException(file + " is there already: does another run write here?");
    }
  }

  /** Writes a file in the place of one that may be there; for a moment there is none. */
  static void replace(FileSystem fs, Path file, Object content) throws IOException {
    Path staged = stage(fs, file, content);
    fs.delete(file, false);
    if (!fs.rename(staged, file)) {
      throw new IOException("cannot rename " + staged + " to " + file);
    }
  }

  /** Writes a file that nobody reads yet, beside where it is to be. */
  static Path stage(FileSystem fs, Path file, Object content) throws IOException {
    Path staged = new Path(file.getParent(), "." + file.getName() + ".tmp");
    byte[] bytes = MAPPER.writeValueAsBytes(content);
    try (OutputStream out = fs.create(staged, true)) {
      out.write(bytes);
    } catch (IOException | FSError e) {
      fs.delete(staged, false);
      throw e;
    }
    return staged;
  }
}
