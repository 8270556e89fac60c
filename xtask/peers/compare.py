"""Plays the same negotiations with NegMAS and with Upstairs, checks that they end alike, and prints sessions a second of both.

    python3 xtask/peers/compare.py [--upstairs target/release/upstairs] [--folder target/tmp/peers] [--seconds 10]

NegMAS 0.16.0 is installed in a virtual environment in the folder. Both run on one thread, one after the other on the same machine;
preparing a session counts, reading files does not. Scenarios are drawn from a seed and kept in the folder.
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
SCENARIOS = 40


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


def inside(folder, seconds):
    """What runs within the virtual environment: prints a line of JSON for each file of scenarios."""
    for file in sorted(folder.glob("*.jsonl")):
        scenarios = [json.loads(line) for line in file.read_text().splitlines()]
        play_with_negmas(scenarios[0])
        ends, begun = [], time.perf_counter()
        for one in scenarios:
            ends.append(play_with_negmas(one))
            if time.perf_counter() - begun > seconds:
                break
        rate = len(ends) / (time.perf_counter() - begun)
        frontier_with_negmas(scenarios[0])
        begun = time.perf_counter()
        count = frontier_with_negmas(scenarios[0])
        spent = time.perf_counter() - begun
        print(json.dumps({"file": file.name, "rate": rate, "ends": ends, "frontier": count, "frontier_s": spent}))


def peers(folder, seconds):
    """What NegMAS does with every file of scenarios in a folder, by the file's name."""
    python = folder / "venv" / "bin" / "python"
    if not python.exists():
        subprocess.run([sys.executable, "-m", "venv", folder / "venv"], check=True)
        subprocess.run([python, "-m", "pip", "install", "--quiet", NEGMAS], check=True)
    command = [python, __file__, "--inside", "--folder", folder, "--seconds", str(seconds)]
    told = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    found = [json.loads(line) for line in told.splitlines() if line.startswith('{"file"')]
    return {one["file"]: one for one in found}


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--upstairs", default="target/release/upstairs", type=pathlib.Path)
    parser.add_argument("--folder", default="target/tmp/peers", type=pathlib.Path)
    parser.add_argument("--seconds", default=10.0, type=float, help="how long NegMAS plays each kind at most")
    parser.add_argument("--inside", action="store_true", help=argparse.SUPPRESS)
    args = parser.parse_args()
    if args.inside:
        return inside(args.folder, args.seconds)
    args.folder.mkdir(parents=True, exist_ok=True)
    for old in args.folder.glob("*.jsonl"):
        old.unlink()
    rng = random.Random(20261124)
    print("seed 20261124")
    for packages, sizes in SPACES.items():
        for pair in PAIRS:
            lines = [scenario(rng, sizes, pair, f"{packages}-{i}") for i in range(SCENARIOS)]
            file = args.folder / f"{packages:06}-{pair[0]}-{pair[1]}.jsonl"
            file.write_text("".join(json.dumps(line) + "\n" for line in lines))
    print("| packages | strategies | NegMAS, sessions/s | Upstairs, sessions/s | times | ended alike | frontier, NegMAS | whole program, Upstairs | times |")
    print("|---|---|---|---|---|---|---|---|---|")
    failed = False
    for their in peers(args.folder, args.seconds).values():
        file = args.folder / their["file"]
        packages, *pair = their["file"].removesuffix(".jsonl").split("-")
        sessions = [args.upstairs, "lab", "sessions", file, "--json"]
        results = subprocess.run(sessions, check=True, capture_output=True, text=True).stdout.splitlines()
        ours = [(result["agreement"], result["step"]) for result in map(json.loads, results)]
        alike = sum(tuple(end) == our for end, our in zip(their["ends"], ours))
        failed |= alike < len(their["ends"])
        timed = subprocess.run([*sessions, "--time", "200"], check=True, capture_output=True, text=True).stdout
        rate = json.loads(timed)["per_second"]
        one = args.folder / "one.json"
        one.write_text(file.read_text().splitlines()[0])
        spent = []
        for _ in range(20):
            begun = time.perf_counter()
            found = subprocess.run([args.upstairs, "lab", "analyse", one, "--json"], check=True, capture_output=True).stdout
            spent.append(time.perf_counter() - begun)
        count = json.loads(found)["pareto_count"]
        failed |= count != their["frontier"]
        ours_s = sorted(spent)[len(spent) // 2]
        print(
            f"| {int(packages):,} | {' and '.join(pair)} | {their['rate']:.1f} | {rate:,.0f} | {rate / their['rate']:,.0f} "
            f"| {alike} of {len(their['ends'])} | {1000 * their['frontier_s']:.2f} ms, {their['frontier']} points "
            f"| {1000 * ours_s:.2f} ms, {count} points | {their['frontier_s'] / ours_s:.0f} |"
        )
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
