"""Made briefs with known truth: a seed and a number in, briefs and who is who out.

Names come from real spelling variants (Arabic, Turkish, Slavic, Persian, Latin), not from the
rules under test. Stories are told by several papers, often relaying one agency, with open dates,
short names, missing countries and places, and numbers that differ.
"""

from __future__ import annotations

import calendar
import datetime
import hashlib
import random
from dataclasses import dataclass, field

from sample_briefs import NO_ENGINE, NO_USAGE

from summarizer.brief import (
    Actor,
    Attribution,
    Brief,
    Citation,
    Cited,
    DateValue,
    DocumentInfo,
    Event,
    Item,
    ItemCategory,
    Participant,
    Party,
    Place,
    Pledge,
    Plover,
)

_GIVEN = """
Mohammed/Muhammad/Mohamed/Mohammad Ahmad/Ahmed Hussein/Husayn/Hossein Hassan/Hasan
Murhaf/Murhef Yasser/Yasir/Yaser Khaled/Khalid Omar/Umar Ibrahim/İbrahim Yousef/Youssef
Mahmoud/Mahmud Mustafa/Mostafa/Moustafa Ismail/Ismaeel Ali Faisal/Faysal Tariq/Tareq
Nasser/Naser Sergei/Sergey Dmitry/Dmitri Andrei/Andrey Vladimir Volodymyr Yevgeny/Evgeny
Hakan Yaşar/Yasar Şener/Sener Mehmet José/Jose João/Joao André/Andre Luis/Luís Łukasz/Lukasz
Zbigniew Søren/Soren Jean François/Francois Narendra Rajnath Shehbaz/Shahbaz Asif Imran
Prabowo Ferdinand Yoav Benny Itamar Abiy Salva Paul William Bola Mahamat Assimi Mark Pete
Antony Karin Boris Ursula Ine Kaja Ruben Ivo Maia Giorgia Petr Tomáš/Tomas Abdullah/Abdallah
Saleh/Salih Bashar/Beshar Mazloum/Mazlum Jamal/Jamaal Walid/Waleed
"""
GIVEN = _GIVEN.split()
_FAMILY = """
al-Shaibani/Al-Sheibani/al-Shaybani Qasra/Kasra al-Sharaa/el-Sharaa/Al-Sharaa Haftar
Dbeibah/Dbeiba al-Burhan/Burhan Dagalo/Daglo al-Sisi/el-Sisi Zelensky/Zelenskyy/Zelenskiy
Shoigu/Shoygu Gerasimov Lavrov Umerov Syrskyi/Syrsky Budanov Erdoğan/Erdogan Güler/Guler
Fidan Kalın/Kalin Çavuşoğlu/Cavusoglu Araghchi/Araqchi Khamenei Salami Netanyahu
Gallant/Galant Gantz Sharif/Shareef Munir/Muneer Modi Singh Subianto Marcos Tusk Kosiniak
Pistorius Merz Macron Lecornu Crosetto Sánchez/Sanchez Petro Maduro Milei Goïta/Goita
Traoré/Traore Tchiani Déby/Deby Ruto Kagame Tshisekedi Kiir Machar Nguema al-Houthi/Houthi
Nasrallah Qassem/Kassem Mikati/Miqati Barzani Talabani Sudani al-Maliki/Maliki
Halbousi/Halbusi al-Assad/Assad al-Salama/es-Seleme Abdi Hawari Bondarenko Kovalenko Shmyhal
Novak Nowak Horváth/Horvath Petrov Ivanova Jensen Larsen Virtanen Rossi Costa Almeida
Fernández/Fernandez Castillo Okafor Mensah Diallo Keïta/Keita Tanaka Nakatani Wijaya
"""
FAMILY = _FAMILY.split()
_COUNTRIES = """
TUR/Turkey/Türkiye/Turkish/Ankara SYR/Syria/Syrian/Damascus UKR/Ukraine/Ukrainian/Kyiv
RUS/Russia/Russian/Moscow ISR/Israel/Israeli/Jerusalem IRN/Iran/Iranian/Tehran
IRQ/Iraq/Iraqi/Baghdad LBN/Lebanon/Lebanese/Beirut EGY/Egypt/Egyptian/Cairo
LBY/Libya/Libyan/Tripoli SDN/Sudan/Sudanese/Khartoum POL/Poland/Polish/Warsaw
DEU/Germany/German/Berlin FRA/France/French/Paris ITA/Italy/Italian/Rome
ESP/Spain/Spanish/Madrid NOR/Norway/Norwegian/Oslo JPN/Japan/Japanese/Tokyo
IND/India/Indian/Delhi PAK/Pakistan/Pakistani/Islamabad IDN/Indonesia/Indonesian/Jakarta
BRA/Brazil/Brazilian/Brasilia COL/Colombia/Colombian/Bogota MLI/Mali/Malian/Bamako
NGA/Nigeria/Nigerian/Abuja KEN/Kenya/Kenyan/Nairobi ETH/Ethiopia/Ethiopian/Addis
PHL/Philippines/Philippine/Manila
"""
COUNTRIES = _COUNTRIES.split()
OFFICES = (
    "Defense Minister",
    "Foreign Minister",
    "President",
    "Chief of the General Staff",
    "intelligence chief",
    "Air Force commander",
    "ambassador",
    "spokesman",
)
AGENCIES = ("Bloomberg", "Reuters", "Associated Press", "Agence France-Presse", "Kyodo News")
KINDS: tuple[tuple[Plover, tuple[str, ...], str], ...] = (
    ("CONSULT", ("meeting", "talks", "visit"), "met"),
    ("SUPPORT", ("signing", "agreement signing"), "signed an agreement with"),
    ("ASSAULT", ("strike", "air strike"), "struck positions of"),
    ("COOPERATE", ("exercise", "joint exercise"), "held an exercise with"),
)
ITEMS: tuple[tuple[str, ItemCategory], ...] = (
    ("armored vehicles", "armoured_vehicle"),
    ("drones", "unmanned_aircraft"),
    ("155mm howitzers", "artillery"),
    ("air defense systems", "air_defence"),
    ("artillery shells", "ammunition"),
    ("anti-ship missiles", "missile_rocket"),
    ("patrol boats", "ship"),
    ("trainer aircraft", "aircraft"),
)
WEEKDAYS = tuple(calendar.day_name)
START = datetime.date(2025, 1, 1)
# A larger world has as much news a day, and as many bearers of a name, as one of so many reports.
_DENSE, _DAYS, _NAMED = 10_000, 700, 1_250


