// The share of each group's criteria that are met, between the two ways to count the unknown.
const holder = document.getElementById("radar");
const data = JSON.parse(document.getElementById(holder.dataset.source).textContent);
const ink = getComputedStyle(document.documentElement);
const colour = (name) => ink.getPropertyValue(name).trim();
const still = matchMedia("(prefers-reduced-motion: reduce)").matches;

const chart = echarts.init(holder, null, { renderer: "canvas" });

function draw() {
  const narrow = holder.clientWidth < 560;
  chart.setOption({
    animation: !still,
    animationDuration: 300,
    textStyle: { fontFamily: "Be Vietnam Pro, system-ui, sans-serif", color: colour("--ink") },
    legend: { bottom: 0, itemWidth: 18, data: [data.lowerName, data.upperName], selectedMode: false },
    radar: {
      center: ["50%", "47%"],
      radius: narrow ? "46%" : "70%",
      splitNumber: 4,
      axisName: {
        color: colour("--ink"),
        fontSize: narrow ? 11 : 13,
        lineHeight: narrow ? 14 : 17,
        width: narrow ? 84 : 210,
        overflow: "break",
      },
      axisLine: { lineStyle: { color: colour("--rule") } },
      splitLine: { lineStyle: { color: colour("--rule") } },
      splitArea: { show: false },
      indicator: data.groups.map((group) => ({
        name: `${group.name}\n${group.met}/${group.total}`,
        max: 1,
      })),
    },
    series: [
      {
        type: "radar",
        symbolSize: 5,
        data: [
          {
            name: data.upperName,
            value: data.groups.map((group) => group.upper),
            lineStyle: { color: "#b99f5c", type: "dashed", width: 1.5 },
            itemStyle: { color: "#b99f5c" },
            areaStyle: { color: "#f2e6c6", opacity: 0.55 },
          },
          {
            name: data.lowerName,
            value: data.groups.map((group) => group.lower),
            lineStyle: { color: colour("--green"), width: 2 },
            itemStyle: { color: colour("--green") },
            areaStyle: { color: colour("--green"), opacity: 0.18 },
          },
        ],
      },
    ],
  });
}

draw();
new ResizeObserver(() => {
  chart.resize();
  draw();
}).observe(holder);
