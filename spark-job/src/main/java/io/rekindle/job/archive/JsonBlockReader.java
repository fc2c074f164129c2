package io.rekindle.job.archive;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import io.rekindle.evm.chain.Block;
import io.rekindle.evm.chain.Header;
import io.rekindle.evm.chain.JsonBlocks;
import io.rekindle.evm.chain.JsonBlocks.JsonBlock;
import io.rekindle.evm.chain.JsonFormatException;
import io.rekindle.evm.chain.Roots;
import io.rekindle.evm.word.Hash;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;

/** Blocks as a node's RPC gives them, held against the hash that is given with them. */
final class JsonBlockReader {
  private JsonBlockReader() {}

  /** What identifies a block, without its transactions. */
  record Outline(long number, Hash hash, Hash parentHash) {}

  /** A whole file of one JSON value. */
  static JsonNode tree(ArchiveFile file) {
    try (InputStream in = file.openUnpacked()) {
      JsonNode tree = Json.MAPPER.readTree(in);
      if (tree == null || tree.isMissingNode()) {
        throw file.failure("", "truncated: the file is empty");
      }
      return tree;
    } catch (JsonProcessingException e) {
      throw notJson(file, e);
    } catch (IOException e) {
      throw file.failure("", e);
    }
  }

  static ArchiveException notJson(ArchiveFile file, JsonProcessingException e) {
    String place = "byte " + (e.getLocation() == null ? 0 : e.getLocation().getByteOffset());
    return new ArchiveException(file.path(), place, "no JSON: " + e.getOriginalMessage(), e);
  }

  /**
   * @param ommers the file with headers of the block's ommers, or null
   * @param place for messages
   */
  static ArchivedBlock read(
      ArchiveFile file, JsonNode json, ArchiveFile ommers, Companions companions, String place) {
    JsonBlock read;
    try {
      read = JsonBlocks.read(json);
    } catch (JsonFormatException e) {
      throw new ArchiveException(place, "", e.getMessage(), e);
    }
    Header header = read.block().header();
    Hash hash = header.hash();
    if (!hash.equals(read.hash())) {
      throw new ArchiveException(
          place, "hash", "the header's hash is " + hash + ", the file says " + read.hash());
    }
    Block block = withOmmers(read, ommers);
    checkBody(block, place);
    int missing = block.ommers().isEmpty() ? read.ommerHashes().size() : 0;
    return new ArchivedBlock(block, block.encoded(), hash, place, null, null, companions, missing);
  }

  private static void checkBody(Block block, String place) {
    Hash transactionsRoot = Roots.transactions(block.transactions());
    if (!transactionsRoot.equals(block.header().transactionsRoot())) {
      throw new ArchiveException(
          place,
          "transactionsRoot",
          "the transactions have the root "
              + transactionsRoot
              + ", the header says "
              + block.header().transactionsRoot());
    }
  }

  private static Block withOmmers(JsonBlock read, ArchiveFile ommers) {
    if (ommers == null || read.ommerHashes().isEmpty()) {
      return read.block();
    }
    List<Header> headers = new ArrayList<>();
    try {
      for (JsonNode ommer : tree(ommers)) {
        headers.add(JsonBlocks.header(ommer));
      }
      return read.withOmmers(headers);
    } catch (JsonFormatException e) {
      throw new ArchiveException(ommers.path(), "ommer " + headers.size(), e.getMessage(), e);
    } catch (IllegalArgumentException e) {
      throw ommers.failure("", e.getMessage());
    }
  }

  /** What a file of one block says of itself; reading stops when all is known. */
  static Outline outline(ArchiveFile file) {
    try (InputStream in = file.openUnpacked();
        JsonParser parser = Json.MAPPER.getFactory().createParser(in)) {
      parser.nextToken();
      Outline outline = outline(parser);
      if (outline == null) {
        throw file.failure("", "no block: number, hash or parentHash is missing");
      }
      return outline;
    } catch (JsonProcessingException e) {
      throw notJson(file, e);
    } catch (IOException e) {
      throw file.failure("", e);
    }
  }

  /**
   * What the object that the parser stands at the start of says of itself; the parser may be left
   * within it.
   *
   * @return null where it is no block
   */
  static Outline outline(JsonParser parser) throws IOException {
    String number = null;
    String hash = null;
    String parentHash = null;
    if (parser.currentToken() != JsonToken.START_OBJECT) {
      return null;
    }
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String field = parser.currentName();
      JsonToken value = parser.nextToken();
      if (field.equals("result") && value == JsonToken.START_OBJECT) {
        return outline(parser);
      }
      switch (field) {
        case "number" -> number = parser.getText();
        case "hash" -> hash = parser.getText();
        case "parentHash" -> parentHash = parser.getText();
        default -> parser.skipChildren();
      }
      if (number != null && hash != null && parentHash != null) {
        return outline(number, hash, parentHash);
      }
    }
    return null;
  }

  private static Outline outline(String number, String hash, String parentHash) {
    try {
      return new Outline(Long.decode(number), Hash.ofHex(hash), Hash.ofHex(parentHash));
    } catch (IllegalArgumentException e) {
      return null;
    }
  }
}
