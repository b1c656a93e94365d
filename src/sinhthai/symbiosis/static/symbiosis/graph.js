// Who is linked with whom: shape says what a party is, the line whether the exchange runs.
// A picture of the table beside it.

const holder = document.getElementById("graph");
const read = (id) => JSON.parse(document.getElementById(id).textContent);
const ink = "#1c2421", soft = "#55615c", line = "#9aa8a1", paper = "#ffffff", green = "#0b5d46";
const shapes = { own: ["circle", green], other: ["diamond", "#3d5a80"], words: ["rect", "#7d5200"] };

function short(text) {
  const most = holder.clientWidth < 560 ? 18 : 26;
  return text.length > most ? `${text.slice(0, most - 1)}…` : text;
}

// The parts of the network that hang together, largest first.
function groups(data) {
  const next = new Map(data.nodes.map((node) => [node.id, []]));
  data.links.forEach(({ source, target }) => { next.get(source).push(target); next.get(target).push(source); });
  const seen = new Set();
  const found = data.nodes.flatMap(({ id }) => {
    if (seen.has(id)) return [];
    const group = [], waiting = [id];
    seen.add(id);
    while (waiting.length) {
      const one = waiting.shift();
      group.push(one);
      next.get(one).forEach((other) => { if (!seen.has(other)) { seen.add(other); waiting.push(other); } });
    }
    return [group];
  });
  return found.sort((one, other) => other.length - one.length);
}

// Each group on a circle of its own, circles in rows with room for the names, in pixels of the
// holder: the same every time.
function places(data) {
  const [width, height] = [holder.clientWidth, holder.clientHeight];
  const name = width < 560 ? 138 : 184;
  const cells = groups(data).map((group) => {
    const round = group.length > 2; // names on both sides, else on the right only
    const radius = group.length < 2 ? 0 : Math.max(26, group.length * 10);
    return { group, width: 2 * radius * round + name * (round ? 2 : 1) + 24, height: 2 * radius + 44, radius, left: round ? name : 14, across: round ? radius : 0 };
  });
  const at = new Map();
  let [x, y, row, right] = [0, 0, 0, 0];
  cells.forEach((cell) => {
    if (x > 0 && x + cell.width > width) [x, y, row] = [0, y + row, 0];
    cell.group.forEach((id, number) => {
      const angle = (2 * Math.PI * number) / cell.group.length - Math.PI / 2;
      const aside = cell.across * Math.cos(angle);
      at.set(id, { x: x + cell.left + cell.across + aside, y: y + cell.height / 2 + cell.radius * Math.sin(angle), side: aside < -1 ? "left" : "right" });
    });
    x += cell.width;
    right = Math.max(right, x);
    row = Math.max(row, cell.height);
  });
  const [wide, high] = [Math.min(1, width / right), height / (y + row)];
  at.forEach((place) => { place.x *= wide; place.y *= high; });
  return at;
}

function option(data, words) {
  const many = data.nodes.length > 60;
  const at = places(data);
  return {
    animation: false,
    textStyle: { fontFamily: '"Be Vietnam Pro", sans-serif' },
    tooltip: {
      renderMode: "richText", confine: true, backgroundColor: paper, borderColor: line, textStyle: { color: ink, fontSize: 13 },
      formatter: ({ dataType, data: point }) => (dataType === "edge" ? `${point.title}\n${point.sign} ${point.stage}` : `${point.name}\n${words[point.kind]}`),
    },
    series: [{
      type: "graph", layout: "none", roam: many, left: 0, top: 0, width: holder.clientWidth, height: holder.clientHeight,
      labelLayout: { hideOverlap: true },
      edgeSymbol: ["none", "arrow"], edgeSymbolSize: 8,
      // two invisible corners, so that a pixel of the layout is a pixel of the picture
      data: [[0, 0], [holder.clientWidth, holder.clientHeight]].map(([x, y], corner) => ({
        id: `corner ${corner}`, x, y, symbolSize: 0, label: { show: false }, tooltip: { show: false },
      })).concat(data.nodes.map((node) => ({
        ...node, x: at.get(node.id).x, y: at.get(node.id).y, symbol: shapes[node.kind][0], symbolSize: 12 + 4 * Math.min(node.links, 6),
        itemStyle: { color: shapes[node.kind][1], borderColor: paper, borderWidth: 1 },
        label: { show: !many || node.links > 2, position: at.get(node.id).side, color: ink, fontSize: 12, formatter: short(node.label) },
      }))),
      links: data.links.map((link) => ({
        ...link,
        lineStyle: { type: link.runs ? "solid" : "dashed", width: link.runs ? 2.6 : 1.6, color: link.runs ? green : soft, curveness: 0.15, opacity: 0.85 },
      })),
      emphasis: { focus: "adjacency" },
    }],
  };
}

if (holder) {
  const words = read("words");
  try {
    const data = read("graph-data");
    const chart = echarts.init(holder);
    chart.setOption(option(data, words));
    chart.on("click", ({ dataType, data: point }) => {
      if (dataType === "edge") window.location.assign(words.exchange_url.replace("/0/", `/${point.number}/`));
    });
    new ResizeObserver(() => { chart.resize(); chart.setOption(option(data, words)); }).observe(holder);
  } catch {
    holder.textContent = words.failed;
    holder.classList.add("failed");
  }
}
