"""Start Channel Plot with ``python -m channelplot``."""

import sys

from channelplot.cli.main import main

if __name__ == "__main__":
    sys.exit(main())
