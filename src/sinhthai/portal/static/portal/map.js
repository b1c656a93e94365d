// The country as a map: provinces coloured by number of parks, parks and islands as points.
// A picture of the list beside it; everything here can also be read and chosen there.

const holder = document.getElementById("map");
const data = JSON.parse(document.getElementById("map-data").textContent);
const words = data.words;
const ink = "#1c2421", soft = "#55615c", line = "#9aa8a1", paper = "#ffffff";
const ramp = ["#eef4f0", "#bfdccd", "#7fb89e", "#3b8c6b", "#0b5d46"];
const verdictColour = { all_met: "#0b5d46", not_met: "#a3281c", undetermined: "#b07a16", incomplete_rules: "#b07a16" };
const still = window.matchMedia("(prefers-reduced-motion: reduce)").matches;

// The frame reaches from the Mekong delta and the western border to the farthest island.
const frame = [[101.6, 23.7], [116.4, 7.4]];
const aspectScale = 0.96; // a degree of longitude against one of latitude, at 16° north

function label(name, longitude, latitude, code, dx) {
  return {
    name, value: [longitude, latitude], code, symbolSize: 1,
    label: { show: true, formatter: name, color: ink, fontSize: 12, position: dx },
  };
}

function islandSeries(topology) {
  const points = topojson.feature(topology, topology.objects.islands).features.map((feature) => ({
    name: `${feature.properties.name} · ${feature.properties.unit}`,
    value: feature.geometry.coordinates,
    code: feature.properties.province_code,
  }));
  return [
    { type: "scatter", coordinateSystem: "geo", id: "islands", data: points, symbolSize: 4, itemStyle: { color: "#3b8c6b" }, z: 3 },
    {
      type: "scatter", coordinateSystem: "geo", id: "island-names", z: 4, itemStyle: { color: "transparent" },
      data: [
        label(words.hoangSa, 112.1, 16.95, "48", "top"),
        label(words.truongSa, 112.8, 11.75, "56", "top"),
      ],
    },
  ];
}

function parkSeries() {
  const row = ([longitude, latitude, name, code, invented, verdict]) => ({
    name, value: [longitude, latitude], code, invented, verdict,
    itemStyle: {
      color: data.withFindings && verdict ? verdictColour[verdict] : ink,
      borderColor: paper, borderWidth: 1, opacity: 0.9,
    },
    symbol: invented ? "diamond" : "circle",
  });
  const many = data.parks.length > 120;
  return { type: "scatter", coordinateSystem: "geo", id: "parks", data: data.parks.map(row), symbolSize: many ? 5.5 : 9, z: 5 };
}

function provinceValues(mode, features) {
  return features.map((feature) => {
    const { code, name } = feature.properties;
    const [parks, found] = data.provinces[code] ?? [0, 0];
    const value = mode === "share" ? (parks ? Math.round((100 * found) / parks) : null) : parks;
    return { name, code, value, parks, found, selected: code === data.chosen };
  });
}

function tooltip({ seriesId, data: point }) {
  if (!point) return "";
  if (seriesId === "parks") {
    const parts = [point.name];
    if (point.verdict) parts.push(words.verdicts[point.verdict]);
    return parts.join("\n");
  }
  if (point.parks === undefined) return point.name;
  return data.withFindings
    ? `${point.name}: ${point.parks} ${words.parks}\n${point.found} / ${point.parks}: ${words.share}`
    : `${point.name}: ${point.parks} ${words.parks}`;
}

// The height in pixels at which the whole frame fits the holder.
function fitted() {
  const ratio = (aspectScale * (frame[1][0] - frame[0][0])) / (frame[0][1] - frame[1][1]);
  return Math.round(0.99 * Math.min(holder.clientHeight, holder.clientWidth / ratio));
}

function option(topology, mode) {
  const features = topojson.feature(topology, topology.objects.provinces).features;
  const values = provinceValues(mode, features);
  const most = mode === "share" ? 100 : Math.max(4, ...values.map((row) => row.value ?? 0));
  return {
    animation: !still,
    textStyle: { fontFamily: '"Be Vietnam Pro", sans-serif' },
    tooltip: { renderMode: "richText", formatter: tooltip, backgroundColor: paper, borderColor: line, textStyle: { color: ink, fontSize: 13 }, confine: true },
    visualMap: {
      type: "continuous", seriesIndex: 0, min: 0, max: most, inRange: { color: ramp }, right: 10, top: 8,
      orient: "horizontal", itemWidth: 10, itemHeight: 90, calculable: false, hoverLink: false,
      text: [mode === "share" ? "100 %" : `${most} ${words.parks}`, "0"], textStyle: { color: soft, fontSize: 12 },
    },
    geo: {
      map: "vietnam", boundingCoords: frame, roam: false, silent: false,
      layoutCenter: ["50%", "50%"], layoutSize: fitted(), aspectScale,
      itemStyle: { borderColor: line, borderWidth: 0.6, areaColor: ramp[0] },
      emphasis: { label: { show: false }, itemStyle: { areaColor: "#f3d98a" } },
      select: { label: { show: false }, itemStyle: { areaColor: "#f3d98a", borderColor: ink, borderWidth: 1.2 } },
    },
    series: [
      { type: "map", geoIndex: 0, data: values, selectedMode: "single" },
      ...islandSeries(topology),
      parkSeries(),
    ],
  };
}

function chooseProvince(code) {
  const address = new URL(window.location.href);
  const again = address.searchParams.get("province") === code;
  if (again) address.searchParams.delete("province");
  else address.searchParams.set("province", code);
  address.searchParams.delete("borders"); // the map shows the provinces of today
  address.searchParams.delete("page");
  address.hash = "list";
  window.location.assign(address);
}

async function draw() {
  const response = await fetch(holder.dataset.topology);
  if (!response.ok) throw new Error(`map: ${response.status}`);
  const topology = await response.json();
  echarts.registerMap("vietnam", topojson.feature(topology, topology.objects.provinces));
  const chart = echarts.init(holder);
  const mode = document.getElementById("map-mode");
  chart.setOption(option(topology, mode?.value ?? "parks"));
  mode?.addEventListener("change", () => chart.setOption(option(topology, mode.value)));
  chart.on("click", ({ seriesId, data: point }) => {
    if (!point?.code) return;
    if (seriesId === "parks") window.location.assign(data.parkUrl.replace("CODE", point.code));
    else chooseProvince(point.code);
  });
  new ResizeObserver(() => {
    chart.resize();
    chart.setOption({ geo: { layoutSize: fitted() } });
  }).observe(holder);
}

draw().catch(() => {
  holder.textContent = words.failed;
  holder.classList.add("map-failed");
});
