package org.noisescape.sweep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.noisescape.files.Fields;

class GridTest {
  @Test
  void pointsAreInTheOrderOfTheKeysTheLastChangingFastest() {
    Grid grid = Grid.parse(List.of("lr=0.1,0.01", "batch=10,20,30"));

    assertThat(grid.points())
        .containsExactly(
            Map.of("lr", "0.1", "batch", "10"),
            Map.of("lr", "0.1", "batch", "20"),
            Map.of("lr", "0.1", "batch", "30"),
            Map.of("lr", "0.01", "batch", "10"),
            Map.of("lr", "0.01", "batch", "20"),
            Map.of("lr", "0.01", "batch", "30"));
    assertThat(grid.points().getFirst().keySet()).containsExactly("lr", "batch");
  }

  @Test
  void noKeysAreOnePoint() {
    assertThat(Grid.parse(List.of()).points()).containsExactly(Map.of());
  }

  @Test
  void semicolonsPartValuesThatHaveCommas() {
    assertThat(values("model=mlp:20; mlp:100,100;linear"))
        .containsExactly("mlp:20", "mlp:100,100", "linear");
    assertThat(values("model=mlp:100,100;")).containsExactly("mlp:100,100");
    assertThat(values("model=mlp:100,100")).containsExactly("mlp:100", "100");
    assertThat(values("optimizer=pl-sgd:l1=0.02,l2=1e-4;sgd"))
        .containsExactly("pl-sgd:l1=0.02,l2=1e-4", "sgd");
  }

  @Test
  void aKeyThatIsGivenAgainGetsMoreValues() {
    assertThat(values("lr=1,2", "batch=7", "lr=3")).containsExactly("1", "2", "3");
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          lr         | write a setting and its values, such as lr=0.1,0.01
          =3         | write a setting and its values
          lr=        | a value is empty
          lr=1,,2    | a value is empty
          lr=1,2,    | a value is empty
          lr=;       | a value is empty
          lr=0.1,0.1 | 0.1 and 0.1 are the same value
          lr=0.1,1e-1| 0.1 and 1e-1 are the same value
          m=a,b,a    | a and a are the same value
          """)
  void whatIsNoGridIsOneLine(String text, String expected) {
    assertThatThrownBy(() -> Grid.parse(List.of(text)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("--grid ")
        .hasMessageContaining(expected)
        .hasMessageNotContaining("\n");
  }

  @Test
  void cellsAreNumberedSeedsOfOnePointTogether() {
    SweepRequest request = Requests.of(Seeds.CELLS, 2, "lr=0.1,0.01");

    assertThat(request.cells().stream().map(Cell::name))
        .containsExactly(
            "001-lr=0.1_seed=5", "002-lr=0.1_seed=6", "003-lr=0.01_seed=5", "004-lr=0.01_seed=6");
    assertThat(request.cells().getLast().seed()).isEqualTo(6);
  }

  @Test
  void seedsThatAreReplicasMakeNoCells() {
    for (Seeds seeds : List.of(Seeds.REPLICAS, Seeds.SETTING)) {
      assertThat(Requests.of(seeds, 7, "lr=0.1,0.01").cells().stream().map(Cell::name))
          .containsExactly("001-lr=0.1", "002-lr=0.01");
    }
  }

  @Test
  void namesAreNamesOfFiles() {
    Map<String, String> point = Map.of("model", "idx:/a b/../c,d");
    assertThat(new Cell(12, point, 1, false).name()).isEqualTo("012-model=idx-a-b-..-c-d");
    assertThat(new Cell(1, Map.of("model", "x".repeat(500)), 1, false).name()).hasSize(100);
    assertThat(new Cell(1, Map.of(), 3, false).name()).isEqualTo("001-seed=3");
  }

  @Test
  void aRequestReadBackIsTheSame() {
    SweepRequest request =
        new SweepRequest(
            "a/b",
            "quick",
            Grid.parse(List.of("model=mlp:1,2;linear", "lr=0.1,0.01")),
            Map.of("epochs", "3"),
            "mnist",
            Long.MAX_VALUE,
            4,
            Seeds.SETTING,
            "host",
            "float64",
            3);

    assertThat(SweepRequest.fromJson(Fields.of(Path.of("sweep.json"), request.toJson())))
        .isEqualTo(request);
    assertThat(SweepRequest.fromJson(Fields.of(Path.of("sweep.json"), request.toJson())).cells())
        .isEqualTo(request.cells());
  }

  @Test
  void aSettingIsEitherInTheGridOrFixed() {
    assertThatThrownBy(
            () ->
                new SweepRequest(
                    "train",
                    "",
                    Grid.parse(List.of("lr=1,2")),
                    Map.of("lr", "3"),
                    "",
                    1,
                    1,
                    Seeds.REPLICAS,
                    "auto",
                    "float32",
                    1))
        .hasMessage("'lr' is in --grid and in --set: leave one out");
  }

  private static List<String> values(String... texts) {
    return Grid.parse(List.of(texts)).axes().values().iterator().next();
  }
}
