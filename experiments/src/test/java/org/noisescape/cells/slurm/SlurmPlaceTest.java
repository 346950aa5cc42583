package org.noisescape.cells.slurm;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.noisescape.cells.slurm.SlurmArray.Kept;

class SlurmPlaceTest {
  @TempDir Path sweep;

  @Test
  void anArrayThatWasNotFollowedToItsEndMayStillRun() throws IOException {
    SlurmPlace place = new SlurmPlace();
    assertThat(place.unfinished(sweep)).isEmpty();

    Path folder = Files.createDirectory(sweep.resolve("slurm"));
    SlurmArray array = SlurmArray.next(folder);
    Kept written = new Kept(Optional.empty(), "site", List.of("001-lr=1"), 1, false);
    array.keep(written);
    assertThat(place.unfinished(sweep)).as("never submitted").isEmpty();

    array.keep(written.submitted("17"));
    assertThat(place.unfinished(sweep)).hasValue("job 17 of Slurm");

    array.keep(written.submitted("17").ended());
    assertThat(place.unfinished(sweep)).isEmpty();
  }
}
