#!/usr/bin/env python3
"""Every #include of src/ points to a folder that its own folder lists as a dependency, and never to another folder's private header.

    layers.py SRC LAYERS      LAYERS: `folder: dependency dependency ...`, written by cmake/stages.cmake
"""
import pathlib
import re
import sys

STANDARD = {"version.h", "build_info.h"}


def main():
    source, layers = pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2])
    allowed, order = {}, []
    for line in layers.read_text().splitlines():
        folder, _, depends = line.partition(":")
        allowed[folder] = set(depends.split())
        order.append(folder)
    faults = []
    files = sorted(p for p in source.rglob("*") if p.suffix in (".h", ".cpp", ".def"))
    for path in files:
        folder = str(path.parent.relative_to(source))
        if folder not in allowed:
            faults.append(f"{path}: the folder is not declared with dpc_stage")
            continue
        for number, line in enumerate(path.read_text().splitlines(), 1):
            found = re.match(r'\s*#include "([^"]+)"', line)
            if not found or found.group(1) in STANDARD:
                continue
            target = str(pathlib.PurePosixPath(found.group(1)).parent)
            place = f"{path.relative_to(source)}:{number}"
            if target == folder:
                continue
            if target not in allowed[folder]:
                faults.append(f"{place}: `{folder}` may not include from `{target}`")
                continue
            head = (source / found.group(1)).read_text().split("#pragma once")[0]
            if "Private to" in head:
                faults.append(f"{place}: `{found.group(1)}` is private to its folder")
    print("\n".join(faults) or f"{len(files)} files in {len(allowed)} folders")
    sys.exit(1 if faults else 0)


if __name__ == "__main__":
    main()
