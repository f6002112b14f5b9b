import "@mantine/charts/styles.css";
import { BarChart } from "@mantine/charts";
import type { Ledger } from "../api";
import { moment } from "../format/words";
import { ledgerBars } from "./Ledger";

/** The last collections side by side, oldest first. The table beneath says the same in numbers. */
export default function LedgerChart({ ledgers }: { ledgers: Ledger[] }) {
  const data = [...ledgers].reverse().map(({ ended_at, counts }) => ({ at: moment(ended_at), ...counts }));
  return (
    <BarChart
      aria-hidden="true"
      h={160}
      data={data}
      dataKey="at"
      type="stacked"
      series={ledgerBars.map(({ name, label, color }) => ({ name, label, color }))}
      gridAxis="x"
      tickLine="none"
      maxBarWidth={32}
      withTooltip
      yAxisProps={{ width: 44, allowDecimals: false, tickCount: 3 }}
      barChartProps={{ accessibilityLayer: false }}
      barProps={{ isAnimationActive: false }}
    />
  );
}
