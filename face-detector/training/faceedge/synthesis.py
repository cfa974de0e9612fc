"""Training samples made in batches on the device: crops, mosaics and scenes with pasted faces, then what cameras and codecs do to them.

Nothing here waits for the device or loops over samples. Geometry first (which photo, which face, where, how large: `Placement`), then pixels
(bilinear, from the album's flat tensor), then colour, blur, noise and JPEG. Labels follow the same geometry.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import torch
from torch.nn import functional as F

from .album import DOUBT, DOUBTFUL, IGNORED, LEVELS, NOTHING, POSITIVE, Album

FACES = 48  # rows of labels a sample
VISIBLE = 0.4  # a face with less of its box on its part of the canvas is ignored
SMALLEST, LARGEST = 8.0, 0.95  # face side: pixels below which it is ignored; share of the canvas
ENLARGED = 2.5  # most that a photo is enlarged
CLOSE = 0.3  # share of views that are made for a photo's largest face, which fills 0.3 to 1 of what it may
PASTES, TRIES = 3, 6  # faces pasted on a scene at most; places tried for each
PASTED, MOSAIC, PLAIN = 0.20, 0.30, 0.12  # shares of a batch; the rest are crops of photos with faces
BLURRED, NOISY, CODED = 0.30, 0.35, 0.30  # shares of a batch
GREY = (0.114, 0.587, 0.299)  # of blue, green, red
BLUR = 7  # kernel side


@dataclass
class Placement:
    """Photos on rectangles of the canvas, one a row: `linear` [n,2,2] and `shift` [n,2] map photo pixels to canvas pixels."""

    photo: torch.Tensor  # [n]
    rect: torch.Tensor  # [n,4] left, top, width, height
    linear: torch.Tensor
    shift: torch.Tensor
    mirrored: torch.Tensor  # [n] bool
    level: torch.Tensor  # [n] which kept size of the photo is read
    replicate: torch.Tensor  # [n] bool: beyond its edge a photo goes on with its border pixels, else with `fill`
    fill: torch.Tensor  # [n,3]
    gain: torch.Tensor  # [n,3]


@dataclass
class Labels:
    rows: torch.Tensor  # [n,K,15]: box, confidence, five landmarks, canvas pixels
    kind: torch.Tensor  # [n,K] POSITIVE, DOUBTFUL, IGNORED, NOTHING
    seen: torch.Tensor  # [n,K,5] bool: the landmark lies on its part of the canvas

    def chosen(self, count: int) -> Labels:
        """The `count` rows that matter most: positive, doubtful, then ignored; large before small."""
        area = (self.rows[..., 2:4] - self.rows[..., :2]).prod(-1)
        key = area + self.kind * 2e6
        if key.shape[1] < count:
            extra = count - key.shape[1]
            return Labels(F.pad(self.rows, (0, 0, 0, extra)), F.pad(self.kind, (0, extra), value=NOTHING), F.pad(self.seen, (0, 0, 0, extra)))
        at = key.topk(count, 1).indices
        pick = at[..., None]
        return Labels(self.rows.gather(1, pick.expand(-1, -1, 15)), self.kind.gather(1, at), self.seen.gather(1, pick.expand(-1, -1, 5)))


    @property
    def learned(self) -> torch.Tensor:
        """[n,K] bool: faces, sure or doubtful, whose boxes and landmarks are taught."""
        return (self.kind == POSITIVE) | (self.kind == DOUBTFUL)

    @property
    def share(self) -> torch.Tensor:
        """[n,K] how much of a face's alignment is taught, 0 to 1: about how often what has this fused confidence is a face."""
        low, high = DOUBT
        return ((self.rows[..., 4] - low) / (high - low)).clamp(0, 1)


def either(condition: torch.Tensor, yes: torch.Tensor | float, no: torch.Tensor | float) -> torch.Tensor:
    """torch.where with numbers made on the device: one that comes from the host would wait for it."""
    values = (value if isinstance(value, torch.Tensor) else torch.full((), value, device=condition.device) for value in (yes, no))
    return torch.where(condition, *values)


