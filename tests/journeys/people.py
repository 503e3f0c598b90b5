"""A person with a browser of their own, who notices errors, foreign hosts and what shuts people out."""

import re
from urllib.parse import urlsplit

from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.core import mail
from playwright.sync_api import Browser, ConsoleMessage, Page, Request

PHONE = {"width": 390, "height": 844}
WIDE = {"width": 1280, "height": 900}
AXE = Axe().axe_script
# What has the focus: its words, whether a ring shows, whether it is in sight. A hidden box shows its ring on its tile.
FOCUS = """() => {
  const it = document.activeElement;
  if (!it || it === document.body) return null;
  const hidden = getComputedStyle(it).opacity === "0";
  const shown = it.closest(".choice") || (hidden ? it.nextElementSibling : it);
  const ring = getComputedStyle(shown);
  const place = shown.getBoundingClientRect();
  const bar = document.querySelector(".bar-in");
  const below = bar && !bar.contains(it) && bar.getBoundingClientRect().top || innerHeight;
  return {
    words: it.innerText || it.value || it.textContent,
    ringed: ring.outlineStyle === "solid" && parseFloat(ring.outlineWidth) >= 2,
    seen: place.top >= 0 && place.bottom <= below,
  };
}"""
WCAG_22_AA = {
    "runOnly": {
        "type": "tag",
        "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"],
    },
    "resultTypes": ["violations"],  # what is right needs no list of where it is right
}


