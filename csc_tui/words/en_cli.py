"""Command line, in English."""

WORDS: dict[str, str] = {
    "cli.about": "A terminal client for CentralStationCRM and Concord CRM.",
    "cli.commands": "commands (without one the screen opens)",
    "cli.crashed": "The program had an error of its own and ended. What is known stands in {path}",
    "cli.crashed-unwritten": "The program had an error of its own ({kind}) and ended.",
    "cli.demo.about": "try it: a CRM with invented people on this machine",
    "cli.demo.dialect": "whose API it speaks",
    "cli.demo.companies": "how many companies (default: one for four people)",
    "cli.demo.epilog": (
        "Other switches go to the demo’s server as they stand: --fault, --limit, --window and what"
        " else python -m csc_tui.demo --help names."
    ),
    "cli.demo.expose": "with --listen: other machines may connect, unencrypted",
    "cli.demo.expose-alone": "--expose has a meaning beside --listen HOST:PORT only.",
    "cli.demo.failed": "The demo could not be started: {why}",
    "cli.demo.listen": "only serve it there, for other clients; prints its URL and key",
    "cli.demo.making": "Making the demo’s people …",
    "cli.demo.people": "how many people (default: 2,400)",
    "cli.demo.reset": "make the data anew",
    "cli.demo.stranger": (
        "What answers at {url} is not the demo that was started; its key was not sent there."
    ),
    "cli.doctor.about": "say what is wrong here",
    "cli.doctor.offline": "do not ask the CRM whether it answers",
    "cli.epilog": "Without any profile a welcome screen opens.",
    "cli.keys.about": "what is bound to which key",
    "cli.login.about": "connect an account: asks for its address and key",
    "cli.login.backend": "which CRM it is; without it the address and the key are tried on each",
    "cli.login.ask-key": "API key (not shown)",
    "cli.login.ask-name": "Name of the profile",
    "cli.login.ask-url": "Address of the CRM",
    "cli.login.ended": "The input ended before everything was answered. Nothing was saved.",
    "cli.login.name": "of the profile",
    "cli.login.saved": "Connected as {user}. Open it with: csc-tui --profile {name}",
    "cli.login.unsaved": "Nothing was saved.",
    "cli.logout.about": "remove a profile with its key and all its data from here",
    "cli.logout.done": (
        "{name} and all its data here are removed. Come back with: csc-tui login {name}"
    ),
    "cli.logout.kept": "Nothing was removed.",
    "cli.logout.name": "of the profile",
    "cli.logout.sure": "Remove {name} with its key and all its data from here? y/N ",
    "cli.logout.sure-unsent": "Remove it all the same? y/N ",
    "cli.logout.yes": "do not ask whether it is to go",
    "cli.logout.unread": (
        "The outbox of {name} is damaged and cannot be read: what waits in it is lost with it."
    ),
    "cli.logout.unsent": (
        "{name} has {count} form that the CRM has not confirmed; its text is lost with it."
        "|{name} has {count} forms that the CRM has not confirmed; their text is lost with it."
    ),
    "cli.no-terminal": "The screen needs a terminal for both input and output.",
    "cli.unfit-terminal": (
        "The screen needs a terminal with an alternate screen and cursor addressing, such as "
        "xterm, tmux or screen; TERM is “{term}”, which names none."
    ),
    "cli.paths.about": "where files lie",
    "cli.profile": "the account to open",
    "cli.profiles.about": "the accounts that are set up",
    "cli.profiles.key-command": "key by command",
    "cli.profiles.key-file": "key in a file",
    "cli.profiles.key-missing": "no key",
    "cli.profiles.none": "No profile yet. Run: csc-tui login",
    "cli.profiles.read-only": "read-only",
    "cli.read-only": "change nothing in the CRM",
    "cli.system": "The system refused: {why}",
    "cli.theme": "the theme to use",
    "cli.themes.about": "which themes there are",
    "cli.unknown-command": "There is no command {command}. Known: {known}.",
    "cli.not-text": (
        "“{argument}” is not text in {encoding}, which this terminal writes. Nothing was done."
    ),
    "cli.too-many": "“{word}” is one argument too many. See: {program} --help",
    "cli.unknown-option": "There is no option {option}. See: {program} --help",
    "cli.usage": "{why}. See: {program} --help",
    "doctor.connected": "connected as {user}",
    "doctor.unfit": "TERM says nothing of a screen; set it to what your terminal is",
    "doctor.folder-later": "{folder} (made when it is needed)",
    "doctor.key-command": "from key_command",
    "doctor.key-environment": "from CSC_TUI_API_KEY",
    "doctor.key-file": "from its file",
    "doctor.local-disk": "local",
    "doctor.missing-package": "not installed",
    "doctor.network-disk": (
        "{kind}: shared with other hosts, so the store works without its write-ahead log"
    ),
    "doctor.no-fts5": "{version} without FTS5, so searching cannot work",
    "doctor.no-proxy": "none",
    "doctor.no-settings": "none, the defaults hold",
    "doctor.no-tls": "not needed: a demo on this machine",
    "doctor.no-trust": "no certificate authorities found; set ca_file",
    "doctor.not-utf8": "{encoding}: names may not be shown right; set LANG to a UTF-8 one",
    "doctor.unknown-variable": "{name} means nothing. Known: {known}",
}
"""Key -> text; keys begin with the theme."""
