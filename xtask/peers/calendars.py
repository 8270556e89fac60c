"""Writes calendars as the standard and the vendors' programs have them, and the trips that python-icalendar with
recurring-ical-events make of them, for `crates/visits/tests/oracle.rs` to compare.

    python3 xtask/peers/calendars.py [--check]

Needs `icalendar==7.3.2` and `recurring-ical-events==3.8.2` from PyPI; the tests need neither, for files and trips are committed in
`crates/visits/tests/calendars/`. With `--check` nothing is written, and it exits with 1 where what is there differs. Left out are
rules of times that end on a day (`UNTIL=20261209`): there the oracle leaves that day out, and we take it in, as people mean it; and
times listed in UTC (`RDATE`) that fall on another day there than where the series is: there the oracle has the day in UTC. So are
weekdays with a number beside such without (`BYDAY=1SA,WE`): the oracle wants both of a day, the standard either.
"""

import argparse
import datetime
import json
import pathlib
import sys
import warnings

import icalendar
import recurring_ical_events

FOLDER = pathlib.Path(__file__).parents[2] / "crates/visits/tests/calendars"
FROM, UNTIL = datetime.date(2026, 11, 23), datetime.date(2027, 11, 23)
DAY = datetime.timedelta(days=1)


def zone(name, east, summer, changes):
    """A VTIMEZONE as Outlook writes it: rules from 1601 on."""
    (to_winter, to_summer), (winter, other) = changes, (east, summer)
    part = "BEGIN:{0}\nDTSTART:1601{1}\nRRULE:FREQ=YEARLY;{2}\nTZOFFSETFROM:{3}\nTZOFFSETTO:{4}\nEND:{0}\n"
    return (
        f"BEGIN:VTIMEZONE\nTZID:{name}\n"
        + part.format("STANDARD", "1028T030000", to_winter, other, winter)
        + part.format("DAYLIGHT", "0325T020000", to_summer, winter, other)
        + "END:VTIMEZONE\n"
    )


def european(name):
    return zone(name, "+0100", "+0200", ("BYDAY=-1SU;BYMONTH=10", "BYDAY=-1SU;BYMONTH=3"))


def american(name):
    return zone(name, "-0500", "-0400", ("BYDAY=1SU;BYMONTH=11", "BYDAY=2SU;BYMONTH=3"))


def event(lines, location="Munich", uid="1"):
    return f"BEGIN:VEVENT\nUID:{uid}\nDTSTAMP:20261101T120000Z\nLOCATION:{location}\n{lines}\nEND:VEVENT\n"


def calendar(*parts, prodid="-//Example//EN", head=""):
    return f"BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:{prodid}\n{head}" + "".join(parts) + "END:VCALENDAR\n"


def timed(rule, zone="Europe/Berlin", start="20261207T090000", end="20261207T170000"):
    return f"DTSTART;TZID={zone}:{start}\nDTEND;TZID={zone}:{end}\n{rule}"


def whole(rule, start="20261207", end="20261208"):
    return f"DTSTART;VALUE=DATE:{start}\nDTEND;VALUE=DATE:{end}\n{rule}"


