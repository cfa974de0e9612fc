"""Draws test patterns with ffmpeg into FOLDER as PNG: pictures without a face in which a detector may see one."""

from __future__ import annotations

import argparse
import subprocess
from pathlib import Path

# A filter of libavfilter, and the seconds at which its picture is taken. They are the same in each run of the same ffmpeg.
PATTERNS = {
    "testsrc2=size={size}:rate=10": (0, 1, 3, 5, 7, 12, 25),
    "testsrc=size={size}:rate=10": (0, 4, 17),
    "mandelbrot=size={size}:rate=10": (0, 2, 5, 9),
    "smptebars=size={size}": (0,),
    "smptehdbars=size={size}": (0,),
    "pal75bars=size={size}": (0,),
    "pal100bars=size={size}": (0,),
    "rgbtestsrc=size={size}": (0,),
    "yuvtestsrc=size={size}": (0,),
    "cellauto=size={size}:rule=110:seed=7": (3,),
    "life=size={size}:mold=10:life_color=#C83232:death_color=#32C832:seed=5": (1, 4),
    "gradients=size={size}:seed=3": (0,),
    "gradients=size={size}:seed=11:nb_colors=6": (0,),
    "color=c=gray:size={size},noise=alls=60:allf=t+u:all_seed=9": (0,),
    "color=c=0x203040:size={size},noise=alls=25:allf=t:all_seed=4": (0,),
}
SIZES = ("320x320", "416x234", "320x240")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    arguments = parser.parse_args()
    arguments.folder.mkdir(parents=True, exist_ok=True)
    number = 0
    for pattern, moments in PATTERNS.items():
        for size in SIZES:
            for moment in moments:
                file = arguments.folder / f"{number:04d}-{pattern.split('=')[0]}.png"
                subprocess.run(["ffmpeg", "-v", "error", "-y", "-f", "lavfi", "-i", pattern.format(size=size), "-ss", str(moment), "-frames:v", "1", str(file)],
                               check=True)
                number += 1
    print(f"{number} pictures")


if __name__ == "__main__":
    main()
