package org.noisescape.datasets;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.noisescape.datasets.CatalogueEntry.Archive;
import org.noisescape.datasets.CatalogueEntry.Content;
import org.noisescape.datasets.FileCheck.State;
import org.noisescape.datasets.download.ArchiveContents;
import org.noisescape.datasets.download.Download;
import org.noisescape.datasets.download.DownloadException;
import org.noisescape.datasets.download.Downloader;
import org.noisescape.datasets.download.FolderLock;
import org.noisescape.datasets.download.TransferProgress;

/** Brings the files of a catalogue entry to disk, those that are not there yet. */
final class EntryFetch {
  private final Downloader downloader;

  EntryFetch(Downloader downloader) {
    this.downloader = downloader;
  }

  /**
   * Fetches what is missing, under a lock of the folder.
   *
   * @return the folder, whose files all have the digests of the catalogue
   */
  Path fetch(CatalogueEntry entry, DataLocation where, TransferProgress progress) {
    List<Path> folders = where.explicit().map(List::of).orElseGet(where::searchFolders);
    Optional<DatasetFolder> found = DatasetFolder.find(entry, folders);
    if (found.isPresent() && found.get().present() == entry.contents().size()) {
      found.get().require();
      return found.get().path();
    }
    Path folder = where.fetchFolder().resolve(entry.folder().orElseThrow());
    if (where.offline()) {
      throw new DataException(
          entry.name()
              + " is not in "
              + Catalogue.list(folders)
              + " and fetching is switched off; go online, or copy "
              + entry.contents().stream().map(Content::name).collect(Collectors.joining(", "))
              + " into "
              + folder);
    }
    try {
      FolderLock lock = FolderLock.acquire(folder, progress);
      try (lock) {
        fetchInto(new DatasetFolder(entry, folder), progress);
      }
      return folder;
    } catch (DownloadException e) {
      throw new DataException(e.getMessage(), e);
    }
  }

  private void fetchInto(DatasetFolder target, TransferProgress progress) throws DownloadException {
    for (FileCheck check : target.check()) {
      if (check.state() == State.MISMATCH || check.state() == State.UNREADABLE) {
        throw new DataException(
            check.detail() + ", or move the file away and fetch again: it is never overwritten");
      }
    }
    for (Archive archive : target.entry().archives()) {
      List<Content> missing =
          archive.contents().stream()
              .filter(content -> DatasetFolder.file(target.path(), content.name()).isEmpty())
              .toList();
      if (!missing.isEmpty()) {
        fetch(archive, missing, target.path(), progress);
      }
    }
  }

  private void fetch(Archive archive, List<Content> missing, Path folder, TransferProgress progress)
      throws DownloadException {
    Download download =
        new Download(archive.name(), archive.bytes(), archive.digest(), archive.mirrors());
    Path part = downloader.fetch(download, folder, progress);
    if (archive.isTar()) {
      ArchiveContents.installTar(
          part,
          folder,
          missing.stream()
              .collect(
                  Collectors.toMap(
                      Content::name, c -> new ArchiveContents.Wanted(c.bytes(), c.digest()))));
    } else {
      ArchiveContents.installGzip(
          part, folder.resolve(archive.name()), missing.getFirst().digest());
    }
  }
}