def cases():
    """Names and texts."""
    one = {}
    # The examples of RFC 5545, 3.8.5.3, moved to these years.
    examples = {
        "daily-count": "FREQ=DAILY;COUNT=10",
        "daily-until": "FREQ=DAILY;UNTIL=20261224T000000Z",
        "every-other-day": "FREQ=DAILY;INTERVAL=2",
        "every-ten-days": "FREQ=DAILY;INTERVAL=10;COUNT=5",
        "days-of-january": "FREQ=DAILY;UNTIL=20280131T140000Z;BYMONTH=1",
        "weekly-count": "FREQ=WEEKLY;COUNT=10",
        "every-other-week": "FREQ=WEEKLY;INTERVAL=2;WKST=SU",
        "weekly-two-days": "FREQ=WEEKLY;COUNT=10;WKST=SU;BYDAY=TU,TH",
        "other-week-three-days": "FREQ=WEEKLY;INTERVAL=2;UNTIL=20270224T000000Z;WKST=SU;BYDAY=MO,WE,FR",
        "monthly-first-friday": "FREQ=MONTHLY;COUNT=10;BYDAY=1FR",
        "other-month-first-and-last-sunday": "FREQ=MONTHLY;INTERVAL=2;COUNT=10;BYDAY=1SU,-1SU",
        "monthly-second-to-last-monday": "FREQ=MONTHLY;COUNT=6;BYDAY=-2MO",
        "monthly-third-to-last-day": "FREQ=MONTHLY;BYMONTHDAY=-3",
        "monthly-second-and-fifteenth": "FREQ=MONTHLY;COUNT=10;BYMONTHDAY=2,15",
        "monthly-first-and-last-day": "FREQ=MONTHLY;COUNT=10;BYMONTHDAY=1,-1",
        "tuesdays-every-other-month": "FREQ=MONTHLY;INTERVAL=2;BYDAY=TU",
        "yearly-two-months": "FREQ=YEARLY;COUNT=10;BYMONTH=6,7",
        "every-third-year-days": "FREQ=YEARLY;INTERVAL=1;COUNT=10;BYYEARDAY=1,100,200",
        "twentieth-monday": "FREQ=YEARLY;BYDAY=20MO",
        "monday-of-week-twenty": "FREQ=YEARLY;BYWEEKNO=20;BYDAY=MO",
        "weeks-at-both-ends-of-a-year": "FREQ=YEARLY;BYWEEKNO=1,-1;BYDAY=MO,FR",
        "thursdays-in-march": "FREQ=YEARLY;BYMONTH=3;BYDAY=TH",
        "friday-the-thirteenth": "FREQ=MONTHLY;BYDAY=FR;BYMONTHDAY=13",
        "election-days": "FREQ=YEARLY;BYMONTH=11;BYDAY=TU;BYMONTHDAY=2,3,4,5,6,7,8",
        "third-of-three-weekdays": "FREQ=MONTHLY;COUNT=3;BYDAY=TU,WE,TH;BYSETPOS=3",
        "second-to-last-workday": "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-2",
        "every-three-hours": "FREQ=HOURLY;INTERVAL=3;UNTIL=20261208T170000Z",
        "every-ninety-minutes": "FREQ=MINUTELY;INTERVAL=90;COUNT=40",
        "twenty-minutes-within-hours": "FREQ=DAILY;BYHOUR=9,10,23;BYMINUTE=0,20,40;COUNT=50",
        "week-start-matters": "FREQ=WEEKLY;INTERVAL=2;COUNT=4;BYDAY=TU,SU;WKST=SU",
        "days-that-are-not": "FREQ=MONTHLY;BYMONTHDAY=15,30;COUNT=8",
        "leap-days": "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=-1",
        "last-day-of-the-year": "FREQ=YEARLY;BYYEARDAY=-1",
    }
    for name, rule in examples.items():
        one[f"rfc-{name}"] = calendar(event(timed(f"RRULE:{rule}")))
    days = {
        "days-weekly": "RRULE:FREQ=WEEKLY;UNTIL=20270118",
        "days-monthly-on-the-31st": "RRULE:FREQ=MONTHLY;BYMONTHDAY=31",
        "days-until-a-time": "RRULE:FREQ=WEEKLY;UNTIL=20270118T225959Z",
        "days-yearly-since-long": "RRULE:FREQ=YEARLY",
        "days-except-days": "RRULE:FREQ=DAILY;COUNT=8\nEXDATE;VALUE=DATE:20261209,20261211",
        "days-listed": "RDATE;VALUE=DATE:20261220,20270105",
    }
    for name, rule in days.items():
        start, end = ("20011207", "20011209") if "long" in name else ("20261207", "20261209")
        one[name] = calendar(event(whole(rule, start, end)))
    one["days-without-an-end"] = calendar(event("DTSTART;VALUE=DATE:20261207"))
    one["days-for-a-week"] = calendar(event("DTSTART;VALUE=DATE:20261214\nDURATION:P1W"))
    one["time-for-two-days"] = calendar(event("DTSTART:20261210T170000Z\nDURATION:P2D"))
    one["time-for-hours"] = calendar(event("DTSTART;TZID=Europe/Berlin:20261210T170000\nDURATION:PT31H\nRRULE:FREQ=WEEKLY;COUNT=3"))
    one["ends-at-midnight"] = calendar(event(timed("RRULE:FREQ=MONTHLY;COUNT=3", end="20261210T000000")))
    one["midnight-to-midnight"] = calendar(event("DTSTART:20261207T000000\nDTEND:20261209T000000"))
    one["no-length-at-midnight"] = calendar(event("DTSTART:20261207T000000"))
    one["over-the-change-of-clocks"] = calendar(
        event(timed("RRULE:FREQ=WEEKLY;COUNT=30", start="20270205T220000", end="20270206T033000"))
    )
    one["nights-around-midnight"] = calendar(event(timed("RRULE:FREQ=DAILY;COUNT=5", start="20261207T233000", end="20261208T010000")))
    one["within-days-past-midnight"] = calendar(
        event(timed("RRULE:FREQ=HOURLY;INTERVAL=5;COUNT=9", start="20261207T200000", end="20261208T013000"))
    )
    # Vendors' zones; the end of the series and what is excepted are in UTC, so that the zone matters.
    late = "RRULE:FREQ=WEEKLY;UNTIL=20270705T213000Z\nEXDATE:20261214T223000Z,20270628T213000Z"
    zones = {
        "outlook": ("W. Europe Standard Time", european, "-//Microsoft Corporation//Outlook 16.0 MIMEDIR//EN"),
        "outlook-customized": ("Customized Time Zone", european, "-//Microsoft Corporation//Outlook 12.0 MIMEDIR//EN"),
        "exchange": ("Romance Standard Time", european, "Microsoft Exchange Server 2010"),
        "exchange-custom": ("tzone://Microsoft/Custom", european, "Microsoft Exchange Server 2010"),
        "evolution": ("/freeassociation.sourceforge.net/Europe/Berlin", european, "-//Ximian//NONSGML Evolution Calendar//EN"),
        "thunderbird": ("Europe/Berlin", european, "-//Mozilla.org/NONSGML Mozilla Calendar V1.1//EN"),
        "made-up": ("Head office", european, "-//Example//EN"),
    }
    for name, (tzid, part, prodid) in zones.items():
        quoted = f'"{tzid}"' if ":" in tzid else tzid
        series = timed(late, quoted, "20261207T233000", "20261208T010000")
        one[f"zone-{name}"] = calendar(part(tzid), event(series), prodid=prodid)
    for name, tzid in {"windows": "Eastern Standard Time", "windows-india": "India Standard Time", "windows-tokyo": "Tokyo Standard Time"}.items():
        one[f"zone-{name}-without-its-rules"] = calendar(event(timed(late, tzid, "20261207T233000", "20261208T010000")))
    one["zone-in-quotes"] = calendar(
        american("Eastern Standard Time"),
        event(timed("RRULE:FREQ=MONTHLY;BYDAY=1MO;COUNT=4", '"Eastern Standard Time"', end="20261208T170000")),
    )
    one["zone-american-made-up"] = calendar(
        american("East coast"),
        event(timed("RRULE:FREQ=WEEKLY;UNTIL=20270322T030000Z", "East coast", "20261207T230000", "20261207T233000")),
    )
    one["zone-of-the-calendar"] = calendar(
        event("DTSTART:20261206T230000Z\nDTEND:20261207T080000Z\nRRULE:FREQ=WEEKLY;COUNT=3", "Tokyo"),
        head="X-WR-TIMEZONE:Asia/Tokyo\n",
        prodid="-//Google Inc//Google Calendar 70.9054//EN",
    )
    one["zone-utc"] = calendar(event("DTSTART:20261207T233000Z\nDTEND:20261208T003000Z\nRRULE:FREQ=DAILY;COUNT=3"))
    one["zone-none"] = calendar(event("DTSTART:20261207T233000\nDTEND:20261208T003000\nRRULE:FREQ=DAILY;UNTIL=20261210T233000"))
    one["dates-listed"] = calendar(event(timed("RDATE;TZID=Europe/Berlin:20261220T090000,20270105T090000")))
    one["dates-listed-in-utc"] = calendar(event(timed("RDATE:20261220T083000Z", end="20261207T093000")))
    one["periods"] = calendar(
        event("DTSTART:20261207T090000Z\nDTEND:20261207T170000Z\nRDATE;VALUE=PERIOD:20261220T090000Z/20261222T170000Z,20270105T090000Z/P3D")
    )
    one["two-rules"] = calendar(event(timed("RRULE:FREQ=WEEKLY;COUNT=4\nRRULE:FREQ=MONTHLY;BYMONTHDAY=24;COUNT=3")))
    one["except-times"] = calendar(event(timed("RRULE:FREQ=DAILY;COUNT=6\nEXDATE;TZID=Europe/Berlin:20261208T090000\nEXDATE;TZID=Europe/Berlin:20261210T090000")))
    one["except-days-in-times"] = calendar(event(timed("RRULE:FREQ=DAILY;COUNT=6\nEXDATE;VALUE=DATE:20261207,20261209")))
    one["except-other-zone"] = calendar(event(timed("RRULE:FREQ=DAILY;COUNT=4\nEXDATE;TZID=America/New_York:20261208T030000")))
    one["start-apart-from-the-rule"] = calendar(event(timed("RRULE:FREQ=WEEKLY;BYDAY=WE;COUNT=3")))
    one["moved"] = calendar(
        event(timed("RRULE:FREQ=WEEKLY;COUNT=4")),
        event("RECURRENCE-ID;TZID=Europe/Berlin:20261214T090000\nDTSTART;TZID=Europe/Berlin:20261216T100000\nDTEND;TZID=Europe/Berlin:20261217T100000", "Lyon"),
    )
    one["moved-in-utc"] = calendar(
        event(timed("RRULE:FREQ=WEEKLY;COUNT=4")),
        event("RECURRENCE-ID:20261214T080000Z\nDTSTART:20261216T100000Z\nDTEND:20261217T100000Z", "Lyon"),
    )
    one["moved-and-all-later"] = calendar(
        event(timed("RRULE:FREQ=WEEKLY;COUNT=5")),
        event("RECURRENCE-ID;RANGE=THISANDFUTURE;TZID=Europe/Berlin:20261221T090000\nDTSTART;TZID=Europe/Berlin:20261222T100000\nDTEND;TZID=Europe/Berlin:20261223T100000", "Lyon"),
    )
    one["moved-days"] = calendar(
        event(whole("RRULE:FREQ=WEEKLY;COUNT=4", "20261124", "20261125")),
        event("RECURRENCE-ID;VALUE=DATE:20261208\nDTSTART;VALUE=DATE:20261209\nDTEND;VALUE=DATE:20261211", "Lyon"),
    )
    one["cancelled-once"] = calendar(
        event(timed("RRULE:FREQ=WEEKLY;COUNT=4")),
        event("RECURRENCE-ID;TZID=Europe/Berlin:20261214T090000\nSTATUS:CANCELLED\n" + timed("", start="20261214T090000", end="20261214T170000")),
    )
    one["cancelled-whole"] = calendar(event("STATUS:CANCELLED\n" + timed("RRULE:FREQ=DAILY;COUNT=3")), event("DTSTART:20261224T090000", "Bern", "2"))
    one["ended-before-it-begins"] = calendar(event(timed("RRULE:FREQ=WEEKLY;UNTIL=20261201T080000Z")), event("DTSTART:20261224T090000", "Bern", "2"))
    one["written-again"] = calendar(event("SEQUENCE:0\nDTSTART:20261207T090000", "Bern"), event("SEQUENCE:2\nDTSTART:20261209T090000", "Basel"))
    one["without-a-place"] = calendar("BEGIN:VEVENT\nUID:2\nDTSTART:20261207T090000\nRRULE:FREQ=DAILY\nEND:VEVENT\n", event(timed("RRULE:FREQ=WEEKLY;COUNT=2")))
    one["several-calendars"] = calendar(event("DTSTART:20261207T090000", "Bern")) + calendar(event("DTSTART:20261209T090000", "Basel", "2"))
    one["folded-and-escaped"] = calendar(event("DTSTART:20261207T090000", "Hall 3\\, Messe\\; Mun\n ich"))
    one["with-an-alarm"] = calendar(event(timed("RRULE:FREQ=DAILY;COUNT=2\nBEGIN:VALARM\nACTION:DISPLAY\nTRIGGER:-PT15M\nDURATION:P9D\nREPEAT:2\nEND:VALARM")))
    one["since-long"] = calendar(*(event(f"DTSTART:20{year:02}0105T090000\nRRULE:FREQ=DAILY;INTERVAL={year}", f"Room {year}", str(year)) for year in range(3, 20)))
    one["over-the-edges"] = calendar(
        event("DTSTART;VALUE=DATE:20261101\nDTEND;VALUE=DATE:20261124"),
        event("DTSTART;VALUE=DATE:20271123\nDTEND;VALUE=DATE:20271224", "Bern", "2"),
        event("DTSTART;VALUE=DATE:20261001\nDTEND;VALUE=DATE:20261115\nRRULE:FREQ=MONTHLY;COUNT=3", "Ulm", "3"),
    )
    return {name: text.replace("\n", "\r\n") for name, text in one.items()}


