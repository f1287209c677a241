"""What scipy and scikit-learn make of the distances in a folder, beside what we made of them."""

import json
import sys
import time
from pathlib import Path

import numpy as np
from scipy.cluster.hierarchy import cophenet, fcluster, linkage
from scipy.spatial.distance import squareform
from sklearn.metrics import adjusted_rand_score, silhouette_samples


def timed(work):
    """What the work comes to, and its seconds."""
    begun = time.perf_counter()
    made = work()
    return made, time.perf_counter() - begun


def row(cases, what, ours_s, peer_s, agreement):
    print(f"| {cases} | {what} | {ours_s:.3f} | {peer_s:.3f} | {ours_s / peer_s:.2f} | {agreement} |")


def main(folder):
    ours = json.loads((folder / "ours.json").read_text())
    condensed = np.fromfile(folder / "distances.f64", dtype="<f8")
    labels = np.array(ours["labels"])
    cases = len(labels)

    tree, seconds = timed(lambda: linkage(condensed, "average"))
    true = cophenet(tree, condensed)[0]
    theirs = fcluster(tree, labels.max() + 1, "maxclust")
    alike = adjusted_rand_score(labels, theirs)
    height = np.abs(np.sort(tree[:, 2]) - np.sort(np.array(ours["heights"], float))).max()
    row(
        cases,
        "average linkage (scipy)",
        ours["seconds"]["average linkage"],
        seconds,
        f"cophenetic correlation {ours['cophenetic']:.4f} and {true:.4f}, heights at most {height:.1e} apart, "
        f"groups alike (adjusted Rand) {alike:.2f}",
    )

    square = squareform(condensed)
    fits, seconds = timed(lambda: silhouette_samples(square, labels, metric="precomputed"))
    apart = np.abs(fits - np.array(ours["silhouettes"])).max()
    what = f"at most {apart:.1e} apart"
    row(cases, "silhouettes (scikit-learn)", ours["seconds"]["silhouettes"], seconds, what)


main(Path(sys.argv[1]))
