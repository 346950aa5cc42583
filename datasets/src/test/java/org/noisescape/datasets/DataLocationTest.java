package org.noisescape.datasets;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class DataLocationTest {
  private static final Path EXPLICIT = Path.of("here");

  @Test
  void commandLineComesBeforeEnvironmentBeforeCache() {
    DataLocation location =
        DataLocation.of(
            Optional.of(EXPLICIT), Map.of("NOISESCAPE_DATA", "/data", "HOME", "/home/me"));

    assertThat(location.searchFolders())
        .containsExactly(EXPLICIT, Path.of("/data"), Path.of("/home/me/.cache/noisescape"));
    assertThat(location.fetchFolder()).isEqualTo(EXPLICIT);
    assertThat(location.offline()).isFalse();
    assertThat(location.withOffline(true).offline()).isTrue();
  }

  @Test
  void cacheFollowsTheXdgVariableWhereAbsolute() {
    Map<String, String> absolute = Map.of("XDG_CACHE_HOME", "/cache", "HOME", "/home/me");
    Map<String, String> relative = Map.of("XDG_CACHE_HOME", "cache", "HOME", "/home/me");

    assertThat(DataLocation.of(Optional.empty(), absolute).searchFolders())
        .containsExactly(Path.of("/cache/noisescape"));
    assertThat(DataLocation.of(Optional.empty(), relative).cache())
        .isEqualTo(Path.of("/home/me/.cache/noisescape"));
  }

  @Test
  void emptyVariablesCountAsUnset() {
    Map<String, String> env =
        Map.of("NOISESCAPE_DATA", "", "XDG_CACHE_HOME", "", "HOME", "/home/me");
    assertThat(DataLocation.of(Optional.empty(), env).searchFolders())
        .containsExactly(Path.of("/home/me/.cache/noisescape"));
  }

  @Test
  void folderNamedTwiceIsSearchedOnce() {
    assertThat(
            DataLocation.of(
                    Optional.of(Path.of("/d")), Map.of("NOISESCAPE_DATA", "/d", "HOME", "/h"))
                .searchFolders())
        .hasSize(2);
  }
}
