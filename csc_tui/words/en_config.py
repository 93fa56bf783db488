"""Settings, profiles, themes, in English."""

WORDS: dict[str, str] = {
    "config.command-failed": (
        "The key_command of profile {name} could not be started: {why}. Check its path in "
        "config.toml."
    ),
    "config.command-long": (
        "The key_command of profile {name} printed more than {limit:,} bytes. It must print the "
        "key alone."
    ),
    "config.command-slow": (
        "The key_command of profile {name} gave no key within {seconds} s and was stopped."
    ),
    "config.command-status": (
        "The key_command of profile {name} failed (exit {status}), so there is no key. Run it by "
        "hand to see why."
    ),
    "config.command-unsafe": (
        "The key_command of profile {name} was not run: others could have changed {path}. Make it "
        "yours alone (chown, chmod go-w)."
    ),
    "config.default-unknown": (
        "{file}, line {line}: {key} names the profile {name}, which the file does not describe."
    ),
    "config.env-backend": ("CSC_TUI_BACKEND is {value!r}; it must be one of: {choices}."),
    "config.env-key-alone": (
        "CSC_TUI_API_KEY is set without CSC_TUI_URL. Address and key must come from the same "
        "place: set both, or neither."
    ),
    "config.env-number": ("{variable} is {value!r}; it must be a whole number from 0 to {high:,}."),
    "config.env-switch": "{variable} is {value!r}; it must be 1 or 0.",
    "config.env-url-alone": (
        "CSC_TUI_URL is set without CSC_TUI_API_KEY. A saved key goes only to the address it was "
        "saved for: set both, or neither."
    ),
    "config.file-large": "{path} is larger than {limit:,} bytes, which is a mistake.",
    "config.file-not-yours": "{path} belongs to somebody else and was not read.",
    "config.file-open": (
        "{path} can be read by others (mode {mode}) and was not used. Run: chmod 600 {path}"
    ),
    "config.folder-failed": "The folder {folder} cannot be used: {why}.",
    "config.folder-not-yours": (
        "The folder {folder} belongs to somebody else, so nothing of yours is put there."
    ),
    "config.folder-writable": (
        "The folder {folder} can be changed by others. Run: chmod 700 {folder}"
    ),
    "config.key-bad": "That cannot be an API key: it holds blanks or characters that no key has.",
    "config.key-empty": "The API key is empty.",
    "config.key-file-bad": "{path} does not hold an API key in its first line. Log in again.",
    "config.key-missing": ("There is no API key for profile {name}. Run: csc-tui login {name}"),
    "config.key-origin": (
        "The key of profile {name} was saved for {saved}, but its address is now {url}; the key "
        "was not sent. Run: csc-tui login {name}"
    ),
    "config.keys": "{file}, [keys]: {why}",
    "config.kind-bool": "true or false",
    "config.kind-int": "a whole number",
    "config.kind-keys": "a key in quotes, or a list of them",
    "config.kind-list": "a list of texts in quotes",
    "config.kind-table": "a table",
    "config.kind-text": "a text in quotes",
    "config.malformed": "{file}, line {line}: {key} must look like {example}.",
    "config.name-bad": (
        "{name!r} cannot be a profile’s name: small letters, digits, - and _, at most 32."
    ),
    "config.not-a-choice": "{file}, line {line}: {key} must be one of: {choices}.",
    "config.not-a-file": "{path} is not a plain file.",
    "config.not-toml": "{file}, line {line}: this is not TOML ({why}).",
    "config.not-utf8": "{file}, line {line}: this is not UTF-8 text.",
    "config.out-of-bounds": "{file}, line {line}: {key} must be from {low:,} to {high:,}.",
    "config.pem-failed": "Profile {name}: {setting} {path} cannot be read: {why}.",
    "config.pem-unsafe": (
        "Profile {name}: {setting} {path} must be a plain file that only you or root can change."
    ),
    "config.profile-http": (
        "Profile {name}: a saved key is not sent over plain http to {host}. Only https:// gets it."
    ),
    "config.profile-name": (
        "{file}, line {line}: {name!r} cannot be a profile’s name: small letters, digits, - and _, "
        "at most 32."
    ),
    "config.profile-no-url": "{file}, line {line}: the profile {name} has no url.",
    "config.profile-none": (
        "There is no profile {name}; none is set up yet. Run: csc-tui login {name}"
    ),
    "config.profile-unknown": "There is no profile {name}. Known: {known}.",
    "config.profile-which": (
        "Several profiles are there and none is the default: {known}. Say --profile NAME, or set "
        "default_profile."
    ),
    "config.proxy-bad": (
        "The proxy {proxy!r} cannot be used: it must be http://host:port or https://host:port. Set"
        " `proxy` in the profile, or HTTPS_PROXY."
    ),
    "config.read-failed": "{path} cannot be read: {why}.",
    "config.remove-failed": "{path} could not be removed: {why}.",
    "config.theme-colour": "{file}, line {line}: {key} must be a colour like #1f2430.",
    "config.theme-colour-ansi": (
        "{file}, line {line}: {key} must be default or a terminal colour like blue or bright_blue."
    ),
    "config.theme-missing": "{file}, line 1: a theme needs {key}.",
    "config.theme-unknown": "There is no theme {name}. Known: {known}.",
    "config.unknown-key": "{file}, line {line}: {key} is not a setting. Known here: {known}.",
    "config.url-bad": "{url!r} is not an address like https://example.centralstationcrm.net.",
    "config.url-empty": "The address is empty.",
    "config.url-http": (
        "{url!r} is not encrypted. Only https:// (or a loopback address) gets the key."
    ),
    "config.url-scheme": "{url!r} is no address of a CRM: it must begin with https://.",
    "config.url-user": (
        "The address holds a user name or password ({url}). Leave it out; the key is enough."
    ),
    "config.write-failed": "{path} could not be written: {why}. It is as it was before.",
    "config.wrong-type": "{file}, line {line}: {key} must be {wanted}.",
}
"""Key -> text; keys begin with the theme."""
