package org.noisescape.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.noisescape.quantities.Finding;
import org.noisescape.quantities.Finding.ErrorKind;
import org.noisescape.quantities.Finding.Form;
import org.noisescape.runs.CheckpointProbe.Answer;
import org.noisescape.runs.CheckpointProbe.Result;

/**
 * What a probe found, as one JSON object.
 *
 * <p>With several replicas {@code value} becomes {@code values}, and this and everything else but
 * {@code exact} and {@code converged}, which speak for all, is a list with an entry a replica.
 */
final class ProbeJson {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private ProbeJson() {}

  /**
   * The text.
   *
   * @param stopped whether there would have been more
   */
  static String of(List<Result> results, boolean stopped) {
    ObjectNode root = NODES.objectNode();
    results.forEach(result -> root.set(result.request().quantity().key(), node(result)));
    if (stopped) {
      root.put("stopped", true);
    }
    try {
      return JsonMapper.builder().build().writerWithDefaultPrettyPrinter().writeValueAsString(root);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  private static ObjectNode node(Result result) {
    List<Answer> all = result.replicas();
    ObjectNode node = NODES.objectNode();
    node.set(
        result.of() == 1 ? "value" : "values",
        each(result, answer -> shaped(answer.estimate(), answer.estimate().values())));
    ErrorKind kind = all.getFirst().estimate().errorKind();
    if (kind != ErrorKind.NONE) {
      node.set(
          kind.key(),
          each(result, answer -> shaped(answer.estimate(), answer.estimate().errors())));
    }
    node.put("exact", all.stream().allMatch(answer -> answer.estimate().exact()));
    node.put("converged", all.stream().allMatch(answer -> answer.estimate().converged()));
    if (result.request().quantity().takesArgument()) {
      node.put("k", result.request().k());
    }
    node.set("products", each(result, answer -> NODES.numberNode(answer.cost().products())));
    node.set("seconds", each(result, answer -> number(answer.cost().seconds())));
    node.set("cost_in_gradients", each(result, answer -> number(answer.gradients())));
    for (String name : all.getFirst().estimate().extras().keySet()) {
      node.set(name, each(result, answer -> tree(answer.estimate().extras().get(name))));
    }
    return node;
  }

  private static JsonNode each(Result result, Function<Answer, JsonNode> part) {
    if (result.of() == 1) {
      return part.apply(result.replicas().getFirst());
    }
    ArrayNode array = NODES.arrayNode();
    result.replicas().forEach(answer -> array.add(part.apply(answer)));
    return array;
  }

  private static JsonNode shaped(Finding estimate, List<Double> numbers) {
    return estimate.form() == Form.NUMBER ? number(numbers.getFirst()) : tree(numbers);
  }

  private static JsonNode tree(Object finding) {
    if (finding instanceof Double number) {
      return number(number);
    }
    if (finding instanceof Number number) {
      return NODES.numberNode(number.longValue());
    }
    if (finding instanceof Boolean truth) {
      return NODES.booleanNode(truth);
    }
    if (finding instanceof List<?> list) {
      ArrayNode array = NODES.arrayNode();
      list.forEach(entry -> array.add(tree(entry)));
      return array;
    }
    if (finding instanceof Map<?, ?> map) {
      ObjectNode node = NODES.objectNode();
      map.forEach((name, entry) -> node.set(name.toString(), tree(entry)));
      return node;
    }
    return finding == null ? NODES.nullNode() : NODES.textNode(finding.toString());
  }

  private static JsonNode number(double value) {
    return Double.isFinite(value) ? NODES.numberNode(value) : NODES.nullNode();
  }
}
