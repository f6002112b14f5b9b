import "@mantine/charts/styles.css";
import { RadarChart } from "@mantine/charts";
import type { MatchPart } from "../api";
import { partNames } from "../format/words";

/** Each part as the share of what it can add, so that strong and weak sides are seen at once. */
export default function PartsChart({ parts }: { parts: MatchPart[] }) {
  const data = parts
    .filter((part) => part.possible > 0)
    .map((part) => ({ part: partNames[part.name], share: Math.round((part.points / part.possible) * 100) }));
  return (
    <RadarChart
      h={230}
      data={data}
      dataKey="part"
      series={[{ name: "share", label: "Share of its points", color: "cobalt.5", opacity: 0.3 }]}
      radarProps={{ isAnimationActive: false }}
      polarRadiusAxisProps={{ domain: [0, 100], tick: false, axisLine: false }}
      withPolarRadiusAxis
      // The parts are told in words beside the picture; the picture itself is no stop for the keyboard.
      radarChartProps={{ accessibilityLayer: false }}
    />
  );
}
