/* The watchdog of a wall display.

   The app under it only feeds it: a "beat" a refresh, and a "part" for each picture. What is on
   the screen is this script's own copy, so that neither a lost connection nor an error can take it
   away. One timer does everything; nothing is added to the page that is not replaced. */
(() => {
  "use strict";

  const TICK_MS = 500;
  const GRACE_MS = 2000;
  const CALM_POLL_MS = 5000;
  const DOWN_POLL_MS = 2000;
  const POLL_TIMEOUT_MS = 4000;
  const RECONNECT_MS = 6000;
  const FIRST_BEAT_MS = 45000;
  const LEAST_PATIENCE_MS = 20000;
  const MISSED = 3;
  const DAY_MS = 24 * 3600 * 1000;
  const KEPT_FOR_MS = 30 * DAY_MS;
  const PREFIX = "nps-wall ";
  const GOOD = " good";
  const WAITS = " waits";
  const LOOKS = ["dark", "light", "contrast"];
  const TAGS = new Set(
    ("article header footer section div p span strong small h1 h2 ul li time " +
      "svg g path rect line circle text tspan").split(" "));
  const ATTRIBUTES = new Set(
    ("class lang datetime role aria-label aria-hidden viewbox width height x y x1 x2 y1 y2 cx cy " +
      "r rx d dx dy transform text-anchor preserveaspectratio").split(" "));

  const version = document.currentScript.dataset.version;
  const nothing = JSON.parse(document.currentScript.dataset.nothing || "{}");
  const root = document.documentElement;
  const key = PREFIX + digest(location.pathname + location.search);

  let opened = Date.now();
  let kept = restored();
  let waits = waiting();
  let lastBeat = "";
  let beatAt = 0;
  let failing = false;
  let closed = false;
  let down = false;
  let backAt = 0;
  let pollAt = 0;
  let polling = false;
  let leaving = false;
  let unsaved = true;
  let refreshes = 0;
  let shownAt = opened;
  let stage = null;
  let timer = 0;
  let beatEvery = 0;

  root.classList.add("nps-wall-page");
  root.dataset.look = look();

  /* ---- what is kept ---- */

  function digest(text) {
    let sum = 0x811c9dc5;
    for (const letter of text) sum = Math.imul(sum ^ letter.codePointAt(0), 0x01000193);
    return (sum >>> 0).toString(36);
  }

  function restored() {
    const empty = { pictures: [], good: 0, refresh: 15, every: 20, look: "",
                    language: root.lang || "en", words: {}, shown: 0 };
    try {
      const found = Object.assign(empty, JSON.parse(localStorage.getItem(key) || "{}"));
      found.good = Number(localStorage.getItem(key + GOOD)) || 0;
      return found.good ? found : { ...found, pictures: [] };
    } catch {
      return empty;
    }
  }

  /* The pictures are written when they change, their time alone at every refresh: the memory of a
     small computer wears with what is written to it. Gives whether they are kept: where there is
     no room, those kept before must not come by the time of later ones. */
  function keep(changed) {
    try {
      if (changed) {
        sweep();
        localStorage.setItem(key, JSON.stringify(kept));
      }
      localStorage.setItem(key + GOOD, String(kept.good));
      return true;
    } catch {
      /* Without storage a reload begins anew; the picture on the screen stays all the same. */
      return false;
    }
  }

  /* Since when a screen without any picture waits for one, reloads included. */
  function waiting() {
    try {
      const since = Number(sessionStorage.getItem(key + WAITS)) || opened;
      sessionStorage.setItem(key + WAITS, String(since));
      return since;
    } catch {
      return opened;
    }
  }

  function waits_no_more() {
    try {
      sessionStorage.removeItem(key + WAITS);
    } catch { /* nothing was kept */ }
  }

  /* Pictures of addresses that nobody has opened for long. */
  function sweep() {
    for (let at = localStorage.length - 1; at >= 0; at -= 1) {
      const name = localStorage.key(at);
      if (!name.startsWith(PREFIX) || name.startsWith(key) || name.endsWith(GOOD)) continue;
      if (Date.now() - Number(localStorage.getItem(name + GOOD)) > KEPT_FOR_MS) {
        localStorage.removeItem(name + GOOD);
        localStorage.removeItem(name);
        at = localStorage.length;
      }
    }
  }

  function forget() {
    kept.pictures = [];
    kept.good = 0;
    try {
      localStorage.removeItem(key);
      localStorage.removeItem(key + GOOD);
    } catch { /* nothing was kept */ }
  }

  function look() {
    const asked = new URLSearchParams(location.search).get("look");
    return [asked, kept.look].find((one) => LOOKS.includes(one)) || LOOKS[0];
  }

  /* ---- what the app feeds ---- */

  function feed(now) {
    let newest = null;
    for (const element of document.querySelectorAll("[data-wall-beat]")) {
      const text = element.dataset.wallBeat;
      const beat = JSON.parse(text);
      if (newest === null || beat.at > newest.beat.at) newest = { text, beat };
    }
    if (newest === null || newest.text === lastBeat) return;
    const beat = newest.beat;
    const sent = new Map();
    for (const element of document.querySelectorAll("[data-wall-part]")) {
      sent.set(element.dataset.wallPart, element.dataset.picture);
    }
    for (const picture of kept.pictures) {
      if (!sent.has(picture.id)) sent.set(picture.id, picture.html);
    }
    if (!beat.order.every((id) => sent.has(id))) return;
    lastBeat = newest.text;
    beatAt = now;
    failing = beat.failed;
    closed = beat.closed;
    down = false;
    kept.refresh = beat.refresh;
    /* Without its store the app cannot tell how the link's display looks and speaks. */
    if (!beat.failed || kept.pictures.length === 0) {
      Object.assign(kept, { words: beat.words, language: beat.language, look: beat.look,
                            every: beat.every });
    }
    keep_time(Math.min(TICK_MS, beat.refresh * 500));
    root.lang = kept.language;
    root.dataset.look = look();
    if (closed) forget();
    let changed = unsaved;
    if (!beat.failed || kept.pictures.length === 0) {
      const order = beat.order.map((id) => ({ id, html: sent.get(id) }));
      const same = order.length === kept.pictures.length &&
        order.every((picture, at) => picture.id === kept.pictures[at].id);
      if (!same) {
        kept.pictures = order;
        draw();
        changed = true;
      }
      if (!beat.failed && !beat.closed) {
        if (refreshes === 0) waits_no_more();
        kept.good = now;
        refreshes += 1;
        stage.root.dataset.refreshes = refreshes;
        unsaved = !keep(changed);
      }
    }
    if (beat.version !== version) renew(beat.version);
  }

  /* After an upgrade the page's script and style are those of before it. */
  function renew(theirs) {
    try {
      if (sessionStorage.getItem(PREFIX) === theirs) return;
      sessionStorage.setItem(PREFIX, theirs);
    } catch {
      return;
    }
    reload();
  }

  /* ---- what is on the screen ---- */

  function build() {
    const make = (tag, name, parent) => {
      const element = document.createElement(tag);
      element.className = name;
      parent.append(element);
      return element;
    };
    const whole = make("main", "nps-wall", document.body);
    whole.id = "nps-wall";
    const inner = make("div", "stage", whole);
    stage = {
      root: whole,
      pictures: make("div", "pictures", inner),
      status: make("p", "status", inner),
      turn: make("p", "turn", inner),
      banner: make("p", "banner", inner),
    };
    stage.banner.setAttribute("role", "alert");
    stage.banner.hidden = true;
    draw();
  }

  function draw() {
    stage.pictures.replaceChildren(...kept.pictures.map((picture) => {
      const parsed = new DOMParser().parseFromString(picture.html, "text/html");
      const article = document.importNode(clean(parsed.body), true);
      localise(article);
      const frame = document.createElement("div");
      frame.className = "frame";
      frame.append(...article.childNodes);
      return frame;
    }));
    if (kept.pictures.length === 0) {
      const waiting = document.createElement("div");
      waiting.className = "frame waiting";
      stage.pictures.append(waiting);
    }
    turnTo(kept.shown);
  }

  /* The server escapes every text; what it could overlook ends here. */
  function clean(body) {
    for (const element of [...body.querySelectorAll("*")]) {
      if (!TAGS.has(element.localName)) {
        element.remove();
        continue;
      }
      for (const { name } of [...element.attributes]) {
        if (!ATTRIBUTES.has(name.toLowerCase())) element.removeAttribute(name);
      }
    }
    return body;
  }

  function localise(within) {
    const format = new Intl.DateTimeFormat(kept.language, { day: "numeric", month: "short",
      hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
    for (const time of within.querySelectorAll("time[datetime]")) {
      const moment = new Date(time.getAttribute("datetime"));
      if (!Number.isNaN(moment.valueOf())) time.textContent = format.format(moment);
    }
  }

  function turnTo(place) {
    const frames = stage.pictures.children;
    kept.shown = place % frames.length;
    for (let at = 0; at < frames.length; at += 1) frames[at].hidden = at !== kept.shown;
    const many = kept.pictures.length > 1 && kept.words.turn;
    say(stage.turn, many
      ? kept.words.turn.replace("{n}", kept.shown + 1).replace("{total}", frames.length) : "");
  }

  function turn(now) {
    if (kept.pictures.length < 2 || now - shownAt < kept.every * 1000) return;
    shownAt = now;
    turnTo(kept.shown + 1);
  }

  function say(element, text) {
    if (element.textContent !== text) element.textContent = text;
  }

  function clock(moment, now) {
    const form = { hour: "2-digit", minute: "2-digit", hourCycle: "h23" };
    if (now - moment > 18 * 3600 * 1000) Object.assign(form, { day: "numeric", month: "short" });
    return new Intl.DateTimeFormat(kept.language, form).format(new Date(moment));
  }

  function ago(passed) {
    const seconds = Math.max(0, Math.round(passed / 1000));
    const [size, unit] = seconds < 60 ? [seconds, "second"]
      : seconds < 3600 ? [Math.floor(seconds / 60), "minute"]
      : seconds < 48 * 3600 ? [Math.floor(seconds / 3600), "hour"]
      : [Math.floor(seconds / 86400), "day"];
    return new Intl.RelativeTimeFormat(kept.language, { style: "short" }).format(-size, unit);
  }

  function report(now) {
    const passed = now - (kept.good || waits);
    const refresh = kept.refresh * 1000;
    const red = !closed && passed > MISSED * refresh + GRACE_MS;
    const quiet = beatAt > 0 ? now - beatAt > refresh + GRACE_MS : now - opened > FIRST_BEAT_MS;
    const lost = (down && quiet) || (red && !failing);
    const state = red ? "red" : lost || failing ? "late" : "fresh";
    if (stage.root.dataset.state !== state) stage.root.dataset.state = state;
    const words = kept.words;
    if (!kept.good) {
      say(stage.status, "");
      const none = nothing[root.lang] || nothing.en || "";
      announce(red ? none.replace("{time}", clock(waits, now)) : words.remarks || "");
      return;
    }
    const time = clock(kept.good, now);
    const near = passed < refresh + GRACE_MS + 1000;
    say(stage.status, words.asof.replace("{time}", time)
      .replace("{ago}", near ? words.now : ago(passed)));
    const why = lost ? words.lost : failing ? words.failed : words.remarks;
    announce(why.replace("{time}", time));
  }

  function announce(text) {
    say(stage.banner, text);
    if (stage.banner.hidden !== (text === "")) stage.banner.hidden = text === "";
  }

  /* ---- the way back ---- */

  function look_after(now) {
    if (polling || leaving || now - pollAt < (down ? DOWN_POLL_MS : CALM_POLL_MS)) return;
    polling = true;
    pollAt = now;
    fetch("livez", { cache: "no-store", signal: AbortSignal.timeout(POLL_TIMEOUT_MS) })
      .then((answer) => answer.ok, () => false)
      .then((alive) => {
        polling = false;
        if (!alive) {
          down = true;
          backAt = 0;
          return;
        }
        const then = Date.now();
        if (down && !backAt) backAt = then;
        const silent = then - Math.max(beatAt, opened);
        const patience = beatAt
          ? Math.max((MISSED * kept.refresh + 5) * 1000, LEAST_PATIENCE_MS) : FIRST_BEAT_MS;
        const back = backAt && then - backAt > RECONNECT_MS && silent > RECONNECT_MS;
        // The browser grows by a few megabytes an hour, and gives them back with a new page.
        const old = then - opened > DAY_MS;
        if (back || silent > patience || old) reload();
      });
  }

  /* Only onto a page that is there, or a refusal of the dashboard's own: a browser's error page
     has no watchdog, nor has that of a proxy between. */
  function reload() {
    if (leaving) return;
    leaving = true;
    fetch(location.href, { cache: "no-store", headers: { Accept: "text/html" },
                           signal: AbortSignal.timeout(POLL_TIMEOUT_MS) })
      .then(async (page) => {
        const text = await page.text();
        if (page.status === 403 && text.includes("data-nps-notice")) {
          forget();
          location.reload();
        } else if (page.ok && text.includes("wall/watch.js")) {
          location.reload();
        } else {
          leaving = false;
        }
      })
      .catch(() => { leaving = false; });
  }

  /* A clock that is set back must not make anything wait for the time it had been. */
  function mind_the_clock(now) {
    if (now < shownAt) shownAt = now;
    if (now < pollAt) pollAt = now;
    if (now < beatAt) beatAt = now;
    if (now < kept.good) kept.good = now;
    if (now < opened) opened = now;
    if (now < backAt) backAt = now;
    if (now < waits) waits = now;
  }

  function tick() {
    const now = Date.now();
    mind_the_clock(now);
    if (stage === null) {
      if (!document.body) return;
      build();
    }
    const app = document.getElementById("root");
    if (app && !app.inert) app.inert = true;
    // A dialog of Streamlit's declares everything else inert.
    if (stage.root.inert) stage.root.inert = false;
    try {
      feed(now);
    } catch {
      /* A beat that cannot be read is one that was missed. */
    }
    look_after(now);
    turn(now);
    report(now);
  }

  /* Looks often enough to see every beat, however short `make soak` makes the refreshes. */
  function keep_time(milliseconds) {
    if (milliseconds === beatEvery) return;
    beatEvery = milliseconds;
    clearInterval(timer);
    timer = setInterval(tick, milliseconds);
  }

  document.addEventListener("DOMContentLoaded", tick, { once: true });
  keep_time(TICK_MS);
})();