def joined(parts: list[Labels], dim: int) -> Labels:
    return Labels(torch.cat([p.rows for p in parts], dim), torch.cat([p.kind for p in parts], dim), torch.cat([p.seen for p in parts], dim))


def fetch(pixels: torch.Tensor, start: torch.Tensor, width: torch.Tensor, height: torch.Tensor, u: torch.Tensor, v: torch.Tensor,
          replicate: torch.Tensor, fill: torch.Tensor, gain: torch.Tensor) -> torch.Tensor:
    """Bilinear colours [...,3] at positions u, v (pixel centres at whole numbers) of photos that begin at `start`."""
    left, top = u.floor(), v.floor()
    fx, fy = u - left, v - top
    last_x, last_y = width - 1, height - 1
    x0, y0 = left.long(), top.long()
    x1, y1 = torch.minimum((x0 + 1).clamp(min=0), last_x), torch.minimum((y0 + 1).clamp(min=0), last_y)
    x0, y0 = torch.minimum(x0.clamp(min=0), last_x), torch.minimum(y0.clamp(min=0), last_y)
    upper, lower = start + y0 * width, start + y1 * width
    corners = [pixels[upper + x0], pixels[upper + x1], pixels[lower + x0], pixels[lower + x1]]
    inside = replicate | ((u > -1) & (v > -1) & (u < width) & (v < height))
    channels = []
    for c in range(3):
        a, b, d, e = (((word >> (8 * c)) & 255).float() for word in corners)
        above, below = a + (b - a) * fx, d + (e - d) * fx
        channels.append(torch.where(inside, (above + (below - above) * fy) * gain[..., c], fill[..., c]))
    return torch.stack(channels, -1)


def reading(album: Album, placed: Placement) -> torch.Tensor:
    """[n,15] what a pixel needs: the six numbers from canvas to the kept size, that size, border, fill, gain. Starts come apart: they are large."""
    size = album.size[placed.photo]
    own = size.gather(1, placed.level[:, None, None].expand(-1, 1, 2))[:, 0].float()
    factor = own / size[:, 0].float()
    a, b, c, d = placed.linear.flatten(1).unbind(1)
    det = a * d - b * c
    rows = torch.stack([d, -b, -c, a], 1) / det[:, None]
    x = rows[:, :2] * factor[:, :1]
    y = rows[:, 2:] * factor[:, 1:]
    back = torch.stack([x[:, 0], x[:, 1], -(x * placed.shift).sum(1) - 0.5, y[:, 0], y[:, 1], -(y * placed.shift).sum(1) - 0.5], 1)
    return torch.cat([back, own, placed.replicate.float()[:, None], placed.fill, placed.gain], 1)


def view(pixels: torch.Tensor, start: torch.Tensor, read: torch.Tensor, x: torch.Tensor, y: torch.Tensor) -> torch.Tensor:
    """Colours at canvas positions; start [...] and read [...,15] broadcast against x and y."""
    u = read[..., 0] * x + read[..., 1] * y + read[..., 2]
    v = read[..., 3] * x + read[..., 4] * y + read[..., 5]
    bound = 1e6
    return fetch(pixels, start, read[..., 6].long(), read[..., 7].long(), u.clamp(-bound, bound), v.clamp(-bound, bound), read[..., 8] > 0.5,
                 read[..., 9:12], read[..., 12:15])


def view_parts(pixels: torch.Tensor, starts: torch.Tensor, reads: torch.Tensor, part: torch.Tensor, x: torch.Tensor, y: torch.Tensor) -> torch.Tensor:
    """Colours of canvases made of parts: starts [n,P], reads [n,P,15], part [n,side,side] which part a pixel reads."""
    n, height, width = part.shape
    flat = part.reshape(n, -1)
    read = reads.gather(1, flat[..., None].expand(-1, -1, 15)).reshape(n, height, width, 15)
    return view(pixels, starts.gather(1, flat).reshape(n, height, width), read, x, y)


