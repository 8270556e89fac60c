"""Plays the same negotiations with NegMAS and with Upstairs, checks that they end alike, and prints sessions a second of both.

    python3 xtask/peers/compare.py [--upstairs target/release/upstairs] [--folder target/tmp/peers] [--seconds 10] [--runs 3]

NegMAS 0.16.0 is installed in a virtual environment in the folder. Both run on one thread of the same machine, in turns, a run after
the other; preparing a session counts, reading files does not. Of every kind there are 500 scenarios, drawn from a seed and kept in the
folder. Upstairs plays each of them once a pass, so that none is still at hand from before; NegMAS plays on in the same order for the
seconds given, in every run from where it stopped. Exits with 1 where they end otherwise, or where a ratio is below its bar.
"""

import argparse
import json
import pathlib
import random
import subprocess
import sys
import time

NEGMAS = "negmas==0.16.0"
ROUNDS = 100
# Options on each issue, by number of packages.
SPACES = {1_000: [10] * 3, 10_000: [10] * 4, 100_000: [10] * 5}
PAIRS = [("boulware", "conceder"), ("boulware", "boulware")]
SCENARIOS = 500
# Times as many sessions a second as NegMAS that there must be, and times as fast a frontier.
BARS = {1_000: 500, 10_000: 1_000}
FRONTIER_BARS = {100_000: 50}


def scenario(rng, sizes, pair, name):
    """A scenario with weights and values drawn evenly; each issue's values reach from 0 to 1."""

    def party(number, strategy):
        weights = [rng.random() for _ in sizes]
        total = sum(weights)

        def row(size):
            values = [rng.random() for _ in range(size)]
            low, high = min(values), max(values)
            return [(value - low) / (high - low) for value in values]

        return {
            "name": f"p{number}",
            "weights": [weight / total for weight in weights],
            "values": [row(size) for size in sizes],
            "reserved": 0.0,
            "strategy": strategy,
        }

    return {
        "id": name,
        "n_steps": ROUNDS,
        "issues": [{"name": f"i{i}", "values": [f"v{v}" for v in range(size)]} for i, size in enumerate(sizes)],
        "parties": [party(number, strategy) for number, strategy in enumerate(pair)],
    }


def play_with_negmas(scenario):
    """The agreement and the step at which NegMAS ends; the mechanism, the values and the parties are made here."""
    from negmas.outcomes import make_issue, make_os
    from negmas.preferences import LinearAdditiveUtilityFunction, TableFun
    from negmas.sao import BoulwareTBNegotiator, ConcederTBNegotiator, SAOMechanism

    kinds = {"boulware": BoulwareTBNegotiator, "conceder": ConcederTBNegotiator}
    issues = [make_issue(issue["values"], name=issue["name"]) for issue in scenario["issues"]]
    space = make_os(issues)
    mechanism = SAOMechanism(outcome_space=space, n_steps=scenario["n_steps"])
    for party in scenario["parties"]:
        tables = [TableFun(dict(zip(issue["values"], row))) for issue, row in zip(scenario["issues"], party["values"])]
        ufun = LinearAdditiveUtilityFunction(
            values=tables, weights=party["weights"], outcome_space=space, reserved_value=party["reserved"]
        )
        mechanism.add(kinds[party["strategy"]](name=party["name"]), ufun=ufun)
    state = mechanism.run()
    return list(state.agreement) if state.agreement else None, state.step


def frontier_with_negmas(scenario):
    """How many points NegMAS finds on the frontier."""
    from negmas.outcomes import make_issue, make_os
    from negmas.preferences import LinearAdditiveUtilityFunction, TableFun
    from negmas.preferences.ops import pareto_frontier

    issues = [make_issue(issue["values"], name=issue["name"]) for issue in scenario["issues"]]
    space = make_os(issues)
    ufuns = []
    for party in scenario["parties"]:
        tables = [TableFun(dict(zip(issue["values"], row))) for issue, row in zip(scenario["issues"], party["values"])]
        ufuns.append(
            LinearAdditiveUtilityFunction(
                values=tables, weights=party["weights"], outcome_space=space, reserved_value=party["reserved"]
            )
        )
    points, _ = pareto_frontier(ufuns, issues=issues)
    return len(points)


def inside(file, seconds, skip):
    """What runs within the virtual environment: plays scenarios of a file from one on, and prints a line of JSON."""
    scenarios = [json.loads(line) for line in file.read_text().splitlines()]
    play_with_negmas(scenarios[-1])
    ends, begun = [], time.perf_counter()
    while time.perf_counter() - begun < seconds:
        place = (skip + len(ends)) % len(scenarios)
        ends.append([place, *play_with_negmas(scenarios[place])])
    rate = len(ends) / (time.perf_counter() - begun)
    begun = time.perf_counter()
    count = frontier_with_negmas(scenarios[0])
    spent = time.perf_counter() - begun
    print(json.dumps({"rate": rate, "ends": ends, "frontier": count, "frontier_s": spent}))


