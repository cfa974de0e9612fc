"""The data manifest: which repositories, which images of them, at which commit, with which SHA-256."""

from __future__ import annotations

import hashlib
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from fnmatch import fnmatch
from pathlib import Path

import yaml

HOME = Path(__file__).resolve().parent.parent
CACHE = HOME / ".cache"
PACKS = CACHE / "packs"
RUN = CACHE / "runs" / "default"  # of training
IMAGE_SUFFIXES = (".jpg", ".jpeg", ".png", ".webp", ".bmp")


@dataclass(frozen=True)
class Source:
    name: str
    repository: str
    commit: str
    include: tuple[str, ...]
    role: str = "train"  # or "face-free": only those photos in which no pass sees a face; or "development": never trained on

    @property
    def manifest(self) -> Path:
        return HOME / "development" / "photos.tsv" if self.role == "development" else HOME / "manifest" / f"{self.name}.tsv"


def load() -> list[Source]:
    entries = yaml.safe_load((HOME / "sources.yaml").read_text())["sources"]
    return [Source(e["name"], e["repository"], e.get("commit", "HEAD"), tuple(e["include"]), e.get("role", "train")) for e in entries]


def git_directory(repositories: Path, source: Source) -> Path:
    """An existing clone under repositories (OWNER+NAME, with or without an inner folder), or a fresh one from GitHub."""
    base = repositories / source.repository.replace("/", "+")
    for candidate in (base / "repo" / ".git", base / "repo", base / ".git", base):
        if (candidate / "HEAD").is_file():
            return candidate
    base.mkdir(parents=True, exist_ok=True)
    subprocess.run(["git", "clone", "--bare", f"https://github.com/{source.repository}", str(base)], check=True)
    return base


def git(directory: Path, *arguments: str) -> str:
    return subprocess.run(["git", "-C", str(directory), *arguments], check=True, capture_output=True, text=True).stdout


def listed_paths(directory: Path, source: Source) -> list[str]:
    names = git(directory, "-c", "core.quotePath=false", "ls-tree", "-r", "-z", "--name-only", source.commit).split("\0")
    return [n for n in names if n.lower().endswith(IMAGE_SUFFIXES) and any(fnmatch(n, p) for p in source.include)]


def blobs(directory: Path, source: Source, paths: list[str]) -> Iterator[bytes | None]:
    """The bytes of each path at the source's commit, in order; None where the clone lacks it."""
    with subprocess.Popen(["git", "-C", str(directory), "cat-file", "--batch"], stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        for path in paths:
            process.stdin.write(f"{source.commit}:{path}\n".encode())
            process.stdin.flush()
            header = process.stdout.readline().split()
            if header[-1] == b"missing":
                yield None
                continue
            data = process.stdout.read(int(header[2]))
            process.stdout.read(1)
            yield data
        process.stdin.close()


def read_manifest(source: Source) -> list[tuple[str, str]]:
    """(SHA-256, path) per image."""
    rows = [line.split("\t") for line in source.manifest.read_text().splitlines() if line and not line.startswith("#")]
    return [(sha, path) for sha, path in rows]


def verified(directory: Path, source: Source, rows: list[tuple[str, str]]) -> Iterator[tuple[str, bytes]]:
    """(path, bytes) of each of these rows of the manifest; stops at the first whose SHA-256 differs."""
    for (sha, path), data in zip(rows, blobs(directory, source, [path for _, path in rows])):
        if data is None:
            raise FileNotFoundError(f"{source.repository} at {source.commit} has no {path}")
        found = hashlib.sha256(data).hexdigest()
        if found != sha:
            raise ValueError(f"{source.repository}:{path} has SHA-256 {found}, the manifest says {sha}")
        yield path, data