class Person:
    """Somebody using Kith. `troubles` gathers what no page may have: console errors and other hosts."""

    def __init__(
        self,
        name: str,
        browser: Browser,
        address: str,
        *,
        screen: dict[str, int] | None = None,
        dark: bool = False,
        script: bool = True,
    ) -> None:
        self.name = name
        self.address = address
        self.script = script
        self.troubles: list[str] = []
        self.context = browser.new_context(
            viewport=screen or PHONE,
            color_scheme="dark" if dark else "light",
            reduced_motion="reduce",  # a button on its way from one colour to another has the contrast of neither
            java_script_enabled=script,
            locale="en-GB",
            timezone_id="Europe/London",
        )
        self.context.set_default_timeout(15_000)
        self.page: Page = self.context.new_page()
        self.page.on("console", self._console)
        self.page.on("pageerror", lambda error: self.troubles.append(f"script: {error}"))
        self.context.on("request", self._request)

    def opens(self, path: str) -> "Person":
        """Go to a path of the site and look at what is there."""
        self.page.goto(self.address + path)
        return self.looks()

    def presses(self, name: str, *, exact: bool = False) -> "Person":
        """Press the button or follow the link of that name, and look at what comes."""
        button = self.page.get_by_role("button", name=name, exact=exact)
        target = button if button.count() else self.page.get_by_role("link", name=name, exact=exact)
        with self.page.expect_navigation():
            target.first.click()
        return self.looks()

    def fills(self, label: str, words: str) -> "Person":
        """Write words into the field of that label."""
        self.page.get_by_label(label).first.fill(words)
        return self

    def picks(self, group: str, label: str) -> "Person":
        """Pick the choice of that label in the group of that name."""
        self.page.get_by_role("group", name=group).get_by_label(label, exact=True).check(force=True)
        return self

    def ticks(self, label: str) -> "Person":
        """Tick the box of that label."""
        self.page.get_by_label(label).first.check(force=True)
        return self

    def chooses(self, label: str, option: str) -> "Person":
        """Choose an option from the list of that label."""
        self.page.get_by_label(label).first.select_option(label=option)
        return self

    def sees(self, words: str) -> "Person":
        """Make sure the page says something."""
        self.page.get_by_text(words).first.wait_for()
        return self

    def looks(self) -> "Person":
        """Make sure the page shuts nobody out: axe, no sideways scrolling, one heading of the first rank."""
        if not self.script:
            return self  # axe itself is a script
        # As tall as the page, because axe counts what lies under the bar as small although it can be scrolled free.
        screen = self.page.viewport_size or PHONE
        tall = self.page.evaluate("document.documentElement.scrollHeight")
        self.page.set_viewport_size(
            {"width": screen["width"], "height": max(tall, screen["height"])}
        )
        if self.page.evaluate("!window.axe"):  # not looked at before
            self.page.evaluate(AXE)
        found = self.page.evaluate("options => axe.run(options)", WCAG_22_AA)
        self.page.set_viewport_size(screen)
        shut_out = [f"{one['id']}: {one['nodes'][0]['html'][:120]}" for one in found["violations"]]
        assert shut_out == [], f"{self.name} at {self.path}: {shut_out}"
        wide = self.page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
        assert wide <= 0, f"{self.name} at {self.path}: {wide} px too wide"
        assert self.page.locator("h1").count() == 1, f"{self.name} at {self.path}: headings"
        return self

    def tabs_to(self, words: str) -> "Person":
        """Go on with the keyboard alone to what says those words, seeing all along where one is."""
        for _key in range(100):
            self.page.keyboard.press("Tab")
            focus = self.page.evaluate(FOCUS)
            assert focus, f"{self.name} at {self.path}: the keyboard did not come to {words!r}"
            assert focus["ringed"], f"{self.name} at {self.path}: no ring round {focus['words']!r}"
            assert focus["seen"], f"{self.name} at {self.path}: out of sight, {focus['words']!r}"
            if words in focus["words"]:
                return self
        raise AssertionError(f"{self.name} at {self.path}: {words!r} is too far")

    def looks_wide_and_dark(self) -> "Person":
        """Look at the page that is open on a wide screen at night, then go back to the phone by day."""
        self.page.emulate_media(color_scheme="dark")
        self.page.set_viewport_size(WIDE)
        self.looks()
        self.page.set_viewport_size(PHONE)
        self.page.emulate_media(color_scheme="light")
        return self

    def has_session(self, key: str) -> "Person":
        """Go on with a session that was begun elsewhere, without typing a code."""
        name = settings.SESSION_COOKIE_NAME
        self.context.add_cookies([{"name": name, "value": key, "url": self.address}])
        return self

    def signs_in(self, email: str) -> "Person":
        """Sign in with the code from the mail."""
        self.opens("/accounts/login/").fills("email", email)
        return self.asks_for_code_and_gives_it(email)

    def asks_for_code_and_gives_it(self, email: str) -> "Person":
        """Press the button that sends a code, and copy the code out of the mail."""
        sent = len(mail.outbox)
        self.goes_on()
        self.fills("Type the code", code_for(email, since=sent))
        return self.goes_on()

    def goes_on(self) -> "Person":
        """Press the one coral button of the page."""
        with self.page.expect_navigation():
            self.page.locator("main .button.next").first.click()
        return self.looks()

    @property
    def path(self) -> str:
        """Where the person is."""
        return urlsplit(self.page.url).path

    def leave(self) -> None:
        """Close the browser context."""
        self.context.close()

    def _console(self, message: ConsoleMessage) -> None:
        if message.type == "error":
            self.troubles.append(f"{self.path}: {message.text}")

    def _request(self, request: Request) -> None:
        to = urlsplit(request.url)
        if to.scheme not in {"data", "blob"} and to.netloc != urlsplit(self.address).netloc:
            self.troubles.append(f"{self.path}: asked {to.netloc}")


def code_for(email: str, *, since: int = 0) -> str:
    """Give the sign-in code in the newest mail to that address."""
    for message in reversed(mail.outbox[since:]):
        if email in message.to:
            found = re.search(r"^\s*([A-Z0-9]{3,4}-?[A-Z0-9]{3,4})\s*$", message.body, re.MULTILINE)
            if found:
                return found.group(1)
    raise AssertionError(f"no code was sent to {email}")
