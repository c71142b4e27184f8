"""Which target serves which, along the funnel: from parcels to friends, to groups, to turnover. Source: product C9."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Protocol, TypeVar
from uuid import UUID

FEEDS = {
    "parcels_sent": ("wecom_new_parcel", "wecom_total"),
    "parcel_to_wecom_rate": ("wecom_new_parcel", "wecom_total"),
    "wecom_new_parcel": ("wecom_total",),
    "first_order_rate": ("wecom_total", "group_gmv"),
    "wecom_total": ("group_members", "group_count"),
    "group_new": ("group_members",),
    "group_quit_rate": ("group_members",),
    "group_count": ("group_members", "group_gmv"),
    "group_members": ("group_gmv", "group_buyers"),
    "group_active_rate": ("group_buyers", "group_gmv"),
    "group_buyers": ("group_gmv",),
    "aov_buyer": ("group_gmv",),
    "silent_gmv": ("group_gmv",),
}
"""The metrics that a metric feeds, the nearest first."""


class Placed(Protocol):
    id: UUID
    metric: str


Node = TypeVar("Node", bound=Placed)


def likely_parent(metric: str, others: Iterable[Node]) -> Node | None:
    """The target that this one feeds by the funnel."""
    by_metric = {one.metric: one for one in others}
    return next((by_metric[key] for key in FEEDS.get(metric, ()) if key in by_metric), None)


def would_loop(child: UUID, parent: UUID, parents: Mapping[UUID, UUID]) -> bool:
    """Whether the tree would bite its tail when `child` came under `parent`."""
    above: UUID | None = parent
    while above is not None:
        if above == child:
            return True
        above = parents.get(above)
    return False


def in_order(every: Sequence[Node], parents: Mapping[UUID, UUID]) -> list[tuple[int, Node]]:
    """(depth, target): each below the one it serves, otherwise in the order given."""
    here = {one.id for one in every}
    below: dict[UUID | None, list[Node]] = {}
    for one in every:
        above = parents.get(one.id)
        below.setdefault(above if above in here else None, []).append(one)

    def walk(above: UUID | None, depth: int) -> list[tuple[int, Node]]:
        return [step for one in below.get(above, []) for step in ((depth, one), *walk(one.id, depth + 1))]

    return walk(None, 0)
