"""Quiet hours, and the moments of a daily and a weekly mail, on the clock where somebody lives."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.conf import settings

MONDAY = 0


def zone_of(name: str) -> ZoneInfo:
    """The time zone somebody chose; the site's own when there is none."""
    try:
        return ZoneInfo(name or settings.TIME_ZONE)
    except (ZoneInfoNotFoundError, ValueError):
        return ZoneInfo(settings.TIME_ZONE)


def is_quiet(now: datetime, zone: ZoneInfo, begins: int, ends: int) -> bool:
    """Whether the clock there stands between these hours; the same hour twice means never."""
    hour = now.astimezone(zone).hour
    return begins <= hour < ends if begins <= ends else hour >= begins or hour < ends


def last_turn(now: datetime, zone: ZoneInfo, hour: int, *, weekly: bool = False) -> datetime:
    """When the clock there last struck this hour: today or yesterday, or on a Monday for `weekly`."""
    local = now.astimezone(zone)
    day = local.date()
    if weekly:
        day -= timedelta(days=(day.weekday() - MONDAY) % 7)
    turn = datetime.combine(day, time(hour), zone)
    if turn > local:
        turn = datetime.combine(day - timedelta(days=7 if weekly else 1), time(hour), zone)
    return turn
