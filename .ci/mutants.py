"""Put faults into the package and the lessons, one at a time, and say which of them no test sees.

python .ci/mutants.py [--count 300] [--seed 0] [--only course_utils/plots.py ...] [--own] [--reached FOLDER]

Not mutmut 3.8, which is as fast: it leaves no statement, lock or raise out, swaps no arguments, knows no lessons and
no tables of constants, draws no sample, and what it puts into the source shows where a test or the engine reads it.
"""

import argparse
import json
import os
import sys
import tempfile
import time
import tomllib
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from queue import SimpleQueue
from random import Random

from faults import faults_of
from lesson_faults import faults_of_lesson
from reached import Reached, find
from trials import ROOT, copy_of_the_project, failed, failed_with, remove

PLAN = tomllib.loads((ROOT / ".ci" / "mutants.toml").read_text(encoding="utf-8"))
SHARE = 0.95  # of the faults that change something, which the tests must see


def main():
    """Run the command line; return 1 where the tests see too few faults."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--count", type=int, default=300, help="how many faults to draw (default: 300)")
    parser.add_argument("--seed", type=int, default=0, help="number that fixes the draw (default: 0)")
    parser.add_argument("--only", nargs="+", default=[], metavar="FILE", help="draw from these files or patterns alone")
    parser.add_argument("--own", action="store_true", help="ask only the tests of each fault's own room")
    parser.add_argument(
        "--reached",
        type=Path,
        metavar="FOLDER",
        help="ask only tests that reach a fault; if there is no such folder, find which do first, and leave it",
    )
    parser.add_argument("--workers", type=int, default=os.cpu_count(), help="how many faults to try at once")
    options = parser.parse_args()
    if options.reached and not options.reached.exists():
        find(options.reached, options.workers)
    with tempfile.TemporaryDirectory() as folder:
        trees = [copy_of_the_project(Path(folder) / str(k)) for k in range(options.workers)]
        try:
            faults = drawn(all_faults(trees[0], options.only or PLAN["files"]), options.count, options.seed)
            idle = without_effect(trees[0])
            print(f"{sum(str(fault) in idle for fault in faults)} of {len(faults)} faults are known to change nothing")
            faults = [fault for fault in faults if str(fault) not in idle]
            reached = Reached(options.reached) if options.reached else None
            found = tried(faults, trees, options.own, reached)
        finally:
            for tree in trees:
                remove(tree)
    return report(faults, found)


def all_faults(tree, patterns):
    """Return the faults of all files in a tree that match the patterns."""
    names = [path.relative_to(tree).as_posix() for pattern in patterns for path in sorted(tree.glob(pattern))]
    return [fault for name in names for fault in _faults_of_file(name, (tree / name).read_text(encoding="utf-8"))]


def _faults_of_file(name, text):
    return faults_of_lesson(name, text) if name.endswith(".ipynb") else faults_of(name, text)


def without_effect(tree):
    """Return the faults that change nothing, as the plan says, in words; say which of the plan's are none any more."""
    found = set()
    for name in sorted({entry["file"] for entry in PLAN["equivalent"]}):
        text = (tree / name).read_text(encoding="utf-8")
        faults = _faults_of_file(name, text)
        for entry in [entry for entry in PLAN["equivalent"] if entry["file"] == name]:
            same = {str(fault) for fault in faults if _is_entry(fault, entry, text)}
            found |= same
            if not same:
                print(f"{name}: {entry['before']} to {entry['after']} is no fault any more, so it need not be listed")
    return found


def _is_entry(fault, entry, text):
    is_lesson = fault.file.endswith(".ipynb")
    line = "".join(json.loads(text)["cells"][fault.line]["source"]) if is_lesson else text.splitlines()[fault.line - 1]
    return (fault.before, fault.after) == (entry["before"], entry["after"]) and entry.get("line", "") in line


def drawn(faults, count, seed):
    """Draw faults at random, of every kind about as many."""
    random, by_kind = Random(seed), {}
    for fault in random.sample(faults, len(faults)):
        by_kind.setdefault(fault.kind, []).append(fault)
    found = []
    while len(found) < min(count, len(faults)):
        found += [kind.pop() for kind in by_kind.values() if kind]
    return found[:count]


def own_tests(name):
    """Return the tests that should see the faults of a file, in the order in which they are asked.

    Each is patterns of test files and options, as pytest takes them, or a lesson, which is executed. They are what the
    plan says, or those of the file's name and of its folder's.
    """
    path = Path(name)
    own = [tests for pattern, tests in PLAN["tests"].items() if path.match(pattern)]
    folder = ["tests/test_{folder}*.py"] * (len(path.parts) > 2)
    stem = path.stem.strip("_")
    places = {"name": name, "stem": stem, "word": stem.split("_")[0].rstrip("s"), "folder": path.parent.name}
    return [tests.format(**places) for tests in [*own, ["tests/test_{stem}.py", *folder]][0]]


def rest(name):
    """Return the tests that are asked of a file's faults after its own, in their order, as `own_tests` does."""
    lessons = [path.relative_to(ROOT).as_posix() for path in sorted(ROOT.glob("notebooks/*.ipynb"))]
    return PLAN["rest"] + lessons * any(Path(name).match(pattern) for pattern in PLAN["shown"])


def tried(faults, trees, own, reached=None):
    """Try each fault in one of the trees, by its own tests and then by the rest; return whether each was seen.

    reached: where given, a Reached: tests that do not reach a fault are not asked.
    """
    free, seconds, good = SimpleQueue(), PLAN["seconds"], set()
    for tree in trees:
        free.put(tree)

    def sees(tests, fault, tree, others):
        """Return whether a test fails with the fault that passes without it."""
        name = failed_with(fault, tree, tests, seconds, others)
        if name and name not in good:
            if failed(tree, name, seconds):
                raise SystemExit(f"Without any fault, this must pass: {name}")
            good.add(name)
        return bool(name)

    def seen(fault):
        tree, started = free.get(), time.monotonic()
        asked = reached.others(fault, own=True) if reached else set()
        found = any(sees(tests, fault, tree, asked) for tests in own_tests(fault.file))
        asked |= reached.others(fault) if reached else set()
        found = found or any(sees(tests, fault, tree, asked) for tests in rest(fault.file) * (not own))
        free.put(tree)
        print(f"{'seen' if found else 'NOT SEEN'} in {time.monotonic() - started:.0f} s: {fault}", flush=True)
        return found

    pool = ThreadPoolExecutor(len(trees))
    try:
        return list(pool.map(seen, faults))
    finally:
        pool.shutdown(cancel_futures=True)


def report(faults, found):
    """Print how many faults of each kind and file were seen; return 1 where they are too few."""
    print()
    for name, of in (("kind", lambda fault: fault.kind), ("file", lambda fault: fault.file)):
        all_of, seen = Counter(map(of, faults)), Counter(of(f) for f, it in zip(faults, found, strict=True) if it)
        for key in sorted(all_of):
            print(f"{name} {key}: {seen[key]} of {all_of[key]} seen")
    share = sum(found) / len(faults)
    print(f"{sum(found)} of {len(faults)} faults seen, {share:.1%}")
    return int(share < SHARE)


if __name__ == "__main__":
    started = time.monotonic()
    status = main()
    print(f"{time.monotonic() - started:.0f} s")
    sys.exit(status)
