"""``python -m endotune_desktop`` is the same as ``endotune``."""

import sys

from endotune_desktop.app.command_line import main

if __name__ == "__main__":
    sys.exit(main())
