// Who is linked with whom: shape says what a party is, the line whether the exchange runs.
// A picture of the table beside it.

const holder = document.getElementById("graph");
const read = (id) => JSON.parse(document.getElementById(id).textContent);
const ink = "#1c2421", soft = "#55615c", line = "#9aa8a1", paper = "#ffffff", green = "#0b5d46";
const shapes = { own: ["circle", green], other: ["diamond", "#3d5a80"], words: ["rect", "#7d5200"] };

function option(data, words) {
  const many = data.nodes.length > 60;
  return {
    animation: false,
    textStyle: { fontFamily: '"Be Vietnam Pro", sans-serif' },
    tooltip: {
      renderMode: "richText", confine: true, backgroundColor: paper, borderColor: line, textStyle: { color: ink, fontSize: 13 },
      formatter: ({ dataType, data: point }) => (dataType === "edge" ? `${point.title}\n${point.sign} ${point.stage}` : `${point.name}\n${words[point.kind]}`),
    },
    series: [{
      type: "graph", layout: "force", roam: many, left: 60, right: 130, top: 30, bottom: 30,
      force: { initLayout: "circular", repulsion: many ? 60 : 520, edgeLength: many ? 40 : 110, gravity: many ? 0.1 : 0.05, layoutAnimation: false },
      labelLayout: { hideOverlap: true },
      edgeSymbol: ["none", "arrow"], edgeSymbolSize: 8,
      data: data.nodes.map((node) => ({
        ...node, symbol: shapes[node.kind][0], symbolSize: 12 + 4 * Math.min(node.links, 6),
        itemStyle: { color: shapes[node.kind][1], borderColor: paper, borderWidth: 1 },
        label: { show: !many || node.links > 2, position: "right", color: ink, fontSize: 12, formatter: node.label.length > 26 ? `${node.label.slice(0, 25)}…` : node.label },
      })),
      links: data.links.map((link) => ({
        ...link,
        lineStyle: { type: link.runs ? "solid" : "dashed", width: link.runs ? 2.6 : 1.6, color: link.runs ? green : soft, curveness: 0.15, opacity: 0.85 },
        label: { show: !many, formatter: link.sign, color: ink, fontSize: 12 },
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
    new ResizeObserver(() => chart.resize()).observe(holder);
  } catch {
    holder.textContent = words.failed;
    holder.classList.add("failed");
  }
}
