package org.noisescape.cuda.engine;

import org.noisescape.cuda.bind.Cublas.Product;

/** Shapes of products met before, so that asking for one again allocates nothing. */
final class ProductShapes {
  /** A power of two; a network has a few products a layer. */
  private static final int PLACES = 256;

  private final Product[] kept = new Product[PLACES];

  /** The product of these sizes. */
  Product of(
      boolean transposeA,
      boolean transposeB,
      int m,
      int n,
      int k,
      int leadingA,
      long strideA,
      int leadingB,
      long strideB,
      int leadingC,
      long strideC,
      int batch) {
    long hash = (transposeA ? 1 : 0) + (transposeB ? 2 : 0);
    hash = 31 * (31 * (31 * (31 * hash + m) + n) + k) + batch;
    hash = 31 * (31 * (31 * hash + strideA) + strideB) + strideC;
    int place = (int) (hash * 0x9E3779B97F4A7C15L >>> 56) & (PLACES - 1);
    Product found = kept[place];
    if (found == null
        || found.transposeA() != transposeA
        || found.transposeB() != transposeB
        || found.m() != m
        || found.n() != n
        || found.k() != k
        || found.leadingA() != leadingA
        || found.strideA() != strideA
        || found.leadingB() != leadingB
        || found.strideB() != strideB
        || found.leadingC() != leadingC
        || found.strideC() != strideC
        || found.batch() != batch) {
      found =
          new Product(
              transposeA,
              transposeB,
              m,
              n,
              k,
              leadingA,
              strideA,
              leadingB,
              strideB,
              leadingC,
              strideC,
              batch);
      kept[place] = found;
    }
    return found;
  }
}
