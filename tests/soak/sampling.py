"""What the kernel and the service itself say of the service."""

import contextlib
import os
import pathlib
import re
import time

HISTOGRAMS = {
    "total": 'faceedge_stage_seconds_bucket{camera="camera",stage="total"',
    "delivery": 'faceedge_delivery_seconds_bucket{camera="camera"',
}


class Sampler:
    """One row of the CSV: what the kernel says of the process, and what the service says of itself since the row before."""

    def __init__(self, service):
        self.service, self.before, self.at = service, {}, None

    async def sample(self, started, fault):
        metrics = await self.service.get("/metrics")
        status = await self.service.camera()
        now = time.monotonic()
        children = self.service.children()
        memory = status_of(self.service.process.pid)
        received = status["framesReceived"]
        row = {
            "minute": round((now - started) / 60, 2),
            "fault": fault or "",
            "state": status["state"],
            "rss_mb": round(memory["VmRSS"] / 1024, 1),
            "rss_anon_mb": round(memory["RssAnon"] / 1024, 1),
            "rss_file_mb": round((memory["RssFile"] + memory["RssShmem"]) / 1024, 1),
            "heap_mb": round(single(metrics, "dotnet_total_memory_bytes") / 2**20, 1),
            "files": len(os.listdir(f"/proc/{self.service.process.pid}/fd")),
            "threads": memory["Threads"],
            "children": len(children),
            "child_mb": round(sum(status_of(child).get("VmRSS", 0) for child in children) / 1024, 1),
            "received": received,
            "received_per_s": round((received - self.before.get("received", 0)) / (now - self.at), 1) if self.at else "",
            "detected": int(single(metrics, 'faceedge_frames_detected_total{camera="camera"}')),
            "encoded": int(single(metrics, 'faceedge_frames_encoded_total{camera="camera"}')),
            "viewers": status["viewers"],
            "cpu_s": round(cpu_seconds(self.service.process.pid), 1),
            "load": round(os.getloadavg()[0], 1),
        }
        for name, metric in HISTOGRAMS.items():
            buckets = histogram(metrics, metric)
            for percent in (50, 99):
                row[f"{name}_p{percent}_ms"] = percentile(buckets, self.before.get(name), percent / 100)
            self.before[name] = buckets
        self.before["received"], self.at = received, now
        return row


def status_of(pid):
    with contextlib.suppress(OSError):
        lines = (line.split() for line in pathlib.Path(f"/proc/{pid}/status").read_text().splitlines())
        return {line[0][:-1]: int(line[1]) for line in lines if line[0].startswith(("Vm", "Rss", "Threads"))}
    return {}


def cpu_seconds(pid):
    fields = pathlib.Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def single(metrics, name):
    found = re.search(rf"^{re.escape(name)} (\S+)", metrics, re.MULTILINE)
    return float(found[1]) if found else 0.0


def histogram(metrics, start):
    rows = re.findall(rf'^{re.escape(start)},le="([^"]+)"}} (\S+)', metrics, re.MULTILINE)
    return [(float(bound.replace("+Inf", "inf")), float(count)) for bound, count in rows]


def percentile(buckets, before, share):
    """In milliseconds, interpolated in its bucket; "" where nothing was counted."""
    old = dict(before or [])
    counts = [(bound, count - old.get(bound, 0)) for bound, count in buckets]
    if not counts or counts[-1][1] <= 0:
        return ""
    wanted, low, below = share * counts[-1][1], 0.0, 0.0
    for bound, count in counts:
        if count >= wanted:
            if bound == float("inf"):
                return round(low * 1000, 1)
            return round((low + (bound - low) * (wanted - below) / max(count - below, 1e-9)) * 1000, 1)
        low, below = bound, count
    return ""
