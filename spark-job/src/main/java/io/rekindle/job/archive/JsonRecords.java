package io.rekindle.job.archive;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import io.rekindle.job.archive.JsonBlockReader.Outline;
import java.io.ByteArrayOutputStream;
import java.io.IOException;

/** Blocks as a node's RPC gives them, a line each; blank lines do not count. */
final class JsonRecords extends BlockRecords {
  /** More than any block takes in hexadecimal digits. */
  private static final int MAX_LINE = 1 << 30;

  private final ByteArrayOutputStream line = new ByteArrayOutputStream(1 << 16);
  private long start;

  JsonRecords(ArchiveFile file, long offset) {
    super(file, offset);
  }

  /** Whether the first line of a file is a block's. */
  static boolean areIn(ArchiveFile file) {
    try (JsonRecords records = new JsonRecords(file, 0)) {
      byte[] line = records.line();
      return line != null && outline(line) != null;
    } catch (IOException e) {
      return false;
    }
  }

  private static Outline outline(byte[] line) throws IOException {
    try (JsonParser parser = Json.MAPPER.getFactory().createParser(line)) {
      parser.nextToken();
      return JsonBlockReader.outline(parser);
    }
  }

  @Override
  Outline outline() {
    byte[] line = line();
    if (line == null) {
      return null;
    }
    try {
      Outline outline = outline(line);
      if (outline == null) {
        throw file.failure("byte " + start, "no block: number, hash or parentHash is missing");
      }
      return outline;
    } catch (JsonProcessingException e) {
      throw file.failure("byte " + start, "no JSON: " + e.getOriginalMessage());
    } catch (IOException e) {
      throw file.failure("byte " + start, e);
    }
  }

  @Override
  ArchivedBlock block(String place) {
    byte[] line = line();
    try {
      return line == null
          ? null
          : JsonBlockReader.read(file, Json.MAPPER.readTree(line), null, null, place);
    } catch (JsonProcessingException e) {
      throw new ArchiveException(place, "", "no JSON: " + e.getOriginalMessage(), e);
    } catch (IOException e) {
      throw file.failure("byte " + start, e);
    }
  }

  @Override
  long start() {
    return start;
  }

  /** The next line, or null at the end of the file. */
  private byte[] line() {
    try {
      while (true) {
        line.reset();
        start = position;
        int next = in.read();
        while (next >= 0 && next != '\n') {
          line.write(next);
          if (line.size() == MAX_LINE) {
            throw file.failure("byte " + start, "no block: the line does not end");
          }
          next = in.read();
        }
        position += line.size() + (next < 0 ? 0 : 1);
        byte[] bytes = line.toByteArray();
        if (!isBlank(bytes)) {
          return bytes;
        }
        if (next < 0) {
          return null;
        }
      }
    } catch (IOException e) {
      throw file.failure("byte " + position, e);
    }
  }

  private static boolean isBlank(byte[] bytes) {
    for (byte each : bytes) {
      if (each != ' ' && each != '\t' && each != '\r') {
        return false;
      }
    }
    return true;
  }
}
