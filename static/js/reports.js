// Draws above each table of a report what its marked columns say: bars, one group for each row.

import uPlot from "uplot";

const HEIGHT = 220;
const COLOURS = ["--open", "--warn"];
const style = (element, name) => getComputedStyle(element).getPropertyValue(name).trim();

function numbersOf(table) {
  const heads = [...table.querySelectorAll("thead th")];
  const drawn = heads.flatMap((head, column) => ("drawn" in head.dataset ? [column] : []));
  const rows = [...table.tBodies[0].rows];
  const value = (row, column) => Number(row.cells[column].dataset.value ?? NaN);
  return {
    ticks: rows.map((row) => row.dataset.tick),
    series: drawn.map((column) => ({
      label: heads[column].textContent.trim(),
      values: rows.map((row) => value(row, column)).map((n) => (Number.isNaN(n) ? null : n)),
    })),
  };
}

function frame(table, series) {
  const figure = document.createElement("figure");
  figure.className = "chart";
  const legend = document.createElement("figcaption");
  legend.setAttribute("aria-hidden", "true"); // the table's heads say the same
  series.forEach(({ label }, n) => {
    const entry = document.createElement("span");
    entry.className = `chart-series chart-series-${n + 1}`;
    entry.textContent = label;
    legend.append(entry);
  });
  const canvas = document.createElement("div");
  canvas.setAttribute("role", "img");
  canvas.setAttribute("aria-label", table.dataset.chart);
  figure.append(legend, canvas);
  table.before(figure);
  return canvas;
}

// Two series stand beside each other: one ends at the middle of its row, the other begins there.
function bars(n, count) {
  if (count === 1) return uPlot.paths.bars({ size: [0.6, 48] });
  return uPlot.paths.bars({ size: [0.4, 32], align: n === 0 ? -1 : 1 });
}

function options(box, ticks, series) {
  const letter = Math.round(parseFloat(style(document.documentElement, "font-size")) * 0.8);
  const colour = (name) => () => style(document.documentElement, name);
  const font = `${letter}px ${style(document.body, "font-family")}`;
  const axis = { font, stroke: colour("--muted"), ticks: { stroke: colour("--line"), width: 1 } };
  const grid = { stroke: colour("--line"), width: 1 };
  return {
    width: box.clientWidth,
    height: HEIGHT,
    legend: { show: false },
    cursor: { show: false },
    scales: {
      x: { time: false, range: [-0.5, ticks.length - 0.5] },
      y: { range: (_chart, _least, most) => [0, Math.max(1, most * 1.05)] },
    },
    axes: [
      {
        ...axis,
        grid: { show: false },
        incrs: [1, 2, 3, 4],
        size: letter * 2.5,
        space: letter * 2.5,
        values: (_chart, splits) => splits.map((n) => ticks[n] ?? ""),
      },
      { ...axis, grid, size: letter * 3.8 },
    ],
    series: [
      {},
      ...series.map(({ label }, n) => ({
        label,
        fill: colour(COLOURS[n]),
        stroke: colour(COLOURS[n]),
        width: 0,
        points: { show: false },
        paths: bars(n, series.length),
      })),
    ],
  };
}

function draw(table) {
  const { ticks, series } = numbersOf(table);
  const box = frame(table, series);
  const data = [ticks.map((_tick, n) => n), ...series.map(({ values }) => values)];
  const chart = new uPlot(options(box, ticks, series), data, box);
  new ResizeObserver(() => chart.setSize({ width: box.clientWidth, height: HEIGHT })).observe(box);
  // Paper is always light, and the colours follow the system's.
  for (const query of ["print", "(prefers-color-scheme: dark)"]) {
    matchMedia(query).addEventListener("change", () => chart.redraw());
  }
}

document.querySelectorAll("table[data-chart]").forEach(draw);
