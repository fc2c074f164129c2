package io.rekindle.snapshot.importer;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** The forms of state that can be imported, told by content. */
public enum StateFileKind {
  /** A genesis file: has {@code alloc}. */
  GENESIS,
  /** A dump of a whole state by geth: has {@code root}. */
  DUMP,
  /** A prestate dump, or a folder of them: fields are addresses. */
  PRESTATE,
  /** An execution witness: has {@code witness}, or {@code state} and {@code codes}. */
  WITNESS;

  /**
   * Looks at the names of a file's fields.
   *
   * @throws StateInputException where there is no such file, or it is of none of the forms
   */
  public static StateFileKind of(Path file) throws IOException {
    if (Files.isDirectory(file)) {
      return PRESTATE;
    }
    try (InputStream in = StateJson.open(file);
        JsonParser parser = StateJson.MAPPER.createParser(in)) {
      if (parser.nextToken() == JsonToken.START_OBJECT) {
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
          StateFileKind kind = ofField(parser.currentName());
          if (kind != null) {
            return kind;
          }
          parser.nextToken();
          parser.skipChildren();
        }
      }
    } catch (JsonProcessingException e) {
      throw new StateInputException(file.toString(), e);
    }
    throw new StateInputException(
        file.toString(), "neither genesis, state dump, prestate dump nor witness, by its fields");
  }

  private static StateFileKind ofField(String name) {
    return switch (name) {
      case "alloc" -> GENESIS;
      case "root" -> DUMP;
      case "witness", "state", "codes" -> WITNESS;
      default -> name.matches("(0x)?[0-9a-fA-F]{40}") ? PRESTATE : null;
    };
  }
}
