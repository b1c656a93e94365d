// Says, in sentences, what keeps people from reading or using this page (WCAG 2.2 AA).
async (language) => {
  await document.fonts.ready;
  // a drawing follows the width of the page one frame later
  for (let frame = 0; frame < 3; frame += 1) await new Promise(requestAnimationFrame);
  const wrong = [];
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];
  const shown = (element) => element.checkVisibility({ visibilityProperty: true, opacityProperty: true });
  // the head of a table stacked on a narrow screen shows when something in it has the focus
  const clipped = (element) => getComputedStyle(element.closest("thead") ?? document.body).clipPath !== "none";
  const painted = (element) => {
    const box = element.getBoundingClientRect();
    return shown(element) && box.width > 1 && box.height > 1 && !element.closest(".visually-hidden") && !clipped(element);
  };
  const name = (element) => element.outerHTML.slice(0, 110).replace(/\s+/g, " ");
  const text = (element) => element.textContent.replace(/\s+/g, " ").trim();

  // 3.1.1, 2.4.2: the language and the title of the page
  if (document.documentElement.lang !== language) wrong.push(`the page says it is in "${document.documentElement.lang}"`);
  if (document.title.split("·")[0].trim().length < 2) wrong.push("the page has no title");

  // 1.3.1: one first heading, no level left out, none empty
  const headings = all("h1, h2, h3, h4, h5, h6").filter(shown);
  if (headings.filter((heading) => heading.matches("h1")).length !== 1) wrong.push("not exactly one h1");
  let level = 0;
  for (const heading of headings) {
    const own = Number(heading.tagName[1]);
    if (own > level + 1) wrong.push(`from h${level} to h${own}: ${name(heading)}`);
    if (!text(heading)) wrong.push(`empty heading: ${name(heading)}`);
    level = own;
  }

  // Landmarks: one main, banner, footer; every navigation with its own name
  for (const [what, selector] of [["main", "main"], ["header", "body > header"], ["footer", "body > footer"]]) {
    if (all(selector).length !== 1) wrong.push(`not exactly one ${what}`);
  }
  const navigations = all("nav").map((nav) => nav.getAttribute("aria-label"));
  if (navigations.includes(null) || new Set(navigations).size < navigations.length) wrong.push("navigations without a name of their own");

  // 4.1.1, 1.3.1: ids are unique, references lead somewhere
  const ids = all("[id]").map((element) => element.id);
  for (const id of new Set(ids.filter((id, at) => ids.indexOf(id) !== at))) wrong.push(`id "${id}" stands twice`);
  for (const attribute of ["for", "aria-labelledby", "aria-describedby", "aria-controls", "headers", "list"]) {
    for (const element of all(`[${attribute}]`)) {
      for (const id of element.getAttribute(attribute).split(/\s+/).filter(Boolean)) {
        if (!document.getElementById(id)) wrong.push(`${attribute}="${id}" leads nowhere: ${name(element)}`);
      }
    }
  }

  // 3.3.2, 4.1.2: every control has a name
  const named = (element) => {
    const by = (element.getAttribute("aria-labelledby") ?? "").split(/\s+/).filter(Boolean);
    const spoken = [element.getAttribute("aria-label"), ...by.map((id) => document.getElementById(id)?.textContent)];
    spoken.push(...[...(element.labels ?? [])].map((label) => label.textContent));
    if (element.matches("a, button, summary, th")) {
      spoken.push(element.textContent, ...all("img[alt], svg[aria-label]", element).map((it) => it.alt || it.getAttribute("aria-label")));
    }
    if (element.matches("a, button, iframe")) spoken.push(element.title);
    return spoken.some((words) => words?.trim());
  };
  const controls = all("a[href], button, input:not([type=hidden]), select, textarea, summary, [role=button], [tabindex='0']").filter(shown);
  for (const control of controls) if (!named(control)) wrong.push(`a control without a name: ${name(control)}`);
  for (const element of all("[tabindex]")) if (element.tabIndex > 0) wrong.push(`tabindex above 0: ${name(element)}`);
  for (const group of all("fieldset")) if (!group.querySelector("legend")) wrong.push(`fieldset without legend: ${name(group)}`);
  // 1.3.5: what a browser may fill in for a person
  for (const field of all("input[type=password]")) if (!field.autocomplete) wrong.push(`password without autocomplete: ${name(field)}`);
  // 3.3.1: what is said to be wrong is tied to its field
  for (const field of all("[aria-invalid=true]")) if (!field.hasAttribute("aria-describedby")) wrong.push(`invalid, without the reason: ${name(field)}`);

  // 1.1.1: pictures are named or hidden
  for (const picture of all("img, svg, canvas")) {
    const hidden = picture.closest("[aria-hidden=true], [hidden]") || picture.getAttribute("alt") === "";
    const described = picture.getAttribute("aria-label") || picture.getAttribute("aria-labelledby") || picture.getAttribute("alt") || picture.querySelector?.(":scope > title");
    const within = picture.parentElement.closest("[role=img][aria-label]");
    if (!hidden && !described && !within) wrong.push(`a picture without words: ${name(picture)}`);
    if (picture.matches("svg") && described && !hidden && !within && picture.getAttribute("role") !== "img") wrong.push(`a named svg without role img: ${name(picture)}`);
  }

  // 1.3.1: tables have headers that say of what
  for (const table of all("table").filter(shown)) {
    const heads = all("th", table);
    if (!heads.length) wrong.push(`a table without headers: ${name(table)}`);
    for (const head of heads) {
      if (!head.scope) wrong.push(`a header without scope: ${name(head)}`);
      if (!named(head)) wrong.push(`an empty header: ${name(head)}`);
    }
  }
  for (const list of all("ul, ol")) for (const child of list.children) if (!child.matches("li, template, script")) wrong.push(`in a list, but no item: ${name(child)}`);
  for (const list of all("dl")) for (const child of list.children) if (!child.matches("dt, dd, div, template, script")) wrong.push(`in a dl, but no dt or dd: ${name(child)}`);

  // 1.4.10, 1.4.4: nothing stands out sideways
  const wide = document.documentElement.scrollWidth - innerWidth;
  if (wide > 0) {
    const culprits = all("body *").filter((it) => painted(it) && it.getBoundingClientRect().right > innerWidth + 1 && !it.closest("header nav, .table-wrap"));
    wrong.push(`${wide} px too wide: ${culprits.slice(0, 2).map(name).join(" and ")}`);
  }
  // a part that scrolls sideways must be reachable by keyboard
  for (const element of all("body *").filter(painted)) {
    const style = getComputedStyle(element);
    const scrolls = element.scrollWidth > element.clientWidth + 1 && ["auto", "scroll"].includes(style.overflowX);
    const reachable = element.tabIndex >= 0 || element.querySelector("a[href], button, input, select, textarea, [tabindex='0']");
    if (scrolls && !reachable) wrong.push(`scrolls, but not by keyboard: ${name(element)}`);
  }

  // 1.4.3: contrast of text against what lies behind it
  const pen = Object.assign(document.createElement("canvas"), { width: 1, height: 1 }).getContext("2d", { willReadFrequently: true });
  const colours = new Map();
  const rgba = (colour) => {
    if (!colours.has(colour)) {
      pen.clearRect(0, 0, 1, 1);
      pen.fillStyle = colour;
      pen.fillRect(0, 0, 1, 1);
      const [r, g, b, a] = pen.getImageData(0, 0, 1, 1).data;
      colours.set(colour, [r, g, b, a / 255]);
    }
    return colours.get(colour);
  };
  const over = ([r, g, b, a], [R, G, B]) => [r * a + R * (1 - a), g * a + G * (1 - a), b * a + B * (1 - a), 1];
  const ground = (element) => {
    const layers = [];
    for (let at = element; at; at = at.parentElement) {
      const colour = rgba(getComputedStyle(at).backgroundColor);
      if (colour[3] > 0) layers.push(colour);
      if (colour[3] === 1) break;
    }
    return layers.reverse().reduce((below, layer) => over(layer, below), [255, 255, 255, 1]);
  };
  const light = ([r, g, b]) => {
    const [x, y, z] = [r, g, b].map((v) => (v /= 255) <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4);
    return 0.2126 * x + 0.7152 * y + 0.0722 * z;
  };
  const contrast = (a, b) => {
    const [low, high] = [light(a), light(b)].sort((x, y) => x - y);
    return (high + 0.05) / (low + 0.05);
  };
  const faint = new Set();
  const check = (element, style, what) => {
    const behind = ground(element);
    let opacity = 1;
    for (let at = element; at; at = at.parentElement) opacity *= Number(getComputedStyle(at).opacity);
    const ink = rgba(element instanceof SVGElement ? style.fill : style.color);
    const ratio = contrast(over([...ink.slice(0, 3), ink[3] * opacity], behind), behind);
    const size = parseFloat(style.fontSize);
    const needed = size >= 24 || (size >= 18.66 && Number(style.fontWeight) >= 700) ? 3 : 4.5;
    if (ratio < needed) faint.add(`contrast ${ratio.toFixed(2)} of ${what}: ${name(element)}`);
  };
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const textual = new Set();
  for (let node = walker.nextNode(); node; node = walker.nextNode()) if (node.data.trim()) textual.add(node.parentElement);
  for (const element of textual) {
    if (!painted(element) || element.matches("script, style, option") || element.closest(":disabled, [aria-disabled=true]")) continue;
    check(element, getComputedStyle(element), "the text");
  }
  for (const field of all("input[placeholder], textarea[placeholder]").filter(painted)) check(field, getComputedStyle(field, "::placeholder"), "the placeholder");
  for (const cell of all("td[data-label]").filter(painted)) {
    const before = getComputedStyle(cell, "::before");
    if (before.content !== "none") check(cell, before, "the label");
  }
  wrong.push(...faint);
  // 1.4.11: the edge of a field
  for (const field of all("input:not([type=hidden], [type=checkbox], [type=radio], [type=file]), select, textarea").filter(painted)) {
    const ratio = contrast(rgba(getComputedStyle(field).borderTopColor), ground(field.parentElement));
    if (ratio < 3) wrong.push(`contrast ${ratio.toFixed(2)} of the edge: ${name(field)}`);
  }

  // 2.5.8: what can be pressed is 24 px wide and high, stands in a sentence, or stands apart
  const inSentence = (element) => {
    const parent = element.closest("p, li, dd, td, th, h1, h2, h3, small, label, span, div, caption");
    return element.matches("a, button.link") && parent && text(parent).length > text(element).length;
  };
  const targets = controls.filter(painted).filter((it) => !it.matches("[tabindex='0']:not(a, button, input)"));
  const boxes = targets.map((it) => (it.matches("[type=checkbox], [type=radio]") && it.closest("label") ? it.closest("label") : it).getBoundingClientRect());
  targets.forEach((target, at) => {
    const box = boxes[at];
    if ((box.width >= 24 && box.height >= 24) || inSentence(target)) return;
    const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
    const near = boxes.findIndex((other, index) => {
      if (index === at || targets[index].contains(target) || target.contains(targets[index])) return false;
      const [dx, dy] = [Math.max(other.left - x, 0, x - other.right), Math.max(other.top - y, 0, y - other.bottom)];
      const small = other.width < 24 || other.height < 24;
      const apart = Math.hypot(other.x + other.width / 2 - x, other.y + other.height / 2 - y);
      return Math.hypot(dx, dy) < 12 || (small && apart < 24);
    });
    if (near >= 0) wrong.push(`${box.width.toFixed(0)} x ${box.height.toFixed(0)} px, too near ${name(targets[near])}: ${name(target)}`);
  });

  // 3.1.2: words of the other language say so (a name is nobody's language)
  const foreign = language === "vi" ? /\b(of|and|for|with|the|from|is|are|not)\b/i : /(^|\s)(của|và|các|những|không|được|theo|cho)(\s|$)/iu;
  for (const element of textual) {
    if (element.closest("[lang]").lang !== language || !painted(element) || element.closest("script, code, pre, [translate=no]")) continue;
    const own = [...element.childNodes].filter((node) => node.nodeType === 3).map((node) => node.data).join(" ");
    if (foreign.test(own)) wrong.push(`words of another language: ${name(element)} ${own.trim().slice(0, 60)}`);
  }
  return wrong;
}
