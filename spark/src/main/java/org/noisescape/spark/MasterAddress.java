package org.noisescape.spark;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.UnknownHostException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.noisescape.runs.RunFailure;

/** Whether anybody answers where a standalone master should be, for Spark asks for a minute. */
final class MasterAddress {
  private static final String SCHEME = "spark://";
  private static final Pattern ADDRESS = Pattern.compile("\\[?([^\\[\\]]+)]?:(\\d{1,5})");
  private static final int PATIENCE_MILLIS = 10_000;

  private MasterAddress() {}

  /**
   * Requires that one of the addresses of a master answers; other kinds of masters are not looked
   * at.
   *
   * @throws IllegalArgumentException where an address is none
   * @throws RunFailure where nobody answers
   */
  static void require(String master) {
    if (!master.startsWith(SCHEME)) {
      return;
    }
    String complaint = "";
    for (String address : master.substring(SCHEME.length()).split(",", -1)) {
      Matcher parts = parse(master, address);
      try (Socket socket = new Socket()) {
        socket.connect(
            new InetSocketAddress(parts.group(1), Integer.parseInt(parts.group(2))),
            PATIENCE_MILLIS);
        return;
      } catch (UnknownHostException e) {
        complaint = "no such host: " + parts.group(1);
      } catch (IOException e) {
        complaint = e.getMessage();
      }
    }
    throw new RunFailure(
        "no master of Spark answers at %s (%s): is it the address that its page or log shows?"
            .formatted(master, complaint),
        null);
  }

  /** Requires addresses of the form HOST:PORT. */
  static void requireForm(String master) {
    if (master.startsWith(SCHEME)) {
      for (String address : master.substring(SCHEME.length()).split(",", -1)) {
        parse(master, address);
      }
    }
  }

  private static Matcher parse(String master, String address) {
    Matcher parts = ADDRESS.matcher(address);
    if (!parts.matches() || Integer.parseInt(parts.group(2)) > 65_535) {
      throw new IllegalArgumentException(
          "no address of a master: '%s'; write spark://HOST:PORT".formatted(master));
    }
    return parts;
  }
}
