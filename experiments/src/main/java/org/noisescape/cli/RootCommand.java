package org.noisescape.cli;

import org.noisescape.train.Version;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The program without a command: shows what there is. */
@Command(
    name = "noisescape",
    mixinStandardHelpOptions = true,
    versionProvider = RootCommand.Numbers.class,
    synopsisSubcommandLabel = "COMMAND",
    description =
        "Trains networks with instrumented stochastic optimizers and measures the noise of SGD.",
    footer = {
      "",
      "First steps:",
      "  noisescape run mori/noise-vs-loss",
      "  noisescape train --dataset digits --model mlp:100,100 --probe noise",
      "",
      "'noisescape COMMAND --help' says more about a command."
    })
final class RootCommand implements Runnable {
  @Spec private CommandSpec spec;

  @SuppressWarnings("UnusedVariable") // here so that the option is known
  @Mixin
  private VerboseOption verbose;

  @Override
  public void run() {
    spec.commandLine().usage(spec.commandLine().getOut());
  }

  /** The version, read only when asked for. */
  static final class Numbers implements IVersionProvider {
    @Override
    public String[] getVersion() {
      Version version = Version.current();
      return new String[] {
        "noisescape " + version.number() + " (commit " + version.commit() + ")",
        "Java " + Runtime.version() + ", picocli " + CommandLine.VERSION
      };
    }
  }
}
