package example.library;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.noisescape.cli.QuickProgram;

/** The code of docs/python.md, run by Debian's Python as it stands there. */
class PythonGuideTest {
  private static final Path PAGE = Path.of("..", "docs", "python.md");
  private static final Path PYTHON = Path.of("/usr/bin/python3");
  private static final Pattern BLOCK = Pattern.compile("```python\n(.*?)```", Pattern.DOTALL);
  private static final String LIBRARIES = "## numpy";

  @TempDir private Path folder;

  /** The launcher, without its looks at what is built. */
  @BeforeEach
  void writeACommand() throws IOException {
    assumeTrue(Files.isExecutable(PYTHON), "no " + PYTHON);
    Path command = folder.resolve("noisescape");
    Files.writeString(
        command,
        "#!/bin/sh\nexec '%s' \"$@\" 2>errors || { cat errors >&2; exit 1; }\n"
            .formatted(String.join("' '", QuickProgram.words("org.noisescape.cli.Main"))));
    assertThat(command.toFile().setExecutable(true)).isTrue();
  }

  private static String code(String text) {
    StringBuilder code = new StringBuilder();
    Matcher blocks = BLOCK.matcher(text);
    while (blocks.find()) {
      code.append(blocks.group(1)).append('\n');
    }
    return code.toString();
  }

  private List<String> run(String code) throws IOException, InterruptedException {
    Path script = folder.resolve("page.py");
    Files.writeString(script, code);
    ProcessBuilder builder =
        new ProcessBuilder(PYTHON.toString(), script.toString())
            .directory(folder.toFile())
            .redirectErrorStream(true);
    builder.environment().put("NOISESCAPE", folder.resolve("noisescape").toString());
    Process process = builder.start();
    List<String> lines = process.inputReader().lines().toList();
    assertThat(process.waitFor()).as(String.join("\n", lines)).isZero();
    return lines;
  }

  private boolean imports(String library) throws IOException, InterruptedException {
    return new ProcessBuilder(PYTHON.toString(), "-c", "import " + library)
            .redirectErrorStream(true)
            .start()
            .waitFor()
        == 0;
  }

  /** The script to its end, or, where there is no pandas, as far as the standard library goes. */
  @Test
  void thePageIsAScript() throws IOException, InterruptedException {
    String page = Files.readString(PAGE);
    boolean whole = imports("pandas");
    List<String> lines = run(code(whole ? page : page.substring(0, page.indexOf(LIBRARIES))));
    assertThat(lines.getFirst()).startsWith("0.0 2.");
    assertThat(lines.get(4)).startsWith("4.0 ");
    assertThat(lines.get(5)).startsWith("[").endsWith("True");
    assertThat(lines.get(6)).isEqualTo("['001-lr=0.05', '002-lr=0.2']");
    assumeTrue(whole, "no pandas: apt install python3-pandas");
    assertThat(lines.get(7)).contains("'0.weight': (10, 784)", "'2.bias': (10,)");
    assertThat(lines.get(8)).contains("epoch", "train_loss", "noise_strength");
    assertThat(Double.parseDouble(lines.getLast())).isFinite();
  }
}
