"""Plays random negotiations with NegMAS and with Upstairs and prints how many ended alike, a row a strategy.

    python3 xtask/peers/conformance.py [--upstairs target/release/upstairs] [--folder target/tmp/conformance] [--seed 7] [--count 150]

NegMAS 0.16.0 is installed in a virtual environment in the folder. With `--ties` values are drawn so that packages are often worth
the same: NegMAS then takes them in the order that an unstable sort left them in, which nothing here follows. Without ties it exits
with 1 where time-based strategies or tit-for-tat end otherwise.
"""

import argparse
import json
import pathlib
import random
import subprocess
import sys

import compare

STRATEGIES = {"time-based": ["boulware", "linear", "conceder"], "tit-for-tat": ["tit_for_tat"], "MiCRO": ["micro"]}
HELD = ["time-based", "tit-for-tat"]


def scenario(rng, name, kind, ties):
    sizes = [rng.randint(2, 6) for _ in range(rng.randint(1, 4))]

    def party(number):
        value = (lambda: rng.randint(0, 100) / 100) if ties else rng.random
        strategies = STRATEGIES[kind if number == 0 or rng.random() < 0.6 else "time-based"]
        return {
            "name": f"p{number}",
            "weights": [rng.random() for _ in sizes],
            "values": [[value() for _ in range(size)] for size in sizes],
            "reserved": 0.0,
            "strategy": rng.choice(strategies),
        }

    issues = [{"name": f"i{i}", "values": [f"v{v}" for v in range(size)]} for i, size in enumerate(sizes)]
    return {"id": name, "n_steps": rng.choice([1, 5, 20, 50]), "issues": issues, "parties": [party(0), party(1)]}


def play_with_negmas(scenario):
    from negmas import sao
    from negmas.outcomes import make_issue, make_os
    from negmas.preferences import LinearAdditiveUtilityFunction, TableFun

    kinds = {
        "boulware": sao.BoulwareTBNegotiator,
        "linear": sao.LinearTBNegotiator,
        "conceder": sao.ConcederTBNegotiator,
        "tit_for_tat": sao.NaiveTitForTatNegotiator,
        "micro": sao.MiCRONegotiator,
    }
    issues = [make_issue(issue["values"], name=issue["name"]) for issue in scenario["issues"]]
    space = make_os(issues)
    mechanism = sao.SAOMechanism(outcome_space=space, n_steps=scenario["n_steps"])
    for party in scenario["parties"]:
        tables = [TableFun(dict(zip(issue["values"], row))) for issue, row in zip(scenario["issues"], party["values"])]
        ufun = LinearAdditiveUtilityFunction(
            values=tables, weights=party["weights"], outcome_space=space, reserved_value=party["reserved"]
        )
        mechanism.add(kinds[party["strategy"]](name=party["name"]), ufun=ufun)
    state = mechanism.run()
    return [list(state.agreement) if state.agreement else None, state.step]


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--upstairs", default="target/release/upstairs", type=pathlib.Path)
    parser.add_argument("--folder", default="target/tmp/conformance", type=pathlib.Path)
    parser.add_argument("--seed", default=7, type=int)
    parser.add_argument("--count", default=150, type=int)
    parser.add_argument("--ties", action="store_true")
    parser.add_argument("--inside", type=pathlib.Path, help=argparse.SUPPRESS)
    args = parser.parse_args()
    if args.inside:
        print(json.dumps([play_with_negmas(json.loads(line)) for line in args.inside.read_text().splitlines()]))
        return 0
    args.folder.mkdir(parents=True, exist_ok=True)
    rng = random.Random(args.seed)
    python = compare.installed(args.folder)
    print(f"seed {args.seed}\n\n| strategy | ended alike |\n|---|---|")
    sound = True
    for number, kind in enumerate(STRATEGIES):
        file = args.folder / f"{number}.jsonl"
        lines = [scenario(rng, f"{number}-{i}", kind, args.ties) for i in range(args.count)]
        file.write_text("".join(json.dumps(line) + "\n" for line in lines))
        theirs = json.loads(compare.told([python, __file__, "--inside", file]).splitlines()[-1])
        ours = [json.loads(line) for line in compare.told([args.upstairs, "lab", "sessions", file, "--json"]).splitlines()]
        alike = sum([our["agreement"], our["step"]] == their for our, their in zip(ours, theirs, strict=True))
        print(f"| {kind} | {alike} of {len(lines)} |", flush=True)
        sound &= args.ties or kind not in HELD or alike == len(lines)
    return 0 if sound else 1


if __name__ == "__main__":
    sys.exit(main())
