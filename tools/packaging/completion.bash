# SPDX-License-Identifier: EUPL-1.2
# bash completion of schauwand(1). Commands and options are those that `--help` names; scenes and walls those of the exhibition that the
# line names, else of the current folder.

# The words behind which a row of a help text begins: options, and what `tell` and `playlist` can be told.
_schauwand_options() {
    "$1" "$2" --help 2>/dev/null | grep -oE -e '(^|[][ (|,])--?[a-z][a-z-]*' | grep -oE -e '--?[a-z][a-z-]*' | sort -u
    echo --help
}

_schauwand_exhibition() {
    local word
    for word in "${COMP_WORDS[@]:2:COMP_CWORD-2}"; do
        if [[ $word != -* && -d $word/scenes ]]; then
            printf '%s\n' "$word"
            return
        fi
    done
    printf '.\n'
}

# The ids below a folder of an exhibition: FILE.json is FILE, FOLDER/scene.json is FOLDER.
_schauwand_ids() {
    local path name
    for path in "$1"/*.json "$1"/*/scene.json; do
        [[ -e $path ]] || continue
        name=${path%/scene.json}
        name=${name##*/}
        name=${name%.json}
        case $name in
        exhibition | theme | sources) ;;
        *) printf '%s\n' "$name" ;;
        esac
    done
}

_schauwand_offer() {
    mapfile -t COMPREPLY < <(compgen -W "$1" -- "$2")
}

_schauwand_value() {
    local exhibition
    exhibition=$(_schauwand_exhibition)
    case $1 in
    --wall) _schauwand_offer "$(_schauwand_ids "$exhibition/scenes/walls")" "$2" ;;
    --scene | go | override) _schauwand_offer "$(_schauwand_ids "$exhibition/scenes")" "$2" ;;
    --backend) _schauwand_offer 'auto cpu gpu' "$2" ;;
    --log) _schauwand_offer 'error warning notice info debug' "$2" ;;
    --replace) _schauwand_offer 'publishing operating' "$2" ;;
    --live) [[ ${COMP_WORDS[1]} == setup ]] && _schauwand_offer 'yes no' "$2" ;;
    --shot | --status | --control | --config | --ca | --access-secret | --boxes | -o | --plays | --told | --cache | --replay | --to | --from | \
        --keys | --state)
        mapfile -t COMPREPLY < <(compgen -f -- "$2")
        compopt -o filenames 2>/dev/null
        ;;
    *) return 1 ;;
    esac
}

_schauwand() {
    local program=${COMP_WORDS[0]} command=${COMP_WORDS[1]-} word=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD - 1]}
    COMPREPLY=()
    if ((COMP_CWORD == 1)); then
        _schauwand_offer "$("$program" --help 2>/dev/null | sed -n 's/^  \([a-z][a-z-]*\) .*/\1/p') --help --version" "$word"
    elif _schauwand_value "$before" "$word"; then
        return
    elif [[ $word == -* ]]; then
        _schauwand_offer "$(_schauwand_options "$program" "$command")" "$word"
    elif [[ $command == tell && $COMP_CWORD == 2 ]]; then
        _schauwand_offer "$("$program" tell --help 2>/dev/null | sed -n 's/^  \([a-z][a-z]*\) .*/\1/p')" "$word"
    elif [[ $command == playlist && $COMP_CWORD == 2 ]]; then
        _schauwand_offer 'list add remove move time override clear' "$word"
    else
        mapfile -t COMPREPLY < <(compgen -d -- "$word")
        compopt -o filenames 2>/dev/null
    fi
} && complete -F _schauwand schauwand