def trips(text):
    """What the oracle makes of a text: first day, last day, place."""
    warnings.simplefilter("ignore")
    calendars = icalendar.Calendar.from_ical(text, multiple=True)
    whole = calendars[0]
    for other in calendars[1:]:
        whole.subcomponents.extend(other.subcomponents)
    found = recurring_ical_events.of(whole).between(FROM - 60 * DAY, UNTIL + 60 * DAY)
    cancelled = {str(part.get("UID")) for part in whole.walk("VEVENT") if off(part) and "RECURRENCE-ID" not in part}
    days = {trip(one) for one in found if one.get("LOCATION") and not off(one) and str(one.get("UID")) not in cancelled}
    return sorted(days)


def off(part):
    return part.get("STATUS") == "CANCELLED"


def trip(one):
    start, end = one["DTSTART"].dt, one["DTEND"].dt
    first = start.date() if isinstance(start, datetime.datetime) else start
    end = end - datetime.timedelta(seconds=1) if isinstance(end, datetime.datetime) else end - DAY
    last = end.date() if isinstance(end, datetime.datetime) else end
    return first.isoformat(), max(first, last).isoformat(), str(one["LOCATION"])


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--check", action="store_true", help="write nothing; exit with 1 where what is there differs")
    check = arguments.parse_args().check
    texts = cases()
    wanted = {}
    for name, text in texts.items():
        days = [list(day) for day in trips(text) if day[0] <= UNTIL.isoformat() and day[1] >= FROM.isoformat()]
        wanted[name] = days
    files = {f"{name}.ics": text for name, text in texts.items()}
    body = ",\n".join(f"  {json.dumps(name)}: {json.dumps(days)}" for name, days in sorted(wanted.items()))
    files["trips.json"] = "{\n" + body + "\n}\n"
    there = {path.name: path.read_bytes().decode() for path in FOLDER.glob("*")} if FOLDER.exists() else {}
    if check:
        differ = sorted(name for name in files.keys() | there.keys() if files.get(name) != there.get(name))
        print(f"{len(texts)} calendars; that differ: {', '.join(differ) or 'none'}")
        sys.exit(1 if differ else 0)
    FOLDER.mkdir(parents=True, exist_ok=True)
    for path in FOLDER.glob("*"):
        path.unlink()
    for name, text in files.items():
        (FOLDER / name).write_bytes(text.encode())
    print(f"{len(texts)} calendars, {sum(map(len, wanted.values()))} trips")


main()
