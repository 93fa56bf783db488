"""Colour arithmetic on `#rrggbb` texts (WCAG 2 contrast)."""

from __future__ import annotations


def channels(colour: str) -> tuple[int, int, int]:
    """Red, green and blue, 0 to 255 each."""
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def mix(one: str, other: str, share: float) -> str:
    """`one` with a `share` (0 to 1) of `other` in it."""
    pairs = zip(channels(one), channels(other), strict=True)
    return "#" + "".join(f"{round(a + (b - a) * share):02x}" for a, b in pairs)


def luminance(colour: str) -> float:
    """Relative luminance, 0 (black) to 1 (white)."""
    linear = []
    for channel in channels(colour):
        part = channel / 255
        linear.append(part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4)
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    """Contrast ratio, 1 (same) to 21 (black on white)."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def best_on(ground: str, *texts: str) -> str:
    """The one of `texts` that reads best on `ground`."""
    return max(texts, key=lambda text: contrast(text, ground))


def readable(text: str, *grounds: str, ratio: float = 4.5) -> str:
    """`text`, moved towards black or white until it has `ratio` on every one of `grounds`."""
    goal = best_on(grounds[0], "#000000", "#ffffff")
    for step in range(20):
        moved = mix(text, goal, step / 20)
        if all(contrast(moved, ground) >= ratio for ground in grounds):
            return moved
    return goal
