#!/usr/bin/env python3
"""The git matrix: ways that a repository comes to a machine, times what dpc is asked there. The git commands are those that CI
services and people run, against a remote on this disk; each cell is an exit code and what is said. Where dpc says what to type, that
is typed, and then it has to be right."""
import argparse
import os
import sys
import tempfile

import hooks
import packs
import services
import shapes
from world import Remote, World

PARTS = [*services.PARTS, *shapes.PARTS, *packs.PARTS, *hooks.PARTS]


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--dpc", required=True)
    parser.add_argument("--only", default="", help="only parts whose name holds this text")
    options = parser.parse_args()
    os.umask(0o022)
    with tempfile.TemporaryDirectory(prefix="dpc-git-") as scratch:
        world = World(options.dpc, scratch)
        remote = Remote(world)
        for part in PARTS:
            if options.only in part.__name__:
                before = world.cells, len(world.faults)
                try:
                    part(world, *([remote] if part.__code__.co_argcount > 1 else []))
                except RuntimeError as fault:
                    world.check(False, f"{part.__name__}: {fault}")
                print(f"{part.__name__[5:]}: {world.cells - before[0]} cells, {len(world.faults) - before[1]} wrong", flush=True)
                for fault in world.faults[before[1]:]:
                    print(f"WRONG {fault}", flush=True)
    print(f"git matrix: {world.cells} cells, {len(world.faults)} wrong")
    sys.exit(1 if world.faults else 0)


if __name__ == "__main__":
    main()
