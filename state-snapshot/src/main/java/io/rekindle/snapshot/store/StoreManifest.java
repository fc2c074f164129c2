package io.rekindle.snapshot.store;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import io.rekindle.evm.word.Hash;
import io.rekindle.snapshot.Unlisted;
import io.rekindle.snapshot.store.StateStoreException.Problem;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.zip.CRC32C;

/**
 * What a version of a store consists of: JSON, and behind it a line with the CRC-32C of the JSON.
 *
 * @param format of the store's files
 * @param version counts from 1
 * @param blockNumber the state is the one after this block
 * @param stateRoot 0x and 64 digits
 * @param layers the base first
 * @param unlisted what the state says of what is not in it; absent where it is complete
 */
record StoreManifest(
    @JsonProperty("format") int format,
    @JsonProperty("version") long version,
    @JsonProperty("block_number") long blockNumber,
    @JsonProperty("state_root") String stateRoot,
    @JsonProperty("layers") List<LayerEntry> layers,
    @JsonProperty("unlisted") Unlisted unlisted) {
  static final int FORMAT = 1;

  private static final ObjectMapper MAPPER =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);
  private static final String CHECKSUM_LINE = "\ncrc32c ";

  /**
   * A layer.
   *
   * @param folder its name within the store's
   */
  record LayerEntry(
      @JsonProperty("folder") String folder,
      @JsonProperty("block_number") long blockNumber,
      @JsonProperty("state_root") String stateRoot,
      @JsonProperty("partitions") List<PartitionEntry> partitions,
      @JsonProperty("codes") FileEntry codes) {}

  /** The files of the accounts whose keys start alike. */
  record PartitionEntry(
      @JsonProperty("accounts") FileEntry accounts, @JsonProperty("slots") FileEntry slots) {}

  /**
   * A file.
   *
   * @param checksum CRC-32C of all its bytes
   */
  record FileEntry(
      @JsonProperty("name") String name,
      @JsonProperty("records") long records,
      @JsonProperty("checksum") int checksum) {}

  /** What an older manifest leaves out: only complete states were kept. */
  StoreManifest {
    unlisted = unlisted == null ? Unlisted.ABSENT : unlisted;
  }

  Hash root() {
    return Hash.ofHex(stateRoot);
  }

  byte[] bytes() {
    try {
      String json = MAPPER.writeValueAsString(this);
      return (json + CHECKSUM_LINE + Integer.toHexString(checksum(json)) + "\n")
          .getBytes(StandardCharsets.UTF_8);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a manifest that cannot be written", e);
    }
  }

  private static int checksum(String json) {
    CRC32C checksum = new CRC32C();
    checksum.update(json.getBytes(StandardCharsets.UTF_8));
    return (int) checksum.getValue();
  }

  /**
   * @param name for messages
   */
  static StoreManifest of(byte[] bytes, String name) throws StateStoreException {
    String text = new String(bytes, StandardCharsets.UTF_8);
    int line = text.lastIndexOf(CHECKSUM_LINE);
    if (line < 0 || !text.endsWith("\n")) {
      throw new StateStoreException(Problem.TRUNCATED, name + " ends early");
    }
    String json = text.substring(0, line);
    String expected = text.substring(line + CHECKSUM_LINE.length(), text.length() - 1);
    if (!Integer.toHexString(checksum(json)).equals(expected)) {
      throw new StateStoreException(Problem.CHECKSUM, name + " was altered");
    }
    try {
      StoreManifest manifest = MAPPER.readValue(json, StoreManifest.class);
      if (manifest.format != FORMAT) {
        throw new StateStoreException(
            Problem.VERSION,
            name + " is of format " + manifest.format + ", where this build reads " + FORMAT);
      }
      return manifest;
    } catch (JsonProcessingException e) {
      throw new StateStoreException(Problem.CONTENT, name + " is no manifest");
    }
  }
}