def moved(album: Album, placed: Placement) -> Labels:
    """The photos' faces where the placements put them. A box keeps its shape about its moved centre: a rotated face is still labelled upright."""
    rows, kind = album.faces[placed.photo], album.kind[placed.photo]
    n, k = kind.shape
    points = torch.cat([((rows[..., :2] + rows[..., 2:4]) / 2)[:, :, None], rows[..., 5:].reshape(n, k, 5, 2)], 2)
    points = torch.einsum("nkpj,nij->nkpi", points, placed.linear) + placed.shift[:, None, None]
    half = (rows[..., 2:4] - rows[..., :2]) / 2 * placed.linear.norm(dim=1)[:, None]
    centre, marks = points[:, :, 0], points[:, :, 1:]
    right, left, nose, mouth_right, mouth_left = marks.unbind(2)
    marks = torch.where(placed.mirrored[:, None, None, None], torch.stack([left, right, nose, mouth_left, mouth_right], 2), marks)
    low, high = placed.rect[:, None, :2], placed.rect[:, None, :2] + placed.rect[:, None, 2:]
    seen = ((marks > low[:, :, None]) & (marks < high[:, :, None])).all(-1)
    first, last = torch.maximum(centre - half, low), torch.minimum(centre + half, high)
    size, whole = last - first, (4 * half.prod(-1)).clamp(min=1e-6)
    weak = (size.clamp(min=0).prod(-1) < VISIBLE * whole) | (size.min(-1).values < SMALLEST)
    kind = torch.where((kind > IGNORED) & weak, torch.full_like(kind, IGNORED), kind)
    kind = torch.where((size > 1).all(-1), kind, torch.full_like(kind, NOTHING))
    return Labels(torch.cat([first, last, rows[..., 4:5], marks.reshape(n, k, 10)], -1), kind, seen)


