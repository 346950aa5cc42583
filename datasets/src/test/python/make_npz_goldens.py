#!/usr/bin/python3
"""Files of NpzReaderTest, as NumPy writes them.

Run from datasets/ with Debian's python3-numpy:  /usr/bin/python3 src/test/python/make_npz_goldens.py

Picture n has the value 50 n + 12 c + 3 i + j at channel c, row i, column j (modulo 256).
"""

import os

import numpy as np

OUT = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "resources", "npz")
n, c, i, j = np.ogrid[:5, :3, :4, :2]
planar = ((50 * n + 12 * c + 3 * i + j) % 256).astype("u1")
last = np.ascontiguousarray(planar.transpose(0, 2, 3, 1))
labels = np.array([2, 0, 1, 2, 0])
features = np.arange(15).reshape(5, 3) / 4 - 1


def path(name):
    return os.path.join(OUT, name + ".npz")


np.savez(path("keras"), x_train=last[:3], y_train=labels[:3].astype("u1"), x_test=last[3:], y_test=labels[3:].astype("u1"))
np.savez_compressed(path("named"), train_images=planar, train_labels=labels[:, None], val_images=planar[:1], val_labels=labels[:1, None])
np.savez_compressed(path("columns"), x=np.asfortranarray(features), y=features.sum(1))
np.savez(path("big"), x=features.astype(">f4"), y=np.eye(3)[labels])
np.savez(path("grey"), x_train=planar[:, 0], y_train=labels % 2 == 0)
np.savez(path("fortran"), x_train=np.asfortranarray(last), y_train=labels)
np.savez(path("unclear"), x_train=np.zeros((2, 5, 6, 4), "u1"), y_train=np.array([0, 1]))
np.savez(path("text"), x_train=features, y_train=np.array(["cat", "dog", "cat", "dog", "cat"]))
np.savez(path("signs"), x_train=features, y_train=np.array([1, -1, 1, -1, 1]))
np.savez(path("many"), x_train=features, y_train=np.ones((5, 2)))
np.savez(path("short"), x_train=features, y_train=labels[:4])
np.savez(path("nan"), x_train=np.where(features == 0, np.nan, features), y_train=labels)
np.savez(path("rows"), x=np.arange(20, dtype="f4")[:, None], y=np.arange(20) % 2)
