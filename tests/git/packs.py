"""What git keeps beside packs to find objects in them, cut off and lying: the truth or one line, in bounded time and memory."""
import functools
import random
import subprocess

from world import replace

SECONDS = 120  # a bound on what never ends, not on what is slow
KIB = 4_000_000
OFFSETS = [0, 5, 12, 13, 200, 0x7FFFFFFF, 0x80000000, 0x80000001, 0xFFFFFFFF]


@functools.cache
def limit(dpc):
    """The address sanitizer reserves more addresses than any limit gives: such a build bounds allocations itself."""
    with open(dpc, "rb") as file:
        return ":" if b"__asan_init" in file.read() else f"ulimit -v {KIB}"


def ask(world, name, folder):
    """Everything is found, or exit code 2 with a line."""
    words = ["sh", "-c", f'{limit(world.dpc)}; exec "$@"', "sh", world.dpc, "check", "--rev", "HEAD", "--base", "HEAD~1", "--today", "2026-01-15"]
    try:
        done = subprocess.run(words, cwd=folder, env=world.env, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                              text=True, errors="replace", timeout=SECONDS)
    except subprocess.TimeoutExpired:
        world.check(False, f"{name}: does not end")
        return None
    whole = done.returncode == 0 and "no findings in 5 files" in done.stdout + done.stderr
    said = done.returncode == 2 and done.stderr.startswith("dpc: ") and done.stderr.count("\n") == 1
    world.check(whole or said, f"{name}: exit {done.returncode}: {done.stdout}{done.stderr}")
    return done.returncode


def damaged(data, seed):
    """Cut off, and with four bytes that say something else."""
    chance = random.Random(seed)
    for size in sorted({0, 1, 4, 8, 11, 12, *(chance.randrange(len(data)) for _ in range(20)), len(data) - 1}):
        yield f"cut to {size}", data[:size]
    for _ in range(80):
        at = chance.randrange(len(data) - 4)
        four = chance.choice([b"\0\0\0\0", b"\xff\xff\xff\xff", b"\x7f\xff\xff\xff", chance.randbytes(4)])
        yield f"{four.hex()} at {at}", data[:at] + four + data[at + 4:]
    yield "more at the end", data + b"more"
    yield "nothing but zeros", bytes(len(data))


def each(world, name, folder, path):
    data = path.read_bytes()
    path.chmod(0o644)
    for how, bytes_ in damaged(data, name):
        path.write_bytes(bytes_)
        ask(world, f"{name}, {how}", folder)
    path.write_bytes(data)
    world.check(ask(world, f"{name}, whole again", folder) == 0, f"{name}: not read when it is whole")


def history(world, remote, name, *packing):
    """A pack a commit: deltas lie beside what they are made from."""
    folder = world.new(name)
    world.git(world.folder, "clone", "-q", remote.url, folder)
    for number in range(3):
        replace(folder / "orders/product.yaml", "name: orders", f"description: number {number} {'x' * 200}\nname: orders" if number == 0 else "name: orders")
        (folder / f"docs/{number}.txt").write_text("of no interest\n" * 50 + str(number))
        world.git(folder, "add", "-A")
        world.git(folder, "commit", "-q", "-m", str(number))
        world.git(folder, *packing, "repack", "-q", "-d")
    return folder


def lie_about(world, name, folder, path, row_of):
    """The place of one object, at which something else is, or nothing."""
    data = path.read_bytes()
    path.chmod(0o644)
    ids = {what: bytes.fromhex(world.git(folder, "rev-parse", what)) for what in ("HEAD", "HEAD^{tree}", "HEAD:orders/product.yaml")}
    for what, object_id in ids.items():
        at = row_of(data, object_id)
        world.check(at is not None, f"{name}: {what} is not in {path.name}")
        for offset in OFFSETS if at is not None else []:
            if data[at:at + 4] == offset.to_bytes(4, "big"):
                continue
            path.write_bytes(data[:at] + offset.to_bytes(4, "big") + data[at + 4:])
            code = ask(world, f"{name}, {what} at {offset}", folder)
            world.check(code == 2, f"{name}, {what} at {offset}: read from there, exit {code}")
    path.write_bytes(data)


def chunk(data, name):
    rows = {data[12 + 12 * i:16 + 12 * i]: int.from_bytes(data[16 + 12 * i:24 + 12 * i], "big") for i in range(data[6])}
    return rows[name]


def row_of_many(data, object_id):
    ids, count = chunk(data, b"OIDL"), int.from_bytes(data[chunk(data, b"OIDF") + 1020:chunk(data, b"OIDF") + 1024], "big")
    for i in range(count):
        if data[ids + 20 * i:ids + 20 * i + 20] == object_id:
            return chunk(data, b"OOFF") + 8 * i + 4
    return None


def row_of_first(data, object_id):
    for at in range(1024, len(data) - 40, 24):
        if data[at + 4:at + 24] == object_id:
            return at
    return None


def test_many_packs(world, remote):
    folder = history(world, remote, "many-packs")
    world.git(folder, "multi-pack-index", "write")
    path = folder / ".git/objects/pack/multi-pack-index"
    each(world, "multi-pack-index", folder, path)
    lie_about(world, "multi-pack-index", folder, path, row_of_many)


def test_first_version(world, remote):
    folder = history(world, remote, "first-version", "-c", "pack.indexVersion=1")
    world.git(folder, "-c", "pack.indexVersion=1", "repack", "-q", "-a", "-d")
    path, = (folder / ".git/objects/pack").glob("pack-*.idx")
    world.check(path.read_bytes()[:4] != b"\xfftOc", "the index is not of version 1")
    each(world, "index of version 1", folder, path)
    lie_about(world, "index of version 1", folder, path, row_of_first)


def row_of_second(data, object_id):
    count = int.from_bytes(data[8 + 1020:8 + 1024], "big")
    for i in range(count):
        if data[1032 + 20 * i:1052 + 20 * i] == object_id:
            return 1032 + 24 * count + 4 * i
    return None


def test_second_version(world, remote):
    folder = history(world, remote, "second-version")
    world.git(folder, "repack", "-q", "-a", "-d", "-f")
    path, = (folder / ".git/objects/pack").glob("pack-*.idx")
    world.check(path.read_bytes()[:8] == b"\xfftOc\0\0\0\2", "the index is not of version 2")
    each(world, "index of version 2", folder, path)
    lie_about(world, "index of version 2", folder, path, row_of_second)
    each(world, "pack", folder, path.with_suffix(".pack"))


PARTS = [test_many_packs, test_first_version, test_second_version]
