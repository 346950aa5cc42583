package org.noisescape.datasets;

/** A data set by name is in none of the folders, and could be fetched into the first of them. */
public final class MissingData extends DataException {
  private final transient CatalogueEntry entry;
  private final transient DataLocation where;

  MissingData(CatalogueEntry entry, DataLocation where) {
    super(
        entry.name()
            + " is not in "
            + Catalogue.list(where.searchFolders())
            + "; get it with 'data fetch "
            + entry.name()
            + "', or name its folder as the data folder");
    this.entry = entry;
    this.where = where;
  }

  /** The name of the data set. */
  public String name() {
    return entry.name();
  }

  /** Where it was looked for. */
  public DataLocation where() {
    return where;
  }
}
