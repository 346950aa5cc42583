/** Data sets: readers, catalogue, downloads, pictures. */
module org.noisescape.datasets {
  requires transitive org.noisescape.core;
  requires java.desktop;
  requires java.net.http;
  requires org.apache.commons.compress;
  requires org.apache.commons.csv;

  exports org.noisescape.datasets;
  exports org.noisescape.datasets.download;
}
