#!/usr/bin/env python3
"""The gateway and its page with many experiments: python3 bench/page.py URL EXPERIMENT [--rounds 5]

URL is a gateway's whose store `./medtrans bench store` has filled, EXPERIMENT the id that it printed. Times what the
gateway answers, the first useful picture of a page in a fresh Chromium, and interactions, from the input to the next
picture as the browser itself measures it (Event Timing; it rounds to 8 ms). Prints tables in Markdown: medians of the
rounds, for interactions the slowest. Wants `pip install playwright` and Debian's chromium; nothing is downloaded.
"""
import argparse
import gzip
import os
import re
import statistics
import time
import urllib.parse
import urllib.request

from playwright.sync_api import sync_playwright

# Longest allowed: of a first picture and of an interaction, in milliseconds; of all scripts, compressed, in bytes.
PICTURE_MS, INTERACTION_MS, SCRIPT_BYTES = 1000, 100, 300_000
# Of the browser's own measure, every event and not only slow ones, and whatever keeps it from answering.
OBSERVE = """
window.interactions = [];
new PerformanceObserver(list => list.getEntries().forEach(e => e.interactionId && interactions.push(e.duration)))
  .observe({type: 'event', durationThreshold: 16, buffered: true});
window.frames = []; let last;
(function frame(now) { if (last) frames.push(now - last); last = now; requestAnimationFrame(frame); })();
"""


def answered(url):
    """Seconds, bytes as sent, bytes unpacked."""
    request = urllib.request.Request(url, headers={"Accept-Encoding": "gzip"})
    start = time.perf_counter()
    with urllib.request.urlopen(request, timeout=600) as response:
        body = response.read()
    seconds = time.perf_counter() - start
    plain = gzip.decompress(body) if response.headers.get("Content-Encoding") == "gzip" else body
    return seconds, len(body), len(plain)


def answers(url, experiment, rounds):
    api = f"{url}/api/v1"
    with urllib.request.urlopen(f"{api}/experiments/{experiment}/runs?size=1") as response:
        run = re.search(r'"id":"([^"]+)"', response.read().decode()).group(1)
    paths = {
        "list, 100 of them": f"{api}/experiments?size=100",
        "the large experiment": f"{api}/experiments/{experiment}",
        "its runs, 100 of them": f"{api}/experiments/{experiment}/runs?size=100&page=1",
        "one run with its curves": f"{api}/runs/{run}",
        "comparison": f"{api}/experiments/{experiment}/comparison",
    }
    print("| answer | first ms | median ms | KiB sent | KiB unpacked |\n|---|---|---|---|---|")
    for name, path in paths.items():
        found = [answered(path) for _ in range(rounds)]
        seconds = [each[0] for each in found]
        median = statistics.median(seconds[1:] or seconds)
        print(f"| {name} | {1000 * seconds[0]:.0f} | {1000 * median:.0f} | {found[-1][1] / 1024:.0f} | {found[-1][2] / 1024:.0f} |")
    return run


def scripts(page, address):
    """Bytes of all scripts as they are sent, those that are loaded later included."""
    page.goto(address)
    names = set(page.evaluate("performance.getEntriesByType('resource').map(e => e.name).filter(n => /\\.m?js$/.test(n))"))
    sizes, waiting = {}, list(names)
    while waiting:
        name = waiting.pop()
        if name in sizes:
            continue
        request = urllib.request.Request(name, headers={"Accept-Encoding": "gzip"})
        with urllib.request.urlopen(request) as response:
            body = response.read()
        sizes[name] = len(body)
        text = (gzip.decompress(body) if response.headers.get("Content-Encoding") == "gzip" else body).decode()
        waiting += [urllib.parse.urljoin(name, other) for other in re.findall(r'["\'](\.{0,2}/[\w./-]+\.js)["\']', text)]
    return sum(sizes.values())


def picture(browser, address, useful):
    """Milliseconds from the wish to what it is for, in a browser that has cached nothing."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    page = context.new_page()
    start = time.perf_counter()
    page.goto(address, wait_until="commit")
    page.locator(useful).first.wait_for()
    milliseconds = 1000 * (time.perf_counter() - start)
    context.close()
    return milliseconds


def interacted(page, act):
    """The slowest of the interactions in `act`, and the longest time between two frames."""
    page.evaluate("interactions.length = 0; frames.length = 0")
    act()
    page.wait_for_timeout(500)
    return page.evaluate("[Math.max(0, ...interactions), Math.max(0, ...frames)]")


def scroll(page):
    for _ in range(20):
        page.mouse.wheel(0, 400)
        page.wait_for_timeout(30)


def zoom(page):
    chart = page.locator(".u-over").first
    chart.scroll_into_view_if_needed()
    box = chart.bounding_box()
    page.mouse.move(box["x"] + box["width"] * 0.3, box["y"] + box["height"] / 2)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] * 0.6, box["y"] + box["height"] / 2, steps=10)
    page.mouse.up()


def tables(url, experiment, run, rounds):
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
        pictures = {
            "list of experiments": (f"{url}/experiments", "main tbody tr"),
            "the large experiment": (f"{url}/experiments/{experiment}", "main table tbody tr"),
            "one of its runs": (f"{url}/runs/{run}", "main .u-over"),
        }
        print(f"\n| first useful picture (at most {PICTURE_MS} ms) | median ms | slowest ms |\n|---|---|---|")
        for name, (address, useful) in pictures.items():
            found = [picture(browser, address, useful) for _ in range(rounds)]
            print(f"| {name} | {statistics.median(found):.0f} | {max(found):.0f} |")
        page = browser.new_context(viewport={"width": 1280, "height": 900}).new_page()
        page.add_init_script(OBSERVE)
        steps = [
            ("filter the list", f"{url}/experiments", "main tbody tr",
             lambda: page.locator("main input[type=search]").first.press_sequentially("copy 01", delay=80)),
            ("scroll the list", f"{url}/experiments", "main tbody tr", lambda: scroll(page)),
            ("scroll the large experiment", f"{url}/experiments/{experiment}", "main table tbody tr", lambda: scroll(page)),
            ("zoom a curve", f"{url}/runs/{run}", "main .u-over", lambda: zoom(page)),
        ]
        print(f"\n| interaction (at most {INTERACTION_MS} ms) | slowest ms | longest frame ms |\n|---|---|---|")
        for name, address, useful, act in steps:
            found = []
            for _ in range(rounds):
                page.goto(address)
                page.locator(useful).first.wait_for()
                page.wait_for_timeout(500)
                found.append(interacted(page, act))
            print(f"| {name} | {max(f[0] for f in found):.0f} | {max(f[1] for f in found):.0f} |")
        size = scripts(page, f"{url}/experiments")
        print(f"\nScripts, compressed: {size / 1000:.0f} kB, at most {SCRIPT_BYTES / 1000:.0f}")
        browser.close()


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("url")
    parser.add_argument("experiment")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--only-answers", action="store_true", help="without a browser")
    given = parser.parse_args()
    load = os.getloadavg()[0]
    model = re.search(r"model name\s*: (.*)", open("/proc/cpuinfo").read()).group(1)
    print(f"{os.cpu_count()} cores, {model}; load {load:.1f}" + (": beside other work" if load > 1 else "") + "\n")
    run = answers(given.url.rstrip("/"), given.experiment, given.rounds)
    if not given.only_answers:
        tables(given.url.rstrip("/"), given.experiment, run, given.rounds)


if __name__ == "__main__":
    main()
