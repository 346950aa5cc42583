package example.named;

import org.noisescape.optim.Schedule;
import org.noisescape.optim.ScheduleProvider;
import org.noisescape.registry.Named;

/**
 * η rises linearly from 0, over the first epochs.
 *
 * @param rise how many
 */
public record Warmup(double rise) implements Schedule {
  /** {@code slow-start:EPOCHS}. */
  public static final class Provider implements ScheduleProvider {
    @Override
    public String usage() {
      return "slow-start:5";
    }

    @Override
    public String description() {
      return "eta rises linearly over the first epochs";
    }

    @Override
    public Schedule schedule(String specification) {
      return new Warmup(Double.parseDouble(Named.argumentsOf(specification)));
    }
  }

  @Override
  public double factor(double epoch, double epochs) {
    return Math.min(1, epoch / rise);
  }

  @Override
  public String text() {
    return "slow-start:" + rise;
  }
}
