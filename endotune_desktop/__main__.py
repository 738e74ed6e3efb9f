"""``python -m endotune_desktop`` is the same as ``endotune``."""

from endotune_desktop.app.command_line import entry

if __name__ == "__main__":
    entry()
