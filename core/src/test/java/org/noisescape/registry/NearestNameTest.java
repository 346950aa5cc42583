package org.noisescape.registry;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class NearestNameTest {
  private static final List<String> KNOWN =
      List.of("mnist", "fashion-mnist", "cifar-10", "cifar-100", "digits", "sgd");

  @ParameterizedTest
  @CsvSource({
    "mnits, mnist",
    "MNIST, mnist",
    "minst, mnist",
    "fashion_mnist, fashion-mnist",
    "fashion, fashion-mnist",
    "cifar10, cifar-10",
    "cifar100, cifar-100",
    "digit, digits",
    "sdg, sgd"
  })
  void mistypedNameIsRecognised(String given, String meant) {
    assertThat(NearestName.of(given, KNOWN)).contains(meant);
  }

  @ParameterizedTest
  @CsvSource({"imagenet", "svhn", "x", "''"})
  void farNameGetsNoSuggestion(String given) {
    assertThat(NearestName.of(given, KNOWN)).isEmpty();
  }

  @Test
  void lineListsWhatIsKnown() {
    assertThat(NearestName.unknown("optimizer", "adam", List.of("sgd", "momentum")))
        .isEqualTo("unknown optimizer 'adam' (known: sgd, momentum)");
  }

  @Test
  void aLongListIsLeftOutWhereANameIsNear() {
    List<String> many = IntStream.range(10, 27).mapToObj(i -> "name-" + i).toList();
    assertThat(NearestName.unknown("thing", "nmae-12", many))
        .isEqualTo("unknown thing 'nmae-12', did you mean 'name-12'?");
    assertThat(NearestName.unknown("thing", "nmae-12", many.subList(0, 16)))
        .endsWith(
            "did you mean 'name-12'? (known: " + String.join(", ", many.subList(0, 16)) + ")");
    assertThat(NearestName.unknown("thing", "other", many)).endsWith(", name-26)");
  }
}
