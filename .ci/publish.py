"""Point every badge, set-up cell and README link at the course's public address.

python .ci/publish.py OWNER/REPO [--ref v1.0]   write the address into .ci/address.toml and wherever it is used
python .ci/publish.py --check                   name the places that differ from .ci/address.toml
"""

import argparse
import re
import sys
import tomllib
from pathlib import Path

ROOT = Path(__file__).parent.parent
NAME = r"[\w.-]+"
COLAB = "colab.research.google.com/github/{repository}/blob/{ref}/"
BINDER = "mybinder.org/v2/gh/{repository}/{ref}?"
SETUP = "git+https://github.com/{repository}@{ref}"
CLONE = "git clone https://github.com/{repository} "
SITE = "https://{owner}.github.io/{name}/"
IMAGE = "--ref={ref} https://github.com/{repository}"
LESSON_NEEDS = (COLAB, BINDER, SETUP)
README_NEEDS = (COLAB, BINDER, CLONE, SITE)
HUB = "binder/hub/README.md"


def read_address(root):
    """Return the repository as OWNER/REPO, and the revision that the public links name."""
    address = tomllib.loads((root / ".ci" / "address.toml").read_text(encoding="utf-8"))
    return address["repository"], address["ref"]


def write_address(root, repository, ref):
    path = root / ".ci" / "address.toml"
    text = re.sub("(?m)^repository = .*$", f'repository = "{repository}"', path.read_text(encoding="utf-8"))
    path.write_text(re.sub("(?m)^ref = .*$", f'ref = "{ref}"', text), encoding="utf-8", newline="\n")


def pattern(link):
    """Return the expression that finds a link whatever repository and revision it names."""
    parts = {"repository": f"{NAME}/{NAME}", "ref": NAME, "owner": NAME, "name": NAME}
    return re.sub(r"\\{(\w+)\\}", lambda part: parts[part[1]], re.escape(link))


def filled(link, repository, ref):
    """Return a link to a repository, which is OWNER/REPO, and a revision."""
    owner, name = repository.split("/")
    return link.format(repository=repository, ref=ref, owner=owner, name=name)


def documents(root):
    """Return each file that holds public links, with the links it must hold."""
    lessons = sorted((root / "notebooks").glob("*.ipynb"))
    return {**dict.fromkeys(lessons, LESSON_NEEDS), root / "README.md": README_NEEDS, root / HUB: (IMAGE,)}


def faults(root):
    """Return one line for each link that is missing or names another address than .ci/address.toml."""
    repository, ref = read_address(root)
    found = []
    for path, links in documents(root).items():
        text = path.read_text(encoding="utf-8")
        for link in links:
            right = filled(link, repository, ref)
            there = re.findall(pattern(link), text)
            if not there:
                found.append(f"{path.relative_to(root)}: {right.strip()} is missing")
            found += [
                f"{path.relative_to(root)}: {wrong.strip()} should be {right}" for wrong in there if wrong != right
            ]
    return found


def rewrite(root, repository, ref):
    """Write the address into .ci/address.toml and into every link."""
    write_address(root, repository, ref)
    for path, links in documents(root).items():
        text = path.read_text(encoding="utf-8")
        for link in links:
            text = re.sub(pattern(link), filled(link, repository, ref), text)
        path.write_text(text, encoding="utf-8", newline="\n")


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("repository", nargs="?", help="OWNER/REPO on GitHub")
    parser.add_argument("--ref", help="the branch or tag that the links name (default: as it was)")
    parser.add_argument("--check", action="store_true", help="change nothing, fail when a place differs")
    options = parser.parse_args()
    if options.check == bool(options.repository):
        parser.error("give either OWNER/REPO or --check")
    if options.repository and not re.fullmatch(f"{NAME}/{NAME}", options.repository):
        parser.error(f"the repository is {options.repository!r}; it should be like OWNER/REPO")
    if options.ref and not re.fullmatch(NAME, options.ref):
        parser.error(f"--ref is {options.ref!r}; letters, digits, '.', '-' and '_' are allowed")
    if options.repository:
        rewrite(ROOT, options.repository, options.ref or read_address(ROOT)[1])
    found = faults(ROOT)
    print("\n".join(found) or "every link names {}@{}".format(*read_address(ROOT)))
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
