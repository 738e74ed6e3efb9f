"""One start of the window that ends when the first patient is painted; prints the clock at that moment."""

from __future__ import annotations

import sys
import time


def main() -> int:
    """Open the workbench, wait for the first painted course, and leave."""
    from endotune_desktop.lanes.head_start import HeadStart

    head_start = HeadStart()
    from PySide6.QtWidgets import QApplication

    from endotune_desktop.app.paths import resources_folder, settings_path, store_path
    from endotune_desktop.app.workbench_run import Workbench

    application = QApplication(sys.argv[:1])
    bench = Workbench(application, store_path(), resources_folder(), settings_path(), head_start=head_start)

    def painted(_: int) -> None:
        sys.stdout.write(f"{time.perf_counter()}\n")
        sys.stdout.flush()
        bench.window.close()
        application.quit()

    bench.window.courses.on_painted(painted)
    bench.window.resize(1440, 900)
    bench.window.show()
    application.exec()
    bench.close()
    bench.window.deleteLater()
    return 0


if __name__ == "__main__":
    sys.exit(main())
