package org.noisescape.train;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import org.noisescape.files.JsonFile;
import org.noisescape.tensor.Engine;

/**
 * What computed something, and where: program, engine, Java and machine.
 *
 * @param version of the program
 * @param started when it began
 * @param engine name of the engine
 * @param engineDescription the engine in words: libraries, device
 * @param threads of the engine
 */
public record Provenance(
    Version version, Instant started, String engine, String engineDescription, int threads) {
  /** Of a computation that begins now. */
  public static Provenance of(Engine engine, int threads) {
    return new Provenance(
        Version.current(), Instant.now(), engine.name(), engine.description(), threads);
  }

  /** As manifests have it, with the Java and the machine that this runs on. */
  public ObjectNode toJson() {
    ObjectNode node = JsonFile.MAPPER.createObjectNode();
    node.put(Version.KEY, version.number());
    node.put("commit", version.commit());
    node.put("started", started.toString());
    ObjectNode computed = node.putObject("engine");
    computed.put("name", engine);
    computed.put("description", engineDescription);
    computed.put("threads", threads);
    ObjectNode java = node.putObject("java");
    java.put("version", Runtime.version().toString());
    java.put("vm", System.getProperty("java.vm.name"));
    java.put("vendor", System.getProperty("java.vendor"));
    ObjectNode system = node.putObject("system");
    system.put("os", System.getProperty("os.name") + " " + System.getProperty("os.version"));
    system.put("architecture", System.getProperty("os.arch"));
    system.put("processors", Runtime.getRuntime().availableProcessors());
    return node;
  }
}