def installed(folder):
    """The Python of a virtual environment that has NegMAS."""
    python = folder / "venv" / "bin" / "python"
    if not python.exists():
        subprocess.run([sys.executable, "-m", "venv", folder / "venv"], check=True)
        subprocess.run([python, "-m", "pip", "install", "--quiet", NEGMAS], check=True)
    return python


def told(command):
    """What a program prints; its faults are ours."""
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def median(values):
    return sorted(values)[len(values) // 2]


class Kind:
    """One kind of scenario: its file, and what came of playing it."""

    def __init__(self, folder, packages, sizes, pair, rng):
        self.packages, self.pair = packages, pair
        self.file = folder / f"{packages:06}-{pair[0]}-{pair[1]}.jsonl"
        scenarios = [scenario(rng, sizes, pair, f"{packages}-{i}") for i in range(SCENARIOS)]
        self.file.write_text("".join(json.dumps(one) + "\n" for one in scenarios))
        self.one = folder / f"{packages:06}-{pair[0]}-{pair[1]}.one.json"
        self.one.write_text(json.dumps(scenarios[0]))
        self.ends, self.theirs, self.ours = {}, [], []
        self.their_frontier_s, self.our_frontier_s, self.counts = [], [], set()

    def run(self, python, upstairs, seconds):
        """One run of both, one after the other."""
        command = [python, __file__, "--inside", self.file, "--skip", str(len(self.ends)), "--seconds", str(seconds)]
        their = json.loads(told(command).splitlines()[-1])
        self.ends.update({place: (agreement, step) for place, agreement, step in their["ends"]})
        self.theirs.append(their["rate"])
        self.their_frontier_s.append(their["frontier_s"])
        self.counts.add(their["frontier"])
        sessions = [upstairs, "lab", "sessions", self.file, "--json", "--time"]
        pass_s = json.loads(told([*sessions, "1"]))["seconds"]
        passes = max(3, int(1.0 / pass_s))
        self.ours.append(json.loads(told([*sessions, str(passes)]))["per_second"])
        for _ in range(10):
            begun = time.perf_counter()
            found = told([upstairs, "lab", "analyse", self.one, "--json"])
            self.our_frontier_s.append(time.perf_counter() - begun)
            self.counts.add(json.loads(found)["pareto_count"])

    def alike(self, upstairs):
        """How many of the sessions that NegMAS played end as they do here."""
        results = [json.loads(line) for line in told([upstairs, "lab", "sessions", self.file, "--json"]).splitlines()]
        return sum((results[place]["agreement"], results[place]["step"]) == end for place, end in self.ends.items())

    def report(self, upstairs):
        """Prints a row and says whether all is as it must be."""
        ratios = [ours / theirs for ours, theirs in zip(self.ours, self.theirs)]
        alike = self.alike(upstairs)
        theirs_s, ours_s = median(self.their_frontier_s), median(self.our_frontier_s)
        print(
            f"| {self.packages:,} | {' and '.join(self.pair)} | {median(self.theirs):.1f} | {median(self.ours):,.0f} "
            f"| {median(ratios):,.0f} | {min(ratios):,.0f} | {alike} of {len(self.ends)} "
            f"| {1000 * theirs_s:.2f} ms | {1000 * ours_s:.2f} ms | {theirs_s / ours_s:.0f} |",
            flush=True,
        )
        fast = min(ratios) >= BARS.get(self.packages, 0)
        fast_frontier = theirs_s / ours_s >= FRONTIER_BARS.get(self.packages, 0)
        return fast and fast_frontier and alike == len(self.ends) and len(self.counts) == 1


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--upstairs", default="target/release/upstairs", type=pathlib.Path)
    parser.add_argument("--folder", default="target/tmp/peers", type=pathlib.Path)
    parser.add_argument("--seconds", default=10.0, type=float, help="how long NegMAS plays each kind in each run")
    parser.add_argument("--runs", default=3, type=int, help="how often both play every kind, in turns")
    parser.add_argument("--inside", type=pathlib.Path, help=argparse.SUPPRESS)
    parser.add_argument("--skip", default=0, type=int, help=argparse.SUPPRESS)
    args = parser.parse_args()
    if args.inside:
        return inside(args.inside, args.seconds, args.skip)
    args.folder.mkdir(parents=True, exist_ok=True)
    rng = random.Random(20261124)
    print(f"seed 20261124, {SCENARIOS} scenarios of each kind, {args.runs} runs of {args.seconds:g} s; times: median and lowest of the runs")
    kinds = [Kind(args.folder, packages, sizes, pair, rng) for packages, sizes in SPACES.items() for pair in PAIRS]
    python = installed(args.folder)
    for _ in range(args.runs):
        for kind in kinds:
            kind.run(python, args.upstairs, args.seconds)
    print(
        "| packages | strategies | NegMAS, sessions/s | Upstairs, sessions/s | times | lowest | ended alike "
        "| frontier, NegMAS | whole program, Upstairs | times |"
    )
    print("|---|---|---|---|---|---|---|---|---|---|")
    # Every row is told, whatever another one comes to.
    sound = [kind.report(args.upstairs) for kind in kinds]
    return 0 if all(sound) else 1


if __name__ == "__main__":
    sys.exit(main())
