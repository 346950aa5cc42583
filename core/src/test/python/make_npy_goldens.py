#!/usr/bin/python3
"""Goldens of NpyHeaderTest: arrays of every kind of elements, order and version, as NumPy writes them.

Run from core/ with Debian's python3-numpy:  /usr/bin/python3 src/test/python/make_npy_goldens.py

Element (i, j) of each array of shape (2, 3) is 10 i + j (truth values: whether it is odd).
"""

import os

import numpy as np

OUT = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "resources", "npy")
table = np.array([[0, 1, 2], [10, 11, 12]])


def save(name, array, version=None):
    with open(os.path.join(OUT, name + ".npy"), "wb") as file:
        np.lib.format.write_array(file, array, version=version)


for code in ["u1", "i1", "<u2", "<i2", "<u4", "<i4", "<u8", "<i8", "<f2", "<f4", "<f8"]:
    save(code.lstrip("<"), table.astype(code))
save("b1", table % 2 == 1)
save("big", table.astype(">f4"))
save("fortran", np.asfortranarray(table.astype("<f8")))
save("single", np.array(7, "<i8"))
save("line", np.arange(5, dtype="<f4"))
save("second", table.astype("<i4"), (2, 0))
save("third", table.astype("<i4"), (3, 0))
save("text", np.array(["cat", "dog"]))
save("objects", np.array([{}, None], dtype=object), (1, 0))
save("records", np.zeros(2, dtype=[("a", "<f4"), ("b", "<i4")]))
