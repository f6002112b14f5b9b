import "@mantine/charts/styles.css";
import { BarChart } from "@mantine/charts";
import type { Band } from "../pages/insights";

/** How the scores are spread. In a file of its own, because the chart library is large and not needed at first. */
export default function ScoreChart({ data }: { data: Band[] }) {
  return (
    <BarChart
      h={150}
      data={data}
      dataKey="label"
      series={[{ name: "matches", label: "Matches", color: "cobalt.5" }]}
      withYAxis={false}
      gridAxis="none"
      tickLine="none"
      barProps={{ radius: 4, isAnimationActive: false }}
      maxBarWidth={38}
    />
  );
}
