"""`csc-tui completion SHELL`: what a shell needs to complete commands, options and names.

Made from the same declarations as help; names of resources and fields are those of every CRM that
the program speaks.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from csc_tui.cli.declared import VALUES, Command, commands
from csc_tui.config.settings import BACKENDS
from csc_tui.domain.ref import CUSTOM
from csc_tui.domain.subject import subject_names
from csc_tui.session import adapter_of


@dataclass(frozen=True, slots=True)
class Names:
    """What stands in arguments."""

    resources: tuple[str, ...]
    filters: tuple[str, ...]
    """`city:`"""
    fields: tuple[str, ...]
    """`first_name=`"""


def completion(shell: str) -> str:
    """The script for a shell, to be sourced."""
    makers: dict[str, Callable[[Sequence[Command], Names], str]] = {
        "bash": _bash,
        "zsh": _zsh,
        "fish": _fish,
    }
    return makers[shell](commands(), _names())


def _names() -> Names:
    resources: dict[str, None] = {}
    filters: dict[str, None] = {"owner:": None}
    fields: dict[str, None] = {}
    for backend in BACKENDS:
        for resource in adapter_of(backend).resources().values():
            resources[resource.name] = None
            for name in subject_names(resource):
                if " " not in name and not name.startswith(CUSTOM):
                    filters[f"{name}:"] = None
            for field in resource.fields:
                if field.writable and not field.name.startswith(CUSTOM):
                    fields[f"{field.name}="] = None
    return Names(tuple(resources), tuple(sorted(filters)), tuple(sorted(fields)))


def _arguments(command: Command, names: Names) -> list[str]:
    """What may stand where a command takes an argument."""
    known: Mapping[str, Sequence[str]] = {
        "resource": names.resources,
        "filter": names.filters,
        "value": names.fields,
    }
    found: dict[str, None] = {}
    for one in command.arguments:
        found.update(dict.fromkeys(one.choices or known.get(one.name, ())))
    return list(found)


def _flags(command: Command) -> list[str]:
    return [name for option in command.options for name in option.names]


def _valued(all_commands: Iterable[Command]) -> dict[str, tuple[str, ...]]:
    """Option with a value -> what it may be, as far as that is known."""
    found: dict[str, tuple[str, ...]] = {}
    for command in all_commands:
        for option in command.options:
            if option.value:
                for name in option.names:
                    found[name] = found.get(name) or option.choices
    return found


_LISTED = "$(csc-tui {command} 2>/dev/null | sed 's/^[* ] //; s/ .*//')"
"""Names that a command of our own prints at the beginning of its lines, behind a mark."""


def _bash(all_commands: Sequence[Command], names: Names) -> str:
    program, *others = all_commands
    valued = _valued(all_commands)
    lines = [
        "# bash completion of csc-tui: source <(csc-tui completion bash)",
        "_csc_tui() {",
        "    local cur prev command= words= i",
        "    cur=${COMP_LINE:0:COMP_POINT}; cur=${cur##*[[:space:]]}",
        "    prev=${COMP_WORDS[COMP_CWORD-1]}",
        "    COMPREPLY=()",
        "    for ((i = 1; i < COMP_CWORD; i++)); do",
        "        case ${COMP_WORDS[i]} in",
        f"            {'|'.join(sorted(valued))}) ((i++)) ;;",
        "            -*) ;;",
        "            *) command=${COMP_WORDS[i]}; break ;;",
        "        esac",
        "    done",
        "    case $prev in",
    ]
    for name, choices in sorted(valued.items()):
        listed = VALUES.get(name.removeprefix("--"))
        words = _LISTED.format(command=listed) if listed else " ".join(choices)
        if name == "--output":
            lines.append(f'        {name}) COMPREPLY=($(compgen -f -- "$cur")); return ;;')
        else:
            lines.append(f'        {name}) words="{words}" ;;')
    lines += ["        *) case $command in"]
    offered = " ".join([*(one.name for one in others), *_flags(program)])
    lines.append(f'            "") words="{offered}" ;;')
    for one in others:
        offered = " ".join([*_arguments(one, names), *_flags(one)])
        lines.append(f'            {one.name}) words="{offered}" ;;')
    lines += [
        "        esac ;;",
        "    esac",
        '    COMPREPLY=($(compgen -W "$words" -- "$cur"))',
        "    [[ ${COMPREPLY[0]} == *[:=] ]] && compopt -o nospace 2>/dev/null",
        "    # What stands before a : or = is no part of the word to bash.",
        '    [[ $cur == *[:=]* ]] && COMPREPLY=("${COMPREPLY[@]#"${cur%"${cur##*[:=]}"}"}")',
        "    return 0",
        "}",
        "complete -F _csc_tui csc-tui",
    ]
    return "\n".join(lines) + "\n"


def _zsh(all_commands: Sequence[Command], names: Names) -> str:
    program, *others = all_commands
    valued = _valued(all_commands)
    lines = [
        "#compdef csc-tui",
        "# zsh completion of csc-tui: source <(csc-tui completion zsh), or as _csc-tui in $fpath",
        "_csc_tui() {",
        "    local command i",
        "    local -a offered",
        "    for (( i = 2; i < CURRENT; i++ )); do",
        "        case ${words[i]} in",
        f"            {'|'.join(sorted(valued))}) (( i++ )) ;;",
        "            -*) ;;",
        "            *) command=${words[i]}; break ;;",
        "        esac",
        "    done",
        "    case ${words[CURRENT-1]} in",
    ]
    for name, choices in sorted(valued.items()):
        listed = VALUES.get(name.removeprefix("--"))
        words = _LISTED.format(command=listed) if listed else " ".join(choices)
        action = "_files" if name == "--output" else f"compadd -- {words}"
        lines.append(f"        {name}) {action}; return ;;")
    lines += ["    esac", "    case $command in"]
    told = " ".join(_quoted(f"{one.name}:{one.about}") for one in others)
    lines.append(
        f"        '') offered=({told}); _describe command offered;"
        f" compadd -- {' '.join(_flags(program))} ;;"
    )
    for one in others:
        arguments = _arguments(one, names)
        open_ended = [word for word in arguments if word[-1] in ":="]
        closed = [word for word in arguments if word not in open_ended]
        lines.append(
            f"        {one.name}) compadd -- {' '.join([*closed, *_flags(one)])};"
            f" compadd -S '' -- {' '.join(open_ended)} ;;"
        )
    lines += [
        "    esac",
        "}",
        "if [[ $zsh_eval_context[-1] == loadautofunc ]]; then",
        '    _csc_tui "$@"',
        "else",
        "    compdef _csc_tui csc-tui",
        "fi",
    ]
    return "\n".join(lines) + "\n"


def _fish(all_commands: Sequence[Command], names: Names) -> str:
    others = all_commands[1:]
    lines = [
        "# fish completion of csc-tui: csc-tui completion fish | source",
        "complete -c csc-tui -f",
    ]
    for command in all_commands:
        seen = f"-n '__fish_seen_subcommand_from {command.name}'" if command.name else ""
        for option in command.options:
            about = option.help and f" -d {_quoted(option.help)}"
            for name in option.names:
                long = f"-l {name[2:]}" if name.startswith("--") else f"-s {name[1:]}"
                listed = VALUES.get(name.removeprefix("--"))
                words = " ".join(option.choices)
                if listed:
                    words = f"(csc-tui {listed} 2>/dev/null | sed 's/^[* ] //; s/ .*//')"
                value = f' -x -a "{words}"' if option.value and words else ""
                needs = " -r -F" if option.value and not words else ""
                lines.append(f"complete -c csc-tui {seen} {long}{value}{needs}{about or ''}")
    for one in others:
        lines.append(
            f"complete -c csc-tui -n __fish_use_subcommand -a {one.name} -d {_quoted(one.about)}"
        )
        if words := " ".join(_arguments(one, names)):
            lines.append(
                f"complete -c csc-tui -n '__fish_seen_subcommand_from {one.name}' -a '{words}'"
            )
    return "\n".join(lines) + "\n"


def _quoted(text: str) -> str:
    """A text for a shell."""
    safe = text.replace("'", "’")
    return f"'{safe}'"
