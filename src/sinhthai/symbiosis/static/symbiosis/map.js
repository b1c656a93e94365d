// Enterprises of a park on a plane in metres, and the exchanges between them.
// A picture of the table beside it; everything here can also be read and opened there.

const holder = document.getElementById("map");
const read = (id) => JSON.parse(document.getElementById(id).textContent);
const ink = "#1c2421", soft = "#55615c", line = "#9aa8a1", paper = "#ffffff", green = "#0b5d46";

// The same scale east and north: the shorter side of the holder decides how far is shown.
function frame(points) {
  const all = [[0, 0], ...points.map((point) => point.at)];
  const [easts, norths] = [all.map((at) => at[0]), all.map((at) => at[1])];
  const middle = [(Math.min(...easts) + Math.max(...easts)) / 2, (Math.min(...norths) + Math.max(...norths)) / 2];
  const [width, height] = [holder.clientWidth - 90, holder.clientHeight - 70];
  const span = Math.max((Math.max(...easts) - Math.min(...easts)) / width, (Math.max(...norths) - Math.min(...norths)) / height, 1) * 1.15;
  const round = (value) => Math.round(value / 10) * 10;
  return { x: [round(middle[0] - (span * width) / 2), round(middle[0] + (span * width) / 2)], y: [round(middle[1] - (span * height) / 2), round(middle[1] + (span * height) / 2)] };
}

function option(data, words) {
  const { x, y } = frame(data.points);
  const axis = (range) => ({
    type: "value", min: range[0], max: range[1], splitLine: { lineStyle: { color: "#edf1ee" } },
    axisLabel: { color: soft, fontSize: 11, showMinLabel: false, showMaxLabel: false }, axisLine: { onZero: false, lineStyle: { color: line } },
  });
  return {
    animation: false,
    textStyle: { fontFamily: '"Be Vietnam Pro", sans-serif' },
    tooltip: {
      renderMode: "richText", confine: true, backgroundColor: paper, borderColor: line, textStyle: { color: ink, fontSize: 13 },
      formatter: ({ data: point }) => (point.title ? `${point.title}\n${point.stage}` : point.exchanges === undefined ? words.park : `${point.name}\n${point.exchanges} ${words.exchanges}`),
    },
    grid: { left: 60, right: 30, top: 20, bottom: 50 },
    xAxis: { ...axis(x), name: words.metres, nameLocation: "middle", nameGap: 28, nameTextStyle: { color: soft } },
    yAxis: axis(y),
    series: [
      {
        type: "lines", coordinateSystem: "cartesian2d", z: 2,
        data: data.lines.map((one) => ({ ...one, coords: [one.from, one.to], lineStyle: { type: one.runs ? "solid" : "dashed", width: one.runs ? 3 : 1.8, color: one.runs ? green : soft, curveness: 0.12, opacity: 0.85 } })),
      },
      {
        type: "scatter", z: 3, data: data.points.map((point) => ({ ...point, value: point.at })),
        symbolSize: (_value, { data: point }) => 7 + 4 * Math.min(point.exchanges, 4),
        itemStyle: { color: ink, borderColor: paper, borderWidth: 1 },
      },
      { type: "scatter", z: 4, data: [{ value: [0, 0] }], symbol: "diamond", symbolSize: 12, itemStyle: { color: paper, borderColor: ink, borderWidth: 1.5 } },
    ],
  };
}

if (holder) {
  const words = read("words");
  try {
    const data = read("map-data");
    const chart = echarts.init(holder);
    chart.setOption(option(data, words));
    chart.on("click", ({ data: point }) => {
      if (point.number) window.location.assign(words.exchange_url.replace("/0/", `/${point.number}/`));
    });
    new ResizeObserver(() => { chart.resize(); chart.setOption(option(data, words)); }).observe(holder);
  } catch {
    holder.textContent = words.failed;
    holder.classList.add("failed");
  }
}
