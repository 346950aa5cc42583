package org.noisescape.cells.slurm;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Optional;
import org.noisescape.cells.CellPlace;
import org.noisescape.cells.CellRunner;
import org.noisescape.cells.PlaceRequest;
import org.noisescape.files.FileErrors;

/** {@code --on slurm}: cells as tasks of a job array. */
public final class SlurmPlace implements CellPlace {
  static final String NAME = "slurm";

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Optional<String> unfinished(Path folder) {
    try {
      for (SlurmArray array : SlurmArray.all(folder.resolve(NAME))) {
        Optional<String> job =
            array.read().filter(kept -> !kept.over()).flatMap(SlurmArray.Kept::job);
        if (job.isPresent()) {
          return Optional.of("job %s of Slurm".formatted(job.get()));
        }
      }
      return Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException(FileErrors.line(e), e);
    }
  }

  @Override
  public CellRunner runner(String options, PlaceRequest request) {
    return new SlurmRunner(
        SlurmOptions.parse(options), request, new SlurmCommands(System.getenv()), new Pace());
  }
}
