package io.rekindle.job.fetch;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * A node's JSON-RPC over HTTP. Calls go in batches; one that the network or a busy node fails is
 * sent again, each time after twice the wait. An error that the node gives on purpose is not.
 */
final class JsonRpc {
  static final ObjectMapper MAPPER =
      new ObjectMapper(
          JsonFactory.builder()
              .streamReadConstraints(
                  StreamReadConstraints.builder().maxStringLength(100_000_000).build())
              .build());

  private static final int MAX_ATTEMPTS = 6;
  private static final Duration TIMEOUT = Duration.ofMinutes(5);

  /** Too many requests, and what proxies say of a server that is away for a moment. */
  private static final Set<Integer> BUSY = Set.of(429, 502, 503, 504);

  /** What nodes say of a limit on requests (EIP-1474). */
  private static final int LIMIT_EXCEEDED = -32005;

  private final URI uri;
  private final int maxBatch;
  private final Duration firstWait;
  private final HttpClient client;

  /** A call of a method. */
  record Call(String method, List<Object> parameters) {
    static Call of(String method, Object... parameters) {
      return new Call(method, List.of(parameters));
    }
  }

  /**
   * @param maxBatch calls in one request at most
   * @param firstWait before a failed request is sent again for the first time
   * @throws IllegalArgumentException where this is no HTTP address
   */
  JsonRpc(String url, int maxBatch, Duration firstWait) {
    this.uri = httpUri(url);
    this.maxBatch = maxBatch;
    this.firstWait = firstWait;
    this.client = HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(20)).build();
  }

  private static URI httpUri(String url) {
    URI uri;
    try {
      uri = URI.create(url);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("no address of a node: " + url, e);
    }
    if (uri.getHost() == null
        || !("http".equals(uri.getScheme()) || "https".equals(uri.getScheme()))) {
      throw new IllegalArgumentException("no http or https address of a node: " + url);
    }
    return uri;
  }

  /** The node's name for messages: an address may hold a key, so only its host is told. */
  String node() {
    return uri.getPort() < 0 ? uri.getHost() : uri.getHost() + ":" + uri.getPort();
  }

  /** One call's result, which is JSON's null where the node has none. */
  JsonNode call(Call call) throws IOException {
    return batch(List.of(call)).get(0);
  }

  /**
   * The results of calls, in their order.
   *
   * @throws RpcException where the node gives an error for one of them, or no answer
   */
  List<JsonNode> batch(List<Call> calls) throws IOException {
    List<JsonNode> results = new ArrayList<>(calls.size());
    for (int from = 0; from < calls.size(); from += maxBatch) {
      results.addAll(send(calls.subList(from, Math.min(calls.size(), from + maxBatch))));
    }
    return results;
  }

  private List<JsonNode> send(List<Call> calls) throws IOException {
    byte[] body = MAPPER.writeValueAsBytes(request(calls));
    Duration wait = firstWait;
    for (int attempt = 1; ; attempt++) {
      try {
        return results(calls, post(body));
      } catch (TransientException e) {
        if (attempt == MAX_ATTEMPTS) {
          throw new RpcException(
              node() + ": " + e.getMessage() + ", " + MAX_ATTEMPTS + " times", e);
        }
      }
      sleep(wait);
      wait = wait.multipliedBy(2);
    }
  }

  /** A failure that may pass. */
  private static final class TransientException extends IOException {
    private static final long serialVersionUID = 1L;

    TransientException(String message, Throwable cause) {
      super(message, cause);
    }
  }

  private static ArrayNode request(List<Call> calls) {
    ArrayNode batch = MAPPER.createArrayNode();
    for (int id = 0; id < calls.size(); id++) {
      ObjectNode call = batch.addObject();
      call.put("jsonrpc", "2.0").put("id", id).put("method", calls.get(id).method());
      call.set("params", MAPPER.valueToTree(calls.get(id).parameters()));
    }
    return batch;
  }

  private byte[] post(byte[] body) throws IOException {
    HttpRequest request =
        HttpRequest.newBuilder(uri)
            .timeout(TIMEOUT)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofByteArray(body))
            .build();
    HttpResponse<byte[]> response;
    try {
      response = client.send(request, HttpResponse.BodyHandlers.ofByteArray());
    } catch (IOException e) {
      throw new TransientException("no answer (" + reason(e) + ")", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new RpcException(node() + ": interrupted", e);
    }
    if (BUSY.contains(response.statusCode())) {
      throw new TransientException("HTTP status " + response.statusCode(), null);
    }
    if (response.statusCode() != 200) {
      throw new RpcException(node() + ": HTTP status " + response.statusCode(), 0);
    }
    return response.body();
  }

  private static String reason(IOException e) {
    return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
  }

  /** A batch's answers may come in any order; an error for the whole batch comes alone. */
  private List<JsonNode> results(List<Call> calls, byte[] body) throws IOException {
    JsonNode tree;
    try {
      tree = MAPPER.readTree(body);
    } catch (JsonProcessingException e) {
      throw new RpcException(node() + ": the answer is no JSON: " + e.getOriginalMessage(), e);
    }
    if (tree.isObject()) {
      throw error(calls.get(0), tree.path("error"));
    }
    JsonNode[] results = new JsonNode[calls.size()];
    for (JsonNode answer : tree) {
      int id = answer.path("id").asInt(-1);
      if (id < 0 || id >= results.length) {
        throw new RpcException(
            node() + ": an answer to no call of ours, id " + answer.get("id"), 0);
      }
      if (answer.hasNonNull("error")) {
        throw error(calls.get(id), answer.get("error"));
      }
      results[id] = answer.path("result");
    }
    for (int id = 0; id < results.length; id++) {
      if (results[id] == null) {
        throw new RpcException(node() + ": no answer to " + calls.get(id).method(), 0);
      }
    }
    return List.of(results);
  }

  private IOException error(Call call, JsonNode error) {
    int code = error.path("code").asInt();
    String message =
        call.method() + ": " + error.path("message").asText("an answer without a result");
    return code == LIMIT_EXCEEDED
        ? new TransientException(message, null)
        : new RpcException(node() + ": " + message.strip().replaceAll("\\s*\\R\\s*", " "), code);
  }

  private void sleep(Duration wait) throws RpcException {
    try {
      Thread.sleep(wait.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new RpcException(node() + ": interrupted", e);
    }
  }
}
