package org.noisescape.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.noisescape.runs.Annotations;

/** {@code report --csv}: what other programs read. */
class RunTablesTest {
  @TempDir Path folder;

  @Test
  void measurementsAreARowAReplicaAndStepWithTheSettingsThatDiffer() throws IOException {
    Path one = RunFolders.training(folder.resolve("runs/one"), 1, "0.1", 2, 2, "COMPLETED");
    Path two = RunFolders.training(folder.resolve("runs/a, \"b\""), 1, "0.2", 1, 1, "COMPLETED");
    new Annotations(List.of("good", "x"), List.of()).write(two);
    Path csv = folder.resolve("out/all.csv");
    assertThat(write(csv, one, two)).containsExactly(csv);
    assertThat(csv)
        .hasContent(
            """
            run,tags,config.learning_rate,config.replicas,replica,step,epoch,train_loss,test_loss,test_accuracy,noise_strength
            one,,0.1,2,0,0,0,1,1.5,0.5,2
            one,,0.1,2,0,10,0.5,0.5,0.75,0.5,1
            one,,0.1,2,1,0,0,2,3,0.5,4
            one,,0.1,2,1,10,0.5,1,1.5,0.5,2
            "a, ""b""\",good x,0.2,1,0,0,0,1,1.5,0.5,2
            """);
  }

  @Test
  void aFolderHasVerdictsProbesAndTheDataOfEachFigureToo() throws IOException {
    Path run = RunFolders.training(folder.resolve("runs/one"), 1, "0.1", 1, 2, "COMPLETED");
    Files.writeString(
        run.resolve("probe.json"),
        """
        {"hessian_top": {"value": [3.5, null], "residual": [0.25, 0.5], "exact": false, "converged": true, "k": 2},
         "loss": {"values": [1, 2], "standard_error": [0.5, null], "exact": true, "converged": true}}
        """);
    Path experiment =
        RunFolders.experiment(folder.resolve("runs/exp"), "mori/x", "quick", "AGREES");
    Path csv = folder.resolve("csv");
    assertThat(write(csv, run, experiment))
        .contains(
            csv.resolve("measurements.csv"),
            csv.resolve("judged.csv"),
            csv.resolve("probes.csv"),
            csv.resolve("figures/1-one/loss.csv"),
            csv.resolve("figures/2-exp/first-passage.csv"));
    assertThat(csv.resolve("judged.csv"))
        .content()
        .contains("exp,,mori/x,quick,theory,slope & more,1.4321,0.012,1,,,AGREES");
    assertThat(csv.resolve("probes.csv"))
        .hasContent(
            """
            run,file,quantity,replica,place,value,error,error_kind,exact,converged
            one,probe,hessian-top:2,0,1,3.5,0.25,residual,false,true
            one,probe,hessian-top:2,0,2,,0.5,residual,false,true
            one,probe,loss,0,,1,0.5,standard_error,true,true
            one,probe,loss,1,,2,,standard_error,true,true
            """);
    assertThat(csv.resolve("figures/2-exp/first-passage.csv"))
        .hasContent(
            """
            mark,kind,series,x,y,error,lower,upper
            1,points,a,1,3,,,
            1,points,a,2,4,,,
            """);
  }

  private List<Path> write(Path csv, Path... runs) {
    return RunReport.write(
        List.of(runs), folder.resolve("page.html"), Optional.empty(), Optional.of(csv));
  }
}
