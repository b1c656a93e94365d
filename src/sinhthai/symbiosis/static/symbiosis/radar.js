// Readiness on six axes; nothing is drawn on an axis nobody judged. A picture of the table beside it.

const holder = document.getElementById("radar");
const soft = "#55615c", line = "#c3ccc7", green = "#0b5d46";
const NAME = 100; // px a name may take beside the outermost corners, which lie cos 30° of the radius out
const radius = () => Math.max(48, Math.min(holder.clientHeight * 0.36, (holder.clientWidth / 2 - NAME) / Math.cos(Math.PI / 6)));

// The chart draws what is missing in the middle, as if it were zero: an area only where every axis is judged, else spokes.
function drawn(levels) {
  if (!levels.includes(null)) return { symbolSize: 6, areaStyle: { color: green, opacity: 0.12 }, data: [levels] };
  const alone = (at) => levels.map((level, of) => (of === at ? level : "-"));
  return { symbol: "none", data: levels.flatMap((level, at) => (level === null ? [] : [{ value: alone(at) }])) };
}

if (holder) {
  const data = JSON.parse(document.getElementById("radar-data").textContent);
  const chart = echarts.init(holder);
  chart.setOption({
    animation: false,
    textStyle: { fontFamily: '"Be Vietnam Pro", sans-serif' },
    radar: {
      indicator: data.axes.map((name, at) => ({ name: data.levels[at] === null ? `${name} –` : `${name} ${data.levels[at]}`, max: 5, min: 0 })),
      splitNumber: 5, radius: radius(), axisName: { color: soft, fontSize: 13 },
      splitArea: { show: false }, splitLine: { lineStyle: { color: line } }, axisLine: { lineStyle: { color: line } },
    },
    series: [{ type: "radar", silent: true, lineStyle: { color: green, width: 2 }, itemStyle: { color: green }, ...drawn(data.levels) }],
  });
  new ResizeObserver(() => {
    chart.resize();
    chart.setOption({ radar: { radius: radius() } });
  }).observe(holder);
}
