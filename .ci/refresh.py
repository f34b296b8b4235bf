"""Execute lessons and write them in canonical form: python .ci/refresh.py [--check] [lesson ...]

Canonical: outputs in, kernelspec python3, no execution times, no widget views or state, cell metadata reduced to
slide types and tags. A cell whose output is not compared, because it tells the time, keeps the one it has.
--check executes nothing; it names the lessons that are not canonical and exits with 1.
"""

import argparse
import sys
from pathlib import Path

from course_utils.teaching.notebooks import LESSONS, canonical, execute, find, read


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("lessons", nargs="*", type=Path)
    parser.add_argument("--check", action="store_true", help="execute nothing, name what is not canonical")
    options = parser.parse_args()
    wrong = []
    for path in find(options.lessons):
        notebook = read(path)
        if not options.check:
            execute(notebook, LESSONS)
        text = canonical(notebook)
        if path.read_bytes() != text.encode():
            wrong.append(path)
            if not options.check:
                path.write_text(text, encoding="utf-8", newline="\n")
    for path in wrong:
        print(f"{path.name}: {'not canonical, run python .ci/refresh.py' if options.check else 'written anew'}")
    return 1 if wrong and options.check else 0


if __name__ == "__main__":
    sys.exit(main())
