// One click is one step back: what the app writes into the address unasked corrects the entry.
(() => {
  "use strict";
  let asked = false;
  const ask = (event) => { asked ||= event.isTrusted; };
  for (const kind of ["pointerdown", "keydown", "click"])
    window.addEventListener(kind, ask, {capture: true, passive: true});
  window.addEventListener("popstate", () => { asked = false; }, true);

  const push = history.pushState;
  history.pushState = function (...entry) {
    const way = asked ? push : history.replaceState;
    asked = false;
    return way.apply(this, entry);
  };
})();
