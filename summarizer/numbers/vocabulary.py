"""The words and signs that numbers are written with."""

from __future__ import annotations

_UNITS = "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen"
_UNITS += " fifteen sixteen seventeen eighteen nineteen"
TENS = "twenty thirty forty fifty sixty seventy eighty ninety"
_ORDINALS = "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth"
SMALL = {word: value for value, word in enumerate(_UNITS.split())}
SMALL |= {word: 10 * value for value, word in enumerate(TENS.split(), 2)}
ORDINAL = {word: value for value, word in enumerate(_ORDINALS.split(), 1)}
SCALE = {"hundred": 100, "thousand": 10**3, "million": 10**6, "billion": 10**9}
SCALE |= {"trillion": 10**12, "dozen": 12, "lakh": 10**5, "crore": 10**7}
SHORT_SCALE = {"k": 10**3, "mn": 10**6, "mln": 10**6, "bn": 10**9, "bln": 10**9, "tn": 10**12}
MONEY_SCALE = {"m": 10**6, "b": 10**9, "t": 10**12}  # "$50m"; without a currency, "50m" is metres

SIGNS = "$€£¥₺₽₴₹₩₪₦₫₱฿₸₾₼₡₲₵"
CODES = (
    "USD EUR GBP NOK SEK DKK ISK PLN CZK HUF RON BGN TRY CHF JPY CNY RMB INR PKR KRW TWD ILS NIS "
    "AUD CAD NZD SGD UAH RUB GEL AMD AZN KZT SAR AED QAR KWD EGP JOD IQD IRR SYP ZAR NGN KES BRL "
    "MXN ARS CLP COP PEN PHP IDR MYR THB VND"
)
_CURRENCY = """
    dollar $ euro € pound £ yen ¥ yuan CNY ruble ₽ rouble ₽
    lira ₺ hryvnia ₴ rupee ₹ won ₩ shekel ₪ zloty PLN kroner kroner
    kronor SEK koruna CZK franc franc rial rial riyal riyal dirham dirham dinar dinar
    naira ₦ rand ZAR peso peso reais BRL crown crown
"""
_CURRENCY_PAIRS = _CURRENCY.split()
CURRENCY_WORDS = dict(zip(_CURRENCY_PAIRS[::2], _CURRENCY_PAIRS[1::2], strict=True))

_MEASURE_FORMS = """
    mm: mm millimeter millimeters millimetre millimetres
    cm: cm centimeter centimeters centimetre centimetres
    m: m meter meters metre metres
    km: km kilometer kilometers kilometre kilometres
    mile: mile miles
    foot: ft foot feet
    inch: inch inches
    kg: kg kilogram kilograms kilo kilos
    gram: g gram grams
    pound: lb lbs
    ton: t ton tons tonne tonnes
    litre: liter liters litre litres
    gallon: gallon gallons
    barrel: barrel barrels
    kiloton: kt kiloton kilotons
    knot: knot knots
    mph: mph
    km/h: kph kmh
    hectare: hectare hectares
    acre: acre acres
    MW: mw megawatt megawatts
    second: second seconds
    minute: minute minutes
    hour: hr hrs hour hours
    day: day days
    week: week weeks
    month: month months
    year: year years
    degree: degree degrees
    calibre: caliber calibre cal
"""
MEASURE = {
    form: line.split(":")[0].strip()
    for line in _MEASURE_FORMS.strip().splitlines()
    for form in line.split(":")[1].split()
}

SIZES = [form for form, unit in MEASURE.items() if unit in ("pound", "kg", "foot", "inch", "cm")]
"""Units that a hyphen ties to what is of that size; distances reach ten thousands themselves."""
SIZES += ["metre", "meter"]

MONTH = (
    r"(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?"
    r"|Sept?(?:ember)?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)\.?"
)
# Words after which a bare number names a model or a clause instead of counting something.
NUMBERED = (
    "leopard|challenger|merkava|ariete|type|mark|mk|block|group|article|resolution|unit|phase"
    "|stage|chapter|annex|section|route|flight|boeing|airbus|mirage|hawk|hermes|barak|arrow"
    "|aster|mistral|shahed|shahab|fateh|fattah|geran|mohajer|orlan|lancet|agni|prithvi|hwasong"
    "|pukguksong|nodong|strela|igla|gepard|marder|ariane|centauro|kirpi"
)
