// Giver -> material -> taker in one unit. Three layers, so nothing runs in a circle.
// A picture of the table beside it.

const holder = document.getElementById("sankey");
const read = (id) => JSON.parse(document.getElementById(id).textContent);
const ink = "#1c2421", line = "#9aa8a1", paper = "#ffffff";
const layers = ["#0b5d46", "#7d5200", "#3d5a80"];
const language = document.documentElement.lang;

function short(text, most) {
  return text.length > most ? `${text.slice(0, most - 1)}…` : text;
}

function option(data) {
  const number = new Intl.NumberFormat(language === "en" ? "en" : "vi-VN", { maximumFractionDigits: 1 });
  const names = new Map(data.nodes.map((node) => [node.name, node.label]));
  const narrow = holder.clientWidth < 560;
  return {
    animation: false,
    textStyle: { fontFamily: '"Be Vietnam Pro", sans-serif' },
    tooltip: {
      renderMode: "richText", confine: true, backgroundColor: paper, borderColor: line, textStyle: { color: ink, fontSize: 13 },
      formatter: ({ dataType, data: point, value }) => (dataType === "edge"
        ? `${names.get(point.source)} → ${names.get(point.target)}\n${number.format(point.value)} ${data.unit}`
        : `${names.get(point.name)}\n${number.format(value)} ${data.unit}`),
    },
    series: [{
      type: "sankey", left: 10, right: narrow ? 96 : 190, top: 14, bottom: 14, nodeWidth: 12, nodeGap: 12, draggable: false, emphasis: { focus: "adjacency" },
      data: data.nodes.map(({ name, label, depth }) => ({
        name, depth, itemStyle: { color: layers[depth] },
        label: { formatter: short(label, narrow ? 14 : 30), color: ink, fontSize: 12 },
      })),
      links: data.links,
      lineStyle: { color: "source", opacity: 0.28, curveness: 0.5 },
    }],
  };
}

if (holder) {
  try {
    const data = read("sankey-data");
    const chart = echarts.init(holder);
    chart.setOption(option(data));
    new ResizeObserver(() => { chart.resize(); chart.setOption(option(data)); }).observe(holder);
  } catch {
    holder.textContent = read("words").failed;
    holder.classList.add("failed");
  }
}
