package io.rekindle.job;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.rekindle.evm.chain.Header;
import io.rekindle.evm.chain.JsonBlocks;
import io.rekindle.evm.chain.JsonFormatException;
import io.rekindle.evm.rlp.RlpException;
import io.rekindle.evm.word.Hash;
import io.rekindle.evm.word.Hex;
import io.rekindle.job.archive.ArchiveException;
import io.rekindle.job.archive.ArchiveFile;
import io.rekindle.snapshot.importer.ExecutionWitness;
import io.rekindle.snapshot.trie.TrieState;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A file with a block's execution witness: {@code state} and {@code codes}, and the headers before
 * the block, {@code headers} or {@code ancestors}, each as RLP or as JSON, as clients' {@code
 * debug_executionWitness} gives them; all of these may lie in a field {@code witness}. Everything
 * in it is proven: a header by the hash that the one after it gives, the state by the root in the
 * parent's header.
 */
final class WitnessFile {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private final ArchiveFile file;
  private final ExecutionWitness witness;
  private final Map<Hash, Header> headers = new HashMap<>();
  private long lastHeader = -1;

  private WitnessFile(ArchiveFile file, JsonNode json) throws IOException {
    this.file = file;
    this.witness = ExecutionWitness.of(json, file.path());
    for (Header header : headers(json)) {
      headers.put(header.hash(), header);
      lastHeader = Math.max(lastHeader, header.number());
    }
  }

  /**
   * @throws ArchiveException where this is no witness
   */
  static WitnessFile read(ArchiveFile file) {
    try (InputStream in = file.openUnpacked()) {
      JsonNode tree = MAPPER.readTree(in);
      return new WitnessFile(file, tree.has("witness") ? tree.get("witness") : tree);
    } catch (JsonProcessingException e) {
      throw new ArchiveException(file.path(), "", "no JSON: " + e.getOriginalMessage(), e);
    } catch (IOException | RlpException | JsonFormatException | IllegalArgumentException e) {
      throw new ArchiveException(file.path(), "witness", e.getMessage(), e);
    }
  }

  private static List<Header> headers(JsonNode json) {
    List<Header> headers = new ArrayList<>();
    for (String field : List.of("headers", "ancestors")) {
      for (JsonNode header : json.path(field)) {
        headers.add(
            header.isTextual()
                ? Header.decode(Hex.decode(header.asText()))
                : JsonBlocks.header(header));
      }
    }
    return headers;
  }

  /** The block that it is of: the one after its last header. */
  long block() {
    if (lastHeader < 0) {
      throw new ArchiveException(file.path(), "witness", "it has no header of the block before");
    }
    return lastHeader + 1;
  }

  /** Hashes of blocks before a block, as far as headers lead back. */
  Map<Long, Hash> ancestors(Hash parent) {
    TreeMap<Long, Hash> hashes = new TreeMap<>();
    Hash hash = parent;
    for (Header header = headers.get(hash); header != null; header = headers.get(hash)) {
      hashes.put(header.number(), hash);
      hash = header.parentHash();
    }
    return hashes;
  }

  /** The part of the state before the block that the witness proves. */
  TrieState stateBefore(Hash parent) {
    Header header = headers.get(parent);
    if (header == null) {
      throw new ArchiveException(
          file.path(), "witness", "it has no header with the hash of the block before, " + parent);
    }
    try {
      return witness.prove(header.stateRoot());
    } catch (IllegalArgumentException e) {
      throw new ArchiveException(file.path(), "witness", e.getMessage(), e);
    }
  }
}