@dataclass(frozen=True)
class Country:
    code: str
    names: tuple[str, ...]
    demonym: str
    capital: str


@dataclass(frozen=True)
class Person:
    id: str
    given: tuple[str, ...]
    family: tuple[str, ...]
    office: str
    country: Country


@dataclass(frozen=True)
class Story:
    id: str
    type: Plover
    labels: tuple[str, ...]
    verb: str
    day: datetime.date
    people: tuple[Person, Person]
    agency: str | None
    items: tuple[int, ...]
    quantities: tuple[int, ...]
    topic: tuple[str, ...]


@dataclass
class World:
    """Made briefs, their texts, and for each record which true thing it is."""

    briefs: list[Brief] = field(default_factory=list)
    texts: dict[str, str] = field(default_factory=dict)
    actors: dict[tuple[str, str], str] = field(default_factory=dict)
    events: dict[tuple[str, str], str] = field(default_factory=dict)
    pledges: dict[tuple[str, str], str] = field(default_factory=dict)


def make_world(count: int, seed: int = 0) -> World:
    """Return *count* briefs; the same seed gives the same world."""
    dice = random.Random(seed)
    countries = [_country(line) for line in COUNTRIES]
    people = _people(dice, countries, max(40, count // 8))
    foreign = {c: [p for p in people if p.country != c] for c in countries}
    days = max(60, min(count, _DAYS)) if count <= _DENSE else _DAYS * count // _DENSE
    world = World()
    number = 0
    while len(world.briefs) < count:
        story = _story(dice, number, people, foreign, days)
        for _ in range(min(dice.choice((1, 1, 2, 3, 4, 6)), count - len(world.briefs))):
            _Report(dice, world, story, len(world.briefs)).write()
        number += 1
    return world


def _country(line: str) -> Country:
    code, *names, demonym, capital = line.split("/")
    return Country(code, tuple(names), demonym, capital)


def _people(dice: random.Random, countries: list[Country], count: int) -> list[Person]:
    taken: set[tuple[str, str]] = set()
    at_home: set[tuple[str, Country]] = set()
    people: list[Person] = []
    families = _families(count)
    while len(people) < count:
        given, family = dice.choice(GIVEN), dice.choice(families)
        country = dice.choice(countries)
        # One in fifty bears a name that somebody in another country bears too.
        if (given, family) in taken and dice.random() > 0.02:
            continue
        if (given + family, country) in at_home:
            continue
        taken.add((given, family))
        variants = tuple(given.split("/")), tuple(family.split("/"))
        person = Person(f"p{len(people)}", *variants, dice.choice(OFFICES), country)
        at_home.add((person.given[0] + person.family[0], country))
        people.append(person)
    return people


def _families(people: int) -> list[str]:
    """Family names for so many *people*: made ones besides, so that a name stays as rare."""
    more = len(FAMILY) * max(0, people - _NAMED) // _NAMED
    onsets, ends = "b d g h k l m n p r s t v z br dr kr st".split(), ("an", "ov", "er", "im", "u")
    dice = random.Random(more)
    made: set[str] = set()
    while len(made) < more:
        middle = "".join(dice.choice(onsets) + dice.choice("aeiou") for _ in range(2))
        made.add(f"{middle}{dice.choice(onsets)}{dice.choice(ends)}".capitalize())
    return [*FAMILY, *sorted(made)]


def _story(
    dice: random.Random,
    number: int,
    people: list[Person],
    foreign: dict[Country, list[Person]],
    days: int,
) -> Story:
    first = dice.choice(people)
    second = dice.choice(foreign[first.country])
    type_, labels, verb = dice.choice(KINDS)
    items = tuple(sorted(dice.sample(range(len(ITEMS)), dice.choice((1, 2, 3)))))
    return Story(
        id=f"s{number}",
        type=type_,
        labels=labels,
        verb=verb,
        day=START + datetime.timedelta(days=dice.randrange(days)),
        people=(first, second),
        agency=dice.choice(AGENCIES) if dice.random() < 0.5 else None,
        items=items if dice.random() < 0.4 else (),
        quantities=tuple(dice.choice((2, 6, 12, 20, 50)) for _ in items),
        topic=tuple(dice.sample(TOPICS, 8)),
    )


_TOPICS = """
border patrols counterterrorism training airspace corridors prisoner exchange naval escort
reconstruction funding refugees pipeline protection satellite imagery demining fisheries
ceasefire monitoring ammunition production radar modernisation pilots logistics hospitals
grain shipping sanctions inspections cyber resilience disaster relief
"""
TOPICS = _TOPICS.split()


class _Report:
    """Writes one report of a story as a brief."""

    def __init__(self, dice: random.Random, world: World, story: Story, number: int) -> None:
        self.dice = dice
        self.world = world
        self.story = story
        self.id = f"report-{number:05}"
        self.text = ""
        self.sentence = 0
        self.published = story.day + datetime.timedelta(days=dice.randrange(3))
        self.actors: list[Actor] = []

    def write(self) -> None:
        story, dice = self.story, self.dice
        dated = dice.random() < 0.85
        people = [self.person(person) for person in story.people]
        states = [self.state(person.country) for person in story.people]
        media = [self.medium(story.agency)] if story.agency else []
        self.actors += [actor for actor, _ in [*people, *states, *media]]
        event = self.event([actor for actor, _ in people], dated)
        pledges = [self.pledge([actor for actor, _ in states])] if story.items else []
        for kind, truth in ((people, self.world.actors), (states, self.world.actors)):
            truth.update({(self.id, actor.id): true for actor, true in kind})
        self.world.actors.update({(self.id, actor.id): true for actor, true in media})
        self.world.events[self.id, event.id] = story.id
        self.world.pledges.update({(self.id, pledge.id): story.id for pledge in pledges})
        self.world.texts[self.id] = self.text
        self.world.briefs.append(self.brief(event, pledges, dated))

    def say(self, words: str) -> tuple[Citation, ...]:
        start = len(self.text)
        self.sentence += 1
        self.text += words + "\n"
        end = start + len(words)
        return (Citation(sentence=self.sentence, start=start, end=end, quote=words, match="exact"),)

    def person(self, person: Person) -> tuple[Actor, str]:
        dice = self.dice
        family = dice.choice(person.family)
        name = family if dice.random() < 0.05 else f"{dice.choice(person.given)} {family}"
        told = dice.random() < 0.9
        cited = self.say(f"{person.country.demonym} {person.office} {name} spoke.")
        actor = Actor(
            id=f"a{len(self.text)}",
            kind="person",
            name=name,
            aliases=(family,) if name != family else (),
            rank=None,
            position=Cited(value=person.office, citations=cited) if told else None,
            affiliation=None,
            country=person.country.code if dice.random() < 0.9 else None,
            labels=(),
            citations=cited,
        )
        return actor, person.id

    def state(self, country: Country) -> tuple[Actor, str]:
        name = self.dice.choice(country.names)
        cited = self.say(f"The government of {name} commented.")
        actor = Actor(
            id=f"a{len(self.text)}",
            kind="state",
            name=name,
            aliases=(country.capital,),
            rank=None,
            position=None,
            affiliation=None,
            country=country.code,
            labels=(),
            citations=cited,
        )
        return actor, country.code

    def medium(self, agency: str) -> tuple[Actor, str]:
        cited = self.say(f"That is what {agency} reported.")
        actor = Actor(
            id=f"a{len(self.text)}",
            kind="media",
            name=agency,
            aliases=(),
            rank=None,
            position=None,
            affiliation=None,
            country=None,
            labels=(),
            citations=cited,
        )
        return actor, agency

    def said_by(self, cited: tuple[Citation, ...]) -> Attribution:
        agency = self.story.agency
        return Attribution(
            kind="media_report" if agency else "own_voice",
            speaker=agency,
            via=None,
            hedge=(),
            citations=cited,
        )

    def event(self, people: list[Actor], dated: bool) -> Event:
        story, dice = self.story, self.dice
        host = story.people[1].country
        # Papers word a story in their own way: other subject, other order, other details.
        first, second = (person.name for person in people)
        about = " and ".join(dice.sample(story.topic, 3))
        words = dice.choice(
            (
                f"{first} {story.verb} {second} in {host.capital} over {about}",
                f"In {host.capital}, where {about} mattered most, {first} {story.verb} {second}",
                f"{about.capitalize()} stood behind it when {first} {story.verb} {second}",
                f"Officials confirmed that {first} {story.verb} {second}, citing {about}",
            )
        )
        cited = self.say(f"{words}.")
        place = host.capital if dice.random() < 0.85 else host.names[0]
        return Event(
            id="e1",
            type=story.type,
            label=dice.choice(story.labels),
            summary=words,
            date=self.date(cited, dated),
            place=Place(name=place, country=host.code, citations=cited)
            if dice.random() < 0.9
            else None,
            participants=tuple(
                Participant(name=p.name, actor=p.id, role="actor", citations=cited) for p in people
            ),
            realis="actual",
            factuality="CT+",
            attribution=self.said_by(cited),
            support="supported",
            citations=cited,
        )

    def date(self, cited: tuple[Citation, ...], dated: bool) -> DateValue | None:
        day, roll = self.story.day, self.dice.random()
        if not dated:
            # Without a publication date a weekday stays open, a day of the month lacks its year.
            edtf = None if roll < 0.3 else f"XXXX-{day:%m-%d}"
        else:
            edtf = day.isoformat() if roll > 0.05 else None
        text = f"{day:%B} {day.day}" if edtf else WEEKDAYS[day.weekday()]
        return DateValue(
            text=text,
            edtf=edtf,
            precision="day" if edtf else "unknown",
            basis="explicit" if edtf else "none",
            anchor=None,
            citations=cited,
        )

    def pledge(self, states: list[Actor]) -> Pledge:
        story, dice = self.story, self.dice
        items = [ITEMS[at] for at in story.items]
        words = ", ".join(text for text, _ in items)
        cited = self.say(f"{states[0].name} will supply {states[1].name} with {words}.")
        return Pledge(
            id="g1",
            supplier=(Party(name=states[0].name, actor=states[0].id, citations=cited),),
            recipient=(Party(name=states[1].name, actor=states[1].id, citations=cited),),
            items=tuple(
                Item(
                    text=text,
                    category=category,
                    unroca="undetermined",
                    quantity=count + (dice.random() < 0.1),
                    quantity_max=None,
                    quantity_is_estimate=False,
                    unit=None,
                    citations=cited,
                )
                for (text, category), count in zip(items, story.quantities, strict=False)
            ),
            status="pledged",
            status_words=Cited(value="will supply", citations=cited),
            delivery=None,
            deployment=None,
            purpose=None,
            conditions=(),
            exclusions=(),
            value=None,
            attribution=self.said_by(cited),
            factuality="CT+",
            kiel="commitment",
            sipri_eligible=False,
            support="supported",
            citations=cited,
        )

    def brief(self, event: Event, pledges: list[Pledge], dated: bool) -> Brief:
        return Brief(
            version=1,
            document=DocumentInfo(
                id=self.id,
                sha256=hashlib.sha256(self.text.encode()).hexdigest(),
                title=None,
                publisher=f"Paper {self.dice.randrange(200)}",
                url=None,
                language="en",
                published=self.published.isoformat() if dated else None,
                published_basis="given" if dated else "none",
                characters=len(self.text),
            ),
            engine=NO_ENGINE,
            usage=NO_USAGE,
            summary=(),
            actors=tuple(self.actors),
            events=(event,),
            pledges=tuple(pledges),
            rejections=(),
            warnings=(),
        )
