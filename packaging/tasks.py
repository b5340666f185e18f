"""Set up, run, check and test Channel Plot: `python3 packaging/tasks.py --help`.

Standard library only, and plain enough for an older Python to reach the sentence that says which
one is needed. Everything it does is in `steps/`, one file per thing.
"""

import sys

from steps import pythons


def main() -> int:
    """Do what the words on the command line ask; returns the exit code."""
    if sys.version_info < pythons.MINIMUM:
        return pythons.hand_over(__file__, sys.argv[1:])
    from steps import commands

    return commands.main(sys.argv[1:])


if __name__ == "__main__":
    sys.exit(main())
