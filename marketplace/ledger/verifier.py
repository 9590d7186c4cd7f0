#!/usr/bin/env python3
"""Check a ledger from outside: nothing but Python is needed, and nothing of the shop is trusted.

    python3 verifier.py export.jsonl                    the export by itself
    python3 verifier.py export.jsonl --roots kept.json  and against day roots kept from earlier
    python3 verifier.py --proof proof.json              that one event is under its day's root

Every event is sealed into a chain of hashes within a minute of being recorded, and each day's seals
have one Merkle root on a public page. Who changes an event later, with whatever rights, changes its
hash, and with it the chain and the root that others have kept. Exits with 1 and a line for each
thing that is wrong; with 0 when all is well.
"""

import argparse
import hashlib
import json
import sys
from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta, timezone
from pathlib import Path

GENESIS = "0" * 64
BANGKOK = timezone(timedelta(hours=7))
LATEST_SEAL = timedelta(hours=1)
"""An event that was recorded so long before it was sealed did not come in by itself."""


def canonical(value) -> bytes:
    """The one way to write a value down."""
    text = json.dumps(value, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return text.encode()


def digest(*parts: bytes) -> str:
    return hashlib.sha256(b"".join(parts)).hexdigest()


def leaf_hash(header: dict, details_hash: str) -> str:
    """Hash of an event: of what a receipt says of it, and of the hash of all that belongs to it."""
    return digest(b"leaf\n", canonical(header), b"\n", details_hash.encode())


def leaf_of(facts: dict) -> str:
    return leaf_hash(facts["header"], digest(canonical(facts["details"])))


def link(before: str, leaf: str, sealed_at: str) -> str:
    """The chain after one more leaf; `sealed_at` as it stands in an export."""
    return digest(b"link\n", before.encode(), leaf.encode(), sealed_at.encode())


def merkle_root(leaves: list[str]) -> str:
    """Root over the leaves in their order; a leaf without a neighbour goes up as it is."""
    level = list(leaves)
    while len(level) > 1:
        level = [_pair(*level[n : n + 2]) for n in range(0, len(level), 2)]
    return level[0]


def merkle_path(leaves: list[str], position: int) -> list[str]:
    """The neighbours on the way from a leaf to the root, "L" or "R" first: on which side."""
    level, path = list(leaves), []
    while len(level) > 1:
        other = position ^ 1
        if other < len(level):
            path.append(("L" if other < position else "R") + level[other])
        level = [_pair(*level[n : n + 2]) for n in range(0, len(level), 2)]
        position //= 2
    return path


def root_from(leaf: str, path: Iterable[str]) -> str:
    """Climb from a leaf along its path."""
    for step in path:
        leaf = _pair(step[1:], leaf) if step[0] == "L" else _pair(leaf, step[1:])
    return leaf


def _pair(left: str, right: str = "") -> str:
    return digest(b"node\n", left.encode(), right.encode()) if right else left


def check(rows: Iterable[dict], kept_roots: dict[str, str] | None = None) -> Iterator[str]:
    """Yield a sentence for each thing that is wrong with the rows of an export."""
    chain, number, roots, days = GENESIS, 0, {}, {}
    for row in rows:
        if row["row"] == "seal":
            number += 1
            yield from _wrong_seal(row, number, chain)
            chain = row["chain_hash"]
            days.setdefault(_day(row["sealed_at"]), []).append(row)
        elif row["row"] == "root":
            roots[row["day"]] = row
        else:
            yield f"event {row['event']} was never sealed"
    yield from _wrong_roots(days, roots, kept_roots or {})


def _wrong_seal(row: dict, number: int, chain: str) -> Iterator[str]:
    name = f"seal {row['number']}"
    if row["number"] != number:
        yield f"{name}: number {number} should stand here"
    if link(chain, row["leaf_hash"], row["sealed_at"]) != row["chain_hash"]:
        yield f"{name}: the chain is broken"
    if row["facts"] is None:
        yield f"{name}: the event is gone"
    else:
        yield from _wrong_event(name, row)


def _wrong_event(name: str, row: dict) -> Iterator[str]:
    event = row["facts"]["details"]["event"]
    if leaf_of(row["facts"]) != row["leaf_hash"]:
        yield f"{name}: the event is not what was sealed"
    if _instant(row["sealed_at"]) - _instant(event["recorded_at"]) > LATEST_SEAL:
        yield f"{name}: recorded long before it was sealed"
    yield from _wrong_sums(name, row["facts"])


def _wrong_sums(name: str, facts: dict) -> Iterator[str]:
    event, transfers = facts["details"]["event"], facts["details"]["transfers"]
    if len(transfers) != event["transfer_count"]:
        yield f"{name}: the event has another number of transfers than it says"
    if sum(one["amount_satang"] for one in transfers) != event["total_satang"]:
        yield f"{name}: the transfers do not add up to the event's total"
    if any(facts["header"][key] != event[key] for key in facts["header"]):
        yield f"{name}: the header is not that of the event"


def _wrong_roots(days: dict, roots: dict, kept: dict) -> Iterator[str]:
    for day, seals in days.items():
        if day in roots:
            yield from _wrong_root(day, seals, roots[day])
        elif day != max(days):  # the last day may still be running
            yield f"day {day} has no root"
    for day in roots.keys() - days.keys():
        yield f"day {day} has a root and no seals"
    for day, root_hash in kept.items():
        if roots.get(day, {}).get("root_hash") != root_hash:
            yield f"day {day}: another root was published"


def _wrong_root(day: str, seals: list[dict], root: dict) -> Iterator[str]:
    if merkle_root([seal["leaf_hash"] for seal in seals]) != root["root_hash"]:
        yield f"day {day}: the root is not that of its seals"
    found = (seals[0]["number"], seals[-1]["number"], seals[-1]["chain_hash"])
    if found != (root["first_number"], root["last_number"], root["chain_hash"]):
        yield f"day {day}: the root does not begin and end where the day does"


def check_proof(proof: dict) -> Iterator[str]:
    """Yield what is wrong with a proof that one event lies under its day's root."""
    leaf = leaf_hash(proof["header"], proof["details_hash"])
    if root_from(leaf, proof["path"]) != proof["root_hash"]:
        yield "the proof does not lead to the root of the day"


def _instant(text: str) -> datetime:
    return datetime.fromisoformat(text)


def _day(text: str) -> str:
    return _instant(text).astimezone(BANGKOK).date().isoformat()


def _read_lines(path: str) -> Iterator[dict]:
    with Path(path).open(encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)


def _read_json(path: str) -> dict:
    return json.loads(Path(path).read_text(encoding="utf-8"))


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("export", nargs="?", help="file of the ledger, one row a line")
    parser.add_argument("--roots", help="day roots kept from the public page, as JSON")
    parser.add_argument("--proof", help="proof from a receipt or a statement, as JSON")
    asked = parser.parse_args()
    wrong = []
    if asked.export:
        kept = {one["day"]: one["root_hash"] for one in _kept(asked.roots)}
        wrong += check(_read_lines(asked.export), kept)
    if asked.proof:
        wrong += check_proof(_read_json(asked.proof))
    for line in wrong:
        print(line)
    print("The ledger is not what was sealed." if wrong else "All is as it was sealed.")
    return 1 if wrong else 0


def _kept(path: str | None) -> list[dict]:
    return _read_json(path)["roots"] if path else []


if __name__ == "__main__":
    sys.exit(main())
