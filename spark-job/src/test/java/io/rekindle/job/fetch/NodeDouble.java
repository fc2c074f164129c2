package io.rekindle.job.fetch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** A node on loopback that answers as it is told. Answers of a batch come in reverse order. */
final class NodeDouble implements AutoCloseable {
  /** HTTP statuses that the next requests are answered with. */
  final Deque<Integer> failures = new ArrayDeque<>();

  /** The methods that were called, in order. */
  final List<String> calls = new ArrayList<>();

  private final Map<String, Function<JsonNode, JsonNode>> methods = new HashMap<>();
  private final HttpServer server;

  NodeDouble() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::answer);
    server.start();
  }

  /**
   * @param answer of the parameters; a node with a field {@code code} is an error
   */
  void on(String method, Function<JsonNode, JsonNode> answer) {
    methods.put(method, answer);
  }

  void onText(String method, String result) {
    on(method, parameters -> JsonRpc.MAPPER.getNodeFactory().textNode(result));
  }

  void onError(String method, int code, String message) {
    ObjectNode error = JsonRpc.MAPPER.createObjectNode().put("code", code).put("message", message);
    on(method, parameters -> error);
  }

  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      JsonNode batch = JsonRpc.MAPPER.readTree(exchange.getRequestBody());
      if (!failures.isEmpty()) {
        exchange.sendResponseHeaders(failures.removeFirst(), -1);
        return;
      }
      ArrayNode answers = JsonRpc.MAPPER.createArrayNode();
      for (JsonNode call : batch) {
        calls.add(call.get("method").asText());
        ObjectNode answer = answers.insertObject(0).put("jsonrpc", "2.0");
        answer.set("id", call.get("id"));
        JsonNode result =
            methods
                .getOrDefault(call.get("method").asText(), NodeDouble::unknown)
                .apply(call.get("params"));
        answer.set(result.has("code") && result.has("message") ? "error" : "result", result);
      }
      byte[] body = JsonRpc.MAPPER.writeValueAsBytes(answers);
      exchange.sendResponseHeaders(200, body.length);
      exchange.getResponseBody().write(body);
    }
  }

  private static JsonNode unknown(JsonNode parameters) {
    return JsonRpc.MAPPER
        .createObjectNode()
        .put("code", -32601)
        .put("message", "the method does not exist/is not available");
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
