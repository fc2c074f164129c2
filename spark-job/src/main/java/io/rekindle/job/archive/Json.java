package io.rekindle.job.archive;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.ObjectMapper;

/** One mapper for the archives' JSON. */
final class Json {
  /** Call data of a whole block's gas, in hexadecimal digits, and ample room. */
  private static final int MAX_STRING = 100_000_000;

  static final ObjectMapper MAPPER =
      new ObjectMapper(
          JsonFactory.builder()
              .streamReadConstraints(
                  StreamReadConstraints.builder().maxStringLength(MAX_STRING).build())
              .build());

  private Json() {}
}
