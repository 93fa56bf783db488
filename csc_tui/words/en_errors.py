"""Errors from the CRM and the line, in English."""

WORDS: dict[str, str] = {
    "error.crm": "a CRM",
    "connect.certificate": (
        "The certificate of {host} is not valid ({detail}). The key was not sent."
    ),
    "connect.forbidden": "The key is right, but its user may not use the API.",
    "connect.name": "There is no host {host}. Is it spelt right?",
    "connect.not-api": "Something answers there, but it is not {crm}.",
    "connect.not-https": "Only https:// (or a loopback address) gets the key.",
    "connect.offline": "No connection. Nothing was saved; your text stands here.",
    "connect.redirected": (
        "The address sends one on to {target}; the key was not sent there. Is that your CRM? Then "
        "enter that address."
    ),
    "connect.unauthorized": (
        "The key was refused (401). The address answers; so the key is wrong or has been withdrawn."
    ),
    "error.again": "Try again.",
    "error.again-in": "Try again in {seconds} s.",
    "error.again-later": "Try again later.",
    "error.again-or-tell": "Try again; if it stays so, tell its support.",
    "error.ambiguous": (
        "It is not known whether the change reached the CRM ({why}) Look at the record before you "
        "send it again."
    ),
    "error.broken-cut": "The answer of the CRM ended in the middle ({status}).",
    "error.broken-deep": (
        "The answer of the CRM is nested deeper than any real one ({status}) and was not read."
    ),
    "error.broken-json": "The answer of the CRM is not JSON ({status}).",
    "error.broken-large": "The answer of the CRM is too large ({status}) and was not read.",
    "error.broken-long": (
        "The CRM sent far more rows than were asked for ({status}); they were not read."
    ),
    "error.broken-shape": (
        "The answer of the CRM is not built as its documentation says ({status})."
    ),
    "error.broken-status": "The CRM has an error of its own ({status}).",
    "error.certificate": "The certificate of {host} is not valid ({detail}). Nothing was sent.",
    "error.forbidden": ("The CRM does not allow this to your user (403). Ask an administrator."),
    "error.invalid": "The CRM did not accept: {fields}. Correct that and save again.",
    "error.invalid-none": "The CRM did not accept the values (422), and does not say which.",
    "error.not-api-html": (
        "A web page answers there ({status}), not the API of {crm}. Check the address."
    ),
    "error.not-api-login": (
        "This is not an API address: it leads to a login page ({status}). Check the address."
    ),
    "error.not-api-redirect": (
        "This is not an API address: it sends one on ({status}) to nowhere. Check the address."
    ),
    "error.not-api-stranger": (
        "Another program answers at the demo’s address; the key was not sent. Start the demo again."
    ),
    "error.not-found": "The CRM has no such record (404). Somebody may have deleted it.",
    "error.offline-dropped": "The connection to {host} was dropped.",
    "error.offline-name": "There is no host {host}: no network, or the address is misspelt.",
    "error.offline-proxy": (
        "The proxy on the way to {host} does not work. Check the proxy setting (csc-tui doctor "
        "names it)."
    ),
    "error.offline-refused": "{host} refuses the connection. Is the CRM running there?",
    "error.offline-unreachable": "No connection to {host}. Check the network.",
    "error.quota": "The account is full (507): the CRM takes no more records.",
    "error.quota-told": "The account is full (507): {message}",
    "error.rate-limited-waits": (
        "Waiting: too many requests (429), something else uses this key too."
    ),
    "error.rate-limited-for": (
        "Waiting {seconds} s as told: too many requests (429), something else uses this key."
    ),
    "error.other-crm": "Is this a key of {other}?",
    "error.other-account": (
        "The key opens account {told} now, but the data here are of account {kept}. Nothing is"
        " sent; give the other account a profile of its own (csc-tui login NAME)."
    ),
    "error.unfinished": (
        "The CRM has accepted it and not done it for two minutes; whether it still does is not "
        "known."
    ),
    "error.read-only": "This account is opened read-only; nothing is written.",
    "error.redirected": (
        "The address sends one on to {target}; nothing was sent there. If that is your CRM, enter "
        "that address."
    ),
    "error.rejected": "The CRM did not accept the request ({status}). {message}",
    "error.rejected-400": "The CRM did not understand the request (400). {message}",
    "error.rejected-409": (
        "The change contradicts what the CRM has now (409). Refresh the record, then save again. "
        "{message}"
    ),
    "error.rejected-415": "The CRM does not take data in this form (415). {message}",
    "error.timeout-connect": "{host} did not answer within {seconds} s. Check the network.",
    "error.timeout-pool": "No free connection to {host} within {seconds} s.",
    "error.timeout-read": "{host} took the request, but gave no answer within {seconds} s.",
    "error.timeout-write": "The request could not be sent to {host} within {seconds} s.",
    "error.unauthorized": (
        "The key was refused (401): it is wrong or withdrawn. Run csc-tui login."
    ),
    "error.too-many": "Too many requests (429): something else uses this key, too.",
    "error.unavailable": "The CRM is not available for the moment (503).",
    "error.unavailable-waits": "The CRM is not available for the moment (503). Waiting.",
    "error.unavailable-for": (
        "The CRM is not available for the moment (503). Waiting {seconds} s as told."
    ),
}
"""Key -> text; keys begin with the theme."""
