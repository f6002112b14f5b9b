import "@mantine/charts/styles.css";
import { BarChart } from "@mantine/charts";
import { count, counted } from "../format/words";
import type { Band } from "../pages/insights";

/** How the scores are spread. In a file of its own, because the chart library is large and not needed at first. */
export default function ScoreChart({ data }: { data: Band[] }) {
  const words = data.map(({ label, matches }) => `${counted(matches, "match", "matches")} with ${label}`).join(", ");
  return (
    <BarChart
      role="img"
      aria-label={words}
      h={150}
      data={data}
      dataKey="label"
      series={[{ name: "matches", label: "Matches", color: "cobalt.5" }]}
      withYAxis={false}
      withTooltip={false}
      withBarValueLabel
      // A zero would only be noise above an empty place.
      valueFormatter={(value) => (value === 0 ? "" : count(value))}
      gridAxis="none"
      tickLine="none"
      barChartProps={{ accessibilityLayer: false, margin: { top: 18 } }}
      barProps={{ radius: 4, isAnimationActive: false }}
      maxBarWidth={38}
    />
  );
}
