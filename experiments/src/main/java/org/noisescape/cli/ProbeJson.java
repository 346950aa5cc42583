package org.noisescape.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.noisescape.quantities.Finding;
import org.noisescape.quantities.Finding.ErrorKind;
import org.noisescape.quantities.Finding.Form;
import org.noisescape.quantities.StateProbe.Answer;
import org.noisescape.quantities.StateProbe.Result;

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
   * @param dataChange how the data differ from those of the run, if they do
   * @param stopped whether there would have been more
   */
  static String of(List<Result> results, Optional<String> dataChange, boolean stopped) {
    ObjectNode root = NODES.objectNode();
    dataChange.ifPresent(change -> root.put("data_changed", change));
    results.forEach(result -> root.set(result.request().quantity().key(), node(result)));
    if (stopped) {
      root.put("stopped", true);
    }
    return root.toPrettyString();
  }

  private static ObjectNode node(Result result) {
    List<Answer> all = result.replicas();
    ObjectNode node = NODES.objectNode();
    node.set(
        result.of() == 1 ? "value" : "values",
        each(result, answer -> shaped(answer.estimate(), answer.estimate().values())));
    // a quantity may be undefined for some of the replicas
    all.stream()
        .map(answer -> answer.estimate().errorKind())
        .filter(kind -> kind != ErrorKind.NONE)
        .findFirst()
        .ifPresent(kind -> node.set(kind.key(), each(result, ProbeJson::errors)));
    node.put("exact", all.stream().allMatch(answer -> answer.estimate().exact()));
    node.put("converged", all.stream().allMatch(answer -> answer.estimate().converged()));
    if (result.request().quantity().takesArgument()) {
      node.put("k", result.request().k());
    }
    node.set("products", each(result, answer -> NODES.numberNode(answer.cost().products())));
    node.set("seconds", each(result, answer -> number(answer.cost().seconds())));
    node.set("cost_in_gradients", each(result, answer -> number(answer.gradients())));
    Set<String> names = new LinkedHashSet<>();
    all.forEach(answer -> names.addAll(answer.estimate().extras().keySet()));
    for (String name : names) {
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

  private static JsonNode errors(Answer answer) {
    Finding estimate = answer.estimate();
    return estimate.errorKind() == ErrorKind.NONE
        ? NODES.nullNode()
        : shaped(estimate, estimate.errors());
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
