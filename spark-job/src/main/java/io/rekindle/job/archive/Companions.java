package io.rekindle.job.archive;

import com.fasterxml.jackson.databind.JsonNode;
import io.rekindle.evm.word.Hash;
import java.io.IOException;
import java.io.InputStream;
import java.io.Serializable;
import java.util.Map;
import java.util.TreeMap;

/**
 * Files that lie in a block's folder.
 *
 * @param prestate state that the block starts from, in the shape of geth's prestateTracer, or null
 * @param blockHashes hashes of ancestors that the block asks for, or null
 */
public record Companions(ArchiveFile prestate, ArchiveFile blockHashes) implements Serializable {
  /** Hashes of ancestors by their numbers; empty where there is no file of them. */
  public Map<Long, Hash> readBlockHashes() {
    Map<Long, Hash> hashes = new TreeMap<>();
    if (blockHashes == null) {
      return hashes;
    }
    try (InputStream in = blockHashes.openUnpacked()) {
      for (Map.Entry<String, JsonNode> field : Json.MAPPER.readTree(in).properties()) {
        hashes.put(Long.decode(field.getKey()), Hash.ofHex(field.getValue().asText()));
      }
      return hashes;
    } catch (IOException e) {
      throw blockHashes.failure("", e);
    } catch (IllegalArgumentException e) {
      throw blockHashes.failure("", "no map of block numbers to hashes: " + e.getMessage());
    }
  }
}
