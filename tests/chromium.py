"""A real browser for tests: Chromium without a window, which reaches nothing but this machine."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from selenium.webdriver import Chrome, ChromeOptions
from selenium.webdriver.chrome.service import Service

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
DRIVER = shutil.which("chromedriver")
MISSING = "no Chromium with its driver is installed (Debian: apt-get install chromium chromium-driver)"
SWITCHES = (
    "--headless=new --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking"
    " --disable-component-update --disable-sync --disable-default-apps --disable-dev-shm-usage --hide-scrollbars"
    " --lang=en-GB --force-device-scale-factor=1"
).split()


def is_there() -> bool:
    """Whether both programs are installed."""
    return CHROMIUM is not None and DRIVER is not None


@contextmanager
def chromium(width: int = 1280, height: int = 900, *, dark: bool = False) -> Iterator[Chrome]:
    """A fresh browser that keeps its console and its requests: `get_log("browser")`, `get_log("performance")`."""
    assert CHROMIUM is not None
    with TemporaryDirectory(prefix="chromium-", ignore_cleanup_errors=True) as profile:
        options = ChromeOptions()
        options.binary_location = CHROMIUM
        for switch in (*SWITCHES, f"--user-data-dir={Path(profile)}", f"--window-size={width},{height}"):
            options.add_argument(switch)
        options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
        driver = Chrome(options=options, service=Service(DRIVER))
        try:
            driver.set_page_load_timeout(60)
            driver.set_script_timeout(30)
            driver.get("about:blank")
            driver.get_log("performance")  # the page of a new tab is not ours
            show_as(driver, width, height, dark=dark)
            yield driver
        finally:
            driver.quit()


def show_as(driver: Chrome, width: int, height: int, *, dark: bool = False) -> None:
    """Give the page a size, in CSS pixels, and a light or dark look."""
    size = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": width < 600}
    driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)
    scheme = {"name": "prefers-color-scheme", "value": "dark" if dark else "light"}
    driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": [scheme]})
