"""A small cover: candidates chosen so that together they have every item that any of them has.

Fewest candidates first, then the least cost. The greedy choice is near the least number on covers
of this size; what it takes too much is taken away afterwards. The module knows no call: items are
bits of a number.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

#: A set of items: bit n stands for item n.
Bits = int


def chosen(candidates: Sequence[Bits], costs: Sequence[int], wanted: Bits) -> list[int]:
    """The places of candidates that have all of ``wanted`` that any candidate has, in order.

    Each of them has something that no other has.
    """
    taken: list[int] = []
    left = wanted & union(candidates)
    while left:
        best = max(
            range(len(candidates)),
            key=lambda place: ((candidates[place] & left).bit_count(), -costs[place], -place),
        )
        taken.append(best)
        left &= ~candidates[best]
    taken = needed(taken, candidates, costs, wanted)
    return sorted(_cheaper(taken, candidates, costs, wanted))


def union(sets: Iterable[Bits]) -> Bits:
    """What any of them has."""
    everything = 0
    for one in sets:
        everything |= one
    return everything


def needed(
    taken: Iterable[int], candidates: Sequence[Bits], costs: Sequence[int], wanted: Bits
) -> list[int]:
    """Those of the taken that are needed; of several that could go, the dearest goes."""
    kept = list(taken)
    for place in sorted(kept, key=lambda place: (-costs[place], -place)):
        others = union(candidates[other] for other in kept if other != place)
        if not candidates[place] & wanted & ~others:
            kept.remove(place)
    return kept


def _cheaper(
    taken: Sequence[int], candidates: Sequence[Bits], costs: Sequence[int], wanted: Bits
) -> list[int]:
    """As many candidates; one for which a cheaper one would do is exchanged, until none is."""
    kept = list(taken)
    while True:
        for number, place in enumerate(kept):
            others = union(candidates[other] for other in kept if other != place)
            own = candidates[place] & wanted & ~others
            cheaper = min(
                (other for other, has in enumerate(candidates) if not own & ~has),
                key=lambda other: (costs[other], other),
            )
            if costs[cheaper] < costs[place]:
                kept[number] = cheaper
                break
        else:
            return kept


def apart(candidates: Sequence[Bits], wanted: Bits) -> int:
    """So many items of which no candidate has two: fewer candidates than that cannot do.

    It need not be the greatest such number; where it is the number of those chosen, these are
    proven to be the fewest.
    """
    with_it = {bit: [has for has in candidates if has >> bit & 1] for bit in _places(wanted)}
    beside = {bit: union(has) for bit, has in with_it.items() if has}
    found, excluded = 0, 0
    for bit in sorted(beside, key=lambda bit: (beside[bit].bit_count(), bit)):
        if not excluded >> bit & 1:
            found += 1
            excluded |= beside[bit]
    return found


def _places(bits: Bits) -> list[int]:
    return [place for place in range(bits.bit_length()) if bits >> place & 1]
