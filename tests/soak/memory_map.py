"""Says what a .NET process' resident memory is made of, from /proc/PID/smaps.

    python3 tests/soak/memory_map.py PID

Prints the megabytes of each group, resident and of it dirty (what the system cannot take back without swapping it out), and the files that hold most.
"""

import collections
import pathlib
import re
import sys

MEGABYTE = 1 << 20

# The collector reserves its whole range at once; nothing else in the service reserves so much.
COLLECTOR_RANGE = 32 << 30

# glibc's arenas, other than the first, are cut from aligned blocks of this size (HEAP_MAX_SIZE).
ARENA = 64 << 20

GUARD = 64 << 10

HEADER = re.compile(r"([0-9a-f]+)-([0-9a-f]+) (\S{4}) \S+ \S+ \S+\s*(.*)")


class Mapping:
    def __init__(self, start, end, rights, name):
        self.start, self.end, self.rights, self.name, self.pages = start, end, rights, name, collections.Counter()

    @property
    def resident(self):
        return self.pages["Rss"]

    @property
    def dirty(self):
        return self.pages["Private_Dirty"] + self.pages["Shared_Dirty"]


def read(pid):
    mappings = []
    for line in pathlib.Path(f"/proc/{pid}/smaps").read_text().splitlines():
        if header := HEADER.fullmatch(line):
            mappings.append(Mapping(int(header[1], 16), int(header[2], 16), header[3], header[4]))
        else:
            key, _, value = line.partition(":")
            if value.endswith(" kB"):
                mappings[-1].pages[key] = int(value.split()[0]) << 10
    return mappings


def group(mapping, before, collector):
    if any(start <= mapping.start < end for start, end in collector):
        return "collected heap"
    if mapping.name.startswith("/memfd:doublemapper"):
        return "compiled code and loader heaps"
    if mapping.name in ("[heap]",) or (not mapping.name and mapping.start % ARENA == 0):
        return "malloc arenas"
    if mapping.name.endswith(".dll"):
        return "assemblies"
    if ".so" in mapping.name:
        return "native libraries"
    if mapping.name.startswith("["):
        return "stacks"
    if mapping.name:
        return "other files"
    if "x" in mapping.rights:
        return "compiled code and loader heaps"
    if before and before.rights == "---p" and before.end == mapping.start and before.end - before.start <= GUARD:
        return "stacks"
    return "other anonymous"


def runs(mappings):
    """Contiguous nameless mappings that hold a reservation as large as the collector's."""
    found, start, end, reserved = [], None, None, 0
    for mapping in [*mappings, Mapping(0, 0, "", "end")]:
        if mapping.name or mapping.start != end:
            if reserved >= COLLECTOR_RANGE:
                found.append((start, end))
            start, reserved = mapping.start, 0
        end = mapping.end
        if mapping.rights == "---p" and not mapping.name:
            reserved += mapping.end - mapping.start
    return found


def groups(pid):
    """Megabytes by group: resident and dirty."""
    mappings = read(pid)
    collector = runs(mappings)
    resident, dirty = collections.Counter(), collections.Counter()
    for before, mapping in zip([None, *mappings], mappings):
        name = group(mapping, before, collector)
        resident[name] += mapping.resident
        dirty[name] += mapping.dirty
    return {name: {"resident": round(resident[name] / MEGABYTE, 1), "dirty": round(dirty[name] / MEGABYTE, 1)} for name in sorted(resident)}


def files(pid):
    """Megabytes by mapped file, resident."""
    resident = collections.Counter()
    for mapping in read(pid):
        if mapping.name.startswith("/"):
            resident[mapping.name] += mapping.resident
    return {name: round(size / MEGABYTE, 1) for name, size in resident.most_common()}


def status(pid):
    """Megabytes as the kernel counts them: all, anonymous, mapped files, shared memory (the runtime's compiled code)."""
    lines = dict(line.split(":", 1) for line in pathlib.Path(f"/proc/{pid}/status").read_text().splitlines())
    keys = {"residentMb": "VmRSS", "anonymousMb": "RssAnon", "fileMb": "RssFile", "sharedMb": "RssShmem"}
    return {name: round(int(lines[key].split()[0]) / 1024, 1) for name, key in keys.items() if key in lines}


if __name__ == "__main__":
    process = sys.argv[1]
    print(status(process))
    for title, sizes in groups(process).items():
        print(f"{sizes['resident']:8.1f} {sizes['dirty']:8.1f}  {title}")
    for title, size in list(files(process).items())[:25]:
        print(f"{size:8.1f}  {title}")
