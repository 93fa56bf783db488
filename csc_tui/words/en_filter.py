"""Filters, in English: what they say of themselves, and what is wrong with them."""

WORDS: dict[str, str] = {
    "filter.not": "not: {term}",
    "filter.tagged": "tagged {name}",
    "filter.is": "{label}: {said}",
    "filter.has": "with {label}",
    "filter.lacks": "without {label}",
    "filter.holds": "{label}: {text}",
    "filter.equals": "{label} = {text}",
    "filter.when": "{label} {said}",
    "filter.amount": "{label} {sign} {number}",
    "filter.text": "“{text}”",
    "filter.me": "me",
    "filter.on": "on {day}",
    "filter.before": "before {day}",
    "filter.up-to": "up to {day}",
    "filter.after": "after {day}",
    "filter.from": "from {day} on",
    "filter.bad": "The filter at character {at}, “{piece}”: {why}",
    "filter.bad.quote": "the quote is not closed.",
    "filter.bad.stray": "a quote in the middle of a word; put the whole value in quotes.",
    "filter.bad.no-value": "a value is missing after the sign; `none` finds what has none.",
    "filter.bad.no-text": "nothing stands there.",
    "filter.bad.unknown": (
        "{many} have no field “{name}”. A text with a sign in it is put in quotes."
    ),
    "filter.bad.unknown-close": "{many} have no field “{name}”. Is {close} meant?",
    "filter.bad.no-order": "{label} has no order, so {sign} cannot be asked; : and = can.",
    "filter.bad.number": "{label} takes a number, as 50000.00 or 50.000,00.",
    "filter.bad.phone": "{label} takes digits.",
    "filter.bad.value": "{label}: {why}",
    "filter.bad.option": "{label} has no such option. There are: {known}",
    "filter.bad.me": "whose key it is, is not known here; give the name.",
    "filter.bad.date": "{why} Or today, yesterday.",
    "filter.plan": "{words}: {count} request, then {checked} checked here"
    "|{words}: {count} requests, then {checked} checked here",
    "filter.plan-all": "{count} request for {checked}|{count} requests for {checked}",
    "filter.found": "{matched} of {checked} match",
    "subject.updated": "Changed",
    "subject.created": "Created",
    "subject.last": "Last contact",
}
"""Key -> text; keys begin with the theme. `filter.bad.*` are what `FilterError` codes say."""
