"""How Upstairs and NegMAS grow with the number of packages and of issues: prints a table and draws it as SVG.

    python3 xtask/peers/growth.py [--upstairs target/release/upstairs] [--folder target/tmp/growth] [--out docs/bargaining-growth.svg]

NegMAS 0.16.0 is installed in a virtual environment in the folder and plays up to 100,000 packages; beyond that a session takes it
more than half a second. Sessions of 100 rounds between two Boulware strategies, on one thread, preparing included, reading left out.
"""

import argparse
import json
import math
import pathlib
import random
import subprocess
import sys

import compare

ISSUES_OF_TEN = [1, 2, 3, 4, 5, 6, 7]
# About 100,000 packages, whatever the issues.
SAME_SPACE = {2: 316, 3: 46, 5: 10, 8: 4, 12: 3, 16: 2}
PEER_MOST = 100_000
PAIR = ("boulware", "boulware")


def ours(upstairs, file, times):
    command = [upstairs, "lab", "sessions", file, "--json", "--time", str(times)]
    return json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)["per_second"]


def measure(args):
    rng = random.Random(20261124)
    spaces = [("packages", [10] * issues) for issues in ISSUES_OF_TEN]
    spaces += [("issues", [options] * issues) for issues, options in SAME_SPACE.items()]
    kept = []
    for number, (kind, sizes) in enumerate(spaces):
        packages = math.prod(sizes)
        file = args.folder / f"{number:03}.jsonl"
        lines = [compare.scenario(rng, sizes, PAIR, f"{number}-{i}") for i in range(10)]
        file.write_text("".join(json.dumps(line) + "\n" for line in lines))
        kept.append({"kind": kind, "issues": len(sizes), "packages": packages, "ours": ours(args.upstairs, file, 40)})
        if packages > PEER_MOST * 1.1:
            file.unlink()
    python = compare.installed(args.folder)
    for number, point in enumerate(kept):
        file = args.folder / f"{number:03}.jsonl"
        command = [python, compare.__file__, "--inside", file, "--seconds", "3"]
        point["theirs"] = json.loads(compare.told(command).splitlines()[-1])["rate"] if file.exists() else None
    return kept


def draw(points):
    width, height, left, top, bottom = 460, 300, 60, 46, 48

    def panel(x, kind, title, axis, value):
        chosen = [point for point in points if point["kind"] == kind]
        xs = [value(point) for point in chosen]
        low, high = min(xs), max(xs)
        rate_low, rate_high = 0, 6

        def place(point, rate):
            across = x + left + (value(point) - low) / (high - low) * (width - left - 24)
            return across, top + (rate_high - math.log10(rate)) / (rate_high - rate_low) * (height - top - bottom)

        out = [f'<text x="{x + left}" y="18" class="title">{title}</text>']
        for power in range(rate_low, rate_high + 1):
            y = top + (rate_high - power) / (rate_high - rate_low) * (height - top - bottom)
            out.append(f'<line x1="{x + left}" x2="{x + width - 24}" y1="{y:.1f}" y2="{y:.1f}" class="rule"/>')
            out.append(f'<text x="{x + left - 8}" y="{y + 4:.1f}" text-anchor="end">{10**power:,}</text>')
        for point in chosen:
            across, _ = place(point, 1)
            label = f"10^{round(value(point))}" if kind == "packages" else str(point["issues"])
            out.append(f'<text x="{across:.1f}" y="{height - bottom + 18}" text-anchor="middle">{label}</text>')
        out.append(f'<text x="{x + left}" y="{height - 8}">{axis}</text>')
        for who, name in (("ours", "Upstairs"), ("theirs", "NegMAS")):
            line = [place(point, point[who]) for point in chosen if point[who]]
            path = " ".join(f"{a:.1f},{b:.1f}" for a, b in line)
            out.append(f'<polyline points="{path}" class="{who}"/>')
            out += [f'<circle cx="{a:.1f}" cy="{b:.1f}" r="3.5" class="{who}"/>' for a, b in line]
            a, b = line[0]
            out.append(f'<text x="{a + 8:.1f}" y="{b - 10:.1f}" class="{who}">{name}</text>')
        return out

    style = (
        "text{font:13px system-ui,sans-serif;fill:#5d656e}.title{font-weight:600;fill:#1c1f23}.rule{stroke:#e2e4e8}"
        ".ours{stroke:#1f5f8b;fill:none;stroke-width:2}.theirs{stroke:#b4472f;fill:none;stroke-width:2;stroke-dasharray:5 4}"
        "circle.ours{fill:#1f5f8b}circle.theirs{fill:#b4472f}text.ours{fill:#1f5f8b;stroke:none}text.theirs{fill:#b4472f;stroke:none}"
        "@media(prefers-color-scheme:dark){text{fill:#9aa3ad}.title{fill:#e9eaec}.rule{stroke:#2c3138}.back{fill:#15181c}"
        ".ours{stroke:#7db7dd}.theirs{stroke:#e08a73}circle.ours,text.ours{fill:#7db7dd}circle.theirs,text.theirs{fill:#e08a73}}"
    )
    label = "Sessions a second of Upstairs and NegMAS, by packages and by issues; the table beside it has the figures"
    body = panel(0, "packages", "Sessions a second, issues of ten options", "packages", lambda p: math.log10(p["packages"]))
    body += panel(width, "issues", "Sessions a second, some 100,000 packages", "issues", lambda p: p["issues"])
    head = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {2 * width} {height}" role="img" aria-label="{label}">'
    return "\n".join([head, f"<style>{style}.back{{fill:#fbfaf8}}</style>", f'<rect class="back" width="{2 * width}" height="{height}"/>', *body, "</svg>", ""])


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--upstairs", default="target/release/upstairs", type=pathlib.Path)
    parser.add_argument("--folder", default="target/tmp/growth", type=pathlib.Path)
    parser.add_argument("--out", default="docs/bargaining-growth.svg", type=pathlib.Path)
    args = parser.parse_args()
    args.folder.mkdir(parents=True, exist_ok=True)
    for old in args.folder.glob("*.jsonl"):
        old.unlink()
    points = measure(args)
    print("| packages | issues | Upstairs, sessions/s | NegMAS, sessions/s |\n|---|---|---|---|")
    for point in points:
        theirs = f"{point['theirs']:.1f}" if point["theirs"] else "not played"
        print(f"| {point['packages']:,} | {point['issues']} | {point['ours']:,.0f} | {theirs} |")
    args.out.write_text(draw(points))


if __name__ == "__main__":
    sys.exit(main())
