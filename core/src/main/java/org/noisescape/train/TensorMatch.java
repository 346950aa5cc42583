package org.noisescape.train;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.noisescape.files.WrongFile;
import org.noisescape.nn.Network;
import org.noisescape.nn.ParameterSpec;

/** How the tensors of a file that another program wrote find their places in a network. */
public enum TensorMatch {
  /** By their names, as they are, or without what wrappers of PyTorch put before all of them. */
  NAMES {
    @Override
    Map<String, StoredTensor> rename(
        Path file, Map<String, StoredTensor> stored, Network network, Consumer<String> told) {
      String prefix = prefix(stored, network);
      Map<String, StoredTensor> renamed = new LinkedHashMap<>();
      stored.forEach(
          (name, tensor) ->
              renamed.put(
                  name.startsWith(prefix) ? name.substring(prefix.length()) : name, tensor));
      requireAll(file, renamed, network);
      return renamed;
    }
  },

  /**
   * By shape: every parameter in turn takes the first tensor of its shape that is left, in the
   * order of names (numbers in them by value). A weight takes no bias, and a running mean no
   * running variance. Told in full, since it may be wrong.
   */
  ORDER {
    @Override
    Map<String, StoredTensor> rename(
        Path file, Map<String, StoredTensor> stored, Network network, Consumer<String> told) {
      List<StoredTensor> left = new ArrayList<>(stored.values());
      left.sort(Comparator.comparing(tensor -> sortable(tensor.name())));
      Map<String, StoredTensor> renamed = new LinkedHashMap<>();
      for (ParameterSpec wanted : wanted(network).toList()) {
        long[] shape = Arrays.stream(wanted.shape()).asLongStream().toArray();
        Optional<StoredTensor> found =
            left.stream()
                .filter(tensor -> Arrays.equals(tensor.shape(), shape))
                .filter(tensor -> kind(tensor.name()).equals(kind(wanted.name())))
                .findFirst();
        if (found.isPresent()) {
          left.remove(found.get());
          renamed.put(wanted.name(), found.get());
          told.accept("%s <- %s".formatted(wanted.name(), found.get().name()));
        }
      }
      left.forEach(tensor -> renamed.put(tensor.name(), tensor));
      requireAll(file, renamed, network);
      return renamed;
    }
  };

  /** The way of a name; {@link #labels} has them. */
  public static TensorMatch parse(String label) {
    return Arrays.stream(values())
        .filter(match -> match.label().equals(label))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "match must be one of %s, got '%s'"
                        .formatted(String.join(", ", labels()), label)));
  }

  /** Names of the ways. */
  public static List<String> labels() {
    return Arrays.stream(values()).map(TensorMatch::label).toList();
  }

  /** How users write it. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  private static final List<String> WRAPPERS = List.of("module.", "model.", "_orig_mod.");
  private static final int SHOWN = 6;
  private static final Pattern NUMBER = Pattern.compile("\\d{1,9}");

  /**
   * The tensors under the names that the network has for them.
   *
   * @param told takes a line a tensor where the names say nothing
   * @throws WrongFile in one line with what is missing and what is left over
   */
  abstract Map<String, StoredTensor> rename(
      Path file, Map<String, StoredTensor> stored, Network network, Consumer<String> told);

  private static Stream<ParameterSpec> wanted(Network network) {
    return Stream.concat(network.parameters().stream(), network.runningStatistics().stream());
  }

  /** What wrappers put before the name of the first parameter; nothing where it is there as is. */
  private static String prefix(Map<String, StoredTensor> stored, Network network) {
    String first = network.parameters().getFirst().name();
    for (String name : stored.keySet()) {
      if (name.endsWith(first) && !stored.containsKey(first)) {
        String before = name.substring(0, name.length() - first.length());
        String rest = before;
        for (boolean taken = true; taken; ) {
          String now = rest;
          rest =
              WRAPPERS.stream()
                  .filter(now::startsWith)
                  .findFirst()
                  .map(w -> now.substring(w.length()))
                  .orElse(now);
          taken = !rest.equals(now);
        }
        if (rest.isEmpty()) {
          return before;
        }
      }
    }
    return "";
  }

  private static void requireAll(Path file, Map<String, StoredTensor> there, Network network) {
    List<String> missing =
        wanted(network)
            .filter(one -> !there.containsKey(one.name()))
            .map(one -> one.name() + " " + Arrays.toString(one.shape()))
            .toList();
    if (missing.isEmpty()) {
      return;
    }
    List<String> names = wanted(network).map(ParameterSpec::name).toList();
    List<String> left =
        there.entrySet().stream()
            .filter(one -> !names.contains(one.getKey()) && one.getKey().indexOf('/') < 0)
            .map(one -> one.getKey() + " " + Arrays.toString(one.getValue().shape()))
            .toList();
    throw new WrongFile(
        file,
        "%d tensors of model %s are missing: %s; left over: %s"
            .formatted(missing.size(), network.name(), shown(missing), shown(left)));
  }

  private static String shown(List<String> all) {
    if (all.isEmpty()) {
      return "none";
    }
    String more = all.size() > SHOWN ? ", and %d more".formatted(all.size() - SHOWN) : "";
    return String.join(", ", all.subList(0, Math.min(SHOWN, all.size()))) + more;
  }

  /** The last word of a name where it says what a tensor is. */
  private static String kind(String name) {
    String last = name.substring(name.lastIndexOf('.') + 1);
    return List.of("weight", "bias", "running_mean", "running_var").contains(last) ? last : "";
  }

  /** Numbers with leading zeros, so that 10 comes after 9. */
  private static String sortable(String name) {
    Matcher number = NUMBER.matcher(name);
    return number.replaceAll(found -> "%09d".formatted(Integer.parseInt(found.group())));
  }
}
