"""Prints the events of an iCalendar file as JSON, as Debian's python3-icalendar reads them in a time zone."""
import json
import sys
from datetime import datetime, timezone
from zoneinfo import ZoneInfo

from icalendar import Calendar

file, zone = sys.argv[1:]
with open(file, "rb") as opened:
    calendar = Calendar.from_ical(opened.read())


def alarm(start, component):
    instant = start + component["TRIGGER"].dt
    return instant.astimezone(timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")


def event(component):
    day = component["DTSTART"].dt
    start = datetime(day.year, day.month, day.day, tzinfo=ZoneInfo(zone))
    return {
        "uid": str(component["UID"]),
        "sequence": int(component["SEQUENCE"]),
        "day": day.isoformat(),
        "summary": str(component["SUMMARY"]),
        "description": str(component["DESCRIPTION"]),
        "alarms": [alarm(start, one) for one in component.walk("VALARM")],
    }


print(json.dumps([event(one) for one in calendar.walk("VEVENT")]))
