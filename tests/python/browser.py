"""A real Chromium for the tests of the pages, and for their screenshots.

`python tests/python/browser.py` is what `make screenshot` runs.
"""

import contextlib
import os
import shutil
import sys
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[2]
NAMES = ("chromium", "chromium-headless-shell", "chromium-browser", "google-chrome")
WANTED = (
    "No Chromium was found. Install one (apt install chromium, or "
    ".venv/bin/playwright install chromium), or name one in CRM_BROWSER."
)

# Words that lie over others, or reach out of their chart or of the page.
OVERLAPS = """() => {
  const faults = [];
  const tell = (...what) => faults.push(what.join(' | '));
  const meet = (one, other) =>
    Math.min(one.right, other.right) - Math.max(one.left, other.left) > 1
    && Math.min(one.bottom, other.bottom) - Math.max(one.top, other.top) > 2;
  const within = (one, other) =>
    one.left >= other.left - 1 && one.right <= other.right + 1
    && one.top >= other.top - 1 && one.bottom <= other.bottom + 1;
  const check = (place, texts, bounds) => texts.forEach(([text, box], index) => {
    if (!within(box, bounds)) tell(place, 'outside', text);
    for (const [other, otherBox] of texts.slice(index + 1)) {
      if (meet(box, otherBox)) tell(place, text, other);
    }
  });
  const boxes = (elements) => [...elements]
    .filter((element) => element.textContent.trim())
    .map((element) => [element.textContent, element.getBoundingClientRect()]);
  for (const chart of document.querySelectorAll('.chart')) {
    check(chart.closest('.card').id, boxes(chart.querySelectorAll('svg text')),
      chart.getBoundingClientRect());
  }
  const page = document.documentElement.getBoundingClientRect();
  check('page', boxes(document.querySelectorAll('.card, header, nav')), page);
  for (const card of document.querySelectorAll('.card')) {
    check(card.id, boxes(card.children), card.getBoundingClientRect());
    check(card.id, boxes(card.querySelectorAll('.tile > *, .counts li, .quadrant > *')),
      card.getBoundingClientRect());
  }
  if (document.documentElement.scrollWidth > innerWidth) {
    tell('page', 'scrolls sideways');
  }
  return faults;
}"""

# Words that stand out less from what lies behind them than WCAG's level AA asks for.
PALE = """() => {
  const parts = (colour) => {
    const numbers = colour.match(/[\\d.]+/g).map(Number);
    return colour.startsWith('rgb') ? numbers.map(
      (part, index) => (index < 3 ? part / 255 : part)) : numbers;
  };
  const light = (colour) => {
    const [red, green, blue] = parts(colour).map((part) =>
      part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4);
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue + 0.05;
  };
  // The card, and over it what is drawn before the words and lies below them.
  const drawnBehind = (text) => {
    const { left, right, top, bottom } = text.getBoundingClientRect();
    const svg = text.ownerSVGElement;
    const shapes = [...svg.querySelectorAll(':not(defs *):is(path, rect, circle)')]
      .filter((shape) => getComputedStyle(shape).fill !== 'none'
        && shape.compareDocumentPosition(text) & Node.DOCUMENT_POSITION_FOLLOWING)
      .filter((shape) => shape.isPointInFill(
        new DOMPoint((left + right) / 2, (top + bottom) / 2)
          .matrixTransform(shape.getScreenCTM().inverse())));
    return shapes.reduce((under, shape) => {
      const style = getComputedStyle(shape);
      const [red, green, blue, alpha = 1] = parts(style.fill);
      const share = alpha * style.fillOpacity * style.opacity;
      const mixed = parts(under).slice(0, 3).map(
        (part, index) => 255 * (part + share * ([red, green, blue][index] - part)));
      return `rgb(${mixed})`;
    }, behind(svg.parentElement));
  };
  const behind = (element) => {
    for (let it = element; it; it = it.parentElement) {
      const colour = getComputedStyle(it).backgroundColor;
      if (parts(colour).length < 4 || parts(colour)[3] > 0) return colour;
    }
  };
  return [...document.querySelectorAll('body *:not(script)')]
    .filter((element) => element.getClientRects().length
      && [...element.childNodes].some((it) => it.nodeType === 3 && it.data.trim()))
    .filter((element) => {
      const style = getComputedStyle(element);
      const ratio = element.ownerSVGElement
        ? light(style.fill) / light(drawnBehind(element))
        : light(style.color) / light(behind(element));
      return Math.max(ratio, 1 / ratio) < (parseFloat(style.fontSize) >= 24 ? 3 : 4.5);
    })
    .map((element) => element.className + ' ' + element.textContent);
}"""


class NoBrowserError(Exception):
    """There is none on this machine."""


def find_browser(own: str) -> str:
    """The Chromium that CRM_BROWSER names, else Playwright's own, else the system's."""
    named = os.environ.get("CRM_BROWSER")
    if named:
        # Whoever names one wants the tests to run: what it is not able to do fails.
        return shutil.which(named) or named
    found = [own] if Path(own).exists() else []
    found += [path for path in map(shutil.which, NAMES) if path]
    if not found:
        raise NoBrowserError(WANTED)
    return found[0]


@contextlib.contextmanager
def open_browser():
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        path = find_browser(playwright.chromium.executable_path)
        browser = playwright.chromium.launch(executable_path=path)
        yield browser
        browser.close()


def photograph(warehouse: Path, folder: Path) -> list[Path]:
    """The head of the dashboard in English, its customers in Chinese and in the dark,
    and a search in the data dictionary."""
    names = ("dashboard.png", "dashboard_customers.png", "dictionary.png")
    top, customers, dictionary = (folder / name for name in names)
    window = {"width": 1280, "height": 1080}
    dashboard = (warehouse / "dashboard.html").as_uri()
    with open_browser() as browser:
        page = browser.new_page(viewport=window, locale="en-US")
        page.goto(dashboard)
        page.screenshot(path=top)
        page = browser.new_page(viewport=window, locale="zh-CN", color_scheme="dark")
        page.goto(dashboard)
        page.locator("#customers .cards").screenshot(
            path=customers, style="nav { position: static !important }"
        )
        page = browser.new_page(viewport={**window, "height": 800}, locale="en-US")
        page.goto((warehouse / "dictionary.html").as_uri())
        page.get_by_role("searchbox").fill("churn")
        page.screenshot(path=dictionary)
    return [top, customers, dictionary]


def main() -> int:
    warehouse = PROJECT / (os.environ.get("OUT") or "warehouse")
    for name in ("dashboard.html", "dictionary.html"):
        if not (warehouse / name).exists():
            print(f"There is no {warehouse / name}: run make build.", file=sys.stderr)
            return 1
    try:
        images = photograph(warehouse, PROJECT / "docs")
    except NoBrowserError as error:
        print(error, file=sys.stderr)
        return 1
    print("Wrote", *images)
    return 0


if __name__ == "__main__":
    sys.exit(main())
