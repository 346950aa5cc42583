package org.noisescape.cells.slurm;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * A real Slurm on loopback, one for all test classes of a JVM: munged, slurmctld, and two nodes of
 * this machine with two processors each.
 *
 * <p>Partition {@code main}, the default, has the node {@code seeing}, which jobs of partition
 * {@code urgent} take away from it; partition {@code blind} the node {@code blinded}, which sees
 * nothing in {@link #hidden()}. Everything lies in one folder. Where a program is missing, or this
 * is not root, the tests are skipped by an assumption that says so.
 */
final class SlurmTestbed implements BeforeAllCallback {
  private static final List<String> PROGRAMS =
      List.of("munged", "slurmctld", "slurmd", "sbatch", "squeue", "scancel", "scontrol");

  private static final String PATH = "/usr/sbin:/usr/bin:/sbin:/bin";

  private Running running;

  @Override
  public void beforeAll(ExtensionContext context) {
    for (String program : PROGRAMS) {
      assumeTrue(
          Stream.of(PATH.split(":")).anyMatch(f -> Files.isExecutable(Path.of(f, program))),
          "Slurm is tested where its programs are: " + program + " is missing");
    }
    assumeTrue(
        System.getProperty("user.name").equals("root"), "Slurm's daemons are tested as root");
    running =
        context
            .getRoot()
            .getStore(ExtensionContext.Namespace.GLOBAL)
            .computeIfAbsent(Running.class, key -> Running.start(), Running.class);
  }

  /** What a process needs to find this Slurm. */
  Map<String, String> environment() {
    return Map.of("SLURM_CONF", running.folder.resolve("slurm.conf").toString());
  }

  /** Slurm's commands, on this Slurm. */
  SlurmCommands commands() {
    return new SlurmCommands(environmentOfAll());
  }

  /** This process's environment, with this Slurm in it. */
  Map<String, String> environmentOfAll() {
    Map<String, String> all = new java.util.HashMap<>(System.getenv());
    all.putAll(environment());
    return all;
  }

  /** A folder that the node of the partition blind does not see. */
  Path hidden() {
    assumeTrue(running.blinded, "no folder can be hidden from a node: unshare or mount may not");
    return running.folder.resolve("hidden");
  }

  /** What a command prints; it must end well. */
  String ask(String... words) throws IOException, InterruptedException {
    return running.ask(words);
  }

  /** The processes of one Slurm. */
  private static final class Running implements AutoCloseable {
    private final Path folder;
    private boolean blinded;
    private final Deque<Process> daemons = new ArrayDeque<>();

    private Running(Path folder) {
      this.folder = folder;
    }

    static Running start() {
      try {
        // munge refuses a folder that others may write
        Path folder = Files.createTempDirectory("noisescape-slurm");
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        Running running = new Running(folder);
        try {
          running.begin();
          return running;
        } catch (IOException | InterruptedException | RuntimeException e) {
          running.close();
          throw new IllegalStateException("Slurm did not start: " + e.getMessage(), e);
        }
      } catch (IOException e) {
        throw new IllegalStateException(e);
      }
    }

    private void begin() throws IOException, InterruptedException {
      for (String name : List.of("state", "spool", "log", "run", "hidden")) {
        Files.createDirectory(folder.resolve(name));
      }
      byte[] key = new byte[128];
      new SecureRandom().nextBytes(key);
      Path file = Files.write(folder.resolve("munge.key"), key);
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
      Files.createFile(folder.resolve("cgroup.conf"));
      Files.writeString(folder.resolve("slurm.conf"), configuration());
      daemon(
          "munged",
          "Created 2 work threads",
          "munged",
          "--foreground",
          "--num-threads=2",
          "--key-file=" + file,
          "--socket=" + folder.resolve("run/munge.sock"),
          "--pid-file=" + folder.resolve("run/munged.pid"),
          "--log-file=" + folder.resolve("log/munged.log"),
          "--seed-file=" + folder.resolve("run/munged.seed"));
      daemon("slurmctld", "Running as primary controller", "slurmctld", "-D");
      daemon("slurmd-seeing", "slurmd started", "slurmd", "-D", "-N", "seeing");
      try {
        daemon(
            "slurmd-blinded",
            "slurmd started",
            "unshare",
            "--mount",
            "sh",
            "-c",
            "mount -t tmpfs none " + folder.resolve("hidden") + " && exec slurmd -D -N blinded");
        blinded = true;
      } catch (IOException e) {
        blinded = false;
      }
    }

    private String configuration() throws IOException {
      List<ServerSocket> sockets = new ArrayList<>();
      for (int i = 0; i < 3; i++) {
        sockets.add(new ServerSocket(0, 1, InetAddress.getLoopbackAddress()));
      }
      List<Integer> ports = sockets.stream().map(ServerSocket::getLocalPort).toList();
      for (ServerSocket socket : sockets) {
        socket.close();
      }
      return """
          ClusterName=testbed
          SlurmctldHost=localhost(127.0.0.1)
          SlurmctldPort=%2$d
          CommunicationParameters=NoCtldInAddrAny,NoInAddrAny
          AuthType=auth/munge
          AuthInfo=socket=%1$s/run/munge.sock
          CredType=cred/munge
          SlurmUser=root
          SlurmdUser=root
          StateSaveLocation=%1$s/state
          SlurmdSpoolDir=%1$s/spool/%%n
          SlurmctldPidFile=%1$s/run/slurmctld.pid
          SlurmdPidFile=%1$s/run/%%n.pid
          SlurmctldLogFile=%1$s/log/slurmctld.log
          SlurmdLogFile=%1$s/log/%%n.log
          ProctrackType=proctrack/linuxproc
          TaskPlugin=task/none
          MpiDefault=none
          SwitchType=switch/none
          MailProg=/bin/true
          JobAcctGatherType=jobacct_gather/linux
          JobAcctGatherFrequency=task=1
          JobAcctGatherParams=OverMemoryKill
          SelectType=select/cons_tres
          SelectTypeParameters=CR_Core_Memory
          DefMemPerCPU=2000
          ReturnToService=0
          # seconds between SIGTERM and SIGKILL
          KillWait=2
          # a task begins when another ends, and not seconds later
          SchedulerParameters=batch_sched_delay=0,sched_interval=1,bf_interval=1
          NodeName=seeing NodeHostname=localhost NodeAddr=127.0.0.1 Port=%3$d CPUs=2 RealMemory=4000
          NodeName=blinded NodeHostname=localhost NodeAddr=127.0.0.1 Port=%4$d CPUs=2 RealMemory=4000
          PreemptType=preempt/partition_prio
          PreemptMode=CANCEL
          PartitionName=main Nodes=seeing Default=YES PriorityTier=1 State=UP
          PartitionName=urgent Nodes=seeing PriorityTier=2 State=UP
          PartitionName=blind Nodes=blinded State=UP
          """
          .formatted(folder, ports.get(0), ports.get(1), ports.get(2));
    }

    /**
     * Starts a daemon that ends with this process, however that ends: then its standard input does.
     *
     * @param ready what it says when it can be used
     */
    private void daemon(String name, String ready, String... words) throws IOException {
      List<String> all = new ArrayList<>();
      all.addAll(List.of("sh", "-c", "\"$@\" </dev/null & cat >/dev/null; kill $!; wait $!", "sh"));
      all.addAll(List.of(words));
      ProcessBuilder builder = new ProcessBuilder(all).redirectErrorStream(true);
      environment(builder);
      Process process = builder.start();
      daemons.push(process);
      BufferedReader lines = process.inputReader();
      List<String> said = new ArrayList<>();
      for (String line = ""; !ready.isEmpty() && !line.contains(ready); said.add(line)) {
        line = lines.readLine();
        if (line == null) {
          throw new IOException(name + " ended: " + said);
        }
      }
      Thread.ofPlatform()
          .daemon()
          .start(
              () -> {
                try {
                  lines.transferTo(java.io.Writer.nullWriter());
                } catch (IOException e) {
                  // it is gone
                  return;
                }
              });
    }

    private void environment(ProcessBuilder builder) {
      builder.environment().put("SLURM_CONF", folder.resolve("slurm.conf").toString());
      builder.environment().merge("PATH", PATH, (path, more) -> path + ":" + more);
    }

    String ask(String... words) throws IOException, InterruptedException {
      ProcessBuilder builder = new ProcessBuilder(words).redirectErrorStream(true);
      environment(builder);
      Process process = builder.start();
      String text = process.inputReader().readAllAsString();
      if (process.waitFor() != 0) {
        throw new IOException(String.join(" ", words) + ": " + text);
      }
      return text;
    }

    @Override
    public void close() throws IOException {
      try {
        // waits for nothing: what still runs ends with its node
        for (Process daemon : daemons) {
          daemon.getOutputStream().close();
          daemon.waitFor();
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      try (Stream<Path> files = Files.walk(folder)) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.deleteIfExists(file);
        }
      }
    }
  }
}