class Maker:
    """Endless batches for one album; every random number comes from one seeded generator on the album's device."""

    def __init__(self, album: Album, batch: int, seed: int) -> None:
        self.album, self.batch, self.device = album, batch, album.device
        self.generator = torch.Generator(device=album.device)
        self.generator.manual_seed(seed)
        self.view, self.view_parts, self.colour = view, view_parts, colour  # replaced by compiled ones where that works
        plain = round(PLAIN * batch) if album.has_plain else 0
        self.counts = {"pasted": round(PASTED * batch), "mosaic": round(MOSAIC * batch), "plain": plain}
        self.counts["crop"] = batch - sum(self.counts.values())
        self.jpeg = Jpeg(album.device)

    def uniform(self, *shape: int, low: float = 0.0, high: float = 1.0) -> torch.Tensor:
        return torch.rand(shape, generator=self.generator, device=self.device) * (high - low) + low

    def normal(self, *shape: int) -> torch.Tensor:
        return torch.randn(shape, generator=self.generator, device=self.device)

    def some(self, share: float) -> torch.Tensor:
        """Positions in the batch of a random share of it."""
        return torch.rand(self.batch, generator=self.generator, device=self.device).argsort()[:round(share * self.batch)]

    def photos(self, count: int, plain: float) -> torch.Tensor:
        """Photos, with faces but for a share `plain`."""
        at = torch.rand(count, generator=self.generator, device=self.device, dtype=torch.float64)
        faces = torch.searchsorted(self.album.with_faces, at)
        without = torch.searchsorted(self.album.plain, at)
        return torch.where(self.uniform(count) < plain, without, faces).clamp(max=self.album.count - 1)

    def place(self, photo: torch.Tensor, rect: torch.Tensor, low: torch.Tensor, high: torch.Tensor, patch: bool = False) -> Placement:
        """Each photo on its rectangle with one of its faces at a size drawn log-uniformly between low and high pixels, somewhere on it (in the middle
        for a patch, which may also leave the photo); a photo without faces covers the rectangle, more or less enlarged."""
        n, size = len(photo), self.album.size[photo, 0].float()
        extent = rect[:, 2:].clamp(min=1)
        known = self.album.known[photo]
        close = self.uniform(n) < (0.0 if patch else CLOSE)  # a photo's rows begin with its largest face
        which = torch.where(close, torch.zeros_like(known), (self.uniform(n) * known).long().clamp(max=self.album.faces.shape[1] - 1))
        face = self.album.faces[photo, which]
        low = torch.where(close, torch.maximum(low, 0.3 * high), low)
        has = (known > 0)[:, None]
        span = (face[:, 2:4] - face[:, :2]).prod(1).clamp(min=1).sqrt()
        target = torch.exp(torch.lerp(low.log(), high.log(), self.uniform(n)))
        cover = (extent / size).amin(1)
        least = either(self.uniform(n) < 0.25, 0.35, 0.8) * cover if not patch else torch.zeros_like(cover)
        most = either(close, 1.4 * ENLARGED, 2.0 if patch else ENLARGED)
        scale = torch.minimum(torch.maximum(target / span, least), most).clamp(min=0.02)
        stretch = torch.exp(self.uniform(n, low=-0.5, high=0.5) * (0.5 if patch else 1.0)) * (self.uniform(n) < 0.6) + 0.0
        stretch = torch.where(stretch == 0, torch.ones_like(stretch), stretch).sqrt()
        full = (extent / size).amax(1) * torch.exp(self.uniform(n, low=math.log(0.9), high=math.log(2.5)))
        scale = torch.where(has[:, 0], scale, full)
        kind = self.uniform(n)
        angle = torch.where(kind < 0.85, self.normal(n) * 7, self.uniform(n, low=-40, high=40))
        angle = torch.where(kind > 0.985, self.uniform(n, low=-100, high=100), angle) * (math.pi / 180)
        mirrored = self.uniform(n) < 0.5
        along = torch.stack([scale * stretch, scale / stretch], 1)
        signed = torch.stack([torch.where(mirrored, -along[:, 0], along[:, 0]), along[:, 1]], 1)
        turn = torch.stack([angle.cos(), -angle.sin(), angle.sin(), angle.cos()], 1).reshape(n, 2, 2)
        linear = turn * signed[:, None]
        centre = torch.where(has, (face[:, :2] + face[:, 2:4]) / 2, size * self.uniform(n, 2, low=0.3, high=0.7))
        rim = (0.38 * (span * scale)[:, None] / extent).clamp(0.08, 0.5)
        at = torch.where(has, rim + (1 - 2 * rim) * self.uniform(n, 2), torch.full_like(size, 0.5)) * extent
        if patch:
            at = extent * self.uniform(n, 2, low=0.46, high=0.54)
        else:  # keep the photo over the rectangle, or the rectangle over the photo, so that less of it is border
            origin = at - torch.where(torch.stack([mirrored, torch.zeros_like(mirrored)], 1), size - centre, centre) * along
            slack = extent - size * along
            zero = torch.zeros_like(slack)
            at = at + torch.maximum(torch.minimum(origin, torch.maximum(slack, zero)), torch.minimum(slack, zero)) - origin
        shift = rect[:, :2] + at - torch.einsum("nij,nj->ni", linear, centre)
        level = torch.floor(-along.mean(1).log2() + self.uniform(n, low=-0.4, high=0.6)).clamp(0, LEVELS - 1).long()
        black = self.uniform(n, 1) < 0.6
        fill = torch.where(black, torch.zeros(n, 3, device=self.device), self.uniform(n, 3, high=255))
        gain = torch.exp(self.normal(n, 1) * 0.2 + self.normal(n, 3) * 0.05) if patch else torch.ones(n, 3, device=self.device)
        return Placement(photo, rect, linear, shift, mirrored, level, self.uniform(n) < (2.0 if patch else 0.5), fill, gain)

    def start(self, placed: Placement) -> torch.Tensor:
        return self.album.start[placed.photo].gather(1, placed.level[:, None])[:, 0]

    def grid(self, side: int) -> tuple[torch.Tensor, torch.Tensor]:
        line = torch.arange(side, device=self.device, dtype=torch.float32) + 0.5
        return line[None, None, :], line[None, :, None]

    def crops(self, count: int, side: int, plain: float) -> tuple[torch.Tensor, Labels]:
        rect = F.pad(torch.full((count, 2), float(side), device=self.device), (2, 0))
        low, high = (torch.full((count,), v, device=self.device) for v in (10.0, LARGEST * side))
        placed = self.place(self.photos(count, plain), rect, low, high)
        x, y = self.grid(side)
        pixels = self.view(self.album.pixels, self.start(placed)[:, None, None], reading(self.album, placed)[:, None, None], x, y)
        return pixels, moved(self.album, placed)

    def mosaics(self, count: int, side: int) -> tuple[torch.Tensor, Labels]:
        """Two or three parts along each axis, cut at random places; the third part of two is empty."""
        third = self.uniform(count, 2, 1) < 0.3
        two = torch.stack([self.uniform(count, 2, low=0.3, high=0.7), torch.ones(count, 2, device=self.device)], -1)
        three = torch.stack([self.uniform(count, 2, low=0.23, high=0.43), self.uniform(count, 2, low=0.57, high=0.77)], -1)
        cuts = torch.where(third, three, two)
        edges = torch.cat([torch.zeros_like(cuts[..., :1]), cuts, torch.ones_like(cuts[..., :1])], -1).mul(side).round()  # [n, x and y, 4]
        low, extent = edges[..., :3], edges[..., 1:] - edges[..., :3]
        shape = (count, 3, 3)  # row, column
        rect = torch.stack([low[:, 0, None, :].expand(shape), low[:, 1, :, None].expand(shape), extent[:, 0, None, :].expand(shape),
                            extent[:, 1, :, None].expand(shape)], -1).reshape(-1, 4)
        high = (rect[:, 2:].amin(1) * 0.95).clamp(min=14)
        placed = self.place(self.photos(len(rect), 0.12), rect, torch.full_like(high, 11.0), high)
        read, start = reading(self.album, placed).reshape(count, 9, 15), self.start(placed).reshape(count, 9)
        x, y = self.grid(side)
        part = (x[0] >= edges[:, 0, 1, None, None]).long() + (x[0] >= edges[:, 0, 2, None, None]) \
            + 3 * ((y[0] >= edges[:, 1, 1, None, None]).long() + (y[0] >= edges[:, 1, 2, None, None]))
        labels = moved(self.album, placed)
        labels = Labels(labels.rows.reshape(count, -1, 15), labels.kind.reshape(count, -1), labels.seen.reshape(count, -1, 5))
        return self.view_parts(self.album.pixels, start, read, part, x, y), labels

    def pasted(self, count: int, side: int) -> tuple[torch.Tensor, Labels]:
        """Faces from elsewhere, with some of their surroundings and a soft edge, where a scene has none."""
        canvas, labels = self.crops(count, side, 0.6 if self.album.has_plain else 0.0)
        labels = labels.chosen(FACES)
        taken, used = labels.rows[..., :4], labels.kind != NOTHING
        read, starts, rects, soft, found = [], [], [], [], []
        for _ in range(PASTES):
            target = torch.exp(self.uniform(count, low=math.log(11), high=math.log(0.45 * side)))
            size = (target * self.uniform(count, low=1.25, high=2.0)).round().clamp(max=side * 0.75)
            corner = (self.uniform(count, TRIES, 2) * (side - size)[:, None, None]).floor()
            box = torch.cat([corner, corner + size[:, None, None]], -1)
            meets = ((torch.minimum(box[:, :, None, 2:], taken[:, None, :, 2:]) > torch.maximum(box[:, :, None, :2], taken[:, None, :, :2])).all(-1)
                     & used[:, None]).any(-1)
            best = meets.float().argmin(1)
            free = ~meets.gather(1, best[:, None])[:, 0]
            corner = corner.gather(1, best[:, None, None].expand(-1, 1, 2))[:, 0]
            rect = torch.cat([corner, size[:, None], size[:, None]], 1)
            placed = self.place(self.photos(count, 0.0), rect, target, target, patch=True)
            labelled = moved(self.album, placed)
            labelled.kind = torch.where(free[:, None], labelled.kind, torch.full_like(labelled.kind, NOTHING))
            found.append(labelled.chosen(6))
            taken = torch.cat([taken, torch.cat([corner, corner + size[:, None]], 1)[:, None]], 1)
            used = torch.cat([used, free[:, None]], 1)
            read.append(reading(self.album, placed))
            starts.append(self.start(placed))
            rects.append(torch.where(free[:, None], rect, torch.full_like(rect, -1e4)))
            soft.append(torch.stack([either(self.uniform(count) < 0.6, 2.0, 8.0), self.uniform(count, low=0.03, high=0.12)], 1))
        x, y = self.grid(side)
        part = torch.zeros(count, side, side, dtype=torch.long, device=self.device)
        alpha = torch.zeros(count, side, side, device=self.device)
        for number, (rect, edge) in enumerate(zip(rects, soft)):
            dx = ((x - rect[:, 0, None, None]) / rect[:, 2, None, None] * 2 - 1).abs()
            dy = ((y - rect[:, 1, None, None]) / rect[:, 3, None, None] * 2 - 1).abs()
            inside = (dx <= 1) & (dy <= 1)
            power = edge[:, 0, None, None]
            away = (dx.pow(power) + dy.pow(power)).clamp(min=1e-6).pow(1 / power)  # 1 on an ellipse, or almost a rectangle
            part = torch.where(inside, torch.full_like(part, number), part)
            alpha = torch.where(inside, torch.sigmoid((0.93 - away) / edge[:, 1, None, None] * 3), alpha)
        patch = self.view_parts(self.album.pixels, torch.stack(starts, 1), torch.stack(read, 1), part, x, y)
        return torch.lerp(canvas, patch, alpha[..., None]), joined([labels, *found], 1)

    @torch.no_grad()
    def make(self, side: int) -> tuple[torch.Tensor, Labels]:
        """Images [B,3,side,side], whole numbers 0..255 in blue, green, red, and their labels; side a multiple of 32."""
        made = [self.crops(self.counts["crop"], side, 0.0), self.mosaics(self.counts["mosaic"], side), self.pasted(self.counts["pasted"], side)]
        if self.counts["plain"]:
            made.append(self.crops(self.counts["plain"], side, 1.0))
        images = torch.cat([image for image, _ in made]).permute(0, 3, 1, 2).contiguous()
        labels = joined([label.chosen(FACES) for _, label in made], 0)
        images = self.occluded(images, labels)
        return self.degraded(images), labels

    def occluded(self, images: torch.Tensor, labels: Labels) -> torch.Tensor:
        """Covers part of one face in some samples, from one side, with a plain colour or a piece of another sample."""
        b, _, side, _ = images.shape
        positive = (labels.kind == POSITIVE).sum(1)
        at = (self.uniform(b) * positive).long().clamp(max=FACES - 1)
        box = labels.rows[..., :4].gather(1, at[:, None, None].expand(-1, 1, 4))[:, 0]
        size = (box[:, 2:] - box[:, :2]).clamp(min=1)
        low, high = box[:, :2] - 0.1 * size, box[:, 2:] + 0.1 * size
        share = self.uniform(b, 1, low=0.15, high=0.45)
        edge = (self.uniform(b) * 4).long()
        from_low, from_high = box[:, :2] + share * size, box[:, 2:] - share * size
        high = torch.where(torch.stack([edge == 0, edge == 1], 1), from_low, high)
        low = torch.where(torch.stack([edge == 2, edge == 3], 1), from_high, low)
        on = (self.uniform(b) < 0.16) & (positive > 0)
        x, y = self.grid(side)
        inside = (x > low[:, 0, None, None]) & (y > low[:, 1, None, None]) & (x < high[:, 0, None, None]) & (y < high[:, 1, None, None])
        plain = (self.uniform(b, 3, high=255)[:, :, None, None])
        cover = torch.where((self.uniform(b) < 0.5)[:, None, None, None], plain, images.roll((1, 37, 61), (0, 2, 3)))
        return torch.where((inside & on[:, None, None])[:, None], cover, images)

    def degraded(self, images: torch.Tensor) -> torch.Tensor:
        b, _, side, _ = images.shape
        at = self.some(BLURRED)
        images = images.index_copy(0, at, self.blurred(images[at]))
        noisy = self.some(NOISY)
        dark = torch.zeros(b, device=self.device).index_copy(0, noisy, (self.uniform(len(noisy)) < 0.25).float())[:, None] > 0.5
        gain = torch.exp(self.normal(b, 1) * 0.2 + self.normal(b, 3) * 0.07) * either(dark, self.uniform(b, 1, low=0.2, high=0.5), 1.0)
        gamma = torch.exp(self.normal(b, 1) * 0.2 + self.normal(b, 3) * 0.03)
        grey = either(self.uniform(b) < 0.3, self.uniform(b, low=-0.6, high=0.7), 0.0)
        grey = either(self.uniform(b) < 0.14, 1.0, grey)
        light = self.normal(b, 2) * 0.2 * (self.uniform(b, 1) < 0.4)
        images = self.colour(images, gain, self.normal(b) * 14, gamma, grey, light)
        rough = images[noisy]
        sigma = torch.exp(self.uniform(len(noisy), low=math.log(1.5), high=math.log(14.0)))[:, None, None, None]
        half = len(noisy) // 2
        fine = self.normal(len(noisy) - half, 3, side, side)
        coarse = F.interpolate(self.normal(half, 3, side // 2, side // 2), scale_factor=2.0, mode="bilinear", align_corners=False) * 1.3
        images = images.index_copy(0, noisy, (rough + torch.cat([fine, coarse]) * sigma).clamp(0, 255))
        coded = self.some(CODED)
        images = images.index_copy(0, coded, self.jpeg(images[coded], self.uniform(len(coded), low=20, high=88)))
        return images.clamp(0, 255).round()

    def blurred(self, images: torch.Tensor) -> torch.Tensor:
        """Defocus, motion, or sharpening: a Gaussian of its own for each sample, longer one way for motion."""
        n = len(images)
        kind = self.uniform(n)
        motion, sharp = kind < 0.25, kind > 0.8
        long = torch.where(motion, self.uniform(n, low=1.2, high=3.0), self.uniform(n, low=0.4, high=1.7))
        short = torch.where(motion, torch.full_like(long, 0.4), long)
        angle = self.uniform(n, high=math.pi)[:, None, None]
        line = torch.arange(BLUR, device=self.device, dtype=torch.float32) - BLUR // 2
        x, y = line[None, None], line[None, :, None]
        kernel = torch.exp(-0.5 * (((x * angle.cos() + y * angle.sin()) / long[:, None, None]) ** 2
                                   + ((y * angle.cos() - x * angle.sin()) / short[:, None, None]) ** 2))
        kernel = kernel / kernel.sum((1, 2), keepdim=True)
        point = ((x == 0) & (y == 0)).float()
        amount = self.uniform(n, low=0.3, high=1.0)[:, None, None]
        kernel = torch.where(sharp[:, None, None], point * (1 + amount) - amount * kernel, kernel)
        padded = F.pad(images, [BLUR // 2] * 4, mode="replicate")
        stacked = padded.reshape(1, n * 3, *padded.shape[2:])
        weight = kernel[:, None].expand(-1, 3, -1, -1).reshape(n * 3, 1, BLUR, BLUR)
        return F.conv2d(stacked, weight, groups=n * 3).reshape(images.shape).clamp(0, 255)


def colour(images: torch.Tensor, gain: torch.Tensor, offset: torch.Tensor, gamma: torch.Tensor, grey: torch.Tensor,
           light: torch.Tensor) -> torch.Tensor:
    """Gamma and gain a channel, a slope of light across the picture, offset, and a share of grey (1 = grey, below 0 = more colourful)."""
    side = images.shape[-1]
    line = torch.linspace(-1, 1, side, device=images.device)
    slope = (1 + light[:, :1, None] * line[None, None, :] + light[:, 1:, None] * line[None, :, None]).clamp(min=0.2)[:, None]
    out = (images.clamp(0, 255) / 255 + 1e-4).pow(gamma[..., None, None]) * (255 * gain[..., None, None]) * slope + offset[:, None, None, None]
    mean = (out[:, 0] * GREY[0] + out[:, 1] * GREY[1] + out[:, 2] * GREY[2])[:, None]
    return (out + (mean - out) * grey[:, None, None, None]).clamp(0, 255)


class Jpeg:
    """Quantises 8x8 blocks as baseline JPEG does (tables of ITU-T T.81, annex K), colour at half the resolution."""

    LUMA = [16, 11, 10, 16, 24, 40, 51, 61, 12, 12, 14, 19, 26, 58, 60, 55, 14, 13, 16, 24, 40, 57, 69, 56, 14, 17, 22, 29, 51, 87, 80, 62,
            18, 22, 37, 56, 68, 109, 103, 77, 24, 35, 55, 64, 81, 104, 113, 92, 49, 64, 78, 87, 103, 121, 120, 101, 72, 92, 95, 98, 112, 100, 103, 99]
    CHROMA = [17, 18, 24, 47, 18, 21, 26, 66, 24, 26, 56, 99, 47, 66, 99, 99]  # the upper left; 99 elsewhere

    def __init__(self, device: torch.device) -> None:
        k = torch.arange(8, dtype=torch.float32)
        basis = torch.cos((2 * k[None] + 1) * k[:, None] * math.pi / 16) * torch.where(k == 0, math.sqrt(1 / 8), 0.5)[:, None]
        self.transform = torch.kron(basis, basis).to(device)  # [64,64], of a block's rows one after the other
        chroma = torch.full((8, 8), 99.0)
        chroma[:4, :4] = torch.tensor(self.CHROMA, dtype=torch.float32).reshape(4, 4)
        luma = torch.tensor(self.LUMA, dtype=torch.float32).reshape(8, 8)
        self.tables = torch.stack([luma, chroma, chroma]).flatten(1).to(device)
        # luma, blue difference, red difference from blue, green, red
        mix = torch.tensor([[0.114, 0.587, 0.299], [0.5, -0.331264, -0.168736], [-0.081312, -0.418688, 0.5]])
        self.mix, self.back = mix.to(device), torch.linalg.inv(mix).to(device)

    def __call__(self, images: torch.Tensor, quality: torch.Tensor) -> torch.Tensor:
        n, _, h, w = images.shape
        x = torch.einsum("oc,nchw->nohw", self.mix, images)
        x = torch.cat([x[:, :1] - 128, F.interpolate(F.avg_pool2d(x[:, 1:], 2), scale_factor=2.0, mode="nearest")], 1)
        blocks = x.reshape(n, 3, h // 8, 8, w // 8, 8).permute(0, 1, 2, 4, 3, 5)
        spectrum = blocks.reshape(n, 3, -1, 64) @ self.transform.T
        scale = torch.where(quality < 50, 50 / quality, 2 - quality / 50)
        table = (self.tables[None] * scale[:, None, None]).clamp(min=1)[:, :, None]
        blocks = (((spectrum / table).round() * table) @ self.transform).reshape(n, 3, h // 8, w // 8, 8, 8)
        x = blocks.permute(0, 1, 2, 4, 3, 5).reshape(n, 3, h, w)
        x = torch.cat([x[:, :1] + 128, x[:, 1:]], 1)
        return torch.einsum("oc,nchw->nohw", self.back, x).clamp(0, 255)
