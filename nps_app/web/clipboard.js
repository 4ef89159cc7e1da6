// Copies a chart as a picture, or its data, when a button of widgets/downloads.py is clicked.
(() => {
  "use strict";
  const SCALE = 2, LINE = 22, PAD = 8;

  document.addEventListener("click", (event) => {
    const button = event.target.closest?.(".copies [data-copy]");
    if (button) copy(button, button.closest(".copies"));
  });

  async function copy(button, place) {
    const said = place.querySelector("[role=status]");
    said.textContent = "";
    if (!navigator.clipboard || !window.ClipboardItem) {
      said.textContent = place.dataset.refused;
      return;
    }
    const picture = button.dataset.copy === "picture";
    const [type, made] = picture
      ? ["image/png", drawn(place.dataset.chart, place.dataset.title)]
      : ["text/plain", Promise.resolve(new Blob([place.lastElementChild.textContent],
          {type: "text/plain"}))];
    try {
      // The promise goes in unawaited: Safari lets a page write in the moment of the click alone.
      await navigator.clipboard.write([new ClipboardItem({[type]: made})]);
      said.textContent = place.dataset.done;
    } catch (error) {
      const denied = error instanceof DOMException && error.name === "NotAllowedError";
      said.textContent = denied ? place.dataset.refused : place.dataset.failed;
    }
  }

  async function drawn(key, title) {
    const chart = document.querySelector(`.st-key-${CSS.escape(key)} .js-plotly-plot`);
    if (!chart) throw new Error("The chart is not on the page.");
    const parts = [...chart.querySelectorAll(".main-svg")];
    const box = parts[0].getBoundingClientRect();
    const width = Math.round(box.width), height = Math.round(box.height);
    const look = getComputedStyle(document.querySelector('[data-testid="stApp"]'));
    const font = await fontOf(parts[0]);
    const images = await Promise.all(parts.map((part) => image(part, width, height, font)));
    const canvas = document.createElement("canvas");
    const lines = wrapped(canvas.getContext("2d"), title, `600 16px ${look.fontFamily}`, width);
    const head = lines.length ? lines.length * LINE + PAD : 0;
    canvas.width = (width + 2 * PAD) * SCALE;
    canvas.height = (height + head + 2 * PAD) * SCALE;
    const pen = canvas.getContext("2d");
    pen.scale(SCALE, SCALE);
    pen.fillStyle = look.backgroundColor;
    pen.fillRect(0, 0, canvas.width, canvas.height);
    pen.fillStyle = look.color;
    pen.font = `600 16px ${look.fontFamily}`;
    lines.forEach((line, place) => pen.fillText(line, PAD, PAD + 16 + place * LINE, width));
    for (const each of images) pen.drawImage(each, PAD, head + PAD, width, height);
    return new Promise((resolve, reject) => canvas.toBlob(
      (blob) => blob ? resolve(blob) : reject(new Error("No picture came.")), "image/png"));
  }

  function wrapped(pen, text, font, width) {
    pen.font = font;
    const lines = [];
    for (const word of text.split(" ").filter(Boolean)) {
      const longer = lines.length ? `${lines.at(-1)} ${word}` : word;
      if (lines.length && pen.measureText(longer).width <= width) lines[lines.length - 1] = longer;
      else lines.push(word);
    }
    return lines;
  }

  async function image(svg, width, height, font) {
    const copied = svg.cloneNode(true);
    copied.setAttribute("xmlns", "http://www.w3.org/2000/svg");
    copied.setAttribute("width", width);
    copied.setAttribute("height", height);
    copied.style.background = "none";
    copied.querySelectorAll(".hoverlayer > *").forEach((each) => each.remove());
    const style = document.createElementNS("http://www.w3.org/2000/svg", "style");
    style.textContent = font;
    copied.prepend(style);
    const text = new XMLSerializer().serializeToString(copied);
    const address = URL.createObjectURL(new Blob([text], {type: "image/svg+xml"}));
    try {
      const made = new Image();
      made.src = address;
      await made.decode();
      return made;
    } finally {
      URL.revokeObjectURL(address);
    }
  }

  // A picture inside a picture sees no font of the page: the page's own is put into it.
  async function fontOf(svg) {
    const text = svg.querySelector("text") ?? svg;
    const family = getComputedStyle(text).fontFamily.split(",")[0].replace(/["']/g, "").trim();
    const rules = [];
    for (const sheet of document.styleSheets) {
      let listed = [];
      try { listed = [...sheet.cssRules]; } catch { continue; }  // Another site's: not readable.
      for (const rule of listed) {
        if (!(rule instanceof CSSFontFaceRule)) continue;
        const named = rule.style.getPropertyValue("font-family").replace(/["']/g, "").trim();
        const source = /url\(["']?([^"')]+)["']?\)/.exec(rule.style.getPropertyValue("src"));
        const upright = !/italic/.test(rule.style.getPropertyValue("font-style"));
        if (named === family && source && upright) {
          rules.push(inlined(rule, new URL(source[1], sheet.href ?? document.baseURI)));
        }
      }
    }
    return (await Promise.all(rules)).join("");
  }

  async function inlined(rule, address) {
    try {
      const held = await (await fetch(address)).blob();
      const data = await new Promise((resolve, reject) => {
        const reader = new FileReader();
        reader.onload = () => resolve(reader.result);
        reader.onerror = reject;
        reader.readAsDataURL(held);
      });
      const weight = rule.style.getPropertyValue("font-weight") || "normal";
      const family = rule.style.getPropertyValue("font-family");
      return `@font-face{font-family:${family};font-weight:${weight};src:url(${data})}`;
    } catch {
      return "";  // Another font is better than no picture.
    }
  }
})();
