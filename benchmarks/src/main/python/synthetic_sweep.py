"""Makes a sweep of finished trainings from one that was run, to time reports over many cells.

    ./noisescape sweep train --set dataset=digits:train=50,test=20 --set model=mlp:7 --set epochs=20 \
        --grid lr=0.01,0.02 --grid batch=10,20 --threads 1 --out REAL
    python3 benchmarks/src/main/python/synthetic_sweep.py REAL SYNTHETIC 200 50
    NOISESCAPE_JAVA_OPTS=-Xmx1g /usr/bin/time -v ./noisescape sweep --resume SYNTHETIC --threads 1

Every cell has the files of the first cell of REAL but its report, with its own settings and losses.
"""

import json
import pathlib
import sys


def main(real, synthetic, rates, batches):
    """Writes rates x batches cells."""
    real, synthetic = pathlib.Path(real), pathlib.Path(synthetic)
    sweep = json.loads((real / "sweep.json").read_text())
    first = real / "cells" / sweep["cells"][0]
    files = {name: (first / name).read_text() for name in ("manifest.json", "metrics.csv", "result.json")}
    lines = [json.loads(line) for line in (first / "metrics.jsonl").read_text().splitlines()]
    rate, batch = sweep["grid"]["lr"][0], sweep["grid"]["batch"][0]
    sweep["grid"] = {
        "lr": [f"{0.001 * (i + 1):.4f}" for i in range(rates)],
        "batch": [str(b + 1) for b in range(batches)],
    }
    sweep["cells"] = []
    for i, lr in enumerate(sweep["grid"]["lr"]):
        for j, size in enumerate(sweep["grid"]["batch"]):
            name = f"{len(sweep['cells']) + 1:03d}-lr={lr}_batch={size}"
            sweep["cells"].append(name)
            cell = synthetic / "cells" / name
            cell.mkdir(parents=True)
            for file, text in files.items():
                if file == "manifest.json":
                    text = text.replace(f'"learning_rate" : {rate},', f'"learning_rate" : {float(lr)},')
                    text = text.replace(f'"batch" : {batch},', f'"batch" : {size},')
                (cell / file).write_text(text)
            factor = 1 + (i - rates / 3) ** 2 / rates**2 + j / batches
            with open(cell / "metrics.jsonl", "w") as metrics:
                for line in lines:
                    scaled = {k: v * factor if k.endswith("loss") else v for k, v in line.items()}
                    metrics.write(json.dumps(scaled) + "\n")
            (cell / "report.html").write_text("<html></html>")
    (synthetic / "sweep.json").write_text(json.dumps(sweep))


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], int(sys.argv[3]), int(sys.argv[4]))
